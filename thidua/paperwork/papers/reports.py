"""Báo cáo 6 tháng and báo cáo năm of a member, out of its report for that period.

What was sent is what the paper says; before that, what the member has written and measured so far.
"""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua.core.numbers import format_number
from thidua.cycles.models import Enrolment
from thidua.paperwork.models import Draft
from thidua.paperwork.papers.base import Gathered, Kind, Part, Subject, Texts, Year, of_member
from thidua.paperwork.papers.heads import RECIPIENTS
from thidua.reporting.models import Period, Report, Turnout
from thidua.reporting.queries import TargetLine, report_for_period, target_lines
from thidua.targets.models import Direction
from thidua.typesetting.papers import report as paper
from thidua.typesetting.papers.frame import Frame, PaperType

PARTS = (
    Part("situation", _("Đặc điểm tình hình"), rows=5, required=True),
    Part("achievements", _("Kết quả nổi bật"), rows=10, required=True),
    Part("difficulties", _("Hạn chế, nguyên nhân"), rows=6),
    Part("plan", _("Phương hướng, nhiệm vụ"), rows=8, required=True),
    Part("proposals", _("Đề xuất, kiến nghị"), rows=4),
    RECIPIENTS,
)
Rows = tuple[list[paper.ResultRow], list[paper.TurnoutRow], int, int]


def subjects_of(kind: str) -> Callable[[Year], list[Subject]]:
    """Return what gives the periods of this kind in a year."""

    def subjects(year: Year) -> list[Subject]:
        return [Subject(period.pk, period.name) for period in year.periods if period.kind == kind]

    return subjects


def defaults(draft: Draft) -> dict[str, str]:
    """Return the texts of the report that the member wrote in the program."""
    member = of_member(draft)
    report = report_for_period(member, draft.subject)
    bloc = draft.cycle.bloc.title
    proposed = {"situation": paper.situation(member.name, bloc, draft.cycle.year)}
    return proposed | (_sent(report).get("texts") or report.texts() if report else {})


def _sent(report: Report | None) -> dict[str, Any]:
    """Return the content that was sent and stands, or nothing."""
    sending = report.last_sending() if report and not report.is_editable else None
    return sending.content if sending else {}


def gatherer(kind: PaperType) -> Callable[[Draft, Frame, Texts], Gathered]:
    """Return what gathers the facts of a report of this kind."""

    def gather(draft: Draft, frame: Frame, texts: Texts) -> Gathered:
        member = of_member(draft)
        report = report_for_period(member, draft.subject)
        sent = _sent(report)
        rows = _from_sent(sent) if sent else _so_far(member, report)
        targets, turnouts, reached, measured = rows
        year = draft.cycle.year
        is_half = kind == paper.HALF_YEAR
        facts = paper.MemberReport(
            frame=frame,
            year=year,
            period=paper.half_year(year) if is_half else paper.whole_year(year),
            unit=member.name,
            bloc=draft.cycle.bloc.title,
            **{part.name: texts[part.name] for part in PARTS if part is not RECIPIENTS},
            targets=targets,
            turnouts=turnouts,
            reached=reached,
            measured=measured,
            paper=kind,
        )
        return Gathered(facts, bool(report and report.is_illustration))

    return gather


def _from_sent(content: dict[str, Any]) -> Rows:
    found = content.get("targets", [])
    targets = [paper.ResultRow(t["name"], t["promise"], t["value"], t["words"]) for t in found]
    turnouts = [
        paper.TurnoutRow(t["movement"], format_number(t["people"]), t["note"])
        for t in content.get("turnouts", [])
    ]
    measured = [t["is_reached"] for t in found if t["is_reached"] is not None]
    return targets, turnouts, sum(measured), len(measured)


def _so_far(member: Enrolment, report: Report | None) -> Rows:
    lines = target_lines(member)
    turnouts = report.turnouts.all() if report else []
    measured = [x.result.is_reached for x in lines if x.result.is_reached is not None]
    rows = [_target(line) for line in lines]
    return rows, [_turnout(turnout) for turnout in turnouts], sum(measured), len(measured)


def _target(line: TargetLine) -> paper.ResultRow:
    target, result = line.target, line.result
    actual = format_number(result.actual)
    if result.measurement is None or target.direction == Direction.YES_NO:
        actual = str(result.measurement or "")
    return paper.ResultRow(target.name, target.promise, actual, result.words)


def _turnout(turnout: Turnout) -> paper.TurnoutRow:
    movement = turnout.adoption.movement.name
    return paper.TurnoutRow(movement, format_number(turnout.people), turnout.note)


def _kind(kind: PaperType, name: Promise, period: str) -> Kind:
    return Kind(
        paper=kind,
        name=name,
        parts=PARTS,
        about=subjects_of(period),
        defaults=defaults,
        gather=gatherer(kind),
        compose=paper.compose,
        of_member=True,
    )


HALF_YEAR = _kind(paper.HALF_YEAR, _("báo cáo sơ kết 6 tháng"), Period.Kind.HALF_YEAR)
YEAR = _kind(paper.YEAR, _("báo cáo tổng kết năm"), Period.Kind.YEAR)
