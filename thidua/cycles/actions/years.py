"""What can be done with a year: open, close, set phases, copy, hand the lead on."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.text import day_text, one_line
from thidua.core.workflow import move
from thidua.cycles.models import Cycle, Enrolment, Phase, PhaseAct
from thidua.cycles.signals import cycle_copied
from thidua.organizations.models import Bloc


@dataclass(frozen=True)
class CycleFacts:
    """What is told of a year: themes, regulation, a summary, and where it is from."""

    theme: str = ""
    province_theme: str = ""
    regulation: str = ""
    summary: str = ""
    source: str = ""


@deed()
def found_cycle(
    bloc: Bloc, *, by: Acting, year: int, facts: CycleFacts, is_illustration: bool = False
) -> Cycle:
    """Begin the preparation of a bloc's year. Other years of the bloc may be open beside it."""
    if not 1948 <= year <= clock.today().year + 2:
        raise Invalid(_("Năm phải từ 1948 đến hai năm sau năm nay."), field="year")
    if bloc.cycles.filter(year=year).exists():
        raise AlreadyDone(
            _("%(bloc)s đã có năm %(year)d.") % {"bloc": bloc.title, "year": year}, field="year"
        )
    if bloc.closed_on and date(year, 1, 1) > bloc.closed_on:
        told = {"bloc": bloc.title, "day": day_text(bloc.closed_on)}
        raise WrongState(
            _(
                "%(bloc)s đã khép lại sau ngày %(day)s nên không có năm mới. "
                "Hãy mở năm ở khối, cụm mới."
            )
            % told
        )
    cycle = Cycle.objects.create(
        bloc=bloc, year=year, is_illustration=is_illustration, **vars(facts)
    )
    _note("cycle.founded", cycle, by)
    return cycle


def _note(code: str, cycle: Cycle, by: Acting, **facts: str | int | None) -> None:
    record(code, by=by, on=cycle, chain=chain_of_bloc(cycle.bloc_id), **facts)


def locked(cycle: Cycle) -> Cycle:
    """Return the year read again and locked until the deed ends; refuse if it is closed."""
    fresh = Cycle.objects.select_for_update(of=("self",)).select_related("bloc").get(pk=cycle.pk)
    refuse_over(fresh)
    return fresh


def lock_year(cycle: Cycle) -> None:
    """Lock the year until the deed ends and refuse if it is closed: all that most deeds ask of it.

    Only what tells that is fetched: to ask for the whole year and its bloc costs twice as much.
    """
    refuse_over(Cycle.objects.select_for_update().only("year", "state").get(pk=cycle.pk))


def refuse_over(cycle: Cycle) -> None:
    """Refuse if the year, read since it was locked, is closed."""
    if not cycle.is_running:
        raise WrongState(
            _("Năm thi đua %(year)d %(state)s, không thay đổi được nữa.")
            % {"year": cycle.year, "state": cycle.get_state_display()}
        )


@deed()
def edit_cycle(cycle: Cycle, facts: CycleFacts, *, by: Acting) -> Cycle:
    """Write the themes, the regulation and the summary of a year that still runs."""
    cycle = locked(cycle)
    for name, value in vars(facts).items():
        setattr(cycle, name, value)
    cycle.save(update_fields=[*vars(facts), "folded"])
    _note("cycle.edited", cycle, by)
    return cycle


@deed()
def open_cycle(cycle: Cycle, *, by: Acting) -> Cycle:
    """Open the year: from now on it is public and its members have duties."""
    cycle = locked(cycle)
    if not cycle.enrolments.filter(left_on=None).exists():
        raise Invalid(_("Cần có ít nhất một đơn vị tham gia trước khi mở năm."))
    move(cycle, Cycle.State.OPEN)
    _note("cycle.opened", cycle, by)
    return cycle


@deed()
def close_cycle(cycle: Cycle, *, by: Acting) -> Cycle:
    """Close the year: nothing in it changes any more."""
    move(cycle, Cycle.State.CLOSED)
    _note("cycle.closed", cycle, by)
    return cycle


