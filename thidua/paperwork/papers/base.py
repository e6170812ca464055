"""What a kind of paper is to the rest: its names, its free parts, whence its facts come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.functional import Promise

from thidua.core import clock
from thidua.cycles.models import Cycle, Enrolment
from thidua.paperwork.models import Draft
from thidua.reporting.models import Period
from thidua.reporting.standings import periods_of
from thidua.scoring.for_papers import results_of, sheets_about, tables_of
from thidua.scoring.models import Result, ScoringTable, Sheet
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


class Year:
    """A year, and a member's part in it, before its papers: whatever a list asks, it asks once."""

    def __init__(self, cycle: Cycle, enrolment: Enrolment | None = None) -> None:
        self.cycle = cycle
        self.enrolment = enrolment

    @cached_property
    def periods(self) -> list[Period]:
        """The periods of the year's reports, in the order of their due days."""
        return periods_of(self.cycle)

    @cached_property
    def tables(self) -> list[ScoringTable]:
        """The versions of the year's table, newest first, without their criteria."""
        return list(tables_of(self.cycle).prefetch_related(None))

    @cached_property
    def results(self) -> list[Result]:
        """The year's results that stand, newest first."""
        return list(results_of(self.cycle))

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The member's own sheets, and those in which it checks others, by the table in use."""
        return sheets_about(self.enrolment) if self.enrolment else []


@dataclass(frozen=True)
class Gathered:
    """The facts that ``compose`` takes, and whether anything in them is invented (MINH HỌA)."""

    facts: Any
    is_illustration: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of paper.

    ``name`` is how lists name it. ``of_member``: each member issues its own, else the bloc's lead
    does. ``about`` finds what a new one may be about (nothing: there is nothing to write of yet),
    ``offered`` what a list offers where finding that out costs too much; ``defaults`` the proposed
    texts of its parts; ``gather`` its facts, out of the draft's own year and member alone.
    """

    paper: PaperType
    name: Label
    parts: tuple[Part, ...]
    about: Callable[[Year], list[Subject]]
    defaults: Callable[[Draft], dict[str, str]]
    gather: Callable[[Draft, Frame, Texts], Gathered]
    compose: Callable[[Any], Official]
    of_member: bool = False
    offered: Callable[[Year], list[Subject]] | None = None

    def subjects(self, cycle: Cycle, enrolment: Enrolment | None = None) -> list[Subject]:
        """Return what a new one may be about."""
        return self.about(Year(cycle, enrolment))

    def listed(self, year: Year) -> list[Subject]:
        """Return what the list of a year offers: a few queries, however many members there are."""
        return (self.offered or self.about)(year)

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


def whole_year(_year: Year) -> list[Subject]:
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
