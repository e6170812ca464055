"""What ends with a round: the stand-ins named for it, and the links made for its text."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.actions import end_appointment
from thidua.audit.actions import Actor
from thidua.core import clock
from thidua.covenants.models import Covenant, SigningLink, Substitute


def end_substitutes(covenant: Covenant, *, by: Actor, organization_id: int | None = None) -> None:
    """End the stand-ins of the round (or of one member); rights given for it alone end too."""
    open_ones = Substitute.objects.filter(version=covenant.version_id, ended_at=None)
    if organization_id is not None:
        open_ones = open_ones.filter(organization=organization_id)
    with override("vi"):  # as the record keeps it
        reason = _("Hết vòng ký: %(covenant)s") % {"covenant": covenant.title}
    today = clock.today()
    for one in open_ones.select_related("appointment"):
        one.ended_at = clock.now()
        one.save(update_fields=["ended_at"])
        if one.is_own and one.appointment.is_current(today):
            end_appointment(one.appointment, by=by, reason=reason)


def end_links(covenant: Covenant) -> None:
    """Let no link open a text that is signed no more."""
    open_ones = SigningLink.objects.filter(version=covenant.version_id, used_at=None, ended_at=None)
    open_ones.update(ended_at=clock.now())
