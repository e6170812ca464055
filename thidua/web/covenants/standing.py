"""Where the person who asks stands in the signing round: may sign, and if not, why not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment
from thidua.accounts.queries import current_appointments
from thidua.core import clock
from thidua.core.text import day_text
from thidua.covenants.actions.signing import SIGNERS
from thidua.covenants.models import Covenant
from thidua.covenants.queries import Party
from thidua.covenants.rounds import why_not_yet
from thidua.documents.models import PaperSheet, Signature
from thidua.organizations.models import Organization
from thidua.web.covenants.doors import why_nothing_is_taken


@dataclass(frozen=True)
class Standing:
    """One person before one covenant.

    ``why_not`` is empty for whoever may sign now. ``signers`` are those who could sign for the
    organisation when this person may not; ``elsewhere`` are this person's other organisations
    whose signature is awaited.
    """

    why_not: str
    is_concerned: bool = False
    appointment: Appointment | None = None
    signature: Signature | None = None
    has_declined: bool = False
    signers: Sequence[Appointment] = ()
    elsewhere: list[Organization] = field(default_factory=list)

    @property
    def may_sign(self) -> bool:
        """Whether the page may offer to sign."""
        return not self.why_not

    @property
    def is_told(self) -> bool:
        """Whether the page should say why not: to a member's people, while it has not signed."""
        return bool(self.why_not) and not self.signature and self.is_concerned


def standing_of(covenant: Covenant, who: Acting, parties: Sequence[Party]) -> Standing:
    """Return how this person stands; one more query for whoever may not sign for their unit."""
    mine = next((p for p in parties if p.enrolment.organization_id == who.organization_id), None)
    elsewhere = _elsewhere(covenant, who, parties)
    if mine is None or not who.appointments:
        left = _left_on(covenant, who)
        concerned = left is not None and covenant.takes_signatures
        return Standing(_why_no_party(who, left), is_concerned=concerned, elsewhere=elsewhere)
    appointment = who.appointment_as(*SIGNERS)
    why_not = _why_not(covenant, who, mine)
    asks_others = covenant.takes_signatures and appointment is None and mine.is_due
    return Standing(
        why_not,
        is_concerned=covenant.takes_signatures,
        appointment=appointment,
        signature=mine.signature,
        has_declined=mine.decline is not None,
        signers=signers_for(who.organization_id) if asks_others else (),
        elsewhere=elsewhere if mine.signature or why_not else [],
    )


def _elsewhere(covenant: Covenant, who: Acting, parties: Sequence[Party]) -> list[Organization]:
    if not covenant.takes_signatures:
        return []
    due = {party.enrolment.organization_id for party in parties if party.is_due}
    others = [o for o in who.organizations if o.pk != who.organization_id]
    return [organization for organization in others if organization.pk in due]


def _left_on(covenant: Covenant, who: Acting) -> date | None:
    members = covenant.cycle.enrolments.all()
    return next((e.left_on for e in members if e.organization_id == who.organization_id), None)


def _why_no_party(who: Acting, left: date | None) -> str:
    if left:
        told = {"unit": who.organization_name, "day": day_text(left)}
        return _("%(unit)s đã rời ngày %(day)s nên không ký giao ước này.") % told
    if who.organization is None:
        return _("Bạn chưa được giao làm việc cho đơn vị nào, hoặc việc giao đã hết hạn.")
    return _("%(unit)s không tham gia giao ước này.") % {"unit": who.organization_name}


def _why_not(covenant: Covenant, who: Acting, mine: Party) -> str:
    unit = {"unit": who.organization_name}
    if mine.signature:
        return _("%(unit)s đã ký bản này rồi.") % unit
    if not covenant.takes_signatures:
        return _("Giao ước đang ở bước “%(state)s” nên chưa ký được, hoặc không ký được nữa.") % {
            "state": covenant.get_state_display()
        }
    if who.appointment_as(*SIGNERS) is None:
        return _("Chỉ lãnh đạo hoặc người ký thay của %(unit)s ký được.") % unit
    if not covenant.matches:
        return _("Nguyên văn không còn khớp với mã băm đã chốt nên không ký được.")
    return why_nothing_is_taken(covenant.cycle) or why_not_yet(covenant, mine.enrolment)


def signers_for(organization_id: int | None) -> list[Appointment]:
    """Return the appointments under which somebody may sign for the organisation today."""
    holding = current_appointments().filter(
        organization=organization_id, role__in=SIGNERS, user__is_active=True
    )
    today = clock.today()
    return [appointment for appointment in holding if appointment.holds(today)]


def why_no_second_person(sheet: PaperSheet, who: Acting) -> str:
    """Return why this person is no second person for the sheet; empty where they are."""
    if who.user is not None and sheet.brought_by_id == who.user.pk:
        return _("Bạn đã nộp phiếu này, nên một người thứ hai đối chiếu.")
    if sheet.organization_id == who.organization_id:
        return _("Đây là phiếu của đơn vị bạn, nên người của đơn vị khác đối chiếu.")
    return ""
