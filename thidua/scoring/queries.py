"""Reads about tables, cards and results."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from thidua.accounts.acting import Acting
from thidua.cycles.models import Cycle, Enrolment
from thidua.scoring.models import (
    Card,
    Criterion,
    Layer,
    Mark,
    Objection,
    Proof,
    Result,
    ScoringTable,
    Sheet,
    Standing,
)
from thidua.scoring.sheets import is_below, is_marked_in, missing_in, standing_below

Kind = Layer.Kind
# Standings as a ranking reads them: a card is opened one at a time.
PLACES = Prefetch("standings", Standing.objects.defer("lines").select_related("enrolment"))


def _years_followed(acting: Acting, cycle: str = "cycle") -> Q:
    """Return the condition for years this person follows; ``cycle`` is the path to the year."""
    if not acting.appointments:
        return Q(pk__in=[])
    seen = Q(**{f"{cycle}__enrolments__organization": acting.organization})
    if acting.has_role("board"):
        seen |= Q(**{f"{cycle}__bloc__managing_body": acting.organization})
    for appointment in acting.appointments:
        if appointment.role == "secretary":
            seen |= Q(**{f"{cycle}__bloc": appointment.bloc_id, f"{cycle}__year": appointment.year})
    return seen


def _members() -> QuerySet[Enrolment]:
    return Enrolment.objects.select_related("organization").prefetch_related("organization__names")


def tables_for(acting: Acting) -> QuerySet[ScoringTable]:
    """Return the tables this person may see: the twin of ``scoring.view_scoringtable``."""
    seen = ScoringTable.objects.filter(_years_followed(acting)).values("pk")
    return (
        ScoringTable.objects.filter(pk__in=seen)
        .select_related("cycle__bloc")
        .prefetch_related("cycle__enrolments")
    )


def table_in_use(cycle: Cycle) -> ScoringTable | None:
    """Return the table that the year is marked by, or None."""
    found = ScoringTable.objects.filter(cycle=cycle, state=ScoringTable.State.ADOPTED)
    return found.select_related("cycle__bloc").first()


def cards_for(acting: Acting) -> QuerySet[Card]:
    """Return the cards this person may see: the twin of ``scoring.view_card``."""
    if not acting.appointments:
        return Card.objects.none()
    year = "enrolment__cycle"
    mine = Q(enrolment__organization=acting.organization)
    mine |= Q(sheets__organization=acting.organization)
    leading = [Enrolment.Role.LEADER, Enrolment.Role.DEPUTY]
    mine |= Q(
        **{
            f"{year}__in": Cycle.objects.filter(
                enrolments__organization=acting.organization,
                enrolments__left_on=None,
                enrolments__role__in=leading,
            ).values("pk")
        }
    )
    if acting.has_role("board"):
        mine |= Q(**{f"{year}__bloc__managing_body": acting.organization})
    for appointment in acting.appointments:
        if appointment.role == "secretary":
            mine |= Q(**{f"{year}__bloc": appointment.bloc_id, f"{year}__year": appointment.year})
    laid_out = Exists(Result.objects.filter(cycle=OuterRef("enrolment__cycle")))
    mine |= _years_followed(acting, year) & Q(laid_out)
    return with_parts(Card.objects.filter(pk__in=Card.objects.filter(mine).values("pk")))


def with_parts(cards: QuerySet[Card]) -> QuerySet[Card]:
    """Carry what every page of a card reads: its year with members, its sheets."""
    sheets = Sheet.objects.select_related("layer", "organization")
    return cards.select_related(
        "table", "enrolment__organization", "enrolment__cycle__bloc"
    ).prefetch_related(
        Prefetch("sheets", sheets),
        Prefetch("enrolment__cycle__enrolments", Enrolment.objects.select_related("organization")),
        "enrolment__cycle__results",
        "enrolment__cycle__phases__acts",
    )


def sheet_for(acting: Acting, pk: int) -> Sheet | None:
    """Return a sheet on a card that this person may see, with the card's parts; else None."""
    card = cards_for(acting).order_by().filter(sheets=pk).first()
    if card is None:
        return None
    sheet = next(s for s in card.sheets.all() if s.pk == pk)
    sheet.card = card
    sheet.layer.cycle = card.enrolment.cycle
    return sheet


def results_for(acting: Acting) -> QuerySet[Result]:
    """Return the results this person may see: the twin of ``scoring.view_result``."""
    public = Q(state=Result.State.PUBLISHED, audience=Result.Audience.PUBLIC)
    seen = Result.objects.filter(public | _years_followed(acting)).values("pk")
    return (
        Result.objects.filter(pk__in=seen)
        .select_related("cycle__bloc", "table", "version", "corrects")
        .prefetch_related(Prefetch("cycle__enrolments", _members()), PLACES)
    )


