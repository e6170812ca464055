"""The rules of a sheet: who marks it, when it is closed, what it is compared with, what it lacks.

They read what was fetched with the sheet (`queries.sheet_for`) and ask next to nothing themselves.
"""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from thidua.scoring.compute import NOT_APPLICABLE, Counted
from thidua.scoring.models import Card, Criterion, Layer, Mark, Result, ScoringTable, Sheet
from thidua.scoring.opened import Marks, counting, is_blank

Owner, Kind = Criterion.Owner, Layer.Kind
APPRAISING = (Kind.LEAD, Kind.MEETING, Kind.BOARD)
SETTLED = (Result.State.ADOPTED, Result.State.PUBLISHED)


def is_marked_in(kind: str, criterion: Criterion) -> bool:
    """Say whether a scorer of a layer of this kind marks the criterion.

    What the board owns is marked by the board alone; what the system owns, by the system, and
    changed only by the meeting or the board. What the system knows is not the member's to type.
    """
    if criterion.is_group or (kind == Kind.SELF and criterion.fact):
        return False
    owners = {Owner.BLOC}
    if kind == Kind.MEETING:
        owners |= {Owner.SYSTEM}
    if kind == Kind.BOARD:
        owners |= {Owner.BOARD, Owner.SYSTEM}
    return criterion.owner in owners


def scorers_of(card: Card, kind: str) -> list[int]:
    """Return the organisations that mark this card in a layer above the cross-check.

    The leader's card goes to the deputy, the deputy's to the leader, else to the member that the
    meeting named, else to the managing body (design 4.9). What the meeting agreed is entered by
    one of the same: nobody enters marks above the self-score on their own card.
    """
    cycle = card.enrolment.cycle
    managing = cycle.bloc.managing_body_id
    if kind == Kind.BOARD:
        return [managing]
    reviewing = [e.organization_id for e in cycle.reviewers_of(card.enrolment)] or [managing]
    return reviewing[:1] if kind == Kind.MEETING else reviewing


def to_begin(card: Card, layer: Layer, organization_id: int | None) -> Sheet:
    """Return the unsaved sheet of an organisation in a layer above the cross-check, or that of
    the first who is asked when it is not: to ask the permission of, before it is begun."""
    asked = scorers_of(card, layer.kind)
    layer.cycle = card.enrolment.cycle
    scorer = organization_id if organization_id in asked else asked[0]
    return Sheet(card=card, layer=layer, organization_id=scorer)


def closed_because(sheet: Sheet) -> str:
    """Return why nothing in the sheet can change any more, sent or not; "" while it can."""
    card, cycle = sheet.card, sheet.layer.cycle
    if card.table.state != ScoringTable.State.ADOPTED:
        return _("Bảng điểm đã có bản mới. Hãy chấm trên phiếu của bản mới.")
    if card.enrolment.left_on is not None:
        return _("Đơn vị đã rời nên không chấm nữa; điểm đã chấm vẫn được giữ.")
    if any(result.state in SETTLED for result in cycle.results.all()):
        return _("Kết quả đã được thông qua. Muốn sửa điểm, hãy lập bản đính chính.")
    return _no_longer_asked(sheet)


def _no_longer_asked(sheet: Sheet) -> str:
    """Say why the scorer is not to mark this card now: it left, another reviews, a conflict."""
    card, cycle, scorer = sheet.card, sheet.layer.cycle, sheet.organization_id
    if sheet.layer.kind == Kind.CROSS:
        if cycle.enrolment_of(scorer) is None:
            return _("Đơn vị chấm đã rời nên không chấm nữa; điểm đã chấm vẫn được giữ.")
        if any(c.organization_id == scorer for c in card.enrolment.conflicts.all()):
            return _("Đơn vị đã khai xung đột lợi ích nên không chấm phiếu này.")
    if sheet.layer.kind not in APPRAISING:
        return ""
    if scorer not in scorers_of(card, sheet.layer.kind):
        return _("Lớp chấm này nay do đơn vị khác chấm; điểm đã chấm vẫn được giữ.")
    crossing = [s for s in card.sheets.all() if s.organization_id == scorer]
    if any(s.layer.kind == Kind.CROSS and s.layer.is_blind and not s.is_sent for s in crossing):
        return _("Đơn vị còn kiểm tra chéo phiếu này: gửi điểm kiểm tra chéo rồi mới thẩm định.")
    return ""


