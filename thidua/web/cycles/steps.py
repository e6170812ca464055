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
    return [_step(cycle, kind, name, phases.get(kind), url) for kind, name in Phase.Kind.choices]


def _step(cycle: Cycle, kind: str, name: str, phase: Phase | None, url: str) -> Step:
    if phase is None:
        return Step(kind, str(name), SKIPPED, "", url)
    state = phase.standing()
    if cycle.is_over:
        state = SKIPPED if state == Phase.Standing.UPCOMING else Phase.Standing.CLOSED
    return Step(kind, str(name), str(state), when(phase), url, phase)


def when(phase: Phase) -> str:
    """Return the days of a phase in words: "từ 1/2/2026, hạn 15/3/2026"."""
    told = [_("từ %(day)s") % {"day": short(phase.opens_on)}]
    if phase.due_on:
        told.append(_("hạn %(day)s") % {"day": short(phase.due_on)})
    if phase.closes_on and phase.closes_on != phase.due_on:
        told.append(_("đóng sau %(day)s") % {"day": short(phase.closes_on)})
    return ", ".join(told)


def short(day: date) -> str:
    """Return a day as 1/3/2026."""
    return f"{day.day}/{day.month}/{day.year}"
