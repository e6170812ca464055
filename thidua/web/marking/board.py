"""The year's marking at a glance: members × layers. The same queries for one member and for 25."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.cycles.models import Cycle, Enrolment, Phase
from thidua.scoring.actions.marking import PHASES
from thidua.scoring.models import Card, Layer, ScoringTable, Sheet
from thidua.scoring.queries import table_in_use
from thidua.scoring.sheets import APPRAISING, closed_because, is_marked_in, to_begin
from thidua.web.cycles.cell import Cell
from thidua.web.marking.wording import layer_name

Kind, Standing = Layer.Kind, Phase.Standing
PASSED = (Standing.LATE, Standing.CLOSED)
ORDER = {str(kind): place for place, kind in enumerate(Kind.values)}


@dataclass(frozen=True)
class Row:
    """One member with a cell for each layer of the year."""

    enrolment: Enrolment
    card: Card | None
    url: str
    cells: list[tuple[str, Cell]]


@dataclass(frozen=True)
class Task:
    """A sheet that whoever looks is to mark, begun (with its address) or not (then the card's)."""

    title: str
    kind: str
    card: Card
    sheet: Sheet | None
    word: str
    tag: str
    is_open: bool


@dataclass
class Board:
    """The whole board."""

    cycle: Cycle
    table: ScoringTable
    layers: list[Layer]
    rows: list[Row] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    missing: list[tuple[Layer, str, list[Enrolment]]] = field(default_factory=list)
    left: list[Card] = field(default_factory=list)

    @property
    def without_card(self) -> int:
        """How many members joined after the table was put to use."""
        return sum(row.card is None for row in self.rows)

    def has_layer(self, kind: str) -> bool:
        """Say whether the year has a layer of this kind."""
        return any(layer.kind == kind for layer in self.layers)


def board_of(cycle: Cycle, who: Acting) -> Board | None:
    """Return the board of a year (with its parts), or None while it has no table: six queries."""
    table = table_in_use(cycle)
    if table is None:
        return None
    prefetch_related_objects([cycle], "results", "layers")
    board = Board(cycle, table, list(cycle.layers.all()))
    for layer in board.layers:
        layer.cycle = cycle
    cards = _cards(table, cycle)
    counts = _counts(table, board.layers)
    for enrolment in cycle.current():
        board.rows.append(_row(board, enrolment, cards.get(enrolment.pk), counts, who))
    for n, layer in enumerate(board.layers):
        late = [row.enrolment for row in board.rows if row.cells[n][1].is_missing]
        board.missing.append((layer, layer_name(layer.kind, cycle), late))
    tasks = [task for row in board.rows for task in _tasks(board, row, who)]
    board.tasks = sorted(
        (task for task in tasks if task.is_open or task.kind == Kind.SELF),
        key=lambda task: (not task.is_open, ORDER[task.kind]),
    )
    left = {e.pk for e in cycle.enrolments.all() if e.left_on is not None}
    board.left = [c for c in cards.values() if c.enrolment_id in left and _opens(c, who)]
    return board


def _cards(table: ScoringTable, cycle: Cycle) -> dict[int, Card]:
    """Return the cards by enrolment, each holding the year that was handed in."""
    marked = Q(marks__is_current=True, marks__fact="")
    marked &= Q(marks__value__isnull=False) | Q(marks__is_na=True)
    sheets = (
        Sheet.objects.select_related("layer", "organization")
        .annotate(marked=Count("marks", filter=marked))
        .order_by("layer__place", "pk")
    )
    found = {}
    members = {e.pk: e for e in cycle.enrolments.all()}
    for card in table.cards.prefetch_related(Prefetch("sheets", sheets)):
        enrolment = members[card.enrolment_id]
        enrolment.cycle, card.enrolment, card.table = cycle, enrolment, table
        for sheet in card.sheets.all():
            sheet.card, sheet.layer.cycle = card, cycle
        found[card.enrolment_id] = card
    return found


def _counts(table: ScoringTable, layers: Sequence[Layer]) -> dict[str, int]:
    """Return how many criteria a scorer of each layer marks: one query."""
    leaves = list(table.criteria.filter(is_group=False))
    return {layer.kind: sum(is_marked_in(layer.kind, c) for c in leaves) for layer in layers}


def _opens(card: Card, who: Acting) -> bool:
    return bool(who.has_perm("scoring.view_card", card))


def _row(
    board: Board, enrolment: Enrolment, card: Card | None, counts: Mapping[str, int], who: Acting
) -> Row:
    opens = card is not None and _opens(card, who)
    url = reverse("marking:card", args=[card.pk]) if card and opens else ""
    cells = []
    for layer in board.layers:
        name = layer_name(layer.kind, board.cycle)
        if card is None:
            cells.append((name, Cell(_("chưa có phiếu"), "quiet", "")))
            continue
        its = [s for s in card.sheets.all() if s.layer_id == layer.pk]
        cells.append((name, _cell(layer, card, its, url, counts[layer.kind])))
    return Row(enrolment, card, url, cells)


def _cell(layer: Layer, card: Card, sheets: Sequence[Sheet], url: str, count: int) -> Cell:
    """Return how a layer of a card stands, and who marks it."""
    if not sheets:
        return _none_yet(layer, card, url)
    who = ", ".join(s.organization.label for s in sheets) if layer.kind != Kind.SELF else ""
    sent = [s for s in sheets if s.is_sent]
    if len(sheets) > 1 and len(sent) < len(sheets):
        told = {"sent": len(sent), "count": len(sheets)}
        word = _("%(sent)d/%(count)d bên đã gửi") % told
        return Cell(word, _owed_kind(layer), url, who, is_missing=True)
    if sent:
        late = any(s.is_late for s in sent)
        note = "; ".join(part for part in (_("gửi muộn") if late else _day(sent[-1]), who) if part)
        return Cell(_("đã gửi"), "done", url, note)
    marked = sheets[0].marked  # type: ignore[attr-defined]
    word = _("đang chấm %(marked)d/%(count)d") % {"marked": marked, "count": count}
    if not marked:
        word = _("chưa chấm")
    owed = layer.kind != Kind.MEETING
    return Cell(word, _owed_kind(layer), url, who or _overdue(layer), is_missing=owed)


def _none_yet(layer: Layer, card: Card, url: str) -> Cell:
    """Return the cell of a layer in which nobody has begun."""
    is_scored = any(s.layer.kind == Kind.SELF and s.is_sent for s in card.sheets.all())
    if layer.kind == Kind.CROSS:
        return Cell(_("chưa giao"), "quiet", url)
    if layer.kind == Kind.MEETING:
        return Cell(_("chưa ghi"), "quiet", url)
    if not is_scored:
        return Cell(_("chờ tự chấm"), "quiet", url)
    return Cell(_("chờ thẩm định"), _owed_kind(layer), url, _overdue(layer), is_missing=True)


def _standing(layer: Layer) -> str:
    kind = PHASES.get(layer.kind)
    phase = layer.cycle.phase(kind) if kind else None
    return phase.standing() if phase else Standing.OPEN


def _owed_kind(layer: Layer) -> str:
    return "late" if _standing(layer) in PASSED else "wait"


def _overdue(layer: Layer) -> str:
    return _("quá hạn") if _standing(layer) in PASSED else ""


def _day(sheet: Sheet) -> str:
    day = timezone.localtime(sheet.sent_at) if sheet.sent_at else None
    return f"{day.day}/{day.month}" if day else ""


def _tasks(board: Board, row: Row, who: Acting) -> list[Task]:
    """Return what whoever looks marks of one card: their sheets, and the appraisals to begin."""
    card = row.card
    if card is None or board.cycle.is_over:
        return []
    found = [
        _task(card, sheet.layer, sheet)
        for sheet in card.sheets.all()
        if sheet.layer.kind != Kind.MEETING and who.has_perm("scoring.mark_sheet", sheet)
    ]
    begun = {task.kind for task in found}
    is_scored = any(s.layer.kind == Kind.SELF and s.is_sent for s in card.sheets.all())
    for layer in board.layers:
        if layer.kind in (Kind.LEAD, Kind.BOARD) and layer.kind not in begun and is_scored:
            told = to_begin(card, layer, who.organization_id)
            if who.has_perm("scoring.mark_sheet", told) and not closed_because(told):
                found.append(_task(card, layer, None))
    return found


def _task(card: Card, layer: Layer, sheet: Sheet | None) -> Task:
    unit = card.enrolment.organization.name
    marked = getattr(sheet, "marked", 0)
    word, tag, is_open = _("chưa chấm"), "wait", True
    if sheet is not None and sheet.is_sent:
        word, tag, is_open = _("đã gửi"), "done", False
    elif marked:
        word, tag = _("đang chấm"), "open"
    elif layer.kind in APPRAISING:
        word = _("chờ thẩm định")
    return Task(unit, layer.kind, card, sheet, word, tag, is_open)
