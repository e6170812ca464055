"""The emulation year of a bloc: a cycle, its members, its phases."""

from thidua.cycles.models.carrying import Carrying
from thidua.cycles.models.phases import Phase, PhaseAct
from thidua.cycles.models.years import Cycle, Enrolment

__all__ = ["Carrying", "Cycle", "Enrolment", "Phase", "PhaseAct"]