def kept_because(sheet: Sheet) -> str:
    """Return why a sheet that was sent cannot be taken back any more; "" while it can.

    What was appraised can still be, with a preliminary result there: to take up an objection.
    """
    others = [s for s in sheet.card.sheets.all() if s.is_sent and s.pk != sheet.pk]
    if any(other.layer.place > sheet.layer.place for other in others):
        return _("Lớp chấm sau đã gửi điểm nên không rút lại được nữa.")
    if sheet.layer.kind not in APPRAISING and sheet.layer.cycle.results.all():
        return _("Kết quả sơ bộ đã lập nên không rút lại được nữa.")
    if sheet.layer.is_blind and any(o.layer_id == sheet.layer_id for o in others):
        return _("Bên khác cùng lớp đã gửi và hai bên đã xem được điểm nhau nên không rút lại nữa.")
    return ""


def standing_below(
    sheet: Sheet, criteria: Mapping[int, Criterion], sheets: Iterable[Sheet], marks: Marks
) -> dict[int, Mark]:
    """Return the marks that a sheet's are compared with, by criterion.

    What counts of the lower layers that were sent, of a cross-check the member's own alone. Where
    several checked and do not agree, it is an unsaved mark with what they come to together, whose
    value is None where no single value gives those points.
    """
    lower = [s for s in sheets if s.is_sent and is_below(sheet, s)]
    lower.sort(key=lambda s: (s.layer.place, s.pk))
    found = {}
    for pk, counted in counting(sheet.card, criteria, lower, marks).items():
        its = [marks[s.pk].get(pk) for s in lower if s.layer_id == counted.layer.pk]
        given = [mark for mark in its if mark is not None and not is_blank(mark)]
        found[pk] = _together(criteria[pk], counted, given)
    return found


def is_below(sheet: Sheet, other: Sheet) -> bool:
    """Say whether another sheet of the card is one that this one is compared with."""
    if sheet.layer.kind == Kind.CROSS and other.layer.kind != Kind.SELF:
        return False
    return other.layer.place < sheet.layer.place


def _together(criterion: Criterion, counted: Counted, given: list[Mark]) -> Mark:
    """Return the one mark of several scorers: any of them if they agree."""
    if all(_said(mark) == _said(given[0]) for mark in given):
        return given[-1]
    if counted.points == NOT_APPLICABLE:
        return Mark(criterion=criterion, is_na=True)
    if counted.given is not None:
        return Mark(criterion=criterion, value=counted.given.value, target=counted.given.target)
    points = counted.points if isinstance(counted.points, int) else None
    mark = Mark(criterion=criterion, points=points)
    if criterion.kind == Criterion.Kind.MANUAL and points is not None:
        mark.value = Decimal(points) / 100
    return mark


def _said(mark: Mark) -> tuple[object, ...]:
    return mark.points, mark.value, mark.target, mark.is_na


def differs(mark: Mark, below: Mark) -> bool:
    """Say whether a mark is another than the one below; of several that disagree, in points."""
    if mark.is_na or below.is_na:
        return mark.is_na != below.is_na
    if below.value is None:
        return mark.points != below.points
    return (mark.points, mark.value) != (below.points, below.value)


def missing_in(
    sheet: Sheet,
    criteria: Iterable[Criterion],
    marks: Mapping[int, Mark],
    proven: Collection[int],
    below: Mapping[int, Mark],
) -> dict[int, str]:
    """Return what keeps a sheet from being sent: a sentence for each criterion's primary key.

    ``criteria`` are those that the sheet's layer marks; ``proven`` those with evidence.
    """
    missing: dict[int, str] = {}
    for criterion in criteria:
        mark = marks.get(criterion.pk)
        sentence = _what_is_missing(sheet, criterion, mark, below.get(criterion.pk))
        is_bare = mark and criterion.pk not in proven and _wants_proof(sheet, criterion, mark)
        if not sentence and is_bare:
            sentence = _("Cần minh chứng, đường dẫn hoặc giải trình cho điểm này.")
        if sentence:
            missing[criterion.pk] = sentence
    return missing


def _wants_proof(sheet: Sheet, criterion: Criterion, mark: Mark) -> bool:
    """Evidence is the member's to give, for points that it claims; a bonus always needs it."""
    if sheet.layer.kind != Kind.SELF or not (criterion.needs_evidence or criterion.is_bonus):
        return False
    return bool(mark.points) or (mark.points is None and bool(mark.value))


def _what_is_missing(
    sheet: Sheet, criterion: Criterion, mark: Mark | None, below: Mark | None
) -> str:
    """Return what one row lacks: a mark where the layer must mark all, or a reason."""
    if mark is None or is_blank(mark):
        must = sheet.layer.kind in (Kind.SELF, Kind.CROSS)
        must = must or (sheet.layer.kind == Kind.BOARD and criterion.owner == Owner.BOARD)
        return _("Chưa có điểm.") if must else ""
    if sheet.layer.kind == Kind.SELF:
        needs = mark.is_na and not mark.reason
        return _("Cần ghi vì sao không áp dụng.") if needs else ""
    if below is not None and differs(mark, below) and not mark.reason:
        return _("Điểm khác với lớp chấm trước nên cần ghi lý do.")
    return ""
