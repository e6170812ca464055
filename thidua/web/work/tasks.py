"""Việc của tôi: everything that is due from a person for the organisation they work for now."""

from collections.abc import Sequence

from thidua.accounts.acting import Acting
from thidua.web.work.board import board_tasks
from thidua.web.work.desk import Year
from thidua.web.work.leading import leading_tasks
from thidua.web.work.marking import marking_tasks
from thidua.web.work.member import member_tasks
from thidua.web.work.papersheets import sheets_to_compare
from thidua.web.work.results import result_tasks
from thidua.web.work.task import Task, by_urgency


def tasks_of(acting: Acting, years: Sequence[Year]) -> list[Task]:
    """Return what is due from ``acting``, the most urgent first.

    ``years`` are those of `desk.years_of`, perhaps read for other organisations too.
    """
    mine = [year for year in years if year.concerns(acting)]
    tasks = [task for year in mine for task in member_tasks(acting, year)]
    tasks += [task for year in mine for task in leading_tasks(acting, year)]
    tasks += [task for year in mine for task in sheets_to_compare(acting, year)]
    tasks += [task for year in mine for task in marking_tasks(acting, year)]
    tasks += [task for year in mine for task in result_tasks(acting, year)]
    tasks += board_tasks(acting, mine)
    return by_urgency(list(dict.fromkeys(tasks)))  # a leader is a member too: told once
