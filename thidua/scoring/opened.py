"""What some sheets of one card come to, sent or not: for whoever may see no others. No query."""

from collections.abc import Iterable, Mapping

from thidua.marks.cards import Scheme
from thidua.marks.rules import Given
from thidua.scoring.compute import (
    NOT_APPLICABLE,
    Counted,
    Points,
    Read,
    Reckoned,
    counted_of,
    score_of,
)
from thidua.scoring.models import Card, Criterion, Mark, Sheet
from thidua.scoring.trees import tree_of

Marks = Mapping[int, Mapping[int, Mark]]  # by sheet and criterion
RELATIVE = Criterion.Kind.LEADER_RELATIVE


def read_of(
    card: Card, criteria: Mapping[int, Criterion], sheets: Iterable[Sheet], marks: Marks
) -> Read:
    """Return what `compute` reckons with, of these sheets (with their layers) alone."""
    mine = {sheet.pk: sheet for sheet in sheets}
    points: dict[int, dict[int, Points]] = {pk: {} for pk in mine}
    measured: dict[tuple[int, int], Given] = {}
    knocked: set[tuple[int, int]] = set()
    for pk in mine:
        for leaf, mark in marks.get(pk, {}).items():
            if is_blank(mark):
                continue
            points[pk][leaf] = NOT_APPLICABLE if mark.is_na else mark.points
            if leaf in criteria and criteria[leaf].kind == RELATIVE and not mark.is_na:
                measured[pk, leaf] = Given(mark.value, mark.target)
            if mark.knocks_out:
                knocked.add((pk, leaf))
    layers = {sheet.layer_id: sheet.layer for sheet in mine.values()}
    return Read(
        card.table, dict(criteria), layers, {card.pk: card}, mine, points, measured, knocked
    )


def is_blank(mark: Mark) -> bool:
    """Say whether a row has neither a value nor "not applicable": a reason alone is no mark."""
    return mark.value is None and not mark.is_na


def counting(
    card: Card, criteria: Mapping[int, Criterion], sheets: Iterable[Sheet], marks: Marks
) -> dict[int, Counted]:
    """Return, by criterion, what counts of these sheets: the highest layer that marked it."""
    read = read_of(card, criteria, sheets, marks)
    return counted_of(read, list(read.sheets.values()))


def come_to(
    card: Card, criteria: Mapping[int, Criterion], sheets: Iterable[Sheet], marks: Marks
) -> Reckoned:
    """Return the card as these sheets alone make it, without rank.

    What is relative to the cluster's best has no points here: they depend on the others' marks.
    """
    read = read_of(card, criteria, sheets, marks)
    one = Reckoned(card, counted_of(read, list(read.sheets.values())))
    one.disagreed = [pk for pk, counted in one.counted.items() if not counted.agreed]
    one.score = score_of(read, Scheme(tree_of(card.table, criteria.values())), one, {})
    return one
