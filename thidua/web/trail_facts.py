"""How the facts of an audit entry read: days as they are written here, words for code words."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from thidua.cycles.models import Phase
from thidua.scoring.models import Layer

_ISO_DAY = re.compile(r"^(\d{4})-0?(\d\d?)-0?(\d\d?)$")


def as_read(code: str, facts: Mapping[str, object]) -> dict[str, str]:
    """Return the facts of an entry with this code as a person reads them, by their names."""
    told = {name: _plain(value) for name, value in facts.items()}
    word = WORDED.get(code.partition(".")[0], str)
    return told | {name: word(told[name]) for name in WORDS if name in told}


def _phase_name(kind: str) -> str:
    return str(Phase.Kind(kind).label) if kind in Phase.Kind.values else _("không rõ")


def _layer_names(kinds: str) -> str:
    known = [kind for kind in kinds.split(", ") if kind in Layer.Kind.values]
    return ", ".join(str(Layer.Kind(kind).label) for kind in known)


def _upheld(flag: str) -> str:
    return _("tiếp thu") if flag == "1" else _("không tiếp thu")


def _late(flag: str) -> str:
    return _("(muộn)") if flag == "1" else ""


# Facts that are code words in the record, by what the entry is about.
WORDS = ("phase", "layers", "layer", "upheld", "late")
WORDED = {
    "phase": _phase_name,
    "layers": _layer_names,
    "marking": _layer_names,
    "objection": _upheld,
    "marks": _late,
}


def _plain(value: object) -> str:
    """Return a fact as a person reads it: days as they are written here, nothing for nothing."""
    text = "" if value is None else str(value)
    return _ISO_DAY.sub(r"\3/\2/\1", text)
