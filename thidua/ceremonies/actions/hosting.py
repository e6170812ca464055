"""What a host does: open, begin, call, close; and the same as a rehearsal that signs nothing.

Opening, beginning and closing are recorded. Whom the host calls and whether the screen is dark are
gestures: rows change, nothing is recorded, and nothing depends on them.
"""

import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.ceremonies.models import Ceremony, Trial
from thidua.ceremonies.queries import seats_of, with_parts
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, WrongState
from thidua.core.locks import lock
from thidua.core.workflow import move, require_state
from thidua.covenants.actions.freezing import reread
from thidua.covenants.models import Covenant
from thidua.covenants.queries import for_a_signature
from thidua.cycles.actions.years import refuse_over
from thidua.jobs.actions import later

State = Ceremony.State
REHEARSED = {
    "ceremony.opened": "rehearsal.opened",
    "ceremony.begun": "rehearsal.begun",
    "ceremony.closed": "rehearsal.closed",
}
RANDOM_BYTES = 16  # of an address: 128 bits leave nothing to guess


@deed()
def open_ceremony(
    covenant: Covenant, *, by: Acting, version_id: int | None, is_rehearsal: bool = False
) -> Ceremony:
    """Open the screen of a covenant that is being signed; a rehearsal if told so.

    ``version_id`` is the version that the page showed: if another was frozen since, refuse. One
    ceremony of a covenant is open at a time, so a rehearsal is closed before the real one opens.
    """
    covenant = reread(covenant, for_a_signature)
    refuse_over(covenant.cycle)
    if covenant.state != Covenant.State.SIGNING or covenant.version_id is None:
        raise WrongState(
            _("Chỉ mở lễ ký khi giao ước đang ký; giao ước này đang ở bước “%(state)s”.")
            % {"state": covenant.get_state_display()}
        )
    if covenant.is_expired and not is_rehearsal:
        raise WrongState(_("Đã hết hạn ký nên chưa ai ký được. Hãy gia hạn trước, rồi mở lễ ký."))
    if covenant.version_id != version_id:
        raise WrongState(_("Giao ước vừa được chốt lại. Hãy xem lại bản mới rồi mở lễ ký."))
    ceremony = Ceremony(
        covenant=covenant,
        version_id=covenant.version_id,
        is_rehearsal=is_rehearsal,
        address=secrets.token_urlsafe(RANDOM_BYTES),
        host=by.user,
        host_for=by.organization,
        opened_at=clock.now(),
    )
    try:
        with transaction.atomic():
            ceremony.save(force_insert=True)
    except IntegrityError as error:
        raise _already_open(covenant) from error
    _note("ceremony.opened", ceremony, by)
    return ceremony


def _already_open(covenant: Covenant) -> AlreadyDone:
    there = Ceremony.objects.filter(covenant=covenant.pk).exclude(state=State.CLOSED)
    found = there.select_related("host__person").first()
    told = {"name": found.host.name if found and found.host else _("người khác")}
    if found and found.is_rehearsal:
        return AlreadyDone(_("%(name)s đang mở diễn tập. Hãy kết thúc diễn tập trước.") % told)
    return AlreadyDone(_("Lễ ký này đã được %(name)s mở rồi. Hãy dùng màn hình đang mở.") % told)


def _note(code: str, ceremony: Ceremony, by: Acting, **facts: int) -> None:
    """Record it on the covenant, so that it stands in the trail of what was signed.

    ``code`` is that of a ceremony; a rehearsal has its own.
    """
    code = REHEARSED.get(code, code) if ceremony.is_rehearsal else code
    covenant = ceremony.covenant
    record(code, by=by, on=covenant, chain=chain_of_bloc(covenant.cycle.bloc_id), **facts)


def _fresh(ceremony: Ceremony) -> Ceremony:
    """Return the ceremony read again and locked, with what a screen reads."""
    mine = Ceremony.objects.filter(pk=ceremony.pk)
    lock(mine)
    return with_parts(mine).get()