def objections_for(acting: Acting) -> QuerySet[Objection]:
    """Return the objections in years this person follows."""
    return (
        Objection.objects.filter(result__in=results_for(acting).values("pk"))
        .select_related(
            "enrolment__organization",
            "enrolment__cycle__bloc",
            "criterion",
            "result",
            "by__person",
            "answered_by__person",
        )
        .prefetch_related(Prefetch("enrolment__cycle__enrolments", _members()))
    )


def marked_by(sheet: Sheet) -> list[Criterion]:
    """Return the criteria that a scorer of this sheet's layer marks, in the table's order."""
    table = sheet.card.table
    leaves = table.criteria.filter(is_group=False)
    found = [c for c in leaves if is_marked_in(sheet.layer.kind, c)]
    for criterion in found:
        criterion.table = table
    return found


def marks_of(sheets: Iterable[Sheet]) -> dict[int, dict[int, Mark]]:
    """Return the current marks by sheet and criterion: one query."""
    found: dict[int, dict[int, Mark]] = {sheet.pk: {} for sheet in sheets}
    rows = Mark.objects.filter(sheet__in=found, is_current=True).select_related("by__person")
    for mark in rows:
        found[mark.sheet_id][mark.criterion_id] = mark
    return found


def visible_sheets(card: Card, acting: Acting) -> list[Sheet]:
    """Return the sheets whose marks this person may see, lowest layer first.

    One's own always. The member's own marks once they are sent. Of the other scorers: of lower
    layers what was sent (a cross-checker sees only the member's); of the same layer only when
    one's own are sent, unless the layer is open. The member itself, and whoever only follows the
    year, sees the others' marks with the preliminary result. The board and the secretary mark
    nothing here before: they see all that was sent.
    """
    mine = [s for s in card.sheets.all() if acting.is_for(s.organization_id)]
    laid_out = bool(card.enrolment.cycle.results.all())
    is_own = acting.is_for(card.enrolment.organization_id)
    oversees = _oversees(acting, card)
    found = []
    for sheet in card.sheets.all():
        is_open = sheet.is_sent and (laid_out or _is_open_to(sheet, mine, is_own, oversees))
        if sheet in mine or is_open:
            found.append(sheet)
    return found


def _oversees(acting: Acting, card: Card) -> bool:
    cycle = card.enrolment.cycle
    is_board = acting.is_for(cycle.bloc.managing_body_id, "board")
    return is_board or acting.is_secretary_of(cycle.bloc_id, cycle.year)


def _is_open_to(sheet: Sheet, mine: list[Sheet], is_own: bool, oversees: bool) -> bool:
    """Say whether a sent sheet may be seen before any result, by whoever has ``mine``."""
    if is_own:
        return False
    same = [s for s in mine if s.layer_id == sheet.layer_id]
    if same:  # of the secretary's own unit too
        return not sheet.layer.is_blind or any(s.is_sent for s in same)
    if oversees or sheet.layer.kind == Kind.SELF:
        return True
    higher = [s for s in mine if s.layer.place > sheet.layer.place]
    return bool(higher)


def missing_before_sending(sheet: Sheet) -> dict[int, str]:
    """Return what keeps a sheet from being sent: a sentence for each criterion's primary key."""
    found = Proof.objects.filter(card=sheet.card, evidence__withdrawn_at=None)
    proven = set(found.values_list("criterion_id", flat=True))
    below = below_of(sheet) if sheet.layer.kind != Kind.SELF else {}
    return missing_in(sheet, marked_by(sheet), marks_of([sheet])[sheet.pk], proven, below)


def below_of(sheet: Sheet) -> dict[int, Mark]:
    """Return the marks that a sheet's are compared with: what counts of the layers below it that
    were sent, as `sheets.standing_below` says."""
    sent = Sheet.objects.filter(card=sheet.card, state=Sheet.State.SENT).select_related("layer")
    lower = [other for other in sent if is_below(sheet, other)]
    table = sheet.card.table
    criteria = {criterion.pk: criterion for criterion in table.criteria.all()}
    for criterion in criteria.values():
        criterion.table = table
    return standing_below(sheet, criteria, lower, marks_of(lower))


def noted_heads() -> Iterator[tuple[str, str, str]]:
    """Yield the audit heads that stand on published results, for `audit.verification`."""
    published = Result.objects.exclude(version=None).select_related("version", "cycle__bloc")
    for result in published:
        if result.version:
            yield result.version.chain, result.version.chain_head, str(result)


def cards_in_use(cycle: Cycle) -> QuerySet[Card]:
    """Return the cards of the year's members by the table in use."""
    return Card.objects.filter(
        enrolment__cycle=cycle,
        enrolment__left_on=None,
        table__state=ScoringTable.State.ADOPTED,
    ).select_related("table", "enrolment__organization", "enrolment__cycle__bloc")
