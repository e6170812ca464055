"""The days that count in a year: what opens, what is due, gathered from everywhere at once.

The number of queries does not grow with the years or their members.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.covenants.models import Covenant
from thidua.cycles.models import Cycle
from thidua.cycles.queries import running_cycles_of
from thidua.reporting.models import Period
from thidua.targets.models import Target
from thidua.web.reporting.wording import report_named


@dataclass(frozen=True)
class Event:
    """One day with what it brings. ``name`` is the same for ever, whatever day it moves to."""

    name: str
    day: date
    sentence: str
    url: str
    cycle: Cycle
    is_due: bool = False

    @property
    def left(self) -> int:
        """How many days it is from today; negative for what is past."""
        return (self.day - clock.today()).days


@dataclass(frozen=True)
class Month:
    """A month with its events in order."""

    first: date
    events: list[Event]


def years_of(actings: Iterable[Acting]) -> list[tuple[Cycle, Acting]]:
    """Return the running years of a person's organisations, each once, with who works in it."""
    found: dict[int, tuple[Cycle, Acting]] = {}
    for acting in actings:
        for cycle in running_cycles_of(acting):
            if acting.has_perm("cycles.follow_cycle", cycle):
                found.setdefault(cycle.pk, (cycle, acting))
    return list(found.values())


def events_of(cycles: Sequence[Cycle], organization_ids: Iterable[int] = ()) -> list[Event]:
    """Return the events of these years (with their parts), and of the targets of the
    organisations named, in the order of their days: three queries."""
    known = {cycle.pk: cycle for cycle in cycles}
    events = [event for cycle in cycles for event in _of_phases(cycle)]
    for period in Period.objects.filter(cycle__in=known):
        events += _of_period(period, known[period.cycle_id])
    covenants = Covenant.objects.filter(
        cycle__in=known, state=Covenant.State.SIGNING, sign_by__isnull=False
    )
    for covenant in covenants:
        covenant.cycle = known[covenant.cycle_id]
        events.append(_of_covenant(covenant))
    own = list(organization_ids)
    if own:
        events += _of_targets(known, own)
    return sorted(events, key=lambda event: (event.day, event.cycle.pk, event.name))


def _of_phases(cycle: Cycle) -> Iterator[Event]:
    url = reverse("cycles:show", args=[cycle.pk])
    for phase in cycle.phases.all():
        name, told = f"phase-{cycle.pk}-{phase.kind}", {"phase": phase}
        if phase.opens_on == phase.due_on:
            whole = _("Giai đoạn %(phase)s: trong ngày") % told
            yield Event(f"{name}-due", phase.due_on, whole, url, cycle, is_due=True)
            continue
        opens = _("Mở giai đoạn %(phase)s") % told
        yield Event(f"{name}-opens", phase.opens_on, opens, url, cycle)
        if phase.due_on:
            due = _("Hạn giai đoạn %(phase)s") % told
            yield Event(f"{name}-due", phase.due_on, due, url, cycle, is_due=True)
        if phase.closes_on and phase.closes_on != phase.due_on:
            closes = _("Giai đoạn %(phase)s đóng sau ngày này") % told
            yield Event(f"{name}-closes", phase.closes_on, closes, url, cycle)


def _of_period(period: Period, cycle: Cycle) -> Iterator[Event]:
    url = reverse("reporting:of_cycle", args=[cycle.pk])
    name, told = f"period-{period.pk}", {"report": report_named(period.name)}
    opens = _("Bắt đầu nhận %(report)s") % told
    yield Event(f"{name}-opens", period.opens_on, opens, url, cycle)
    due = capfirst(_("hạn %(report)s") % told)
    yield Event(f"{name}-due", period.due_on, due, url, cycle, is_due=True)


def _of_covenant(covenant: Covenant) -> Event:
    url = reverse("covenants:show", args=[covenant.pk])
    told = _("Hạn ký %(covenant)s") % {"covenant": covenant.title}
    assert covenant.sign_by is not None  # noqa: S101  (asked for)
    name = f"covenant-{covenant.pk}-sign"
    return Event(name, covenant.sign_by, told, url, covenant.cycle, is_due=True)


def _of_targets(known: dict[int, Cycle], own: list[int]) -> Iterator[Event]:
    targets = Target.objects.filter(
        target_set__enrolment__cycle__in=known,
        target_set__enrolment__organization__in=own,
        target_set__enrolment__left_on=None,
        due_on__isnull=False,
    ).select_related("target_set__enrolment")
    for target in targets:
        enrolment = target.target_set.enrolment
        told = _("Chỉ tiêu tới hạn: %(target)s") % {"target": target.name}
        url = reverse("targets:show", args=[target.target_set_id])
        cycle = known[enrolment.cycle_id]
        if target.due_on:
            yield Event(f"target-{target.pk}-due", target.due_on, told, url, cycle, is_due=True)


def months_of(events: Iterable[Event]) -> list[Month]:
    """Return the events by month; they come in the order of their days."""
    by_month = groupby(events, key=lambda event: event.day.replace(day=1))
    return [Month(first, list(found)) for first, found in by_month]
