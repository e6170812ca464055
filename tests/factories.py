"""A cast that everyone knows, made by the actions a person would use.

`a_bloc(members=3)` gives a bloc of that many members with an open year: the first member leads,
the second is deputy. `head(organization)` and `officer(organization)` give people who act for it.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.kept import kept, number
from thidua.accounts.acting import NOBODY, Acting, acting_of
from thidua.accounts.actions import Terms, appoint, open_account
from thidua.accounts.models import Appointment, User
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.covenants.actions.drafting import circulate_covenant, draft_covenant
from thidua.covenants.actions.freezing import freeze_covenant
from thidua.covenants.actions.signing import sign_covenant
from thidua.covenants.models import Covenant
from thidua.covenants.queries import with_parts
from thidua.cycles.actions.members import hand_lead, join_together
from thidua.cycles.actions.years import CycleFacts, found_cycle, open_cycle
from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.queries import with_parts as with_cycle_parts
from thidua.documents.models import Signature
from thidua.movements.actions import MovementFacts, launch_movement
from thidua.movements.models import Movement
from thidua.organizations.actions import (
    BlocFacts,
    OrganizationFacts,
    enter_person,
    found_bloc,
    found_organization,
)
from thidua.organizations.actions.founding import found_organizations
from thidua.organizations.models import Bloc, Organization
from thidua.targets.actions.drafting import TargetFacts, begin_set, write_target
from thidua.targets.actions.negotiation import answer_target, finish_answers, send_set
from thidua.targets.models import TargetSet

PASSWORD = "mat-khau-thu-nghiem"


@kept
def an_organization(name: str = "", *, kind: str = "social", **facts: Any) -> Organization:
    """Make an organisation."""
    return found_organization(_facts(name, kind=kind, **facts), by=NOBODY)


def _facts(name: str = "", **facts: Any) -> OrganizationFacts:
    usual: dict[str, Any] = {"kind": "social", "level": "province", "symbol": "HTN"}
    return OrganizationFacts(name or f"Hội thử nghiệm {number()}", **{**usual, **facts})


@kept
def a_person_for(
    organization: Organization, role: str, *, name: str = "", post: str = "", **terms: Any
) -> Acting:
    """Make a person with an account and an appointment; return them acting for it."""
    mark = number()
    person = enter_person(name or f"Người thử {mark}", by=NOBODY)
    user = open_account(person, by=NOBODY, username=f"nguoi{mark}", password=PASSWORD)
    terms.setdefault("since", date(2000, 1, 1))
    appoint(user, organization, by=NOBODY, role=role, terms=Terms(post=post, **terms))
    return acting_of(user)


def head(organization: Organization, **terms: Any) -> Acting:
    """Make a head (lãnh đạo) of the organisation."""
    terms.setdefault("post", "Chủ tịch")
    return a_person_for(organization, Appointment.Role.HEAD, **terms)


def officer(organization: Organization) -> Acting:
    """Make an officer (cán bộ thi đua) of the organisation."""
    return a_person_for(organization, Appointment.Role.OFFICER)


def board(organization: Organization) -> Acting:
    """Make a person of the managing body's board."""
    return a_person_for(organization, Appointment.Role.BOARD)


@kept
def a_visitor_with_account() -> Acting:
    """Make a stranger: signed in, acting for an organisation that has nothing to do with it."""
    return head(an_organization())


def user_of(acting: Acting) -> User:
    """Return the user, for `client.force_login`."""
    assert acting.user is not None
    return acting.user


@dataclass
class World:
    """One bloc with its board, members and heads, and one year."""

    body: Organization
    board: Acting
    bloc: Bloc
    cycle: Cycle
    members: list[Organization]
    heads: list[Acting]
    enrolments: list[Enrolment] = field(default_factory=list)

    def fresh_cycle(self) -> Cycle:
        """Return the year read again with its parts."""
        return with_cycle_parts(Cycle.objects.filter(pk=self.cycle.pk)).get()


