"""What is still missing before others are invited, or is wrong with the machine: one register.

The check page and `manage.py doctor` show the same findings. An app above registers its own in
`ready()`:

    from thidua.house.checks import Finding, check, fine, missing, worth_a_look

    def last_backup() -> Finding:
        return fine(_("Bản sao lưu gần nhất: hôm nay."))

    check("keeping.backup", _("Sao lưu"), last_backup, rank=60)

A look asks quickly, changes nothing, and returns a `Finding`, or None when there is nothing to say.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise
log = logging.getLogger(__name__)


class State(Enum):
    """How bad it is. Only what is missing makes `doctor` end with 1."""

    FINE = "fine"
    LOOK = "look"
    MISSING = "missing"


@dataclass(frozen=True)
class Finding:
    """One sentence, and what mends it: a command, or a page with its label.

    ``at`` is the name of the page's address, ``of`` the number in it, if there is one.
    """

    state: State
    sentence: str
    mend: str = ""
    at: str = ""
    command: str = ""
    of: int | None = None

    @property
    def url(self) -> str:
        """The page that mends it, where this installation has such a page; else nothing."""
        try:
            args = [self.of] if self.of else []
            return reverse(self.at, args=args) if self.at else ""
        except NoReverseMatch:
            return ""


Look = Callable[[], Finding | None]


def fine(sentence: str) -> Finding:
    """Return that all is well."""
    return Finding(State.FINE, sentence)


def worth_a_look(
    sentence: str, *, mend: str = "", at: str = "", command: str = "", of: int | None = None
) -> Finding:
    """Return what works, but not for ever or not well."""
    return Finding(State.LOOK, sentence, mend, at, command, of)


def missing(
    sentence: str, *, mend: str = "", at: str = "", command: str = "", of: int | None = None
) -> Finding:
    """Return what must be mended before others are invited."""
    return Finding(State.MISSING, sentence, mend, at, command, of)


@dataclass(frozen=True)
class Check:
    """One thing that is looked at. ``shell_only``: what no page should tell or can see."""

    name: str
    title: Words
    look: Look
    rank: int = 50
    shell_only: bool = False


@dataclass(frozen=True)
class Checked:
    """What a look found."""

    name: str
    title: str
    finding: Finding


_checks: dict[str, Check] = {}


def check(name: str, title: Words, look: Look, *, rank: int = 50, shell_only: bool = False) -> None:
    """Register ``look`` under ``name`` (the app's name, a dot, what it is); low ranks come first.

    Under a name that is there already it takes the place of the other.
    """
    _checks[name] = Check(name, title, look, rank, shell_only)


def examine(*, in_shell: bool = False) -> list[Checked]:
    """Look at everything, in the order of the ranks; a look that fails is itself a finding."""
    found = []
    for one in sorted(_checks.values(), key=lambda check: (check.rank, check.name)):
        if one.shell_only and not in_shell:
            continue
        finding = _looked(one)
        if finding is not None:
            found.append(Checked(one.name, str(one.title), finding))
    return found


def _looked(one: Check) -> Finding | None:
    try:
        return one.look()
    except Exception as fault:  # the others must still be told
        log.exception("check %s failed", one.name)
        sentence = _("Không kiểm tra được (%(fault)s).") % {"fault": type(fault).__name__}
        return missing(sentence)


def is_ready(checked: list[Checked]) -> bool:
    """Say whether nothing is missing."""
    return all(one.finding.state is not State.MISSING for one in checked)
