"""Time stamps (RFC 3161): asked of a server that the operator names, and believed within limits.

A token whose time is far from our clock is refused: it would prove something that is not so.
"""

import asyncio
import base64
import functools
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from asn1crypto import cms, tsp
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

from thidua.pades.reasons import Refused

CLOCKS_DIFFER = timedelta(minutes=5)
PATIENCE = 8.0  # seconds
MOST_BYTES = 64 * 1024  # of an answer: a token with its certificates has some 6 KB


class TimestampRefused(Refused):
    """No time stamp came about; ``reason`` is a `TimestampReason`."""


@dataclass(frozen=True)
class StampingServer:
    """Where to ask. ``user`` and ``password`` for servers that want them (HTTP Basic)."""

    address: str
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = PATIENCE

    def stamper(self) -> TimeStamper:
        """Return what `signing.sign_pdf` takes: the same for the same server.

        It remembers how large the server's answers are, which costs a stamp to find out.
        """
        return _stamper(self)


@functools.lru_cache(maxsize=8)
def _stamper(server: StampingServer) -> TimeStamper:
    return HTTPStamper(server)


class HTTPStamper(TimeStamper):
    """Asks a server over HTTP with the standard library."""

    def __init__(self, server: StampingServer) -> None:
        super().__init__()
        self.server = server

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Return the server's answer. Raises `TimestampRefused`."""
        return await asyncio.to_thread(self._asked, req.dump())

    def _asked(self, body: bytes) -> tsp.TimeStampResp:
        if urlsplit(self.server.address).scheme not in ("http", "https"):
            raise TimestampRefused("down", "neither http nor https")
        headers = {"Content-Type": "application/timestamp-query"}
        if self.server.user:
            pair = f"{self.server.user}:{self.server.password}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        asked = urllib.request.Request(self.server.address, body, headers)  # noqa: S310
        try:
            with urllib.request.urlopen(asked, timeout=self.server.seconds) as answer:  # noqa: S310
                told = answer.read(MOST_BYTES)
        except urllib.error.HTTPError as trouble:
            trouble.close()
            raise TimestampRefused("refused", f"HTTP {trouble.code}") from trouble
        except (OSError, ValueError) as trouble:
            raise TimestampRefused("down", repr(trouble)) from trouble
        return tsp.TimeStampResp.load(told)


class CheckedStamper(TimeStamper):
    """Asks ``inner`` and takes its token only where it tells a time near ``at``, our own."""

    def __init__(self, inner: TimeStamper, at: datetime) -> None:
        super().__init__()
        self.inner, self.at = inner, at

    async def async_dummy_response(self, md_algorithm: str) -> cms.ContentInfo:
        """Return a token of the size to make room for, which ``inner`` asks for only once."""
        with _told_apart():
            sample = await self.inner.async_dummy_response(md_algorithm)
            self._register_dummy(md_algorithm, sample)
            return sample

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Return a token for ``message_digest``. Raises `TimestampRefused` with its reason."""
        with _told_apart():
            token = await self.inner.async_timestamp(message_digest, md_algorithm)
            told = told_by(token)
            imprint = told["message_imprint"]["hashed_message"].native
        if imprint != message_digest:
            raise TimestampRefused("damaged", "a token for other bytes")
        moment: datetime = told["gen_time"].native
        if abs(moment - self.at) > CLOCKS_DIFFER:
            raise TimestampRefused("lying", moment.isoformat())
        return token


@contextmanager
def _told_apart() -> Iterator[None]:
    """Raise `TimestampRefused` with the reason of whatever goes wrong."""
    try:
        yield
    except TimestampRefused:
        raise
    except TimestampRequestError as trouble:
        raise TimestampRefused("refused", str(trouble)) from trouble
    except OSError as trouble:
        raise TimestampRefused("down", repr(trouble)) from trouble
    except (SigningError, ValueError, TypeError, KeyError, AttributeError) as trouble:
        raise TimestampRefused("damaged", repr(trouble)) from trouble


def told_by(token: Any) -> tsp.TSTInfo:
    """Return what a time-stamp ``token`` tells."""
    content = token["content"]["encap_content_info"]["content"]
    told: tsp.TSTInfo = content.parsed
    return told
