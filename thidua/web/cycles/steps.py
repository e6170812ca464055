"""Where a year stands: its eleven phases as the stepper shows them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from thidua.cycles.models import Cycle, Phase

SKIPPED = "skipped"


@dataclass(frozen=True)
class Step:
    """One phase of the year: its name, its standing, its days, where it opens."""

    kind: str
    name: str
    state: str
    when: str
    url: str = ""
    phase: Phase | None = None


def steps_of(cycle: Cycle, url: str = "") -> list[Step]:
    """Return the eleven phases in their order; one that the year leaves out is skipped.

    ``cycle`` carries its phases with their acts (``with_parts``). In a year that is closed
    nothing is open any more, whatever its days say.
    """
    phases = {phase.kind: phase for phase in cycle.phases.all()}
    return [_step(cycle, kind, label, phases.get(kind), url) for kind, label in Phase.Kind.choices]


def _step(cycle: Cycle, kind: str, label: object, phase: Phase | None, url: str) -> Step:
    if phase is None:
        return Step(kind, str(label), SKIPPED, "", url)
    state = phase.standing()
    if cycle.is_over:
        state = SKIPPED if state == Phase.Standing.UPCOMING else Phase.Standing.CLOSED
    return Step(kind, str(label), str(state), when(phase, cycle.year), url, phase)


def when(phase: Phase, year: int) -> str:
    """Return the days of a phase in words: "từ 1/2, hạn 15/3"; a day of another year names it."""
    if phase.opens_on == phase.due_on:
        return _("ngày %(day)s") % {"day": short(phase.opens_on, year)}
    told = [_("từ %(day)s") % {"day": short(phase.opens_on, year)}]
    if phase.due_on:
        told.append(_("hạn %(day)s") % {"day": short(phase.due_on, year)})
    if phase.closes_on and phase.closes_on != phase.due_on:
        told.append(_("đóng sau %(day)s") % {"day": short(phase.closes_on, year)})
    return ", ".join(told)


def short(day: date, year: int) -> str:
    """Return a day as 1/3, or as 1/3/2026 where that is not in ``year``."""
    return f"{day.day}/{day.month}" + ("" if day.year == year else f"/{day.year}")
