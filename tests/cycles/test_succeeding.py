"""Organisations change while years are open: parts are carried over, end, or are kept."""

from datetime import date

import pytest

from tests import factories as make
from thidua.accounts.acting import acting_of
from thidua.accounts.actions import Terms, appoint
from thidua.accounts.actions.succeeding import rights_still_held
from thidua.accounts.models import Appointment
from thidua.audit.models import Entry
from thidua.audit.verification import verify
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, NoRight, WrongState
from thidua.covenants.models import Covenant
from thidua.covenants.queries import parties_of, unsigned_members
from thidua.cycles.actions.members import join_cycle
from thidua.cycles.actions.succeeding import key_of
from thidua.cycles.actions.years import copy_cycle
from thidua.cycles.models import Carrying, Enrolment
from thidua.cycles.queries import enrolments_seen, joinable
from thidua.documents.models import Signature
from thidua.movements.actions import adopt_movement, join_movement
from thidua.notifications.models import Notice
from thidua.organizations.actions import (
    Decision,
    Newborn,
    absorb_organizations,
    dissolve_organization,
    merge_organizations,
)
from thidua.organizations.models import Organization, Reorganization

pytestmark = pytest.mark.django_db
DAY, AFTER = date(2026, 7, 1), date(2026, 8, 3)


@pytest.fixture
def world():
    with clock.at(AFTER):
        yield make.a_bloc(4, year=2026)


def merged(world, *fates, rights=None, works_until=None):
    """Merge the last two members into a new unit, their parts as told."""
    both = world.enrolments[2:]
    choices = {key_of(e): fate for e, fate in zip(both, fates, strict=False)}
    decision = Decision(
        DAY, number="QĐ 15", works_until=works_until, choices={**choices, **(rights or {})}
    )
    merge_organizations(world.members[2:], Newborn("Hội mới"), decision, by=world.board)
    return Organization.objects.get(name="Hội mới")


def test_one_part_goes_on_under_the_new_unit_with_all_that_hangs_on_it_the_other_ends(world):
    locked = make.a_locked_set(world, 2)
    adoption = adopt_movement(world.cycle, make.a_movement(world), by=world.heads[0])
    join_movement(adoption, by=world.heads[2], organization=world.members[2])

    new = merged(world, "carry:0", "end")

    carried, ended = (Enrolment.objects.get(pk=e.pk) for e in world.enrolments[2:])
    assert (carried.organization, carried.left_on) == (new, None)
    assert carried.former_names == [world.members[2].name]
    assert carried.target_set == locked
    assert [p.organization for p in adoption.participations.all()] == [new]
    assert (ended.organization, ended.left_on) == (world.members[3], date(2026, 6, 30))
    assert ended.leave_basis == "QĐ 15"
    assert [c.fate for c in Carrying.objects.all()] == ["carry", "end"]
    assert Entry.objects.get(code="member.carried").chain == f"bloc:{world.bloc.pk}"
    assert verify()[1] == []


def test_the_year_stands_on_the_pages_of_both_the_old_and_the_new_unit(world):
    new = merged(world, "carry:0", "end")

    for unit in (world.members[2], new):
        (part,) = enrolments_seen(world.board, unit)
        assert part.pk == world.enrolments[2].pk


def test_the_leaders_are_told_once_for_a_year(world):
    merged(world, "carry:0", "end")

    (notice,) = Notice.objects.filter(about_type="cycles.cycle")
    assert notice.user == world.heads[0].user


@pytest.mark.parametrize("fates", [(), ("carry:0",), ("carry:0", "lấy hết"), ("carry:7", "end")])
def test_every_part_is_settled_by_a_choice_or_nothing_is_done(world, fates):
    with pytest.raises(Invalid) as refusal:
        merged(world, *fates)

    assert (refusal.value.field or "").startswith("enrolment-")
    assert not Reorganization.objects.exists()
    assert [e.organization for e in world.fresh_cycle().current()] == world.members


def test_two_members_that_become_one_have_one_part(world):
    with pytest.raises(Invalid) as refusal:
        merged(world, "carry:0", "carry:0")

    assert refusal.value.field == key_of(world.enrolments[3])
    assert not Organization.objects.filter(name="Hội mới").exists()


def test_a_member_that_takes_another_in_keeps_its_own_part(world):
    gone, stays = world.members[3], world.members[2]
    for fate in ("carry:0", "keep"):
        with pytest.raises(Invalid):
            absorb_organizations(
                [gone],
                stays,
                Decision(DAY, choices={key_of(world.enrolments[3]): fate}),
                by=world.board,
            )

    choices = {key_of(world.enrolments[3]): "end"}
    absorb_organizations([gone], stays, Decision(DAY, choices=choices), by=world.board)

    assert [e.organization for e in world.fresh_cycle().current()] == world.members[:3]


def test_a_year_is_finished_under_the_old_name_by_those_who_are_kept_for_it(world):
    right = Appointment.objects.get(user=world.heads[3].user)
    last = date(2027, 3, 31)
    rights = {f"appointment-{right.pk}": "keep"}

    merged(world, "carry:0", "keep", rights=rights, works_until=last)

    assert [e.organization for e in world.fresh_cycle().current()][3] == world.members[3]
    assert acting_of(make.user_of(world.heads[3])).organization == world.members[3]
    with clock.at(date(2027, 4, 1)):
        assert acting_of(make.user_of(world.heads[3])).organization is None
    old = Organization.objects.get(pk=world.members[3].pk)
    make.head(old, until=last)
    with pytest.raises(Invalid):
        make.head(old)
    with pytest.raises(Invalid):
        make.head(old, until=date(2027, 4, 1))


