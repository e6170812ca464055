"""Reading a year's marks, highest layer first, and only those that can count.

A fixed number of queries, however many members and criteria there are: at most one for each layer.
Where a higher layer marked everything, nothing below it is read; reasons and files are read where
a card is opened.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q

from thidua.marks.rules import Given
from thidua.scoring.models import Card, Criterion, Layer, Mark, ScoringTable, Sheet

NOT_APPLICABLE = "na"
Points = int | None | str  # hundredths; None: given, but it depends on others; or NOT_APPLICABLE
# A row that was left blank again is no mark.
GIVEN = Q(value__isnull=False) | Q(is_na=True)


class Sent(NamedTuple):
    """A sheet that was sent, as far as the sums need it; a whole one does as well."""

    pk: int
    card_id: int
    layer_id: int


@dataclass
class Read:
    """What was read of a year's marks: of each criterion down to the layer that counts."""

    table: ScoringTable
    criteria: dict[int, Criterion]
    layers: dict[int, Layer]
    cards: dict[int, Card]
    sheets: Mapping[int, Sent | Sheet]
    marks: dict[int, dict[int, Points]]
    measured: dict[tuple[int, int], Given]
    knocked: set[tuple[int, int]]

    @cached_property
    def leaves(self) -> frozenset[int]:
        """The criteria that are marked."""
        return frozenset(pk for pk, one in self.criteria.items() if not one.is_group)

    @cached_property
    def of_the_board(self) -> frozenset[int]:
        """The criteria for which the board's layer alone counts."""
        owner = Criterion.Owner.BOARD
        return frozenset(pk for pk, one in self.criteria.items() if one.owner == owner)

    @cached_property
    def relative(self) -> frozenset[int]:
        """The criteria whose points depend on the other members."""
        kind = Criterion.Kind.LEADER_RELATIVE
        return frozenset(pk for pk, one in self.criteria.items() if one.kind == kind)


def read_year(table: ScoringTable, cards: Iterable[Card] | None = None) -> Read:
    """Read the sent marks of all cards by ``table``, or of the ``cards`` given."""
    criteria = {c.pk: c for c in Criterion.objects.filter(table=table).order_by("place", "pk")}
    for criterion in criteria.values():
        criterion.table = table
    if cards is None:
        cards = Card.objects.filter(table=table, enrolment__left_on=None).select_related(
            "enrolment__organization"
        )
    mine = {card.pk: card for card in cards}
    layers = {layer.pk: layer for layer in Layer.objects.filter(cycle=table.cycle_id)}
    sent = Sheet.objects.filter(card__in=mine, state=Sheet.State.SENT).order_by("pk")
    rows = sent.values_list("pk", "card_id", "layer_id")
    sheets = {row[0]: Sent(*row) for row in rows}
    empty: dict[int, dict[int, Points]] = {pk: {} for pk in sheets}
    read = Read(table, criteria, layers, mine, sheets, empty, {}, set())
    _read_marks(read)
    _read_measured(read)
    return read


def _read_marks(read: Read) -> None:
    """Read layer after layer downwards, of each card until every criterion has a mark."""
    lacking = {pk: set(read.leaves) for pk in read.cards}
    for layer in sorted(read.layers.values(), key=lambda layer: layer.place, reverse=True):
        passed = () if layer.kind == Layer.Kind.BOARD else read.of_the_board
        sheets = {
            pk: sheet.card_id
            for pk, sheet in read.sheets.items()
            if sheet.layer_id == layer.pk and lacking[sheet.card_id].difference(passed)
        }
        if not sheets:
            continue
        wanted = set().union(*(lacking[card] for card in sheets.values())).difference(passed)
        _read_layer(read, sheets, wanted)
        for sheet, card in sheets.items():
            lacking[card].difference_update(read.marks[sheet])


def _read_layer(read: Read, sheets: Mapping[int, int], wanted: Collection[int]) -> None:
    """Read the marks of these sheets; of a few criteria alone where only they are lacking."""
    rows = Mark.objects.filter(GIVEN, sheet__in=sheets, is_current=True).order_by()
    if 2 * len(wanted) < len(read.leaves):
        rows = rows.filter(criterion__in=wanted)
    marks, knocked = read.marks, read.knocked
    columns = rows.values_list("sheet_id", "criterion_id", "points", "is_na", "knocks_out")
    for sheet, leaf, points, is_na, knocks_out in columns:
        marks[sheet][leaf] = NOT_APPLICABLE if is_na else points
        if knocks_out:
            knocked.add((sheet, leaf))


def _read_measured(read: Read) -> None:
    """Read the values of the marks whose points depend on the other members."""
    relative = read.relative
    measuring = [
        pk for pk, its in read.marks.items() if any(its.get(leaf, 0) is None for leaf in relative)
    ]
    if not measuring:
        return
    rows = Mark.objects.filter(
        sheet__in=measuring, criterion__in=relative, is_current=True, value__isnull=False
    )
    found = rows.order_by().values_list("sheet_id", "criterion_id", "value", "target")
    for sheet, leaf, value, target in found:
        read.measured[sheet, leaf] = Given(value, target)
