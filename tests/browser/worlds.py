"""Three worlds to look at: a year that is being prepared and negotiated, signed, and in force.

Each has something behind every kind of address, so that every page can be opened.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tests import factories as make
from thidua.accounts.acting import NOBODY, Acting
from thidua.accounts.models import Appointment
from thidua.core import clock
from thidua.covenants.actions.drafting import (
    circulate_covenant,
    comment_on_covenant,
    draft_covenant,
)
from thidua.covenants.models import Covenant
from thidua.cycles.actions.members import join_cycle
from thidua.cycles.actions.years import set_phase
from thidua.lawbook.honours import Subject
from thidua.movements.actions import adopt_movement, join_movement
from thidua.organizations.models import Organization
from thidua.targets.actions.drafting import register_honour
from thidua.targets.actions.negotiation import send_set
from thidua.targets.models import TargetSet

# Long names, as they are: nothing may burst.
LONG = "Liên hiệp các hội khoa học và kỹ thuật thử nghiệm vì sự phát triển bền vững của thành phố"


@dataclass
class Viewer:
    """Somebody who looks, and the id to put into an address for each word that stands there.

    ``things`` has a converter's name ("org_pk") or, for a plain ``pk``, the name of the app.
    """

    acting: Acting
    things: Mapping[str, int | str]


Scene = list[Viewer]


def negotiating() -> Scene:
    """A year whose registrations are being answered and whose covenant is being commented."""
    world = _a_year()
    leader, member = world.heads[0], world.heads[2]
    covenant = draft_covenant(world.cycle, by=leader)
    circulate_covenant(covenant, by=leader)
    comment_on_covenant(covenant, by=member, body="Xin viết rõ hơn về phần giúp nhau.")
    return _scene(world, covenant)


def signing() -> Scene:
    """A year whose covenant is frozen and signed by one member so far."""
    world = _a_year()
    covenant = make.a_frozen_covenant(world)
    make.sign(covenant, world.heads[1])
    return _scene(world, covenant)


def in_force() -> Scene:
    """A year whose covenant every member has signed."""
    world = _a_year()
    return _scene(world, make.in_force(world))


def _a_year() -> make.World:
    """Make a year with phases, a movement, one locked set, one sent and one begun."""
    world = make.a_bloc(3)
    _join(world, make.an_organization(LONG, parent=world.body))
    first = date(clock.today().year, 1, 1)
    for kind in ("registration", "covenant", "performance"):
        set_phase(world.cycle, by=world.board, kind=kind, opens_on=first)
    adoption = adopt_movement(world.cycle, make.a_movement(world, LONG), by=world.heads[0])
    member = world.heads[2]
    join_movement(adoption, by=member, organization=world.members[2], plan="Mỗi quý một việc.")
    make.a_locked_set(world, 1)
    sent = make.a_target_set(world, 2, number=1234, adoption=adoption)
    register_honour(sent, by=member, honour="giay_khen", subject=Subject.UNIT.value)
    send_set(sent, by=member)
    make.a_target_set(world, 3, name=LONG)
    world.cycle = world.fresh_cycle()
    return world


def _join(world: make.World, organization: Organization) -> None:
    """Let one more member take part."""
    world.enrolments.append(join_cycle(world.cycle, organization, by=world.board))
    world.members.append(organization)
    world.heads.append(make.head(organization))


def _scene(world: make.World, covenant: Covenant) -> Scene:
    """Return a visitor, a member's head, the leader and the board, each before what is theirs."""
    answered, own = _things(world, covenant, 2), _things(world, covenant, 3)
    return [
        Viewer(NOBODY, answered),
        Viewer(world.heads[3], own),
        Viewer(world.heads[0], answered),
        Viewer(world.board, own),
    ]


def _things(world: make.World, covenant: Covenant, number: int) -> dict[str, int]:
    """Return the year's things, and those of the member of this number."""
    member, enrolment = world.members[number], world.enrolments[number]
    target_set = TargetSet.objects.get(enrolment=enrolment)
    head = Appointment.objects.get(user=world.heads[number].user)
    adoption = world.cycle.adoptions.get()
    things = {
        "organizations": member.pk,
        "blocs": world.bloc.pk,
        "cycles": world.cycle.pk,
        "movements": adoption.movement_id,
        "targets": target_set.pk,
        "covenants": covenant.pk,
        "org_pk": member.pk,
        "user_pk": head.user_id,
        "appointment_pk": head.pk,
        "bloc_pk": world.bloc.pk,
        "cycle_pk": world.cycle.pk,
        "enrolment_pk": enrolment.pk,
        "phase_pk": world.cycle.phases.all()[0].pk,
        "adoption_pk": adoption.pk,
        "target_pk": target_set.targets.get().pk,
        "clause_pk": covenant.clauses.all()[0].pk,
    }
    comment = covenant.comments.first()
    return {**things, "comment_pk": comment.pk} if comment else things
