"""What a kind of paper is to the rest: its names, its free parts, whence its facts come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from thidua.core import clock
from thidua.cycles.models import Cycle, Enrolment
from thidua.paperwork.models import Draft
from thidua.typesetting.official import Official
from thidua.typesetting.papers.frame import Frame, PaperType

Label = str | Promise
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """A text that the officer writes. ``rows`` is the height of its field; ``required``: the paper
    is not issued while it is empty."""

    name: str
    label: Label
    help: Label = ""
    rows: int = 6
    required: bool = False


@dataclass(frozen=True)
class Subject:
    """What a paper may be about: the key of a row (0: the year as a whole), and its name."""

    pk: int
    label: str = ""


@dataclass(frozen=True)
class Gathered:
    """The facts that ``compose`` takes, and whether anything in them is invented (MINH HỌA)."""

    facts: Any
    is_illustration: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of paper.

    ``name`` is how lists name it. ``of_member``: each member issues its own, else the bloc's lead
    does. ``subjects`` are what a new one may be about (empty: there is nothing to write of yet);
    ``defaults`` the proposed texts of its parts; ``gather`` its facts, out of the draft's own
    year and member alone.
    """

    paper: PaperType
    name: Label
    parts: tuple[Part, ...]
    subjects: Callable[[Cycle, Enrolment | None], list[Subject]]
    defaults: Callable[[Draft], dict[str, str]]
    gather: Callable[[Draft, Frame, Texts], Gathered]
    compose: Callable[[Any], Official]
    of_member: bool = False

    @property
    def key(self) -> str:
        """By which a draft names it."""
        return self.paper.key

    @property
    def type_name(self) -> str:
        """Its tên loại as papers write it, "" for a công văn."""
        return self.paper.name

    @property
    def abbreviation(self) -> str:
        """What stands in its symbol and names its number book ("CV": a công văn's has none)."""
        return self.paper.abbreviation

    @property
    def in_decree(self) -> bool:
        """Whether NĐ 30/2020 names it as a kind of paper."""
        return self.paper.in_decree

    def part(self, name: str) -> Part | None:
        """Return the free part of that name, or None."""
        return next((part for part in self.parts if part.name == name), None)


def whole_year(_cycle: Cycle, _enrolment: Enrolment | None) -> list[Subject]:
    """Return the one subject of a paper that there is once a year."""
    return [Subject(0)]


def of_member(draft: Draft) -> Enrolment:
    """Return the member whose paper it is, its year being the draft's own with its parts."""
    if draft.enrolment is None:
        raise TypeError(f"{draft.kind} is a member's paper")
    draft.enrolment.cycle = draft.cycle
    return draft.enrolment


def day_of(draft: Draft) -> date:
    """Return the day of the paper: as typed, else today."""
    return draft.dated or clock.today()
