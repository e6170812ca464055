"""Honours that were decided in years past: one row for each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from thidua.accounts.acting import Acting
from thidua.audit.models import Entry
from thidua.commendations.actions.awards import AwardFacts, as_facts, correct_award, enter_award
from thidua.commendations.honours import code_of, fits
from thidua.commendations.models import FIRST_YEAR, Award
from thidua.core import clock
from thidua.core.text import fold
from thidua.imports.kinds.base import (
    CHANGE,
    KEEP,
    MAKE,
    Asking,
    Kind,
    Made,
    Plan,
    Row,
    Step,
    Tick,
    register,
    sure,
)
from thidua.imports.kinds.finding import Known
from thidua.imports.kinds.past import PastCells, label, name_then
from thidua.imports.wording import more_words
from thidua.lawbook.honours import Subject
from thidua.organizations.models import Organization

TOLD = (
    *("collective", "person_name", "post", "honour_name", "year"),
    *("decision_number", "decided_on", "decided_by", "note", "source"),
)
FILLED = ("decision_number", "decided_on", "decided_by", "post", "note", "source")
more_words(
    of_row={
        "unit_of_another_year": _("“%(name)s” đã kết thúc trước năm %(year)s."),
        "year_not_past": _("Năm %(year)s: năm phải từ 1948 đến năm nay."),
        "decision_before_year": _("Ngày quyết định trước năm được khen (%(year)s)."),
        "honour_of_persons": _("%(honour)s chỉ tặng cá nhân: hãy ghi họ và tên."),
        "honour_of_collectives": _("%(honour)s chỉ tặng tập thể: hãy để trống họ và tên."),
        "award_twice": _(
            "Khen thưởng này đã có ở hàng %(other)s của tệp. Nếu là hai lần khen khác nhau trong "
            "năm, hãy ghi số quyết định của cả hai."
        ),
    },
)


class AwardKey(NamedTuple):
    """What tells one honour from another, apart from its decision."""

    unit: int
    collective: str
    person: str
    honour: str
    year: int


@dataclass
class Honoured:
    """What a step does: an honour is entered, or what is blank in one is filled."""

    row: Row
    unit: Known
    unit_name: str
    key: AwardKey
    there: Award | None = None
    filled: dict[str, Any] = field(default_factory=dict)


@register
class Awards(Kind):
    """The sheet "Khen thưởng đã có"."""

    key = "awards"
    order = 50
    makes = ("commendations.award",)

    def plan(self, rows: Sequence[Row], *, by: Acting, choices: dict[str, str]) -> Plan:
        """Find the unit of each row in its year, and whether the honour is there."""
        return _Planner(rows, by, choices).plan()

    def write(self, plan: Plan, *, by: Acting, tick: Tick) -> Iterator[Made]:
        """Enter the new ones; fill in what was blank."""
        keys = {step.facts.unit.pk for step in plan.steps if step.act == MAKE}
        units = Organization.objects.prefetch_related("names").in_bulk(keys)
        for done, step in enumerate(plan.steps):
            told: Honoured = step.facts
            if step.act == MAKE:
                facts = {name: getattr(told.row, name) for name in TOLD}
                award = enter_award(
                    units[told.unit.pk],
                    AwardFacts(organization_name=told.unit_name, **facts),
                    by=by,
                    is_illustration=by.is_illustration,
                )
                yield Made(step.row, MAKE, award)
            elif step.act == CHANGE:
                there = Award.objects.get(pk=sure(told.there).pk)
                before = {name: getattr(there, name) for name in told.filled}
                award = correct_award(there, replace(as_facts(there), **told.filled), by=by)
                yield Made(step.row, CHANGE, award, before)
            tick(done + 1, len(plan.steps))

    def undo_change(self, thing: Model, before: dict[str, Any], *, by: Acting) -> None:
        """Blank again what the import had filled in."""
        award = Award.objects.get(pk=thing.pk)
        correct_award(award, replace(as_facts(award), **before), by=by)

    def undo_refusal(self, things: Sequence[Model]) -> str:
        """An honour that was corrected since has a history of its own."""
        corrected = Entry.objects.filter(
            code="award.corrected",
            subject_type="commendations.award",
            subject_id__in=[thing.pk for thing in things],
        ).first()
        return corrected.subject_name if corrected else ""

    def exported(self, by: Acting) -> Iterator[dict[str, Any]]:
        """Yield the honours in the units that one's own board is over; an operator's are all."""
        awards = Award.objects.select_related("organization")
        if not by.is_operator:
            mine = by.organization_id
            over = Q(organization=mine) | Q(organization__parent=mine)
            awards = awards.filter(over | Q(organization__keeper=mine) | Q(keeper=mine))
        for award in awards:
            unit = award.organization.name
            then = award.organization_name
            told = {name: getattr(award, name) for name in TOLD}
            yield {"organization": unit, "unit_name": "" if then == unit else then, **told}


class _Planner:
    def __init__(self, rows: Sequence[Row], by: Acting, choices: dict[str, str]) -> None:
        self.rows = rows
        self.result = Plan()
        self.cells = PastCells(self.result, Asking(self.result, choices), by)
        self.told: dict[AwardKey, dict[str, int]] = defaultdict(dict)
        self.used: set[int] = set()

    def plan(self) -> Plan:
        found = [one for row in self.rows if (one := self._read(row)) is not None]
        there = self._there({one.unit.pk for one in found})
        for one in found:
            if not self._is_told_twice(one):
                self._match(one, there.get(one.key, []))
                self.result.steps.append(self._step(one))
        return self.result

    def _there(self, units: set[int]) -> dict[AwardKey, list[Award]]:
        found: dict[AwardKey, list[Award]] = defaultdict(list)
        for award in Award.objects.filter(organization__in=units).order_by("pk"):
            key = AwardKey(
                award.organization_id,
                award.collective_key,
                award.person_key,
                award.honour_key,
                award.year,
            )
            found[key].append(award)
        return found

    def _read(self, row: Row) -> Honoured | None:
        if not FIRST_YEAR <= row.year <= clock.today().year:
            self.result.wrong(row, "year", "year_not_past", year=str(row.year))
            return None
        match = self.cells.of_year(row, "organization")
        self._refuse_decision(row, row.decided_on)
        honour = code_of(row.honour_name)
        self._refuse_subject(row, honour)
        if match is None:
            return None
        unit_name = name_then(row, match, row.organization)
        key = AwardKey(
            match.unit.pk,
            fold(row.collective),
            fold(row.person_name),
            fold(honour or row.honour_name),
            row.year,
        )
        return Honoured(row, match.unit, unit_name, key)

    def _refuse_decision(self, row: Row, day: date | None) -> None:
        if day and day > clock.today():
            self.result.wrong(row, "decided_on", "decision_to_come")
        elif day and day.year < row.year:
            self.result.wrong(row, "decided_on", "decision_before_year", year=str(row.year))

    def _refuse_subject(self, row: Row, honour: str) -> None:
        subject = Subject.PERSON if row.person_name else Subject.UNIT
        if not fits(honour, subject):
            code = "honour_of_collectives" if row.person_name else "honour_of_persons"
            self.result.wrong(row, "person_name", code, honour=row.honour_name)

    def _is_told_twice(self, one: Honoured) -> bool:
        """Refuse a row that another one of the sheet has told: one of the two without decision."""
        decision = fold(one.row.decision_number)
        told = self.told[one.key]
        other = (
            told.get(decision) or told.get("") or (0 if decision else next(iter(told.values()), 0))
        )
        if other:
            self.result.wrong(one.row, "honour_name", "award_twice", other=other)
            return True
        told[decision] = one.row.at
        return False

    def _match(self, one: Honoured, there: list[Award]) -> None:
        """Find the honour that the row tells again, and what it tells besides."""
        decision = fold(one.row.decision_number)
        free = [award for award in there if award.pk not in self.used]
        same = [award for award in free if award.decision_key == decision]
        same += [award for award in free if not award.decision_key or not decision]
        if same:
            one.there = same[0]
            self.used.add(same[0].pk)
            for name in FILLED:
                value = getattr(one.row, name)
                if value and not getattr(one.there, name) and _may_fill(one.there, name):
                    one.filled[name] = value

    def _step(self, one: Honoured) -> Step:
        act = MAKE if one.there is None else CHANGE if one.filled else KEEP
        who = ", ".join(t for t in (one.row.person_name, one.row.collective, label(one.unit)) if t)
        what = f"{one.row.honour_name}, {one.row.year}: {who}"
        return Step(one.row.at, act, what, one)


def _may_fill(award: Award, name: str) -> bool:
    return name != "post" or award.is_persons
