"""What every way of signing asks first: is the text open, the round, the member's turn."""

from django.utils.translation import gettext as _

from thidua.core.errors import AlreadyDone, NoRight, OutOfTime, WrongState
from thidua.covenants.models import Covenant
from thidua.covenants.rounds import expired_sentence, why_not_yet
from thidua.cycles.actions.years import refuse_over
from thidua.cycles.models import Enrolment, Phase
from thidua.cycles.queries import refuse_unless_accepting
from thidua.documents.models import Signature, Version


def open_version(covenant: Covenant) -> Version:
    """Return the frozen version if the round takes signatures now, else refuse.

    ``covenant`` was reread in this deed, so its year is locked.
    """
    if covenant.version is None or not covenant.takes_signatures:
        raise WrongState(
            _("%(covenant)s đang ở bước “%(state)s” nên không ký được.")
            % {"covenant": covenant.title, "state": covenant.get_state_display()}
        )
    refuse_over(covenant.cycle)
    refuse_unless_accepting(covenant.cycle, Phase.Kind.COVENANT)
    if covenant.is_expired:
        raise OutOfTime(expired_sentence(covenant))
    return covenant.version


def member_of(covenant: Covenant, organization_id: int | None) -> Enrolment:
    """Return the organisation's part if it takes part now and no former bearer has signed."""
    members = Enrolment.objects.filter(cycle=covenant.cycle_id, left_on=None)
    mine = members.filter(organization=organization_id).select_related("organization").first()
    if mine is None:
        raise NoRight(_("Đơn vị này không tham gia, hoặc đã rời, nên không ký giao ước."))
    _refuse_signed_before(covenant, mine)
    return mine


def refuse_out_of_turn(covenant: Covenant, member: Enrolment) -> None:
    """Refuse while the round is signed in order and it is another member's turn."""
    if sentence := why_not_yet(covenant, member):
        raise WrongState(sentence)


def refuse_signed(covenant: Covenant, member: Enrolment) -> None:
    """Refuse what makes no sense once the member has signed."""
    signed = Signature.objects.filter(version=covenant.version_id)
    if signed.filter(organization__in=member.bearer_ids).exists():
        raise AlreadyDone(_("Đơn vị đã ký bản này rồi."))


def _refuse_signed_before(covenant: Covenant, member: Enrolment) -> None:
    """Refuse a second signature of one member: what the old unit signed stays signed."""
    former = member.bearer_ids - {member.organization_id}
    if not former:
        return
    signed = Signature.objects.filter(version=covenant.version_id, organization__in=former).first()
    if signed:
        raise AlreadyDone(
            _("Đơn vị tiền thân (%(unit)s) đã ký bản này: chữ ký ấy vẫn có giá trị.")
            % {"unit": signed.organization_name}
        )
