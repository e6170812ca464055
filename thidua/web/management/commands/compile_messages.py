"""Compile the catalogues of every language with Babel, so that no gettext program is needed."""

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """`manage.py compile_messages`: write a `.mo` beside each `.po` that is newer than it."""

    help = "Compile the translations that changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile what is out of date; say what was compiled."""
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                if compile_catalogue(source) and options["verbosity"]:
                    self.stdout.write(f"{source.parent.parent.name}: {source.stem}")


def compile_catalogue(source: Path) -> bool:
    """Compile one `.po` unless its `.mo` is at least as new; tell whether it was compiled.

    The new file takes the old one's place in one step: a process that is reading it sees no half.
    """
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return False
    unfinished = target.with_suffix(f".{os.getpid()}")
    with source.open("rb") as written, unfinished.open("wb") as compiled:
        write_mo(compiled, read_po(written))
    unfinished.replace(target)
    return True
