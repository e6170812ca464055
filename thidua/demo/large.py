"""A large world for load: blocs of many units, targets agreed, covenants partly signed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from thidua.accounts.acting import NOBODY, Acting, acting_of
from thidua.accounts.actions import Terms, appoint, open_account
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.covenants.actions.drafting import circulate_covenant, draft_covenant
from thidua.covenants.actions.freezing import freeze_covenant
from thidua.covenants.models import Covenant
from thidua.cycles.actions.members import hand_lead, join_together
from thidua.cycles.actions.years import CycleFacts, found_cycle, open_cycle, set_phase
from thidua.cycles.models import Cycle, Phase
from thidua.cycles.queries import with_parts
from thidua.demo import large_marks
from thidua.demo.acts import agree_on, send_targets, sign_one
from thidua.demo.cast import PASSWORD, Role
from thidua.movements.actions import MovementFacts, adopt_movement, launch_movement
from thidua.organizations.actions import (
    BlocFacts,
    OrganizationFacts,
    enter_person,
    found_bloc,
    found_organization,
)
from thidua.organizations.models import Bloc, Level, Organization
from thidua.organizations.queries import blocs as all_blocs
from thidua.targets.actions.drafting import TargetFacts

MOST_UNITS = 200
PLACE = "Đo Tải"
MARK = "MINH HỌA"
UNAGREED, UNSIGNED = 5, 3  # every fifth unit has sent no targets, every third has not signed
MEASURES = (
    ("Phát triển hội viên", "hội viên", 120),
    ("Nhà tình nghĩa", "căn", 4),
    ("Buổi tuyên truyền", "buổi", 24),
)


@dataclass(frozen=True)
class Unit:
    """One invented unit with its head."""

    organization: Organization
    head: Acting


def build(blocs: int, units: int, criteria: int = 0) -> Iterator[str]:
    """Build so many blocs of so many units each; yield each one's title when it stands.

    With ``criteria``, each year has a table of so many, and every member has marked itself.
    The head who leads a bloc signs in as `do-tai.N` with the demonstration's password; the
    others have no password. Numbers go on where an earlier run ended.
    """
    first = all_blocs().filter(place=PLACE, is_illustration=True).count() + 1
    for number in range(first, first + blocs):
        with deed():
            cycle, members = _begin(number, units)
            _agree(cycle, members)
            covenant = _draft(cycle, members[0].head)
        with deed():
            _sign(covenant, members)
        if criteria:
            with deed():
                heads = {member.organization.pk: member.head for member in members}
                large_marks.build(cycle, heads, criteria)
        yield str(cycle)


def _begin(number: int, units: int) -> tuple[Cycle, list[Unit]]:
    body = _found(f"Ban Thi đua - Khen thưởng số {number}", Organization.Kind.BOARD)
    bloc = found_bloc(
        BlocFacts(
            name="tỉnh Đo Tải (minh họa)",
            number=str(number),
            kind=Bloc.Kind.CLUSTER if number % 2 else Bloc.Kind.BLOC,
            level=Level.PROVINCE,
            managing_body=body,
            place=PLACE,
            source=MARK,
        ),
        by=NOBODY,
        is_illustration=True,
    )
    year = clock.today().year
    facts = CycleFacts(theme="Nhiều đơn vị, một lời hứa", source=MARK)
    cycle = found_cycle(bloc, by=NOBODY, year=year, facts=facts, is_illustration=True)
    members = [_unit(number, place) for place in range(1, units + 1)]
    enrolled = join_together(cycle, [m.organization for m in members], by=NOBODY)
    hand_lead(cycle, by=NOBODY, leaders=enrolled[:1], deputies=enrolled[1:2])
    for kind in (Phase.Kind.REGISTRATION, Phase.Kind.COVENANT):
        opens_on, due_on = clock.today(), clock.today() + timedelta(days=30)
        set_phase(cycle, by=NOBODY, kind=kind, opens_on=opens_on, due_on=due_on)
    movement = launch_movement(
        MovementFacts(
            name=f"Phong trào đo tải số {number}",
            level="bloc",
            first_year=year,
            last_year=year,
            period_source=MARK,
            bloc=bloc,
            source=MARK,
        ),
        by=NOBODY,
        owner=body,
        is_illustration=True,
    )
    adopt_movement(cycle, movement, by=NOBODY)
    open_cycle(cycle, by=NOBODY)
    return with_parts(Cycle.objects.filter(pk=cycle.pk)).get(), members


def _found(name: str, kind: str) -> Organization:
    facts = OrganizationFacts(
        name=f"{name} tỉnh Đo Tải (minh họa)",
        kind=kind,
        level=Level.PROVINCE,
        place=PLACE,
        source=MARK,
    )
    return found_organization(facts, by=NOBODY, is_illustration=True)


def _unit(number: int, place: int) -> Unit:
    organization = _found(f"Hội số {number}.{place}", Organization.Kind.SOCIAL)
    name = f"Người đo tải {number}.{place} (minh họa)"
    person = enter_person(name, by=NOBODY, is_illustration=True)
    leads = place == 1
    user = open_account(
        person,
        by=NOBODY,
        username=f"do-tai.{number}" if leads else f"do-tai.{number}.{place}",
        password=PASSWORD if leads else None,  # hashing is slow on purpose
    )
    terms = Terms(since=clock.today() - timedelta(days=30), post="Chủ tịch")
    appoint(user, organization, by=NOBODY, role=Role.HEAD, terms=terms)
    return Unit(organization, acting_of(user, organization.pk))


def _agree(cycle: Cycle, members: list[Unit]) -> None:
    """Let most members agree on their targets with the leader, the leader with the deputy."""
    heads = {member.organization.pk: member.head for member in members}
    today = clock.today()
    for place, enrolment in enumerate(cycle.current(), 1):
        reviewers = cycle.reviewers_of(enrolment)
        if not reviewers or (place > 2 and place % UNAGREED == 0):
            continue
        targets = [
            TargetFacts(name=name, unit=unit, number=Decimal(number + place))
            for name, unit, number in MEASURES
        ]
        head = heads[enrolment.organization_id]
        sent = send_targets(enrolment, targets, by=head, on=today)
        agree_on(sent, by=heads[reviewers[0].organization_id], on=today)


def _draft(cycle: Cycle, leader: Acting) -> Covenant:
    return circulate_covenant(draft_covenant(cycle, by=leader), by=leader)


def _sign(covenant: Covenant, members: list[Unit]) -> None:
    leader = members[0].head
    sign_by = clock.today() + timedelta(days=30)
    covenant = freeze_covenant(covenant, by=leader, sign_by=sign_by)
    for place, member in enumerate(members, 1):
        if place % UNSIGNED:
            sign_one(covenant, by=member.head)