@deed()
def reopen_cycle(cycle: Cycle, *, by: Acting, reason: str) -> Cycle:
    """Open a closed year again, with a reason."""
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    if cycle.state != Cycle.State.CLOSED:
        raise WrongState(_("Chỉ mở lại được năm đã khép."))
    move(cycle, Cycle.State.OPEN)
    _note("cycle.reopened", cycle, by, reason=reason)
    return cycle


@deed()
def archive_cycle(cycle: Cycle, *, by: Acting) -> Cycle:
    """Archive a closed year, for good."""
    move(cycle, Cycle.State.ARCHIVED)
    _note("cycle.archived", cycle, by)
    return cycle


@deed()
def set_phase(
    cycle: Cycle,
    *,
    by: Acting,
    kind: str,
    opens_on: date,
    due_on: date | None = None,
    closes_on: date | None = None,
) -> Phase:
    """Set the window of one phase. Phases may overlap; what is not set is left out."""
    cycle = locked(cycle)
    if due_on and due_on < opens_on:
        raise Invalid(_("Hạn phải từ ngày mở trở đi."), field="due_on")
    if closes_on and closes_on < (due_on or opens_on):
        raise Invalid(_("Ngày đóng phải từ hạn trở đi."), field="closes_on")
    days = {"opens_on": opens_on, "due_on": due_on, "closes_on": closes_on}
    phase, _made = Phase.objects.update_or_create(cycle=cycle, kind=kind, defaults=days)
    told = {name: day.isoformat() if day else None for name, day in days.items()}
    _note("phase.set", cycle, by, phase=kind, **told)
    return phase


@deed()
def drop_phase(cycle: Cycle, *, by: Acting, kind: str) -> None:
    """Leave a phase out of the year, unless somebody has opened or closed it by hand."""
    cycle = locked(cycle)
    phase = Phase.objects.filter(cycle=cycle, kind=kind).first()
    if phase is None:
        return
    if phase.acts.exists():
        raise WrongState(_("Giai đoạn này đã được mở hoặc đóng bằng tay nên không bỏ được."))
    phase.delete()
    _note("phase.dropped", cycle, by, phase=kind)


@deed()
def act_on_phase(phase: Phase, *, by: Acting, opens: bool, reason: str) -> PhaseAct:
    """Open or close a phase by hand, whatever its days say, with a reason."""
    cycle = locked(phase.cycle)
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    if phase.accepts == opens:
        raise AlreadyDone(_("Giai đoạn này đang ở đúng trạng thái đó rồi."))
    act = phase.acts.create(
        opens=opens,
        reason=reason,
        by=by.user,
        organization_id=by.organization_id,
        at=clock.now(),
    )
    code = "phase.opened" if opens else "phase.closed"
    _note(code, cycle, by, phase=phase.kind, reason=reason)
    return act


@deed()
def copy_cycle(old: Cycle, *, by: Acting, year: int) -> Cycle:
    """Begin a new year from an old one: members with roles, regulation, phases moved by the years.

    Units that have ended by then stay behind. Themes are new each year and are not copied. The
    apps above copy their own rows within the same deed (``cycle_copied``).
    """
    if year <= old.year:
        raise Invalid(_("Năm mới phải sau năm được chép."), field="year")
    facts = CycleFacts(regulation=old.regulation)
    new = found_cycle(old.bloc, by=by, year=year, facts=facts, is_illustration=old.is_illustration)
    new.copied_from = old
    new.save(update_fields=["copied_from"])
    Enrolment.objects.bulk_create(
        Enrolment(
            cycle=new,
            organization_id=member.organization_id,
            role=member.role,
            place=member.place,
            reviews_leader=member.reviews_leader,
            joined_on=date(year, 1, 1),
        )
        for member in old.enrolments.filter(left_on=None).exclude(
            organization__ended_on__lt=date(year, 1, 1)
        )
    )
    shift = year - old.year
    Phase.objects.bulk_create(
        Phase(
            cycle=new,
            kind=phase.kind,
            opens_on=clock.years_later(phase.opens_on, shift),
            due_on=clock.years_later(phase.due_on, shift) if phase.due_on else None,
            closes_on=clock.years_later(phase.closes_on, shift) if phase.closes_on else None,
        )
        for phase in Phase.objects.filter(cycle=old)
    )
    cycle_copied.send(sender=Cycle, old=old, new=new, by=by)
    _note("cycle.copied", new, by, old=old.year)
    return new
