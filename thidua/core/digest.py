"""Digests: SHA-256 over an exact text or over data written in one canonical way."""

import hashlib
import json
from typing import Any


def digest_text(text: str) -> str:
    """Return the SHA-256 of ``text`` as UTF-8, in 64 lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def canonical(data: Any) -> str:
    """Return ``data`` as JSON with sorted keys and no blanks, the same on every machine."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest_data(data: Any) -> str:
    """Return the SHA-256 of the canonical JSON of ``data``."""
    return digest_text(canonical(data))
