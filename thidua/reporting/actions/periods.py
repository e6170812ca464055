"""What can be done with a year's periods of reporting: set the usual two, write, remove."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.text import one_line
from thidua.cycles.actions.years import lock_year, locked
from thidua.cycles.models import Cycle
from thidua.reporting.models import Measurement, Period, Report, ReportSending, Turnout

Kind = Period.Kind


@dataclass(frozen=True)
class PeriodFacts:
    """What is told of a period; a usual kind may leave its name to the house."""

    opens_on: date
    due_on: date
    closes_on: date | None = None
    kind: str = Kind.OTHER
    name: str = ""
    source: str = ""


def usual_periods(year: int) -> list[PeriodFacts]:
    """Return the two periods that blocs usually have, with the days seen in practice.

    domain.md 2.1: the half year is reviewed from 15 to 30 June or in mid-July (one met on
    16-07-2020), year reports are typically due 20–30 November. No law sets these days: whoever
    schedules the year writes its own, and the source says so.
    """
    with override("vi"):  # it is kept with the period, whatever the reader's language
        source = _("mốc thường gặp ở các khối, cụm; quy chế của khối, cụm quyết định")
        half, whole = _("Sơ kết 6 tháng"), _("Tổng kết năm")
    return [
        PeriodFacts(
            opens_on=date(year, 6, 15),
            due_on=date(year, 7, 15),
            kind=Kind.HALF_YEAR,
            name=half,
            source=source,
        ),
        PeriodFacts(
            opens_on=date(year, 11, 1),
            due_on=date(year, 11, 30),
            kind=Kind.YEAR,
            name=whole,
            source=source,
        ),
    ]


def _note(code: str, period: Period, by: Acting) -> None:
    chain = chain_of_bloc(period.cycle.bloc_id)
    due = period.due_on.isoformat()
    record(code, by=by, on=period.cycle, chain=chain, period=period.name, due=due)


@deed()
def set_periods(cycle: Cycle, *, by: Acting) -> list[Period]:
    """Give the year those of the usual two periods that it does not have; return what was made."""
    cycle = locked(cycle)
    there = list(cycle.periods.all())
    kinds, names = {p.kind for p in there}, {p.name for p in there}
    lacking = [f for f in usual_periods(cycle.year) if f.kind not in kinds]
    if not lacking:
        raise AlreadyDone(_("Năm này đã có kỳ sơ kết 6 tháng và kỳ tổng kết năm."))
    taken = next((facts.name for facts in lacking if facts.name in names), "")
    if taken:
        raise AlreadyDone(_("Năm này đã có kỳ “%(period)s”.") % {"period": taken}, field="name")
    made = [cycle.periods.create(**vars(facts)) for facts in lacking]
    for period in made:
        _note("period.set", period, by)
    return made


def _refuse_bad(facts: PeriodFacts, cycle: Cycle) -> None:
    if facts.kind not in Kind.values:
        raise Invalid(_("Cần chọn loại kỳ báo cáo."), field="kind")
    if not one_line(facts.name):
        raise Invalid(_("Kỳ báo cáo cần có tên."), field="name")
    if facts.due_on < facts.opens_on:
        raise Invalid(_("Hạn phải từ ngày mở trở đi."), field="due_on")
    if facts.closes_on and facts.closes_on < facts.due_on:
        raise Invalid(_("Ngày đóng phải từ hạn trở đi."), field="closes_on")
    for field in ("opens_on", "due_on", "closes_on"):
        day = getattr(facts, field)
        if day and abs(day.year - cycle.year) > 1:  # school years, and years closed in March
            sentence = _("Ngày phải trong khoảng từ năm %(first)d đến năm %(last)d.")
            years = {"first": cycle.year - 1, "last": cycle.year + 1}
            raise Invalid(sentence % years, field=field)


@deed()
def write_period(
    cycle: Cycle, facts: PeriodFacts, *, by: Acting, period: Period | None = None
) -> Period:
    """Add a period to the year, or write ``period`` anew: also when reports were sent already.

    Being late was settled when each report came; a new due day does not change that.
    """
    cycle = locked(cycle)
    _refuse_bad(facts, cycle)
    others = cycle.periods.exclude(pk=period.pk if period else 0)
    if facts.kind != Kind.OTHER and others.filter(kind=facts.kind).exists():
        label = str(Kind(facts.kind).label)
        raise AlreadyDone(_("Năm này đã có kỳ “%(period)s”.") % {"period": label}, field="kind")
    if others.filter(name=facts.name).exists():
        name = one_line(facts.name)
        raise AlreadyDone(_("Năm này đã có kỳ “%(period)s”.") % {"period": name}, field="name")
    period = cycle.periods.get(pk=period.pk) if period else Period(cycle=cycle)
    for name, value in vars(facts).items():
        setattr(period, name, value)
    period.save()
    _note("period.set", period, by)
    return period


@deed()
def remove_period(period: Period, *, by: Acting) -> None:
    """Take a period out of the year, while nothing was sent, measured or written for it.

    Reports that were begun and hold nothing go with it.
    """
    lock_year(period.cycle)
    reports = list(Report.objects.select_for_update(of=("self",)).filter(period=period))
    if ReportSending.objects.filter(report__in=reports).exists():
        raise WrongState(_("Đã có báo cáo gửi cho kỳ này nên không bỏ được."))
    if Measurement.objects.filter(period=period).exists():
        raise WrongState(_("Đã có số đo ghi cho kỳ này nên không bỏ được."))
    if any(_holds_something(report) for report in reports):
        raise WrongState(_("Đã có đơn vị đang soạn báo cáo cho kỳ này nên không bỏ được."))
    Report.objects.filter(period=period).delete()
    _note("period.removed", period, by)
    period.delete()


def _holds_something(report: Report) -> bool:
    return (
        any(text.strip() for text in report.texts().values())
        or Turnout.objects.filter(report=report).exists()
        or report.evidence_uses.exists()
    )
