"""How what was found in many papers is told: all of one kind at once."""

from collections.abc import Iterator
from itertools import zip_longest

AROUND = 40  # letters


def nothing(faults: list[str]) -> None:
    """Fail with every fault, a line each, when there is one."""
    assert not faults, "\n".join([f"{len(faults)} found", *faults])


def differing(read: str, expected: str) -> Iterator[str]:
    """Yield where ``read`` first differs from ``expected``, with the words around."""
    if read != expected:
        pairs = zip_longest(read, expected)
        at = next(place for place, (one, other) in enumerate(pairs) if one != other)
        part = slice(max(at - AROUND, 0), at + AROUND)
        yield f"reads {read[part]!r} instead of {expected[part]!r}"
