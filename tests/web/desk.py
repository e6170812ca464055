"""What lies on a person's desk, for the tests of "Việc của tôi"."""

from thidua.accounts.acting import Acting
from thidua.web.work.desk import years_of
from thidua.web.work.task import Task
from thidua.web.work.tasks import tasks_of


def due(acting: Acting) -> list[Task]:
    """Return the person's tasks, for the organisation worked for now."""
    return tasks_of(acting, years_of([acting]))


def titles(acting: Acting) -> list[str]:
    """Return the titles of the person's tasks."""
    return [task.title for task in due(acting)]