def _running(ceremony: Ceremony) -> Ceremony:
    """Return it locked; refuse once it is closed, or its text is signed no more."""
    ceremony = _fresh(ceremony)
    if ceremony.is_over:
        raise WrongState(_("Lễ ký này đã kết thúc."))
    covenant = ceremony.covenant
    if covenant.version_id != ceremony.version_id or covenant.state == Covenant.State.SUPERSEDED:
        raise WrongState(
            _("Bản giao ước này không còn được ký: đã mở lại để sửa hoặc đã có bản thay thế.")
        )
    return ceremony


@deed()
def begin_ceremony(ceremony: Ceremony, *, by: Acting) -> Ceremony:
    """Let the ceremony begin: the screen turns from its title to the members."""
    ceremony = _running(ceremony)
    require_state(ceremony, State.OPENED)
    move(ceremony, State.BEGUN, begun_at=clock.now())
    _note("ceremony.begun", ceremony, by)
    return ceremony


@deed()
def close_ceremony(ceremony: Ceremony, *, by: Acting) -> Ceremony:
    """Close it, whatever became of its text. What is signed afterwards counts all the same.

    The picture of a real one is drawn in the background.
    """
    ceremony = _fresh(ceremony)
    if ceremony.is_over:
        raise AlreadyDone(_("Lễ ký này đã kết thúc."))
    move(ceremony, State.CLOSED, closed_at=clock.now(), called=None, is_dark=False)
    lit = [seat for seat in seats_of(ceremony) if seat.light]
    _note("ceremony.closed", ceremony, by, signed=len(lit))
    if not ceremony.is_rehearsal:
        later("ceremonies.draw", pk=ceremony.pk)
    return ceremony


@deed()
def reset_rehearsal(ceremony: Ceremony, *, by: Acting) -> Ceremony:
    """Put a rehearsal back to its beginning, with no card lit."""
    ceremony = _running(ceremony)
    _only_rehearsal(ceremony)
    Trial.objects.filter(ceremony=ceremony).delete()
    Ceremony.objects.filter(pk=ceremony.pk).update(called=None, is_dark=False)
    if ceremony.state == State.BEGUN:
        move(ceremony, State.OPENED, begun_at=None)
    _note("rehearsal.reset", ceremony, by)
    return _fresh(ceremony)


def _only_rehearsal(ceremony: Ceremony) -> None:
    if not ceremony.is_rehearsal:
        raise WrongState(_("Chỉ diễn tập mới làm được việc này: lễ ký thật không có lượt ký thử."))


@deed()
def call_member(ceremony: Ceremony, *, by: Acting, step: int = 1) -> Ceremony:
    """Ask the next member that has not signed (``step`` -1: the one before) to come and sign."""
    ceremony = _running(ceremony)
    require_state(ceremony, State.BEGUN)
    seats = seats_of(ceremony)
    at = next((n for n, s in enumerate(seats) if s.enrolment.pk == ceremony.called_id), None)
    # From nobody, the next is the first and the one before is the last.
    start = at if at is not None else (-1 if step > 0 else 0)
    order = [seats[(start + step * n) % len(seats)] for n in range(1, len(seats) + 1)]
    found = next((seat for seat in order if seat.light is None), None)
    if found is None:
        raise AlreadyDone(_("Các đơn vị đã ký đủ, không còn đơn vị nào để mời."))
    ceremony.called = found.enrolment
    ceremony.save(update_fields=["called"])
    return ceremony


@deed()
def darken_screen(ceremony: Ceremony, *, by: Acting, is_dark: bool) -> Ceremony:
    """Darken the screen, or show it again; what happens meanwhile is there afterwards."""
    ceremony = _running(ceremony)
    ceremony.is_dark = is_dark
    ceremony.save(update_fields=["is_dark"])
    return ceremony


@deed()
def light_called(ceremony: Ceremony, *, by: Acting) -> Ceremony:
    """In a rehearsal, light the card of the member that is called; nothing is signed."""
    ceremony = _running(ceremony)
    _only_rehearsal(ceremony)
    require_state(ceremony, State.BEGUN)
    if ceremony.called is None:
        raise WrongState(_("Chưa mời đơn vị nào: hãy mời trước, rồi mới cho sáng thẻ."))
    Trial.objects.get_or_create(
        ceremony=ceremony, enrolment=ceremony.called, defaults={"at": clock.now()}
    )
    return ceremony
