"""A table as its pages show it: rows from top to bottom with words, sums and what to mend."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from thidua.marks.ranking import GROUP
from thidua.scoring.compute import classes_of
from thidua.scoring.models import Criterion, ScoringTable
from thidua.scoring.table_words import fact_words, table_words
from thidua.scoring.trees import in_order
from thidua.scoring.warnings import Warning, warnings_of
from thidua.scoring.wording import tie_label

OUTSIDE = (Criterion.Kind.PENALTY, Criterion.Kind.KNOCKOUT)
DEEPEST_INDENT = 5


@dataclass
class Row:
    """One node as it is shown. ``standard`` and ``bonus`` are its own or its group's sums."""

    node: Criterion
    depth: int
    words: str = ""
    fact: str = ""
    standard: int = 0
    bonus: int = 0
    is_first: bool = False
    is_last: bool = False
    warnings: list[str] = field(default_factory=list)

    @property
    def indent(self) -> int:
        """How far in it stands; from the sixth level on all stand alike."""
        return min(self.depth, DEEPEST_INDENT)

    @property
    def is_outside(self) -> bool:
        """Whether it has no points of its own to give: a penalty or a knock-out."""
        return self.node.kind in OUTSIDE

    @property
    def has_no_standard(self) -> bool:
        """Whether it adds nothing to the standard points, nor is meant to."""
        if self.node.is_group:
            return not self.standard and not self.node.max_points and bool(self.bonus)
        return self.node.is_bonus or self.is_outside

    @property
    def notes(self) -> list[str]:
        """What is unlike most criteria: who marks it, evidence, that it may not apply."""
        node, found = self.node, []
        if not node.is_group and node.owner not in ("", Criterion.Owner.BLOC):
            found.append(str(node.get_owner_display()))
        if node.needs_evidence:
            found.append(_("cần minh chứng"))
        if node.allows_na:
            found.append(_("có thể không áp dụng"))
        return found

    @property
    def is_off(self) -> bool:
        """Whether a group's written maximum is not what its criteria come to."""
        written = self.node.max_points
        return self.node.is_group and written is not None and written != self.standard


@dataclass(frozen=True)
class Laid:
    """A table laid out: its rows, its sums, and what to mend of the table as a whole."""

    table: ScoringTable
    rows: list[Row]
    standard: int
    bonus: int
    warnings: list[Warning]

    @property
    def leaf_count(self) -> int:
        """How many criteria are marked."""
        return sum(not row.node.is_group for row in self.rows)

    @property
    def classes(self) -> list[dict[str, Any]]:
        """The classes with their bounds as numbers, best first."""
        return [
            {
                "name": its.label_code,
                "at_least": its.at_least,
                "each": its.each_at_least,
                "in_points": row.get("unit") == "points",
            }
            for its, row in zip(classes_of(self.table), self.table.classes, strict=True)
        ]

    @property
    def tie_words(self) -> list[str]:
        """What is asked of equal totals, in order."""
        names = {row.node.code: row.node.name for row in self.rows}
        return [tie_label(tie, names) for tie in self.table.ties]


def laid_out(table: ScoringTable, *, warned: bool = False) -> Laid:
    """Lay a table out: one query, and two more with warnings, however many nodes there are."""
    nodes = list(table.criteria.all())
    for node in nodes:
        node.table = table
    found = warnings_of(table, nodes) if warned else []
    rows = [_row(depth, node) for depth, node in in_order(nodes)]
    _mark_ends(rows)
    standard, bonus = _add_up(rows)
    _put_beside(rows, found)
    if table.bonus_cap is not None:
        bonus = min(bonus, table.bonus_cap)
    return Laid(table, rows, standard, bonus, found)


def _row(depth: int, node: Criterion) -> Row:
    row = Row(node, depth, table_words(node), fact_words(node.fact) if node.fact else "")
    if not node.is_group and not row.is_outside:
        row.standard = 0 if node.is_bonus else node.max_points or 0
        row.bonus = (node.max_points or 0) if node.is_bonus else 0
    return row


def _mark_ends(rows: Iterable[Row]) -> None:
    """Say which rows are the first and the last under their parent."""
    last: dict[int | None, Row] = {}
    for row in rows:
        row.is_first = row.node.parent_id not in last
        last[row.node.parent_id] = row
    for row in last.values():
        row.is_last = True


def _add_up(rows: list[Row]) -> tuple[int, int]:
    """Give each group its sums, from the bottom upwards; return those of the whole table.

    The bonus of a group is what can be won at most under its own cap.
    """
    by_pk = {row.node.pk: row for row in rows}
    standard = bonus = 0
    for row in reversed(rows):  # what hangs under a node stands below it
        cap = row.node.bonus_cap
        if row.node.is_group and cap is not None:
            row.bonus = min(row.bonus, cap)
        above = by_pk.get(row.node.parent_id) if row.node.parent_id else None
        if above is None:
            standard, bonus = standard + row.standard, bonus + row.bonus
        else:
            above.standard += row.standard
            above.bonus += row.bonus
    return standard, bonus


def _put_beside(rows: Iterable[Row], warnings: Iterable[Warning]) -> None:
    by_pk = {row.node.pk: row for row in rows}
    for warning in warnings:
        if warning.node in by_pk:
            by_pk[warning.node].warnings.append(warning.sentence)


def tie_choices(rows: Iterable[Row]) -> list[tuple[str, str]]:
    """Return the tie-breaks that a table may name: the vote, each group, fewer penalties."""
    names = {row.node.code: f"{row.node.code}. {row.node.name}" for row in rows}
    groups = [f"{GROUP}{row.node.code}" for row in rows if row.node.is_group]
    return [(tie, tie_label(tie, names)) for tie in ("vote", *groups, "penalty")]
