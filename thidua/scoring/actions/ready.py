"""Beginning a draft from a ready table."""

from collections.abc import Iterable, Iterator
from itertools import count

from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core.deeds import deed
from thidua.core.errors import Invalid
from thidua.cycles.models import Cycle
from thidua.scoring.actions.tables import TableFacts, begin_table, note
from thidua.scoring.library import READY, ReadyTable, Row
from thidua.scoring.models import Criterion, ScoringTable


@deed()
def take_ready_table(cycle: Cycle, code: str, *, by: Acting) -> ScoringTable:
    """Begin the year's draft with the rows of a ready table; refuse an unknown ``code``.

    Name, source, basis and what is incomplete come along; a synthetic one is an illustration.
    """
    ready = READY.get(code)
    if ready is None:
        raise Invalid(_("Không có bảng điểm mẫu này. Hãy chọn lại."), field="ready")
    draft = begin_table(cycle, head_of(ready), by=by, is_illustration=ready.is_synthetic)
    _add(draft, ready.rows, None, count(1))
    note("table.taken", draft, by, name=ready.name)
    return draft


def head_of(ready: ReadyTable) -> TableFacts:
    """Return what stands at the head of a draft made from a ready table."""
    return TableFacts(
        name=ready.name,
        basis=ready.basis,
        source=ready.source,
        remark=ready.remark,
        step=ready.step,
        bonus_cap=ready.bonus_cap,
        ties=list(ready.ties),
        classes=[dict(row) for row in ready.classes],
    )


def _add(
    table: ScoringTable, rows: Iterable[Row], parent: Criterion | None, places: Iterator[int]
) -> None:
    for row in rows:
        node = node_of(row)
        node.table, node.parent, node.place = table, parent, next(places)
        node.save()
        _add(table, row.rows, node, places)


def node_of(row: Row) -> Criterion:
    """Return an unsaved node that says what the row says."""
    return Criterion(
        code=row.code,
        name=row.name,
        guidance=row.guidance,
        is_group=not row.kind,
        kind=row.kind,
        max_points=row.max,
        parameters=dict(row.parameters),
        is_bonus=row.is_bonus,
        bonus_cap=row.bonus_cap,
        owner=row.owner,
        fact=row.fact,
    )
