"""One thing that is due, in the words and with the one button that the page shows."""

from dataclasses import dataclass
from datetime import date

from thidua.core import clock
from thidua.cycles.models import Cycle
from thidua.organizations.models import Bloc


@dataclass(frozen=True, kw_only=True)
class Task:
    """What is to be done, for whom, by when, and where.

    ``why`` says who can do it when the person cannot: then the button only shows the thing.
    ``is_post`` marks a button that does the act itself, so it is sent as a form.
    """

    title: str
    url: str
    label: str
    bloc: Bloc | None = None
    cycle: Cycle | None = None
    due: date | None = None
    note: str = ""
    why: str = ""
    is_post: bool = False

    @property
    def is_mine(self) -> bool:
        """Whether the person can do it now."""
        return not self.why

    @property
    def days_late(self) -> int:
        """How many days ago it was due; 0 while there is time."""
        return max(0, (clock.today() - self.due).days) if self.due else 0

    @property
    def is_due_today(self) -> bool:
        """Whether today is its last day."""
        return self.due == clock.today()


def by_urgency(tasks: list[Task]) -> list[Task]:
    """Return the tasks late first, then by day, those without a day last; one's own first."""
    return sorted(tasks, key=lambda task: (task.due or date.max, not task.is_mine))
