"""Where units stood in years that the program did not mark: one row for each unit and year."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from thidua.accounts.acting import Acting
from thidua.audit.models import Entry
from thidua.commendations.actions.rankings import (
    RankingFacts,
    as_facts,
    correct_ranking,
    enter_ranking,
)
from thidua.commendations.models import FIRST_YEAR, PastRanking
from thidua.commendations.queries import published_years
from thidua.core import clock
from thidua.core.numbers import format_points
from thidua.core.text import fold
from thidua.imports.kinds.base import (
    CHANGE,
    KEEP,
    MAKE,
    Asking,
    Kind,
    Made,
    Option,
    Plan,
    Row,
    Step,
    Tick,
    register,
    sure,
)
from thidua.imports.kinds.past import PastCells, label, name_then
from thidua.imports.wording import more_words
from thidua.organizations.models import Bloc, Organization

VALUES = ("rank", "points", "maximum", "class_name", "source")
MOST_OFFERED = 8
more_words(
    of_row={
        "no_points": _("“%(value)s” chưa phải là số điểm, nhiều nhất hai chữ số sau dấu phẩy."),
        "unclear_points": _(
            "“%(value)s” chưa rõ là hàng nghìn hay số lẻ. Một nghìn viết 1000; số lẻ viết 95,5."
        ),
        "no_rank": _("“%(value)s” chưa phải là thứ hạng. Viết như 1, 2, 3."),
        "unknown_bloc": _(
            "Chưa thấy khối, cụm “%(name)s” do cơ quan của bạn quản lý. Hãy ghi như trên trang "
            "khối, cụm, hoặc nhập bảng “Khối, cụm và đơn vị thành viên” trước."
        ),
        "bloc_of_another_year": _("“%(name)s” đã khép lại trước năm %(year)s."),
        "result_published": _("Kết quả năm %(year)s của khối, cụm này đã công bố trong hệ thống."),
        "ranking_empty": _("Cần ghi ít nhất thứ hạng, điểm hoặc xếp loại."),
        "maximum_alone": _("Điểm tối đa phải lớn hơn 0 và đi cùng số điểm."),
        "ranking_twice": _("“%(name)s” đã đứng ở hàng %(other)s của cùng khối, cụm, cùng năm."),
        "ranking_differs": _("Đã ghi là %(there)s. Nếu số ấy sai, hãy sửa ở trang khối, cụm."),
    },
    of_question={"which_bloc": _("Nhiều khối, cụm có tên như vậy.")},
)


class RankingKey(NamedTuple):
    """A unit in a year of a bloc."""

    bloc: int
    year: int
    unit: int


@dataclass
class Ranked:
    """What a step does: a standing is entered, or what is blank in one is filled."""

    row: Row
    key: RankingKey
    what: str
    unit_name: str
    there: PastRanking | None = None
    filled: dict[str, Any] = field(default_factory=dict)


@register
class Rankings(Kind):
    """The sheet "Xếp hạng các năm trước"."""

    key = "rankings"
    order = 60
    makes = ("commendations.pastranking",)

    def plan(self, rows: Sequence[Row], *, by: Acting, choices: dict[str, str]) -> Plan:
        """Find bloc and unit of each row, and whether the standing is there."""
        return _Planner(rows, by, choices).plan()

    def write(self, plan: Plan, *, by: Acting, tick: Tick) -> Iterator[Made]:
        """Enter the new ones; fill in what was blank."""
        new = [step.facts.key for step in plan.steps if step.act == MAKE]
        blocs = Bloc.objects.in_bulk({key.bloc for key in new})
        units = Organization.objects.prefetch_related("names").in_bulk({key.unit for key in new})
        for done, step in enumerate(plan.steps):
            told: Ranked = step.facts
            if step.act == MAKE:
                values = {name: getattr(told.row, name) for name in VALUES}
                ranking = enter_ranking(
                    blocs[told.key.bloc],
                    units[told.key.unit],
                    RankingFacts(told.key.year, told.unit_name, **values),
                    by=by,
                    is_illustration=by.is_illustration,
                )
                yield Made(step.row, MAKE, ranking)
            elif step.act == CHANGE:
                there = PastRanking.objects.get(pk=sure(told.there).pk)
                before = {name: getattr(there, name) for name in told.filled}
                ranking = correct_ranking(there, replace(as_facts(there), **told.filled), by=by)
                yield Made(step.row, CHANGE, ranking, before)
            tick(done + 1, len(plan.steps))

    def undo_change(self, thing: Model, before: dict[str, Any], *, by: Acting) -> None:
        """Blank again what the import had filled in."""
        ranking = PastRanking.objects.get(pk=thing.pk)
        correct_ranking(ranking, replace(as_facts(ranking), **before), by=by)

    def undo_refusal(self, things: Sequence[Model]) -> str:
        """A standing that was corrected since has a history of its own."""
        corrected = Entry.objects.filter(
            code="ranking.corrected",
            subject_type="commendations.pastranking",
            subject_id__in=[thing.pk for thing in things],
        ).first()
        return corrected.subject_name if corrected else ""

    def exported(self, by: Acting) -> Iterator[dict[str, Any]]:
        """Yield the standings in one's own blocs; an operator's are all."""
        rankings = PastRanking.objects.select_related("bloc", "organization")
        if not by.is_operator:
            rankings = rankings.filter(bloc__managing_body=by.organization_id)
        for row in rankings.order_by("bloc__sort_key", "bloc", "-year", "rank", "sort_key"):
            unit = row.organization.name
            with override("vi"):  # the words of a form are Vietnamese, whatever the reader's are
                bloc = row.bloc.title
            yield {
                "bloc": bloc,
                "year": row.year,
                "organization": unit,
                "unit_name": "" if row.organization_name == unit else row.organization_name,
                **{name: getattr(row, name) for name in VALUES},
            }


class _Blocs:
    """The blocs of a managing body, found by folded title, name, short name or number."""

    def __init__(self, by: Acting) -> None:
        self.found: dict[str, dict[int, Bloc]] = defaultdict(dict)
        with override("vi"):
            for bloc in Bloc.objects.filter(managing_body=by.organization_id).order_by("pk"):
                for name in self._names(bloc):
                    self.found[fold(name)][bloc.pk] = bloc

    @staticmethod
    def _names(bloc: Bloc) -> list[str]:
        noun, number = bloc.noun, bloc.number
        names = [bloc.title, bloc.name, f"{noun} {bloc.name}", f"{noun} thi đua {bloc.name}"]
        if bloc.short_name:
            names.append(bloc.short_name)
        if number:
            names += [f"{noun} {number}", f"{noun} số {number}", f"{noun} thi đua {number}"]
            names.append(f"{noun} thi đua số {number}")
        return names

    def of_year(self, name: str, year: int) -> list[Bloc]:
        """Return which blocs a name may mean in a year."""
        found = self.found.get(fold(name), {}).values()
        return [bloc for bloc in found if bloc.closed_on is None or year <= bloc.closed_on.year]


class _Planner:
    def __init__(self, rows: Sequence[Row], by: Acting, choices: dict[str, str]) -> None:
        self.rows = rows
        self.result = Plan()
        self.asking = Asking(self.result, choices)
        self.cells = PastCells(self.result, self.asking, by, any_body=True)
        self.blocs = _Blocs(by)
        self.published = published_years()
        self.told: dict[RankingKey, int] = {}

    def plan(self) -> Plan:
        found = [one for row in self.rows if (one := self._read(row)) is not None]
        blocs = {one.key.bloc for one in found}
        there = {
            RankingKey(r.bloc_id, r.year, r.organization_id): r
            for r in PastRanking.objects.filter(bloc__in=blocs)
        }
        for one in found:
            other = self.told.setdefault(one.key, one.row.at)
            if other != one.row.at:
                name = one.row.organization
                self.result.wrong(one.row, "organization", "ranking_twice", other=other, name=name)
                continue
            one.there = there.get(one.key)
            self._compare(one)
            act = MAKE if one.there is None else CHANGE if one.filled else KEEP
            self.result.steps.append(Step(one.row.at, act, one.what, one))
        return self.result

    def _read(self, row: Row) -> Ranked | None:
        if not FIRST_YEAR <= row.year <= clock.today().year:
            self.result.wrong(row, "year", "year_not_past", year=str(row.year))
            return None
        self._refuse_values(row)
        bloc = self._bloc(row)
        match = self.cells.of_year(row, "organization")
        if bloc is None or match is None:
            return None
        if (bloc.pk, row.year) in self.published:
            self.result.wrong(row, "year", "result_published", year=str(row.year))
            return None
        key = RankingKey(bloc.pk, row.year, match.unit.pk)
        what = f"{bloc.title}, {row.year}: {label(match.unit)}"
        return Ranked(row, key, what, name_then(row, match, row.organization))

    def _refuse_values(self, row: Row) -> None:
        if row.rank is None and row.points is None and not row.class_name:
            self.result.wrong(row, "rank", "ranking_empty")
        if row.maximum is not None and (row.maximum <= 0 or row.points is None):
            self.result.wrong(row, "maximum", "maximum_alone")

    def _bloc(self, row: Row) -> Bloc | None:
        found = self.blocs.of_year(row.bloc, row.year)
        if len(found) == 1:
            return found[0]
        if not found:
            is_known = fold(row.bloc) in self.blocs.found
            code = "bloc_of_another_year" if is_known else "unknown_bloc"
            self.result.wrong(row, "bloc", code, name=row.bloc, year=str(row.year))
            return None
        options = [Option(str(bloc.pk), _told_apart(bloc)) for bloc in found[:MOST_OFFERED]]
        chosen = self.asking.ask(row, "bloc", "which_bloc", options)
        return next((bloc for bloc in found if str(bloc.pk) == chosen), None)

    def _compare(self, one: Ranked) -> None:
        """Note what the row tells besides what is there; refuse what it tells otherwise."""
        if one.there is None:
            return
        for name in VALUES:
            told, there = getattr(one.row, name), getattr(one.there, name)
            if told in (None, "") or told == there:
                continue
            if there in (None, ""):
                one.filled[name] = told
            elif name != "source":
                word = format_points(there) if name in ("points", "maximum") else str(there)
                self.result.wrong(one.row, name, "ranking_differs", there=word)


def _told_apart(bloc: Bloc) -> str:
    """Return a bloc's title with what tells it from another of the same name."""
    parts = [bloc.title, bloc.decision_number]
    if bloc.closed_on:
        parts.append(f"–{bloc.closed_on.year}")
    return ", ".join(part for part in parts if part)
