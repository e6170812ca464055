"""Where each running year stands, what comes next in it, and what others owe now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.covenants.models import Covenant
from thidua.cycles.models import Cycle, Enrolment, Phase
from thidua.reporting.models import Report
from thidua.targets.models import TargetSet
from thidua.web.cycles.steps import SKIPPED, Step, steps_of
from thidua.web.reporting.wording import report_named
from thidua.web.work.desk import Year


@dataclass(frozen=True)
class Event:
    """A day that is coming: what opens, or what is due."""

    day: date
    sentence: str
    cycle: Cycle


@dataclass(frozen=True)
class Waiting:
    """Something of ours that lies with others now."""

    sentence: str
    url: str
    cycle: Cycle


def short_steps_of(cycle: Cycle) -> list[Step]:
    """Return the phases that this year has, each with one day; what it leaves out is not shown."""
    return [replace(step, when=_one_day(step)) for step in steps_of(cycle) if step.state != SKIPPED]


def _one_day(step: Step) -> str:
    phase = step.phase
    if phase is None or step.state == Phase.Standing.CLOSED:
        return ""
    if step.state == Phase.Standing.UPCOMING:
        return _("từ %(day)s") % {"day": date_format(phase.opens_on, "j/n/Y")}
    if phase.due_on is None:
        return ""
    return _("hạn %(day)s") % {"day": date_format(phase.due_on, "j/n/Y")}


def coming_in(years: Sequence[Year], most: int = 3) -> list[Event]:
    """Return the next days that count in the open years, the nearest first."""
    today, events = clock.today(), []
    for year in years:
        if year.cycle.state != Cycle.State.OPEN:
            continue
        for phase in year.cycle.phases.all():
            standing, told = phase.standing(), {"phase": phase}
            if standing == Phase.Standing.UPCOMING:
                sentence = _("mở giai đoạn %(phase)s") % told
                events.append(Event(phase.opens_on, sentence, year.cycle))
            elif standing == Phase.Standing.OPEN and phase.due_on and phase.due_on >= today:
                events.append(Event(phase.due_on, _("hạn giai đoạn %(phase)s") % told, year.cycle))
        events += _days_of_reports(year, today)
    return sorted(events, key=lambda event: event.day)[:most]


def _days_of_reports(year: Year, today: date) -> Iterator[Event]:
    """Yield when reports begin to be taken, and by when they are due."""
    for period in year.periods:
        standing, told = period.standing(), {"report": report_named(period.name)}
        if standing == Phase.Standing.UPCOMING:
            yield Event(period.opens_on, _("bắt đầu nhận %(report)s") % told, year.cycle)
        elif standing == Phase.Standing.OPEN and period.due_on >= today:
            yield Event(period.due_on, _("hạn %(report)s") % told, year.cycle)


def waiting_in(acting: Acting, years: Sequence[Year]) -> list[Waiting]:
    """Return what the unit has done and others are to answer: nothing to do but know it."""
    found = []
    for year in years:
        mine = year.cycle.enrolment_of(acting.organization_id)
        target_set = year.sets.get(mine.pk) if mine else None
        if target_set and target_set.state == TargetSet.State.SENT:
            url = reverse("targets:show", args=[target_set.pk])
            sentence = _("Bản đăng ký đã gửi, đang chờ trả lời.")
            found.append(Waiting(sentence, url, year.cycle))
        for report in year.reports:
            if mine and report.enrolment_id == mine.pk and report.state == Report.State.SENT:
                url = reverse("reporting:show", args=[report.pk])
                told = {"report": capfirst(report_named(report.period.name))}
                sentence = _("%(report)s đã gửi, đang chờ trả lời.") % told
                found.append(Waiting(sentence, url, year.cycle))
        for covenant in year.covenants if mine else []:
            if covenant.state == Covenant.State.SIGNING and _has_signed(mine, covenant):
                url = reverse("covenants:show", args=[covenant.pk])
                sentence = _("Đơn vị đã ký giao ước, đang chờ các đơn vị khác.")
                found.append(Waiting(sentence, url, year.cycle))
    return found


def _has_signed(mine: Enrolment | None, covenant: Covenant) -> bool:
    signatures = covenant.version.signatures.all() if covenant.version else []
    return mine is not None and bool(mine.bearer_ids & {s.organization_id for s in signatures})
