"""Keys that lie in a folder, and their passphrases, closed with a secret of the environment alone.

Neither the database nor a backup nor the folder by itself opens a key: all three are needed.
"""

import base64
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"thidua.documents.held_keys"
LEAST = 16  # letters of the secret


class NoSecret(Exception):
    """`HELD_KEYS_SECRET` is not set, is too short, or is not the one that closed this."""


def has_secret() -> bool:
    """Say whether passphrases can be kept here."""
    return len(settings.HELD_KEYS_SECRET) >= LEAST


def closed(passphrase: str) -> str:
    """Return ``passphrase`` as the database keeps it. Raises `NoSecret`."""
    return _box().encrypt(passphrase.encode()).decode()


def opened(kept: str) -> str:
    """Return the passphrase that ``closed`` kept. Raises `NoSecret`."""
    try:
        return _box().decrypt(kept.encode()).decode()
    except InvalidToken as trouble:
        raise NoSecret("closed with another secret") from trouble


def opens(kept: str) -> bool:
    """Say whether the secret of today is the one that closed this."""
    try:
        return bool(opened(kept))
    except NoSecret:
        return False


def _box() -> Fernet:
    if not has_secret():
        raise NoSecret("HELD_KEYS_SECRET")
    made = HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(settings.HELD_KEYS_SECRET.encode())
    return Fernet(base64.urlsafe_b64encode(made))


def put_key(data: bytes) -> str:
    """Write a key to a new file that this account alone reads; return its name."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{secrets.token_hex(16)}.p12"
    handle = os.open(folder / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return name


def read_key(name: str) -> bytes:
    """Return the bytes of a key. `FileNotFoundError` where it is not on this machine."""
    return (_folder() / name).read_bytes()


def drop_key(name: str) -> None:
    """Take a key away for good; it is no fault when it is gone."""
    (_folder() / name).unlink(missing_ok=True)


def has_key(name: str) -> bool:
    """Say whether the file of this name, as `put_key` returned it, is still there."""
    return (_folder() / name).is_file()


def _folder() -> Path:
    return Path(settings.HELD_KEYS_DIR)
