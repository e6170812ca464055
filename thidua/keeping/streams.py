"""Bytes on their way: digested and counted while they pass, pushed or pulled as is needed."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol

PIECE = 1024 * 1024


class Source(Protocol):
    """Whatever bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes: ...


class Sink(Protocol):
    """Whatever bytes can be written to."""

    def write(self, piece: bytes, /) -> int | None: ...


class Reading:
    """A source that knows what has passed: ``size`` and SHA-256."""

    def __init__(self, source: Source) -> None:
        self.source, self.size, self._digest = source, 0, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        piece = self.source.read(size)
        self._digest.update(piece)
        self.size += len(piece)
        return piece

    @property
    def digest(self) -> str:
        """The SHA-256 of what has passed, in hexadecimal digits."""
        return self._digest.hexdigest()


class Writing:
    """A sink that knows what has passed, and what went wrong beneath it.

    The library of age tells a fault of the sink in words of its own: ``trouble`` keeps the first.
    """

    def __init__(self, sink: Sink | None = None) -> None:
        self.sink, self.size, self._digest = sink, 0, hashlib.sha256()
        self.trouble: Exception | None = None

    def write(self, piece: bytes) -> int:
        """Write on; without a sink the bytes are only digested."""
        try:
            if self.sink is not None:
                self.sink.write(piece)
        except Exception as trouble:
            self.trouble = self.trouble or trouble
            raise
        self._digest.update(piece)
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        """Do nothing: whoever opened the sink closes it."""

    @property
    def digest(self) -> str:
        """The SHA-256 of what has passed, in hexadecimal digits."""
        return self._digest.hexdigest()


class Pulled:
    """Makes a source of pieces that are made one after another."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.left = pieces, b""

    def read(self, size: int = -1) -> bytes:
        """Return at most ``size`` bytes; all when it is negative; none at the end."""
        if size < 0:
            whole, self.left = self.left + b"".join(self.pieces), b""
            return whole
        while not self.left:
            piece = next(self.pieces, None)
            if piece is None:
                return b""
            self.left = piece
        found, self.left = self.left[:size], self.left[size:]
        return found


def pour(source: Source, sink: Sink) -> None:
    """Copy to the end, piece by piece."""
    while piece := source.read(PIECE):
        sink.write(piece)


def digest_of(path: Path) -> tuple[str, int]:
    """Return the SHA-256 and the size of the file at ``path``."""
    with path.open("rb", buffering=0) as file:
        reading = Reading(file)
        pour(reading, Writing())
    return reading.digest, reading.size


def new_file(path: Path) -> IO[bytes]:
    """Open a new file, which must not be there yet, readable by this account alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return open(path, "xb", opener=_ours_alone)


def _ours_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
