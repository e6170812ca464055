"""Putting back what was taken out of a draft of a table, or a whole draft."""

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core.errors import AlreadyDone, WrongState
from thidua.cycles.actions.years import locked
from thidua.cycles.models import Cycle
from thidua.discards.kinds import Kind, can_be_put_back
from thidua.scoring.actions.tables import editable, note
from thidua.scoring.models import Criterion, ScoringTable


def restorable() -> None:
    """Tell how criteria and drafts of tables are put back."""
    write = "scoring.write_scoringtable"
    can_be_put_back(Criterion, Kind(ScoringTable, write, _node_fits, _node_restored))
    begin = "scoring.begin_table"
    can_be_put_back(ScoringTable, Kind(Cycle, begin, _table_fits, _table_restored))


def _node_fits(table: ScoringTable, rows: list[Any]) -> ScoringTable:
    """Let the node come last in its group, with what hung under it."""
    table = editable(table)
    node = rows[0]
    if node.parent_id and not table.criteria.filter(pk=node.parent_id, is_group=True).exists():
        raise WrongState(_("Nhóm chứa tiêu chí này không còn. Hãy lấy lại nhóm trước."))
    beside = table.criteria.filter(parent=node.parent_id)
    node.place = (beside.aggregate(last=Max("place"))["last"] or 0) + 1
    return table


def _node_restored(node: Criterion, table: Any, by: Acting) -> None:
    note("criterion.restored", table, by, criterion=f"{node.code}. {node.name}")


def _table_fits(cycle: Cycle, rows: list[Any]) -> Cycle:
    """Let the draft have the next number; a year has one draft at a time."""
    cycle = locked(cycle)
    tables = cycle.scoring_tables
    if tables.filter(state=ScoringTable.State.DRAFT).exists():
        raise AlreadyDone(_("Năm này đã có một bảng điểm đang soạn."))
    rows[0].number = (tables.aggregate(last=Max("number"))["last"] or 0) + 1
    return cycle


def _table_restored(table: ScoringTable, _cycle: Any, by: Acting) -> None:
    note("table.restored", table, by, name=table.name)