@kept
@deed()
def a_bloc(
    members: int = 3,
    *,
    year: int | None = None,
    kind: str = "khoi",
    deputy: bool = True,
    leader: bool = True,
    is_open: bool = True,
) -> World:
    """Make a bloc with an open year, as one deed; see the module's first lines."""
    year = year or clock.today().year
    body = an_organization(kind="board")
    boarder = board(body)
    facts = BlocFacts(
        name=f"thử nghiệm {number()}", kind=kind, level="province", managing_body=body
    )
    bloc = found_bloc(facts, by=boarder)
    cycle = found_cycle(bloc, by=boarder, year=year, facts=CycleFacts(theme="Đoàn kết"))
    organizations = found_organizations([_facts() for _n in range(members)], by=NOBODY)
    enrolled = join_together(cycle, organizations, by=boarder) if members else []
    if leader:
        helping = [enrolled[1]] if deputy and members > 1 else []
        hand_lead(cycle, by=boarder, leaders=[enrolled[0]], deputies=helping)
    if is_open:
        open_cycle(cycle, by=boarder)
    world = World(body, boarder, bloc, cycle, organizations, [head(o) for o in organizations])
    world.cycle = world.fresh_cycle()
    world.enrolments = world.cycle.current()
    return world


@kept
def a_movement(world: World, name: str = "", **facts: Any) -> Movement:
    """Make a movement entered by the world's board."""
    facts.setdefault("level", "province")
    told = MovementFacts(name=name or f"Phong trào {number()}", **facts)
    return launch_movement(told, by=world.board, owner=world.body)


@kept
def a_target_set(world: World, member: int = 2, **facts: Any) -> TargetSet:
    """Make a member's set with one target, still a draft."""
    acting = world.heads[member]
    target_set = begin_set(world.enrolments[member], by=acting)
    facts = {"name": "Kết nạp hội viên", "unit": "hội viên", "number": 120, **facts}
    write_target(target_set, TargetFacts(**facts), by=acting)
    return target_set


@kept
def a_locked_set(world: World, member: int = 2) -> TargetSet:
    """Make a member's set that its reviewer has agreed to."""
    target_set = a_target_set(world, member)
    send_set(target_set, by=world.heads[member])
    reviewer = world.heads[1] if member == 0 else world.heads[0]
    for target in target_set.targets.all():
        answer_target(target, by=reviewer, agrees=True)
    return finish_answers(target_set, by=reviewer)


@kept
def a_draft_covenant(world: World) -> Covenant:
    """Make the year's covenant, circulated, its text still open."""
    covenant = draft_covenant(world.cycle, by=world.heads[0])
    circulate_covenant(covenant, by=world.heads[0])
    return reread(covenant)


@kept
def a_round_in_order(world: World, order: list[int], *, sign_by: date | None = None) -> Covenant:
    """Make the year's covenant frozen, signed by the members of these numbers in this order."""
    covenant = a_draft_covenant(world)
    ids = [world.enrolments[member].pk for member in order]
    day = sign_by or clock.today()
    freeze_covenant(covenant, by=world.heads[0], sign_by=day, order=ids)
    return reread(covenant)


@kept
def a_frozen_covenant(world: World, *, sign_by: date | None = None) -> Covenant:
    """Make the year's covenant, circulated and frozen, with its round open."""
    return reread(_frozen(world, sign_by or clock.today()))


def _frozen(world: World, sign_by: date) -> Covenant:
    leader = world.heads[0]
    covenant = draft_covenant(world.cycle, by=leader)
    circulate_covenant(covenant, by=leader)
    freeze_covenant(covenant, by=leader, sign_by=sign_by)
    return covenant


def reread(covenant: Covenant) -> Covenant:
    """Return the covenant as the database has it, with its parts."""
    return with_parts(Covenant.objects.filter(pk=covenant.pk)).get()


@kept
def sign(covenant: Covenant, acting: Acting) -> Signature:
    """Sign over the frozen digest for the organisation that ``acting`` works for."""
    covenant = Covenant.objects.select_related("version").get(pk=covenant.pk)
    assert covenant.version is not None
    assert acting.organization_id is not None
    return sign_covenant(
        covenant,
        by=acting,
        digest=covenant.version.digest,
        organization_id=acting.organization_id,
    )


@kept
def in_force(world: World) -> Covenant:
    """Make the year's covenant signed by every member."""
    covenant = _frozen(world, clock.today())
    for acting in world.heads:
        sign(covenant, acting)
    return reread(covenant)
