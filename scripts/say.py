"""Sentences for whoever stands at the terminal: Vietnamese first, English beneath."""

import sys
from typing import NoReturn


def say(vietnamese: str, english: str) -> None:
    """Print one line of progress in both languages."""
    print(f"{vietnamese} · {english}", flush=True)


def stop(vietnamese: str, english: str) -> NoReturn:
    """End the program with one sentence in each language and no traceback."""
    sys.exit(f"{vietnamese}\n{english}")
