"""What of the years' marking concerns the organisations that a person works for: read at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from thidua.accounts.acting import Acting
from thidua.cycles.models import Cycle, Enrolment
from thidua.scoring.models import Card, Criterion, Layer, ScoringTable, Sheet

Kind = Layer.Kind


@dataclass
class Marking:
    """What of a year's marking concerns the organisations worked for."""

    mine: list[Sheet] = field(default_factory=list)  # not sent yet, with counts
    waiting: dict[str, list[Enrolment]] = field(default_factory=dict)  # by layer: to be appraised
    begun: dict[str, bool] = field(default_factory=dict)  # by layer: whether there is a sheet


def marking_of(cycles: Sequence[Cycle], actings: Sequence[Acting]) -> dict[int, Marking]:
    """Return the marking of each of these years (with their members): three queries for all."""
    found = {cycle.pk: Marking() for cycle in cycles}
    if not found:
        return found
    layers = Layer.objects.filter(cycle__in=found).annotate(
        begun=Exists(Sheet.objects.filter(layer=OuterRef("pk")))
    )
    for cycle_id, kind, begun in layers.values_list("cycle_id", "kind", "begun"):
        found[cycle_id].begun[kind] = begun
    for sheet in _own_sheets(found, actings):
        found[sheet.layer.cycle_id].mine.append(sheet)
    members = {e.pk: e for cycle in cycles for e in cycle.enrolments.all()}
    for enrolment_id, cycle_id, lead, board in _cards(found):
        waiting = found[cycle_id].waiting
        for kind, is_sent in ((Kind.LEAD, lead), (Kind.BOARD, board)):
            if not is_sent and kind in found[cycle_id].begun:
                waiting.setdefault(kind, []).append(members[enrolment_id])
    return found


def _in_use(cycles: dict[int, Marking]) -> Q:
    return Q(
        enrolment__cycle__in=cycles,
        enrolment__left_on=None,
        table__state=ScoringTable.State.ADOPTED,
    )


def _own_sheets(cycles: dict[int, Marking], actings: Sequence[Acting]) -> Iterator[Sheet]:
    given = Q(marks__value__isnull=False) | Q(marks__is_na=True)
    current = Q(marks__is_current=True, marks__fact="") & given
    own = Criterion.objects.filter(
        table=OuterRef("card__table"), owner=Criterion.Owner.BLOC, is_group=False, fact=""
    )
    counted = own.order_by().values("table").annotate(n=Count("pk")).values("n")
    self_sent = Sheet.objects.filter(card=OuterRef("card"), layer__kind=Kind.SELF, state="sent")
    sheets = (
        Sheet.objects.filter(
            organization__in=[acting.organization_id for acting in actings],
            state=Sheet.State.OPEN,
            layer__kind__in=[Kind.SELF, Kind.CROSS],
            card__in=Card.objects.filter(_in_use(cycles)).values("pk"),
        )
        .select_related("layer", "card__enrolment__organization")
        .annotate(
            marked=Count("marks", filter=current),
            asked=Coalesce(Subquery(counted), 0),
            is_self_sent=Exists(self_sent),
        )
    )
    yield from sheets.order_by("layer__place", "card__enrolment__place", "pk")


def _cards(cycles: dict[int, Marking]) -> list[tuple[int, int, bool, bool]]:
    """Return (enrolment, year, appraised, appraised by the board) of each card scored by itself."""
    sent = Sheet.objects.filter(card=OuterRef("pk"), state=Sheet.State.SENT)
    cards = Card.objects.filter(_in_use(cycles), Exists(sent.filter(layer__kind=Kind.SELF)))
    rows = cards.annotate(
        lead=Exists(sent.filter(layer__kind=Kind.LEAD)),
        board=Exists(sent.filter(layer__kind=Kind.BOARD)),
    )
    return list(rows.values_list("enrolment_id", "enrolment__cycle_id", "lead", "board"))
