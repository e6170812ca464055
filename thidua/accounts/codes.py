"""One-time codes: how they look, what is kept of them, and the code of one that goes by mail.

Sixteen digits in four groups, like the number on a bank card: read aloud without a doubt which
letter is meant, typed on the number pad of a phone. Kept is a digest keyed with the
installation's secret, so that a copy of the database alone lets nobody try codes at leisure.
"""

import re
import secrets

from django.utils.crypto import salted_hmac

DIGITS, GROUP = 16, 4
_NOT_DIGIT = re.compile(r"[\s.·–-]+")  # how people write the gaps between the groups


def fresh_code() -> str:
    """Return a new code that nothing but its slip knows."""
    return _grouped(secrets.randbelow(10**DIGITS))


def fresh_seed() -> str:
    """Return a seed to make a code of, as often as the mail is tried."""
    return secrets.token_hex(16)


def code_of(seed: str) -> str:
    """Return the code that ``seed`` gives under this installation's secret key."""
    made = salted_hmac("thidua.accounts.codes.seed", seed, algorithm="sha256").digest()
    return _grouped(int.from_bytes(made, "big") % 10**DIGITS)


def digest_of(code: str) -> str:
    """Return what is kept of a code, however its groups were set apart when it was typed."""
    bare = _NOT_DIGIT.sub("", code)
    return salted_hmac("thidua.accounts.codes", bare, algorithm="sha256").hexdigest()


def looks_like_code(text: str) -> bool:
    """Say whether ``text`` is sixteen digits, with or without gaps."""
    return bool(re.fullmatch(rf"[0-9]{{{DIGITS}}}", _NOT_DIGIT.sub("", text)))


def _grouped(number: int) -> str:
    digits = f"{number:0{DIGITS}d}"
    return "-".join(digits[n : n + GROUP] for n in range(0, DIGITS, GROUP))
