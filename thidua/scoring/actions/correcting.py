"""Correcting what was published: a new version beside the old one, which stays."""

from typing import NamedTuple

from django.db.models import Max
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.digest import digest_data
from thidua.core.errors import Invalid, WrongState, race_lost
from thidua.core.workflow import move
from thidua.cycles.actions.years import lock_year
from thidua.cycles.models import Cycle
from thidua.cycles.queries import with_parts as with_cycle_parts
from thidua.marks.rules import Fault, Given
from thidua.scoring.actions.drawing import Correction, cards_of, note, reckoned, write_result
from thidua.scoring.given import MarkGiven, points_for
from thidua.scoring.models import Card, Criterion, Layer, Mark, Result, Sheet
from thidua.scoring.sheets import scorers_of
from thidua.scoring.versions import Moved, moves_between
from thidua.scoring.wording import words_of

State, Kind = Result.State, Layer.Kind
PLACES = {kind: place for place, kind in enumerate(Kind.values)}


class Preview(NamedTuple):
    """What a correction would come to: the points of the value, and who would move."""

    points: int | None
    moves: list[Moved]


class _Tried(Exception):
    """Takes a trial back, and carries what came of it."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview


@deed()
def correct_mark(
    card: Card, criterion: Criterion, given: MarkGiven, *, by: Acting, seen: int | None = None
) -> Result:
    """Correct one value after publication; return the new version, adopted.

    The new value stands in the highest layer that the corrector may mark, with its reason; every
    older mark stays. The new result names the one it corrects, and is published like any other:
    until then the old one is what the members see. A correction that waits for publication takes
    the next one along: a new version with both stands for it. ``seen`` is the number of the
    year's newest result when the corrector looked. Nobody is dropped who has left since.
    """
    lock_year(card.enrolment.cycle)
    cycle = with_cycle_parts(Cycle.objects.filter(pk=card.enrolment.cycle_id)).get()
    card.enrolment.cycle = cycle
    old = correctable(card, criterion)
    newest = cycle.results.order_by("-number").first() or old
    if seen is not None and newest.number != seen:
        raise race_lost()
    reason = given.reason.strip()
    if not reason:
        raise Invalid(_("Cần ghi lý do đính chính."), field="reason")
    _write(card, criterion, given, by)
    waiting = cycle.results.filter(state=State.ADOPTED).first()
    if waiting is not None:
        move(waiting, State.SET_ASIDE)
        reason = f"{waiting.reason}\n{reason}"
    facts = {
        "state": State.ADOPTED,
        "minutes": old.minutes,
        "adopted_on": old.adopted_on,
        "audience": old.audience,
    }
    reckoning = reckoned(old.table, cards_of(old))
    result = write_result(cycle, reckoning, by=by, correction=Correction(old, reason, facts))
    unit = card.enrolment.organization.name
    note("result.corrected", result, by, unit=unit, criterion=str(criterion)[:200], of=old.number)
    return result


def preview_correction(
    card: Card, criterion: Criterion, given: MarkGiven, *, by: Acting
) -> Preview:
    """Return who would move if the value were corrected so. Nothing is kept.

    The correction is done and taken back, so that what is shown is what would be.
    """
    try:
        with deed():
            old = correctable(card, criterion)
            new = correct_mark(card, criterion, given, by=by)
            raise _Tried(Preview(points_for(criterion, given), moves_between(old, new)))
    except _Tried as tried:
        return tried.preview


def correctable(card: Card, criterion: Criterion) -> Result:
    """Return the published result that a correction of this value would name; refuse without."""
    cycle = card.enrolment.cycle
    published = cycle.results.filter(state=State.PUBLISHED).select_related("table__cycle__bloc")
    old = published.order_by("-number").first()
    if old is None:
        raise WrongState(_("Chưa có kết quả đã công bố nào để đính chính."))
    if card.table_id != old.table_id or criterion.table_id != card.table_id or criterion.is_group:
        raise Invalid(_("Tiêu chí này không thuộc bảng điểm của kết quả."), field="criterion")
    if not old.standings.filter(enrolment=card.enrolment_id).exists():
        raise Invalid(_("Đơn vị này không có trong kết quả đã công bố."))
    return old


def _write(card: Card, criterion: Criterion, given: MarkGiven, by: Acting) -> None:
    """Write the corrected mark on the meeting's sheet, or on the board's where there is one."""
    criterion.table = card.table
    try:
        points = points_for(criterion, given)
    except Fault as fault:
        raise Invalid(words_of(fault, criterion), field="value") from fault
    if given.value is None and not given.is_na:
        raise Invalid(_("Hãy điền giá trị đúng."), field="value")
    layer = _layer(card, by)
    _refuse_in_vain(card, criterion, layer)
    told = (given.value, given.target, given.is_na)
    counting = value_counting(card, criterion)
    if counting and (counting.value, counting.target, counting.is_na) == told:
        raise Invalid(_("Giá trị này không khác giá trị đang có."), field="value")
    for sheet in _sheets(card, layer):
        _replace(sheet, criterion, given, points, by)
        _send(sheet, by)


def _sheets(card: Card, layer: Layer) -> list[Sheet]:
    """Return the sheets of the layer that count: where the lead changed, several, all corrected."""
    sent = list(Sheet.objects.filter(card=card, layer=layer, state=Sheet.State.SENT))
    if sent:
        return sent
    scorer = scorers_of(card, layer.kind)[0]
    sheet, _made = Sheet.objects.get_or_create(card=card, layer=layer, organization_id=scorer)
    return [sheet]


def _replace(
    sheet: Sheet, criterion: Criterion, given: MarkGiven, points: int | None, by: Acting
) -> None:
    """Write the mark as the newest of its criterion. What was not sent begins to count by no
    correction: it stays as an older row."""
    rows = sheet.marks.all() if not sheet.is_sent else sheet.marks.filter(criterion=criterion)
    rows.update(is_current=False)
    last = sheet.marks.filter(criterion=criterion).aggregate(last=Max("number"))["last"] or 0
    Mark.objects.create(
        sheet=sheet,
        criterion=criterion,
        number=last + 1,
        value=given.value,
        target=given.target,
        is_na=given.is_na,
        points=points,
        knocks_out=criterion.rule.knocks_out(Given(given.value, given.target, given.is_na)),
        reason=given.reason.strip(),
        was_sent=True,
        by=by.user,
        at=clock.now(),
    )


def _layer(card: Card, by: Acting) -> Layer:
    """Return the layer that a correction stands in: the board's own, else the meeting's.

    A year without a meeting's layer gets one: in a layer of several checkers the correction
    would be averaged with what it corrects.
    """
    cycle = card.enrolment.cycle
    layers = {layer.kind: layer for layer in cycle.layers.all()}
    if Kind.BOARD in layers and by.is_for(cycle.bloc.managing_body_id, "board"):
        return layers[Kind.BOARD]
    if Kind.MEETING in layers:
        return layers[Kind.MEETING]
    return Layer.objects.create(cycle=cycle, kind=Kind.MEETING, place=PLACES[Kind.MEETING])


def _refuse_in_vain(card: Card, criterion: Criterion, layer: Layer) -> None:
    """Refuse a correction that would change nothing, since the board's marks stand above it."""
    if layer.kind == Kind.BOARD:
        return
    of_the_board = Mark.objects.filter(
        sheet__card=card,
        sheet__layer__kind=Kind.BOARD,
        sheet__state=Sheet.State.SENT,
        criterion=criterion,
        is_current=True,
    )
    if criterion.owner == Criterion.Owner.BOARD or of_the_board.exists():
        raise WrongState(
            _("Tiêu chí này do cơ quan quản lý chấm nên chỉ cơ quan quản lý đính chính được.")
        )


def value_counting(card: Card, criterion: Criterion) -> Mark | None:
    """Return the one mark that counts for a criterion; None where there is none, or several."""
    marks = Mark.objects.filter(
        sheet__card=card, sheet__state=Sheet.State.SENT, criterion=criterion, is_current=True
    )
    told = [m for m in marks.select_related("sheet__layer") if m.value is not None or m.is_na]
    highest = max((m.sheet.layer.place for m in told), default=0)
    found = [m for m in told if m.sheet.layer.place == highest]
    return found[0] if len(found) == 1 else None


def _send(sheet: Sheet, by: Acting) -> None:
    """Let the sheet count, with the digest of all that stands on it."""
    marks = sheet.marks.filter(is_current=True).order_by("criterion_id")
    Sheet.objects.filter(pk=sheet.pk).update(
        state=Sheet.State.SENT,
        sent_at=clock.now(),
        sent_by=by.user,
        digest=digest_data([mark.content() for mark in marks]),
    )
