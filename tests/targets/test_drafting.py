"""Writing a registration: what stands in it, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from tests import factories as make
from tests.kept import kept
from thidua.audit.queries import trail_of
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import close_cycle
from thidua.movements.actions import adopt_movement
from thidua.targets.actions.drafting import (
    TargetFacts,
    begin_set,
    register_honour,
    remove_target,
    set_common_target,
    withdraw_honour,
    write_target,
)
from thidua.targets.actions.negotiation import send_set
from thidua.targets.models import Registration, Target

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(3, year=2026)


@pytest.fixture
@kept
def draft(world):
    return begin_set(world.enrolments[2], by=world.heads[2])


def facts(**told):
    return TargetFacts(**{"name": "Kết nạp hội viên", "unit": "hội viên", "number": 5, **told})


def refused(refusal, call, *args, field=None, **options):
    """Call, expect the refusal, and return its sentence."""
    with pytest.raises(refusal) as caught:
        call(*args, **options)
    assert caught.value.field == field
    return caught.value.sentence


def test_a_registration_is_begun_once(world, draft):
    assert begin_set(world.enrolments[2], by=world.heads[2]) == draft
    assert [e.code for e in trail_of(draft)] == ["targets.begun"]


def test_nothing_is_registered_by_who_has_left_or_in_a_closed_year(world, draft):
    acting = world.heads[2]
    leave_cycle(world.enrolments[2], by=world.board, on=date(2026, 5, 1), reason="Sáp nhập")
    world.enrolments[2].refresh_from_db()

    refused(WrongState, begin_set, world.enrolments[2], by=acting)
    refused(WrongState, write_target, draft, facts(), by=acting)
    close_cycle(world.cycle, by=world.board)
    refused(WrongState, begin_set, world.enrolments[1], by=world.heads[1])
    assert not Target.objects.exists()


def test_a_target_says_its_promise_in_words(world, draft):
    adoption = adopt_movement(world.cycle, make.a_movement(world), by=world.heads[0])
    told = facts(number=Decimal(1234), baseline=Decimal("1100.5"), adoption=adoption)

    target = write_target(draft, told, by=world.heads[2])

    assert target.promise == "ít nhất 1.234 hội viên"
    entry = trail_of(draft).first()
    assert entry.facts == {"target": "Kết nạp hội viên", "promise": "ít nhất 1.234 hội viên"}


@pytest.mark.parametrize(
    ("direction", "number", "promise"),
    [
        ("more", 5, "ít nhất 5 hội viên"),
        ("less", 5, "không quá 5 hội viên"),
        ("exactly", 5, "đúng 5 hội viên"),
        ("yes_no", None, "có thực hiện"),
    ],
)
def test_the_promise_follows_the_direction(direction, number, promise):
    target = Target(direction=direction, number=number, unit="hội viên")

    assert target.promise == promise


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": "  "}, "name"),
        ({"number": None}, "number"),
        ({"number": Decimal(-1)}, "number"),
        ({"baseline": Decimal(-1)}, "baseline"),
        ({"direction": "yes_no"}, "number"),
        ({"direction": "yes_no", "number": None, "baseline": Decimal(1)}, "baseline"),
        ({"due_on": date(2025, 12, 31)}, "due_on"),
        ({"due_on": date(2027, 4, 1)}, "due_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(world, draft, told, field):
    """A target with no number; negative where that has no sense; due before the year."""
    refused(Invalid, write_target, draft, facts(**told), by=world.heads[2], field=field)

    assert not Target.objects.exists()


def test_a_rate_may_fall_below_nought(world, draft):
    told = facts(name="Đơn thư vượt cấp", number=Decimal("-12.5"), unit="%", direction="less")

    assert write_target(draft, told, by=world.heads[2]).promise == "không quá -12,5 %"


def test_two_targets_do_not_bear_one_name(world, draft):
    write_target(draft, facts(), by=world.heads[2])

    refused(
        AlreadyDone,
        write_target,
        draft,
        facts(name=" Kết  nạp hội viên"),
        by=world.heads[2],
        field="name",
    )


def test_a_registration_has_an_end(world, draft):
    Target.objects.bulk_create(
        Target(target_set=draft, place=n, name=f"Chỉ tiêu {n}", number=1) for n in range(200)
    )

    refused(Invalid, write_target, draft, facts(), by=world.heads[2])


def test_what_a_target_belongs_to_is_of_its_own_year(world, draft):
    other = make.a_bloc(1, year=2026)
    theirs = adopt_movement(other.cycle, make.a_movement(other), by=other.heads[0])
    shared = set_common_target(other.cycle, facts(), by=other.heads[0])

    refused(
        Invalid, write_target, draft, facts(adoption=theirs), by=world.heads[2], field="adoption"
    )
    refused(Invalid, write_target, draft, facts(common=shared), by=world.heads[2], field="common")


def test_a_part_adds_up_only_in_the_unit_and_direction_of_the_common_target(world, draft):
    shared = set_common_target(world.cycle, facts(number=100), by=world.heads[0])
    acting = world.heads[2]

    told = facts(common=shared, unit="người")
    assert "hội viên" in refused(Invalid, write_target, draft, told, by=acting, field="unit")
    told = facts(common=shared, direction="less")
    refused(Invalid, write_target, draft, told, by=acting, field="direction")


def test_writing_a_target_anew_raises_its_revision_only_when_it_says_something_else(world, draft):
    target = write_target(draft, facts(), by=world.heads[2])

    same = write_target(draft, facts(), by=world.heads[2], target=target)
    assert same.revision == 1
    other = write_target(draft, facts(number=6), by=world.heads[2], target=target)
    assert other.revision == 2


def test_who_writes_over_what_somebody_else_has_just_written_is_told(world, draft):
    target = write_target(draft, facts(), by=world.heads[2])
    write_target(draft, facts(number=6), by=world.heads[2], target=target, revision=1)

    refused(
        WrongState,
        write_target,
        draft,
        facts(number=7),
        by=world.heads[2],
        target=target,
        revision=1,
    )
    target.refresh_from_db()
    assert target.number == 6


def test_a_target_taken_out_leaves_what_it_said_in_the_trail(world, draft):
    target = write_target(draft, facts(), by=world.heads[2])
    twin = Target.objects.get(pk=target.pk)

    remove_target(target, by=world.heads[2])

    assert trail_of(draft).first().facts["promise"] == "ít nhất 5 hội viên"
    refused(WrongState, remove_target, twin, by=world.heads[2])
    refused(WrongState, write_target, draft, facts(), by=world.heads[2], target=twin)


def test_what_was_sent_is_not_written_in(world, draft):
    acting = world.heads[2]
    target = write_target(draft, facts(), by=acting)
    row = register_honour(draft, by=acting, honour="co_tinh", subject="unit")
    send_set(draft, by=acting)

    refused(WrongState, write_target, draft, facts(name="Khác"), by=acting)
    refused(WrongState, remove_target, target, by=acting)
    refused(WrongState, register_honour, draft, by=acting, honour="giay_khen", subject="unit")
    refused(WrongState, withdraw_honour, row, by=acting)


def test_honours_are_registered_for_unit_small_collective_and_person(world, draft):
    for subject, name, honour in [
        ("unit", "bỏ qua", "co_tinh"),
        ("collective", "Ban Phong trào", "ttldxs"),
        ("person", "Người thử", "cstd_cs"),
    ]:
        register_honour(draft, by=world.heads[2], honour=honour, subject=subject, subject_name=name)

    assert [(r.subject, r.subject_name) for r in draft.registrations.all()] == [
        ("unit", ""),
        ("collective", "Ban Phong trào"),
        ("person", "Người thử"),
    ]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"honour": "khong_co", "subject": "unit"}, "honour"),
        ({"honour": "cstd_cs", "subject": "unit"}, "honour"),
        ({"honour": "ttldxs", "subject": "collective"}, "subject_name"),
        ({"honour": "cstd_cs", "subject": "person", "subject_name": " "}, "subject_name"),
    ],
)
def test_an_honour_that_cannot_be_is_refused(world, draft, told, field):
    refused(Invalid, register_honour, draft, by=world.heads[2], field=field, **told)

    assert not Registration.objects.exists()


def test_an_honour_is_registered_once_and_withdrawn_once(world, draft):
    told = {"honour": "cstd_cs", "subject": "person", "subject_name": "Người thử"}
    row = register_honour(draft, by=world.heads[2], **told)
    refused(AlreadyDone, register_honour, draft, by=world.heads[2], field="honour", **told)
    twin = Registration.objects.get(pk=row.pk)

    withdraw_honour(row, by=world.heads[2])

    refused(WrongState, withdraw_honour, twin, by=world.heads[2])
    assert trail_of(draft).first().code == "honour.withdrawn"
