"""What can be done with a handover: prepare it, hand over, take that back, receive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import Invalid, WrongState
from thidua.core.text import day_text, nfc, one_line
from thidua.core.workflow import move, require_state
from thidua.cycles.actions.years import lock_year
from thidua.cycles.models import Cycle
from thidua.cycles.queries import with_parts
from thidua.handovers.models import Handover
from thidua.handovers.queries import may_receive
from thidua.notifications.actions import notify
from thidua.organizations.models import Organization

State = Handover.State


@dataclass(frozen=True)
class HandoverFacts:
    """What the old leader says: to whom, from when it only reads, and what the next must know."""

    receiver: Organization
    reads_from: date
    notes: str = ""


@dataclass(frozen=True)
class OpenWork:
    """One thing that was still to be done when the year was handed over."""

    title: str
    due: date | None = None
    note: str = ""


@deed()
def prepare_handover(cycle: Cycle, facts: HandoverFacts, *, by: Acting) -> Handover:
    """Write the handover of a year, or change it, before it is made.

    The giver is the year's leader; with several the one worked for; with none the managing body.
    Refused: a receiver who has no part in the bloc, the giver itself, a day that has passed.
    """
    cycle = _year(cycle)
    giver = _giver(cycle, by)
    if facts.receiver.pk == giver.pk:
        raise Invalid(_("Bên nhận phải là đơn vị khác bên giao."), field="receiver")
    if not may_receive(cycle).filter(pk=facts.receiver.pk).exists():
        raise Invalid(_("Bên nhận phải là một đơn vị của khối, cụm này."), field="receiver")
    _refuse_past(facts.reads_from)
    told = {
        "giver": giver,
        "receiver": facts.receiver,
        "reads_from": facts.reads_from,
        "notes": nfc(facts.notes).strip(),
    }
    handover = Handover.objects.select_for_update(of=("self",)).filter(cycle=cycle).first()
    if handover is None:
        handover = Handover.objects.create(cycle=cycle, **told)
    else:
        require_state(handover, State.DRAFT)
        for name, value in told.items():
            setattr(handover, name, value)
        handover.save()
    handover.cycle = cycle
    _note("handover.prepared", handover, by, receiver=facts.receiver.name)
    return handover


@deed()
def hand_over(handover: Handover, *, by: Acting, open_work: Sequence[OpenWork] = ()) -> Handover:
    """Hand the year over with what is still open; on the day named the old leader only reads.

    The receiver and the members are told. May be taken back until it was received.
    """
    handover = _locked(handover)
    _refuse_past(handover.reads_from)
    left = [
        {"title": w.title, "due": w.due.isoformat() if w.due else "", "note": w.note}
        for w in open_work
    ]
    move(handover, State.HANDED, handed_at=clock.now(), handed_by=by.user, open_work=left)
    _let_read_from(handover, handover.reads_from)
    _note("handover.made", handover, by, receiver=handover.receiver.name)
    told = {
        "giver": handover.giver.name,
        "cycle": str(handover.cycle),
        "day": day_text(handover.reads_from),
    }
    notify(
        [handover.receiver_id],
        gettext_noop("%(giver)s bàn giao cho đơn vị bạn: %(cycle)s. Hãy xem và xác nhận đã nhận."),
        about=handover,
        **told,
    )
    others = [e.organization_id for e in handover.cycle.current()]
    notify(
        set(others) - {handover.receiver_id, handover.giver_id},
        gettext_noop("%(giver)s đã bàn giao %(cycle)s; từ ngày %(day)s bên giao chỉ còn đọc."),
        about=handover.cycle,
        **told,
    )
    return handover


@deed()
def take_back_handover(handover: Handover, *, by: Acting) -> Handover:
    """Take a handover back that nobody has received yet: the old leader leads on."""
    handover = _locked(handover)
    if handover.state == State.RECEIVED:
        raise WrongState(_("Bên nhận đã xác nhận nên không rút lại được nữa."))
    move(handover, State.DRAFT, handed_at=None, handed_by=None, open_work=[])
    _let_read_from(handover, None)
    _note("handover.taken_back", handover, by)
    sentence = gettext_noop("%(giver)s đã rút lại việc bàn giao %(cycle)s.")
    told = {"giver": handover.giver.name, "cycle": str(handover.cycle)}
    notify([handover.receiver_id], sentence, about=handover.cycle, **told)
    return handover


@deed()
def receive_handover(handover: Handover, *, by: Acting, remark: str = "") -> Handover:
    """Confirm that the year was received; ``remark`` says what was found missing, if anything."""
    handover = _locked(handover)
    told = {"received_at": clock.now(), "received_by": by.user, "remark": one_line(remark)}
    move(handover, State.RECEIVED, **told)
    _note("handover.received", handover, by, remark=one_line(remark))
    sentence = gettext_noop("%(receiver)s đã nhận bàn giao %(cycle)s.")
    names = {"receiver": handover.receiver.name, "cycle": str(handover.cycle)}
    notify([handover.giver_id], sentence, about=handover, **names)
    return handover


def _year(cycle: Cycle) -> Cycle:
    """Lock the year and return it with its parts, read again."""
    lock_year(cycle)
    return with_parts(Cycle.objects.filter(pk=cycle.pk)).get()


def _locked(handover: Handover) -> Handover:
    cycle = _year(handover.cycle)
    found = (
        Handover.objects.select_for_update(of=("self",))
        .select_related("giver", "receiver")
        .get(pk=handover.pk)
    )
    found.cycle = cycle
    return found


def _giver(cycle: Cycle, by: Acting) -> Organization:
    leaders = [e.organization for e in cycle.in_role("leader")]
    mine = [leader for leader in leaders if leader.pk == by.organization_id]
    return next(iter([*mine, *leaders, cycle.bloc.managing_body]))


def _refuse_past(day: date) -> None:
    if day < clock.today():
        raise Invalid(_("Ngày này đã qua. Chọn hôm nay hoặc ngày sau."), field="reads_from")


def _let_read_from(handover: Handover, day: date | None) -> None:
    Cycle.objects.filter(pk=handover.cycle_id).update(leader_reads_from=day)
    handover.cycle.leader_reads_from = day


def _note(code: str, handover: Handover, by: Acting, **facts: str) -> None:
    chain = chain_of_bloc(handover.cycle.bloc_id)
    record(code, by=by, on=handover, chain=chain, **facts)
