"""A sheet as its scorer has it on the table: everything that is looked at while marking.

Three queries beside those of `queries.sheet_for`, however many criteria, sheets and files.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery

from thidua.accounts.acting import Acting
from thidua.scoring.compute import Reckoned
from thidua.scoring.models import Card, Criterion, Layer, Mark, Proof, Sheet
from thidua.scoring.opened import come_to, is_blank
from thidua.scoring.queries import visible_sheets
from thidua.scoring.sheets import differs, is_below, is_marked_in, missing_in, standing_below
from thidua.scoring.trees import in_order

Kind = Layer.Kind
DONE, MISSING, DIFFERS, OPEN, OTHERS = "done", "missing", "differs", "open", "others"


@dataclass
class Work:
    """One sheet, what its scorer may see of the others, and what it still lacks."""

    sheet: Sheet
    nodes: list[tuple[int, Criterion]]  # (depth, node), as the table is read
    seen: list[Sheet]  # lowest layer first, one's own among them
    marks: dict[int, dict[int, Mark]]  # by sheet and criterion
    proven: Mapping[int, int]  # how many pieces of evidence, by criterion; not what was withdrawn
    earlier: dict[int, list[Mark]] = field(default_factory=dict)  # what stood on it before
    below: dict[int, Mark] = field(default_factory=dict)
    missing: dict[int, str] = field(default_factory=dict)

    @cached_property
    def criteria(self) -> dict[int, Criterion]:
        """Every node by its primary key, in the table's order."""
        return {node.pk: node for _depth, node in self.nodes}

    @cached_property
    def leaves(self) -> list[Criterion]:
        """What is marked by anybody, in the table's order."""
        return [node for _depth, node in self.nodes if not node.is_group]

    @cached_property
    def mine(self) -> list[Criterion]:
        """What this sheet's scorer marks, in the table's order."""
        return [leaf for leaf in self.leaves if is_marked_in(self.sheet.layer.kind, leaf)]

    @cached_property
    def own(self) -> dict[int, Mark]:
        """The scorer's own marks."""
        return self.marks.get(self.sheet.pk, {})

    def leaf(self, pk: int) -> Criterion | None:
        """Return the criterion of this table, or None: a group, or of another version."""
        return next((leaf for leaf in self.leaves if leaf.pk == pk), None)

    def state_of(self, leaf: Criterion) -> str:
        """Return where a criterion stands for this scorer: one of the module's five words."""
        if not is_marked_in(self.sheet.layer.kind, leaf):
            return OTHERS
        if leaf.pk in self.missing:
            return MISSING
        mark, below = self.own.get(leaf.pk), self.below.get(leaf.pk)
        if mark is None or is_blank(mark):
            return OPEN
        return DIFFERS if below is not None and differs(mark, below) else DONE

    @property
    def done(self) -> int:
        """How many of one's own criteria have a mark and lack nothing."""
        return sum(self.state_of(leaf) in (DONE, DIFFERS) for leaf in self.mine)

    def come_to(self) -> Reckoned:
        """Return what the card comes to with these marks over what stands below them."""
        lower = [s for s in self.seen if s.is_sent and is_below(self.sheet, s)]
        return come_to(self.sheet.card, self.criteria, [*lower, self.sheet], self.marks)


def work_of(sheet: Sheet, acting: Acting) -> Work:
    """Return the sheet of `queries.sheet_for` with all that its scorer looks at."""
    card = sheet.card
    nodes = in_order(criteria_of(card))
    seen = visible_sheets(card, acting)
    if sheet not in seen:  # the meeting's, entered by the secretary
        seen.append(sheet)
    marks, earlier = _marks(sheet, seen)
    work = Work(sheet, nodes, seen, marks, _proven(nodes), earlier)
    if sheet.layer.kind != Kind.SELF:
        work.below = standing_below(sheet, work.criteria, seen, work.marks)
    work.missing = missing_in(sheet, work.mine, work.own, work.proven.keys(), work.below)
    return work


def _marks(
    sheet: Sheet, seen: Iterable[Sheet]
) -> tuple[dict[int, dict[int, Mark]], dict[int, list[Mark]]]:
    """Return the current marks of the sheets, and what stood on ``sheet`` before, newest first.

    ``by_name`` is who gave the mark: the name alone, since a card has hundreds of marks.
    """
    found: dict[int, dict[int, Mark]] = {one.pk: {} for one in seen}
    earlier: dict[int, list[Mark]] = {}
    rows = Mark.objects.filter(sheet__in=found).filter(Q(is_current=True) | Q(sheet=sheet))
    for mark in rows.annotate(by_name=F("by__person__full_name")).order_by("-number"):
        if mark.is_current:
            found[mark.sheet_id][mark.criterion_id] = mark
        elif mark.reason or not is_blank(mark):
            earlier.setdefault(mark.criterion_id, []).append(mark)
    return found, earlier


def _proven(nodes: Iterable[tuple[int, Any]]) -> dict[int, int]:
    return {node.pk: node.proven for _depth, node in nodes if node.proven}


def criteria_of(card: Card) -> list[Criterion]:
    """Return every node of the card's table, which each carries along: one query.

    ``proven`` is how many pieces of evidence stand behind it: a card may have hundreds.
    """
    behind = Proof.objects.filter(card=card, criterion=OuterRef("pk"), evidence__withdrawn_at=None)
    count = behind.order_by().values("criterion").annotate(count=Count("pk")).values("count")
    found: list[Any] = list(card.table.criteria.annotate(proven=Subquery(count)))
    for criterion in found:
        criterion.table = card.table
    return found


def proofs_of(card: Card, *criteria: Criterion) -> dict[int, list[Proof]]:
    """Return what stands behind each criterion, or behind these alone: one query."""
    rows = Proof.objects.filter(card=card, evidence__withdrawn_at=None)
    if criteria:
        rows = rows.filter(criterion__in=criteria)
    found: dict[int, list[Proof]] = {}
    for proof in rows.select_related("evidence__blob"):
        found.setdefault(proof.criterion_id, []).append(proof)
    return found
