"""Drawing the picture of a ceremony that is over: once, and then these bytes are the picture."""

import logging

from django.utils.translation import gettext as _

from thidua.accounts.acting import NOBODY
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.ceremonies.models import Ceremony, Picture
from thidua.ceremonies.papers import hall_facts
from thidua.ceremonies.queries import with_parts
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import WrongState
from thidua.documents.actions.printing import CannotPrint
from thidua.files.actions import keep_made
from thidua.files.kinds import PNG
from thidua.files.models import Blob
from thidua.typesetting.hall import render_hall
from thidua.typesetting.pdf import Unprintable

log = logging.getLogger(__name__)


def draw_picture(ceremony: Ceremony) -> Picture:
    """Return the picture of a closed ceremony, drawn now where it is not there yet.

    Call it outside a transaction: drawing takes its time, and bytes are not rolled back. Twice,
    or by two at once, does no harm: the first stays. Refuses `WrongState` before it is closed and
    for a rehearsal, `CannotPrint` when it cannot be drawn.
    """
    ceremony = with_parts(Ceremony.objects.filter(pk=ceremony.pk)).get()
    if not ceremony.is_over or ceremony.is_rehearsal:
        raise WrongState(_("Chỉ lễ ký thật đã kết thúc mới có hình lưu lại."))
    there = Picture.objects.filter(ceremony=ceremony).select_related("blob").first()
    if there is not None:
        return there
    try:
        content = render_hall(hall_facts(ceremony))
    except Unprintable as fault:
        log.error("the picture of ceremony %s cannot be drawn: %s", ceremony.pk, fault)
        raise CannotPrint(_("Chưa vẽ được hình lễ ký. Hãy thử lại sau.")) from fault
    return _keep(ceremony, keep_made(content, PNG, by=NOBODY))


@deed()
def _keep(ceremony: Ceremony, blob: Blob) -> Picture:
    """Write which bytes are the picture, unless another was first: then theirs are."""
    picture, made = Picture.objects.select_related("blob").get_or_create(
        ceremony=ceremony, defaults={"blob": blob, "made_at": clock.now()}
    )
    if made:
        covenant = ceremony.covenant
        chain = chain_of_bloc(covenant.cycle.bloc_id)
        record("ceremony.drawn", by=NOBODY, on=covenant, chain=chain, digest=blob.digest)
    return picture
