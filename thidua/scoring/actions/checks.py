"""Who marks whose card: cross-checks by hand or in turn, and who is kept from it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, NoRight, WrongState
from thidua.core.text import one_line
from thidua.cycles.actions.years import lock_year, locked
from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.queries import with_parts as with_cycle_parts
from thidua.notifications.actions import notify
from thidua.scoring.models import Card, Conflict, Layer, ScoringTable, Sheet
from thidua.scoring.sheets import APPRAISING, closed_because, scorers_of
from thidua.scoring.turns import turns


def _layer(cycle: Cycle, kind: str) -> Layer:
    layer = cycle.layers.filter(kind=kind).first()
    if layer is None:
        raise WrongState(_("Năm này không có lớp chấm đó."))
    return layer


def _note(code: str, card: Card, by: Acting, **facts: str | int | None) -> None:
    chain = chain_of_bloc(card.enrolment.cycle.bloc_id)
    record(code, by=by, on=card, chain=chain, **facts)


@deed()
def assign_check(card: Card, organization_id: int, *, by: Acting) -> Sheet:
    """Ask a member to check another's card. Nobody checks themselves, nor where they declared
    a conflict of interest."""
    cycle = locked(card.enrolment.cycle)
    layer = _layer(cycle, Layer.Kind.CROSS)
    checker = cycle.enrolments.filter(organization=organization_id, left_on=None).first()
    if checker is None:
        raise Invalid(_("Chỉ giao cho đơn vị đang tham gia năm này."), field="organization")
    if organization_id == card.enrolment.organization_id:
        raise Invalid(_("Không đơn vị nào tự kiểm tra chéo chính mình."), field="organization")
    if Conflict.objects.filter(enrolment=card.enrolment, organization=organization_id).exists():
        raise Invalid(
            _("Đơn vị này đã khai xung đột lợi ích với đơn vị được chấm."), field="organization"
        )
    sheet, made = Sheet.objects.get_or_create(
        card=card, layer=layer, organization_id=organization_id
    )
    if not made:
        raise AlreadyDone(_("Đơn vị này đã được giao phiếu này rồi."), field="organization")
    unit = card.enrolment.organization.name
    _note("check.assigned", card, by, checker=checker.organization.name)
    notify(
        [organization_id],
        gettext_noop("Đơn vị được giao kiểm tra chéo phiếu điểm của %(unit)s."),
        about=sheet,
        unit=unit,
    )
    return sheet


@deed()
def unassign_check(sheet: Sheet, *, by: Acting) -> None:
    """Take a cross-check back, as long as nothing was marked in it."""
    lock_year(sheet.layer.cycle)
    if sheet.layer.kind != Layer.Kind.CROSS:
        raise WrongState(_("Chỉ bỏ được phiếu kiểm tra chéo."))
    if sheet.marks.exists():
        raise WrongState(_("Đã có điểm trong phiếu này nên không bỏ được."))
    _note("check.unassigned", sheet.card, by, checker=sheet.organization.name)
    sheet.delete()


@deed()
def assign_in_turn(cycle: Cycle, *, by: Acting, each: int = 1) -> list[Sheet]:
    """Give every card ``each`` checkers in turn; what was assigned by hand stays and counts.

    Nobody checks themselves, declared conflicts are kept apart, and no two check each other where
    that can be avoided (`turns`).
    """
    lock_year(cycle)
    fresh = with_cycle_parts(Cycle.objects.filter(pk=cycle.pk)).get()
    layer = _layer(fresh, Layer.Kind.CROSS)
    cards = {
        c.enrolment_id: c
        for c in Card.objects.filter(
            enrolment__cycle=fresh, table__state=ScoringTable.State.ADOPTED, enrolment__left_on=None
        ).select_related("enrolment__organization", "enrolment__cycle")
    }
    by_unit = {card.enrolment.organization_id: card for card in cards.values()}
    members = [e.organization_id for e in fresh.current() if e.pk in cards]
    if len(members) < 2:
        raise Invalid(_("Cần ít nhất hai đơn vị để kiểm tra chéo."))
    if not 1 <= each < len(members):
        most = len(members) - 1
        raise Invalid(
            _("Số bên kiểm tra mỗi phiếu từ 1 đến %(most)d.") % {"most": most}, field="each"
        )
    apart = Conflict.objects.filter(enrolment__in=cards)
    have = Sheet.objects.filter(layer=layer, card__in=cards.values())
    plan = turns(
        members,
        each,
        set(apart.values_list("enrolment__organization_id", "organization_id")),
        set(have.values_list("card__enrolment__organization_id", "organization_id")),
    )
    if plan is None:
        raise Invalid(
            _("Xung đột lợi ích đã khai nhiều quá nên không đủ bên kiểm tra. Hãy giao tay.")
        )
    place = members.index
    pairs = sorted(plan, key=lambda pair: (place(pair[0]), place(pair[1])))
    return [assign_check(by_unit[unit], checker, by=by) for unit, checker in pairs]


@deed()
def declare_conflict(enrolment: Enrolment, *, by: Acting, reason: str) -> Conflict:
    """Declare that one's own organisation should not check this member, and why."""
    cycle = locked(enrolment.cycle)
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    if by.organization_id is None or by.organization_id == enrolment.organization_id:
        raise Invalid(_("Không đơn vị nào kiểm tra chéo chính mình, không cần khai."))
    if not cycle.enrolments.filter(organization=by.organization_id, left_on=None).exists():
        raise NoRight(_("Chỉ đơn vị đang tham gia năm này mới khai xung đột lợi ích."))
    conflict, made = Conflict.objects.get_or_create(
        enrolment=enrolment,
        organization_id=by.organization_id,
        defaults={"reason": reason, "by": by.user, "at": clock.now()},
    )
    if not made:
        raise AlreadyDone(_("Đơn vị đã khai xung đột lợi ích này rồi."))
    chain = chain_of_bloc(enrolment.cycle.bloc_id)
    unit = enrolment.organization.name
    record("conflict.declared", by=by, on=enrolment.cycle, chain=chain, unit=unit, reason=reason)
    Sheet.objects.filter(
        card__enrolment=enrolment,
        organization=by.organization_id,
        layer__kind=Layer.Kind.CROSS,
        marks=None,
    ).delete()
    return conflict


@deed()
def open_sheet(card: Card, kind: str, *, by: Acting) -> Sheet:
    """Return the scorer's sheet in a layer above the cross-check, begun if there was none."""
    cycle = locked(card.enrolment.cycle)
    layer = _layer(cycle, kind)
    layer.cycle = card.enrolment.cycle
    asked = scorers_of(card, kind)
    is_for_meeting = kind == Layer.Kind.MEETING and by.is_secretary_of(cycle.bloc_id, cycle.year)
    scorer = asked[0] if is_for_meeting else by.organization_id
    refusal = NoRight(_("Phiếu này do đơn vị khác chấm ở lớp này."))
    if scorer is None or scorer not in asked or kind not in APPRAISING:
        raise refusal
    told = Sheet(card=card, layer=layer, organization_id=scorer)
    if not by.has_perm("scoring.mark_sheet", told):
        raise refusal
    why = closed_because(told)
    if why:
        raise WrongState(why)
    sheet, made = Sheet.objects.get_or_create(card=card, layer=layer, organization_id=scorer)
    if made:
        _note("marking.begun", card, by, layer=kind)
    return sheet
