"""What a person at a terminal is told: how far it is, and refusals as one sentence."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from django.core.management.base import CommandError

from thidua.core.errors import DomainError

PAUSE = 0.5  # seconds between two lines about how far it is


class Progress:
    """Writes "123/456" over itself on a terminal; nothing where the output goes to a file."""

    def __init__(self, what: str, stream: TextIO) -> None:
        self.what, self.stream, self.last = what, stream, 0.0
        self.is_shown = getattr(stream, "isatty", lambda: False)()

    def __call__(self, done: int, of: int) -> None:
        now = time.monotonic()
        if self.is_shown and (now - self.last > PAUSE or done == of):
            self.last = now
            self.stream.write(f"\r{self.what} {done}/{of}" + ("\n" if done == of else ""))
            self.stream.flush()


@contextmanager
def refusals_said() -> Iterator[None]:
    """Let a command end with the sentence of a refusal, and quietly on Ctrl-C."""
    try:
        yield
    except DomainError as refusal:
        raise CommandError(refusal.sentence) from refusal
    except KeyboardInterrupt:
        sys.exit(130)
