"""What differs between two versions of a table, and which sheets that opens again."""

from dataclasses import dataclass, field

from thidua.core.digest import digest_data
from thidua.scoring.models import Criterion, ScoringTable, Sheet
from thidua.scoring.trees import in_order


@dataclass(frozen=True)
class Changes:
    """Two versions compared, by code. ``same``: the new node by the old one's primary key."""

    old: ScoringTable
    added: list[Criterion] = field(default_factory=list)
    removed: list[Criterion] = field(default_factory=list)
    changed: list[Criterion] = field(default_factory=list)
    same: dict[int, Criterion] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether every node says what it said, so that what was sent still stands."""
        return not (self.added or self.removed or self.changed)


def changes_between(old: ScoringTable, new: ScoringTable) -> Changes:
    """Compare two versions: two queries. ``changed`` are the new nodes, top to bottom.

    A criterion is the same when it says the same and gives the same points, so also when the
    table's step leaves every mark for it possible.
    """
    changes = Changes(old)
    before = {node.code: node for node in _nodes_of(old)}
    after = _nodes_of(new)
    for node in after:
        former = before.get(node.code)
        if former is None:
            changes.added.append(node)
        elif _say_the_same(former, node):
            changes.same[former.pk] = node
        else:
            changes.changed.append(node)
    here = {node.code for node in after}
    changes.removed.extend(node for code, node in before.items() if code not in here)
    return changes


def _nodes_of(table: ScoringTable) -> list[Criterion]:
    nodes = [node for _depth, node in in_order(table.criteria.select_related("parent"))]
    for node in nodes:
        node.table = table
    return nodes


def _say_the_same(one: Criterion, other: Criterion) -> bool:
    if one.content() != other.content():
        return False
    return one.is_group or one.rule == other.rule


def sheets_opened_again(changes: Changes) -> int:
    """Return how many sheets that were sent are open again under the new version."""
    if changes.is_whole:
        return 0
    return Sheet.objects.filter(card__table=changes.old, state=Sheet.State.SENT).count()


def digest_of(table: ScoringTable) -> str:
    """Return the SHA-256 of all that a total depends on: head, criteria, ties, classes."""
    head = {name: getattr(table, name) for name in ("step", "bonus_cap", "ties", "classes")}
    nodes = [node.content() for node in _nodes_of(table)]
    return digest_data({"table": table.name, **head, "nodes": nodes})
