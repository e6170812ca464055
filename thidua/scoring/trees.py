"""From rows to the tree that `marks` reckons with, and back to sentences about its faults."""

from collections.abc import Iterable

from thidua.marks.tables import Group, Leaf, Table
from thidua.scoring.models import Criterion, ScoringTable


def children_by_parent(criteria: Iterable[Criterion]) -> dict[int | None, list[Criterion]]:
    """Return the nodes under each parent (None: the top) in their order."""
    found: dict[int | None, list[Criterion]] = {}
    for criterion in sorted(criteria, key=lambda c: (c.place, c.pk)):
        found.setdefault(criterion.parent_id, []).append(criterion)
    return found


def in_order(
    criteria: Iterable[Criterion], under: int | None = None
) -> list[tuple[int, Criterion]]:
    """Return (depth, node) as the table is read from top to bottom; the top level has depth 0.

    With ``under``, only what hangs below that node.
    """
    children = children_by_parent(criteria)
    found: list[tuple[int, Criterion]] = []

    def walk(parent: int | None, depth: int) -> None:
        for node in children.get(parent, []):
            found.append((depth, node))
            walk(node.pk, depth + 1)

    walk(under, 0)
    return found


def tree_of(table: ScoringTable, criteria: Iterable[Criterion]) -> Table:
    """Return the table as `marks` knows it; raises `marks.rules.Fault` for a faulty rule."""
    under = children_by_parent(criteria)

    def node(criterion: Criterion) -> Leaf | Group:
        if not criterion.is_group:
            return leaf_of(criterion)
        parts = tuple(node(child) for child in under.get(criterion.pk, []))
        return Group(criterion.code, parts, criterion.bonus_cap, criterion.max_points)

    top = tuple(node(child) for child in under.get(None, []))
    return Table(Group("", top, table.bonus_cap, None), table.step)


def leaf_of(criterion: Criterion) -> Leaf:
    """Return a criterion that is marked as `marks` knows it."""
    return Leaf(
        criterion.code,
        criterion.rule,
        is_bonus=criterion.is_bonus,
        allows_na=criterion.allows_na,
        na=criterion.na,
        owner=criterion.owner,
    )
