"""Bảng tổng hợp điểm and thông báo kết quả, out of one version of the year's result."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from thidua.core.numbers import format_number, format_points
from thidua.marks.rules import OUTSIDE
from thidua.paperwork.models import Draft
from thidua.paperwork.papers.base import Gathered, Kind, Part, Subject, Texts, Year
from thidua.paperwork.papers.heads import BASES, RECIPIENTS
from thidua.scoring.for_papers import State, results_of, with_places
from thidua.scoring.models import Result, Standing
from thidua.typesetting.papers import results as paper
from thidua.typesetting.papers.frame import Frame
from thidua.typesetting.papers.wording import day_words

NOTE = Part("note", _("Ghi chú của khối, cụm"), rows=4)
ASKED = Part("note", _("Đề nghị các đơn vị"), rows=4, required=True)
Groups = dict[str, str]


def subjects_in(*states: str) -> Callable[[Year], list[Subject]]:
    """Return what gives the year's results in one of these states, newest first."""

    def subjects(year: Year) -> list[Subject]:
        found = [result for result in year.results if result.state in states]
        return [Subject(result.pk, paper.version(result.number)) for result in found]

    return subjects


def no_texts(_draft: Draft) -> dict[str, str]:
    """Return no proposed text."""
    return {}


def asked(draft: Draft) -> dict[str, str]:
    """Return what is proposed to be asked of the members."""
    return {ASKED.name: paper.asked(draft.cycle.year)}


def gatherer(*, opened: bool) -> Callable[[Draft, Frame, Texts], Gathered]:
    """Return what gathers the result, ``opened`` down to the points of each group."""

    def gather(draft: Draft, frame: Frame, texts: Texts) -> Gathered:
        found = with_places(results_of(draft.cycle), opened=opened)
        result = found.filter(pk=draft.subject).first()
        facts = paper.Results(
            frame=frame,
            year=draft.cycle.year,
            bloc=draft.cycle.bloc.title,
            manager=draft.cycle.bloc.managing_body.name,
            note=texts[NOTE.name],
            **(_told(result, opened=opened) if result else {}),
        )
        return Gathered(facts, bool(result and result.is_illustration))

    return gather


def _told(result: Result, *, opened: bool) -> dict[str, Any]:
    standings = list(result.standings.all())
    groups = _groups(standings) if opened else {}
    return {
        "table": str(result.table),
        "groups": list(groups.items()),
        "rows": [_row(standing, groups) for standing in standings],
        "adopted_on": day_words(result.adopted_on) if result.adopted_on else "",
        "minutes": result.minutes,
        "number": result.number,
        "reason": result.reason,
    }


def _groups(standings: list[Standing]) -> Groups:
    """Return the top groups of the table by their codes, those of bonuses and penalties alone left
    out."""
    found: Groups = {}
    top = ("", "")
    for line in standings[0].lines if standings else ():
        if line["depth"] == 0:
            top = (line["code"], line["name"])
        is_standard = not line["is_group"] and not line["is_bonus"] and line["kind"] not in OUTSIDE
        if is_standard and line["depth"]:
            found[top[0]] = top[1]
    return found


def _row(standing: Standing, groups: Groups) -> paper.StandingRow:
    counted = {}
    if groups:
        counted = {line["code"]: line["counted"] for line in standing.lines if line["is_group"]}
    return paper.StandingRow(
        unit=standing.unit_name,
        total=format_points(standing.total),
        rank=str(standing.rank or ""),
        class_name=standing.class_name,
        percent=format_number(standing.percent),
        bonus=format_points(standing.bonus),
        penalty=format_points(standing.penalty),
        groups=[format_points(counted.get(code)) for code in groups],
        why="" if standing.rank else standing.why,
    )


SUMMARY = Kind(
    paper=paper.SUMMARY,
    name=_("bảng tổng hợp điểm"),
    parts=(BASES, NOTE, RECIPIENTS),
    about=subjects_in(State.PRELIMINARY, State.ADOPTED, State.PUBLISHED),
    defaults=no_texts,
    gather=gatherer(opened=True),
    compose=paper.compose_summary,
)
NOTICE = Kind(
    paper=paper.NOTICE,
    name=_("thông báo kết quả"),
    parts=(BASES, ASKED, RECIPIENTS),
    about=subjects_in(State.ADOPTED, State.PUBLISHED),
    defaults=asked,
    gather=gatherer(opened=False),
    compose=paper.compose_notice,
)
