"""The secrets of a signing link: the link itself, and the six digits that confirm it.

Kept is a keyed digest of the link, and a seed of which the digits are made with the installation's
key: a copy of the database alone opens no link and tells no code.
"""

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

from thidua.core import clock
from thidua.covenants.models import SigningLink
from thidua.notifications.codes import Spent

DIGITS = 6
KIND = "signing"  # what stands in a kept mail for the code: notifications.codes


def fresh_token() -> str:
    """Return the secret part of a new link: 256 bits, fit for an address."""
    return secrets.token_urlsafe(32)


def digest_of_token(token: str) -> str:
    """Return what is kept of a link's secret."""
    return salted_hmac("thidua.covenants.link", token, algorithm="sha256").hexdigest()


def fresh_seed() -> str:
    """Return the seed of a new code."""
    return secrets.token_hex(16)


def code_of(link: SigningLink) -> str:
    """Return the six digits of the link's present seed."""
    value = f"{link.pk}:{link.code_seed}"
    made = salted_hmac("thidua.covenants.code", value, algorithm="sha256").digest()
    return f"{int.from_bytes(made, 'big') % 10**DIGITS:0{DIGITS}d}"


def is_code(link: SigningLink, typed: str) -> bool:
    """Say whether ``typed`` is the link's code, however its digits were set apart."""
    bare = "".join(sign for sign in typed if sign not in " .-–\u00a0\t")
    return bool(link.code_seed) and constant_time_compare(bare, code_of(link))


def mailed_code(pk: int) -> str:
    """Return the code for a mail that goes out now; `Spent` where it would open nothing."""
    link = SigningLink.objects.filter(pk=pk).first()
    if link is None or not link.code_seed or not link.is_living(clock.now()):
        raise Spent
    return code_of(link)
