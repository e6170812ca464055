"""Reads for the papers of a year: tables, cards, checks and results, each in a query or two."""

from django.db.models import Prefetch, Q, QuerySet

from thidua.cycles.models import Cycle, Enrolment
from thidua.scoring.models import Card, Layer, Mark, Result, ScoringTable, Sheet, Standing
from thidua.scoring.queries import PLACES, marks_of

State = Result.State


def tables_of(cycle: Cycle) -> QuerySet[ScoringTable]:
    """Return the year's tables, newest first, with their criteria."""
    return ScoringTable.objects.filter(cycle=cycle).prefetch_related("criteria")


def card_in_use(enrolment: Enrolment) -> Card | None:
    """Return the member's card by the table in use, with criteria and sheets; or None."""
    cards = Card.objects.filter(enrolment=enrolment, table__state=ScoringTable.State.ADOPTED)
    return with_sheets(cards).first()


def with_sheets(cards: QuerySet[Card]) -> QuerySet[Card]:
    """Carry the table's criteria, and the sheets with their layers."""
    sheets = Sheet.objects.select_related("layer").order_by("layer__place", "pk")
    return cards.select_related("table", "enrolment__organization").prefetch_related(
        "table__criteria", Prefetch("sheets", sheets)
    )


def checks_by(enrolment: Enrolment) -> QuerySet[Sheet]:
    """Return the cross-checks that this member does in its year, by the table in use."""
    return Sheet.objects.filter(
        layer__kind=Layer.Kind.CROSS,
        layer__cycle=enrolment.cycle_id,
        organization=enrolment.organization_id,
        card__table__state=ScoringTable.State.ADOPTED,
    ).select_related("layer", "card__enrolment__organization")


def sheets_about(enrolment: Enrolment) -> list[Sheet]:
    """Return the sheets of the member's card and those in which it checks others: one query.

    By the table in use; a card begins with its member's own sheet.
    """
    mine = Q(card__enrolment=enrolment)
    mine |= Q(layer__kind=Layer.Kind.CROSS, organization=enrolment.organization_id)
    return list(
        Sheet.objects.filter(
            mine, layer__cycle=enrolment.cycle_id, card__table__state=ScoringTable.State.ADOPTED
        ).select_related("layer", "card__enrolment__organization")
    )


def marks_in(card: Card, sheets: list[Sheet]) -> dict[int, dict[int, Mark]]:
    """Return the marks of these sheets by sheet and criterion, the criteria knowing their table."""
    for criterion in card.table.criteria.all():
        criterion.table = card.table
    return marks_of(sheets)


def results_of(cycle: Cycle) -> QuerySet[Result]:
    """Return the year's results that stand, newest first."""
    return Result.objects.filter(cycle=cycle).exclude(state=State.SET_ASIDE).select_related("table")


def with_places(results: QuerySet[Result], *, opened: bool) -> QuerySet[Result]:
    """Carry the standings; ``opened`` with their lines, which are long."""
    whole = Prefetch("standings", Standing.objects.select_related("enrolment"))
    return results.prefetch_related(whole if opened else PLACES)
