"""How often one address may be wrong: guessing codes, and files that are read for nothing.

A hall sits behind one address, so right answers count for nothing: only codes that are none and
files that are not ours, byte by byte. The address itself is never kept, only a digest of it that
needs the installation's key, for a quarter of an hour.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from thidua.core import clock

MOST, WINDOW = 60, timedelta(minutes=15)


def is_barred(request: HttpRequest) -> bool:
    """Say whether this address was wrong too often in the last quarter of an hour."""
    count, _until = _standing(request)
    return count >= MOST


def note_miss(request: HttpRequest) -> None:
    """Count one wrong try of this address."""
    count, until = _standing(request)
    seconds = max(1, int((until - clock.now()).total_seconds()))
    cache.set(_key(request), (count + 1, until), seconds)


def _standing(request: HttpRequest) -> tuple[int, datetime]:
    count, until = cache.get(_key(request)) or (0, clock.now() + WINDOW)
    return (count, until) if clock.now() < until else (0, clock.now() + WINDOW)


def _key(request: HttpRequest) -> str:
    return "verifying:" + salted_hmac("thidua.web.verifying", _address(request)).hexdigest()[:32]


def _address(request: HttpRequest) -> str:
    """Return the visitor's address: behind our proxy what it added last, as it saw it."""
    handed_on = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    last = handed_on.rpartition(",")[2].strip()
    return last or str(request.META.get("REMOTE_ADDR", ""))