def test_rights_end_at_once_unless_they_are_carried_over(world):
    third, fourth = (Appointment.objects.get(user=world.heads[n].user) for n in (2, 3))
    standing = Terms(date(2026, 1, 1), post="Phó Chủ tịch", manner="KT.", stands_in_for=third)
    deputy = make.an_organization()
    user = make.user_of(make.head(deputy))
    stand_in = appoint(user, world.members[2], by=world.board, role="stand_in", terms=standing)
    rights = {f"appointment-{a.pk}": "carry:0" for a in (third, stand_in)}

    new = merged(world, "carry:0", "end", rights=rights)

    acting = acting_of(make.user_of(world.heads[2]))
    assert (acting.organization, acting.may_sign()) == (new, True)
    assert acting_of(make.user_of(world.heads[3])).organization is None
    taken = Appointment.objects.get(organization=new, role="stand_in")
    assert taken.stands_in_for == Appointment.objects.get(organization=new, role="head")
    assert taken.since == DAY
    assert not rights_still_held(world.members[2:])
    assert Entry.objects.filter(code="appointment.ended").count() == 3
    assert fourth.user == world.heads[3].user


def test_a_stand_in_goes_along_only_with_whom_they_stand_in_for(world):
    third = Appointment.objects.get(user=world.heads[2].user)
    terms = Terms(date(2026, 1, 1), post="Phó", manner="KT.", stands_in_for=third)
    user = make.user_of(make.a_visitor_with_account())
    stand_in = appoint(user, world.members[2], by=world.board, role="stand_in", terms=terms)

    with pytest.raises(Invalid) as refusal:
        merged(world, "carry:0", "end", rights={f"appointment-{stand_in.pk}": "carry:0"})

    assert refusal.value.field == f"appointment-{stand_in.pk}"
    assert Appointment.objects.get(pk=third.pk).until is None


def test_in_the_middle_of_signing(world):
    """A merger “in the middle of signing”: whoever has not signed is met with a sentence.

    The text names the old unit. To end, or to finish under the old name, is open to it.
    """
    make.sign(make.a_frozen_covenant(world), world.heads[0])

    with pytest.raises(WrongState) as refusal:
        merged(world, "carry:0", "end")
    assert "đang trong vòng ký" in refusal.value.sentence
    assert refusal.value.field == key_of(world.enrolments[2])
    assert not Reorganization.objects.exists()

    merged(world, "end", "keep", works_until=date(2027, 3, 31))
    covenant = make.reread(Covenant.objects.get())
    assert [e.organization for e in unsigned_members(covenant)] == [
        world.members[1],
        world.members[3],
    ]


def test_who_has_signed_is_carried_over_and_its_signature_stays_the_only_one(world):
    covenant = make.a_frozen_covenant(world)
    for acting in world.heads[2:]:
        make.sign(covenant, acting)
    right = Appointment.objects.get(user=world.heads[2].user)

    new = merged(world, "carry:0", "end", rights={f"appointment-{right.pk}": "carry:0"})
    successor = acting_of(make.user_of(world.heads[2]), new.pk)
    with pytest.raises(AlreadyDone) as refusal:
        make.sign(covenant, successor)
    with pytest.raises(NoRight):
        make.sign(covenant, world.heads[3])
    for acting in world.heads[:2]:
        make.sign(covenant, acting)

    assert world.members[2].name in refusal.value.sentence
    covenant = make.reread(covenant)
    assert covenant.state == Covenant.State.IN_FORCE
    assert all(party.signature for party in parties_of(covenant))
    kept = Signature.objects.get(organization=world.members[2])
    assert kept.organization_name == world.members[2].name


def test_a_year_that_is_closed_keeps_its_names_and_members(world):
    from thidua.cycles.actions.years import close_cycle

    close_cycle(world.fresh_cycle(), by=world.board)

    merged(world)

    assert [e.organization for e in world.fresh_cycle().current()] == world.members
    assert not Carrying.objects.exists()


def test_a_unit_that_has_ended_joins_no_year_and_is_not_copied_into_one(world):
    gone = world.members[3]
    keep = {key_of(world.enrolments[3]): "keep"}
    decision = Decision(DAY, works_until=date(2026, 12, 31), choices=keep)
    dissolve_organization(gone, decision, by=world.board)
    gone = Organization.objects.get(pk=gone.pk)

    new = copy_cycle(world.fresh_cycle(), by=world.board, year=2027)

    assert [e.organization for e in new.enrolments.all()] == world.members[:3]
    assert gone not in joinable(new)
    with pytest.raises(Invalid) as refusal:
        join_cycle(new, gone, by=world.board)
    assert refusal.value.field == "organization"


def test_a_part_in_a_year_still_prepared_is_not_kept_under_a_name_that_is_gone(world):
    new_year = copy_cycle(world.fresh_cycle(), by=world.board, year=2027)
    part = new_year.enrolments.get(organization=world.members[3])
    choices = {key_of(world.enrolments[3]): "end", key_of(part): "keep"}
    decision = Decision(DAY, works_until=date(2027, 3, 31), choices=choices)

    with pytest.raises(Invalid) as refusal:
        dissolve_organization(world.members[3], decision, by=world.board)
    assert refusal.value.field == key_of(part)

    choices[key_of(part)] = "end"
    dissolve_organization(world.members[3], decision, by=world.board)
    assert [e.organization for e in new_year.enrolments.filter(left_on=None)] == world.members[:3]
