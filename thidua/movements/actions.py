"""What can be done with movements."""

from dataclasses import dataclass
from datetime import date

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import HOUSE, chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.text import one_line
from thidua.cycles.actions.years import locked
from thidua.cycles.models import Cycle
from thidua.movements.models import Adoption, Movement, Participation
from thidua.organizations.models import Bloc, Organization


@dataclass(frozen=True)
class MovementFacts:
    """What the launching paper says of a movement; years None where it does not say."""

    name: str
    level: str
    kind: str = Movement.Kind.THEMATIC
    launcher: str = ""
    decision_number: str = ""
    decision_on: date | None = None
    first_year: int | None = None
    last_year: int | None = None
    period_source: str = ""
    theme: str = ""
    criteria: str = ""
    parent: Movement | None = None
    bloc: Bloc | None = None
    source: str = ""


def _refuse_bad(facts: MovementFacts, itself: Movement | None = None) -> None:
    if not one_line(facts.name):
        raise Invalid(_("Phong trào cần có tên."), field="name")
    for field in ("first_year", "last_year"):
        year = getattr(facts, field)
        if year is not None and not 1948 <= year <= 2200:
            raise Invalid(_("Năm phải từ 1948 đến 2200."), field=field)
    if facts.first_year and facts.last_year and facts.last_year < facts.first_year:
        raise Invalid(_("Năm cuối phải từ năm đầu trở đi."), field="last_year")
    if facts.level == "bloc" and facts.bloc is None:
        raise Invalid(_("Phong trào của khối, cụm cần ghi khối, cụm nào."), field="bloc")
    _refuse_circle(facts, itself)
    same = Movement.objects.filter(
        name=facts.name,
        first_year=facts.first_year,
        last_year=facts.last_year,
        level=facts.level,
        bloc=facts.bloc,
    )
    if same.exclude(pk=itself.pk if itself else 0).exists():
        raise AlreadyDone(_("Phong trào này đã được nhập."), field="name")


def _refuse_circle(facts: MovementFacts, itself: Movement | None) -> None:
    above: Movement | None = facts.parent
    while above is not None and itself is not None:
        if above.pk == itself.pk:
            raise Invalid(_("Một phong trào không gắn với chính nó."), field="parent")
        above = above.parent


@deed()
def launch_movement(
    facts: MovementFacts, *, by: Acting, owner: Organization, is_illustration: bool = False
) -> Movement:
    """Enter a movement as its launching paper tells it, for ``owner`` to keep."""
    _refuse_bad(facts)
    movement = Movement.objects.create(owner=owner, is_illustration=is_illustration, **vars(facts))
    record("movement.launched", by=by, on=movement, chain=_chain(movement))
    return movement


def _chain(movement: Movement) -> str:
    return chain_of_bloc(movement.bloc_id) if movement.bloc_id else HOUSE


@deed()
def edit_movement(movement: Movement, facts: MovementFacts, *, by: Acting) -> Movement:
    """Correct what is told of a movement."""
    movement = Movement.objects.select_for_update(of=("self",)).get(pk=movement.pk)
    _refuse_bad(facts, movement)
    before = movement.name
    for name, value in vars(facts).items():
        setattr(movement, name, value)
    movement.save()
    record("movement.edited", by=by, on=movement, chain=_chain(movement), before=before)
    return movement


@deed()
def adopt_movement(
    cycle: Cycle, movement: Movement, *, by: Acting, linked_to: Adoption | None = None
) -> Adoption:
    """Take a movement up for the bloc's year, perhaps "gắn với" one that was taken up before."""
    cycle = locked(cycle)
    if not movement.runs_in(cycle.year):
        raise Invalid(
            _("Phong trào “%(name)s” không có trong năm %(year)d.")
            % {"name": movement.name, "year": cycle.year},
            field="movement",
        )
    if movement.bloc_id not in (None, cycle.bloc_id):
        raise Invalid(_("Phong trào này là của khối, cụm khác."), field="movement")
    if cycle.adoptions.filter(movement=movement).exists():
        raise AlreadyDone(_("Phong trào này đã có trong năm."), field="movement")
    if linked_to and linked_to.cycle_id != cycle.pk:
        raise Invalid(_("Chỉ gắn với phong trào của cùng năm."), field="linked_to")
    last = cycle.adoptions.order_by("-place").values_list("place", flat=True).first() or 0
    adoption = cycle.adoptions.create(movement=movement, place=last + 1, linked_to=linked_to)
    record(
        "movement.adopted",
        by=by,
        on=cycle,
        chain=chain_of_bloc(cycle.bloc_id),
        movement=movement.name,
    )
    return adoption


@deed()
def drop_movement(adoption: Adoption, *, by: Acting) -> None:
    """Take a movement out of the year while nothing hangs on it: no member, link or target."""
    cycle = locked(adoption.cycle)
    if adoption.participations.exists():
        raise WrongState(_("Đã có đơn vị tham gia phong trào này nên không bỏ được."))
    if cycle.adoptions.filter(linked_to=adoption).exists():
        raise WrongState(_("Phong trào khác đang gắn với phong trào này nên không bỏ được."))
    name = adoption.movement.name
    try:
        adoption.delete()
    except ProtectedError as error:
        raise WrongState(_("Đã có chỉ tiêu thuộc phong trào này nên không bỏ được.")) from error
    record("movement.dropped", by=by, on=cycle, chain=chain_of_bloc(cycle.bloc_id), movement=name)


@deed()
def join_movement(
    adoption: Adoption, *, by: Acting, organization: Organization, plan: str = ""
) -> Participation:
    """Let a member of the year take part in one of its movements."""
    cycle = locked(adoption.cycle)
    if not cycle.enrolments.filter(organization=organization, left_on=None).exists():
        raise Invalid(_("Chỉ đơn vị đang tham gia năm thi đua mới tham gia phong trào."))
    if adoption.participations.filter(organization=organization).exists():
        raise AlreadyDone(_("Đơn vị đã tham gia phong trào này."))
    part = adoption.participations.create(
        organization=organization, plan=plan, joined_at=clock.now(), by=by.user
    )
    record(
        "movement.joined",
        by=by,
        on=cycle,
        chain=chain_of_bloc(cycle.bloc_id),
        movement=adoption.movement.name,
        member=organization.name,
    )
    return part


@deed()
def rewrite_plan(participation: Participation, *, by: Acting, plan: str) -> Participation:
    """Write anew what a member means to do in a movement while its year runs."""
    cycle = locked(participation.adoption.cycle)
    participation = (
        Participation.objects.select_for_update(of=("self",))
        .select_related("organization", "adoption__movement")
        .get(pk=participation.pk)
    )
    if not cycle.enrolments.filter(organization=participation.organization, left_on=None).exists():
        raise WrongState(_("Đơn vị đã rời nên việc sẽ làm không thay đổi nữa."))
    participation.plan = plan
    participation.save(update_fields=["plan"])
    record(
        "movement.plan_written",
        by=by,
        on=cycle,
        chain=chain_of_bloc(cycle.bloc_id),
        movement=participation.adoption.movement.name,
        member=participation.organization.name,
    )
    return participation
