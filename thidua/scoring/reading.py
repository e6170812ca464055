"""Reading a year's marks, highest layer first, and only those that can count.

A fixed number of queries, however many members and criteria there are: at most one for each layer.
Where a higher layer marked everything, nothing below it is read; reasons and files are read where
a card is opened.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, Q, When

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


class _AsRead(Case):
    """A column for some of the rows, taken as the database's driver reads it: PostgreSQL's gives
    decimals already, and converting them row by row takes longer than reading them."""

    def get_db_converters(self, connection: Any) -> list[Any]:
        """Return none of its own; the database's are asked beside."""
        return []


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
    def codes(self) -> dict[int, str]:
        """The criteria's codes."""
        return {pk: one.code for pk, one in self.criteria.items()}

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
        cards = sorted(cards.order_by(), key=lambda card: (card.enrolment.place, card.pk))
    mine = {card.pk: card for card in cards}
    layers = {layer.pk: layer for layer in Layer.objects.filter(cycle=table.cycle_id)}
    sent = Sheet.objects.filter(card__in=mine, state=Sheet.State.SENT).order_by("pk")
    rows = sent.values_list("pk", "card_id", "layer_id")
    sheets = {row[0]: Sent(*row) for row in rows}
    empty: dict[int, dict[int, Points]] = {pk: {} for pk in sheets}
    read = Read(table, criteria, layers, mine, sheets, empty, {}, set())
    _read_marks(read)
    return read


def _read_marks(read: Read) -> None:
    """Read layer after layer downwards, of each card until every criterion has a mark."""
    lacking = dict.fromkeys(read.cards, read.leaves)
    by_layer: dict[int, list[Sent | Sheet]] = {}
    for sheet in read.sheets.values():
        by_layer.setdefault(sheet.layer_id, []).append(sheet)
    for layer in sorted(read.layers.values(), key=lambda layer: layer.place, reverse=True):
        passed = frozenset[int]() if layer.kind == Layer.Kind.BOARD else read.of_the_board
        its = [s for s in by_layer.get(layer.pk, ()) if lacking[s.card_id].difference(passed)]
        if not its:
            continue
        wanted = frozenset().union(*{lacking[sheet.card_id] for sheet in its}) - passed
        _read_layer(read, [sheet.pk for sheet in its], wanted)
        for sheet in its:
            lacking[sheet.card_id] = lacking[sheet.card_id].difference(read.marks[sheet.pk])


def _read_layer(read: Read, sheets: Collection[int], wanted: Collection[int]) -> None:
    """Read the marks of these sheets; of a few criteria alone where only they are lacking.

    Values are read of those alone whose points depend on the other members.
    """
    rows = Mark.objects.filter(GIVEN, sheet__in=sheets, is_current=True).order_by()
    if 2 * len(wanted) < len(read.leaves):
        rows = rows.filter(criterion__in=wanted)
    columns: list[str | Case] = ["sheet_id", "criterion_id", "points", "is_na", "knocks_out"]
    relative = read.relative.intersection(wanted)
    if relative:
        columns += [_AsRead(When(criterion__in=relative, then=n)) for n in ("value", "target")]
    for row in rows.values_list(*columns):
        sheet, leaf, points, is_na, knocks_out = row[:5]
        read.marks[sheet][leaf] = NOT_APPLICABLE if is_na else points
        if knocks_out:
            read.knocked.add((sheet, leaf))
        if points is None and relative and not is_na:
            read.measured[sheet, leaf] = Given(row[5], row[6])
