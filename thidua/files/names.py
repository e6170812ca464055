"""File names as people gave them, made safe to show and to save under on any machine."""

import re
import unicodedata

from django.utils.translation import gettext as _

from thidua.core.text import one_line
from thidua.files.kinds import BY_SUFFIX, KNOWN_SUFFIXES, Kind

LONGEST = 150
_SUFFIX = re.compile(r"\.[a-z0-9]{1,6}$")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
# Windows opens a device under these names, whatever the suffix.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])$", re.IGNORECASE)


def clean_name(name: str | None) -> str:
    """Return the name without its path, without signs that deceive or that a disk refuses.

    NFC; at most 150 letters, cut before the suffix; never empty. What was a letter stays one.
    """
    last = re.split(r"[/\\]", name or "")[-1]
    # Cf are signs that cannot be seen: one of them turns "exe.pdf" round on the screen.
    seen = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    bare = one_line(_FORBIDDEN.sub("-", seen)).strip(". ")
    suffix = suffix_of(bare)
    stem = bare[: len(bare) - len(suffix)].strip(". ")
    if not stem.strip("-_"):
        stem = _("tệp")
    if _DEVICES.match(stem.split(".")[0].strip()):
        stem = f"_{stem}"
    return stem[: LONGEST - len(suffix)].rstrip(". ") + bare[len(bare) - len(suffix) :]


def suffix_of(name: str) -> str:
    """Return the suffix with its dot, in small letters, or nothing where there is none."""
    found = _SUFFIX.search(name.strip().lower())
    return found.group() if found and found.start() > 0 else ""


def name_as(kind: Kind, name: str) -> str:
    """Return ``name`` with a suffix that fits the content, so that a machine opens it rightly.

    It may be a title that somebody typed: a slash in "quý 1/2026" is no path there.
    """
    bare = clean_name(re.sub(r"[/\\]", "-", name))
    suffix = suffix_of(bare)
    if suffix in kind.suffixes:
        return bare
    stem = bare[: len(bare) - len(suffix)] if suffix in KNOWN_SUFFIXES else bare
    return clean_name(stem[: LONGEST - len(kind.suffix)] + kind.suffix)


def fits(kind: Kind, suffix: str) -> bool:
    """Say whether a name may end in ``suffix`` when the content is of ``kind``.

    Kinds of one family may be mixed up; a suffix that nobody knows is part of the name. What is
    written as text proves nothing by itself, so there only a text's own suffixes do.
    """
    if kind.family == "text":
        return suffix in ("", *kind.suffixes)
    claimed = BY_SUFFIX.get(suffix)
    return claimed.family == kind.family if claimed else suffix not in KNOWN_SUFFIXES
