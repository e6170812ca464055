"""Signing a covenant: what stands afterwards, and every way in which it is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests import factories as make
from tests.tampering import alter
from thidua.accounts.acting import acting_of
from thidua.accounts.actions import Terms, appoint, end_appointment
from thidua.accounts.models import Appointment
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, NoRight, OutOfTime, WrongState
from thidua.covenants.actions.drafting import write_frame
from thidua.covenants.actions.freezing import freeze_covenant, unfreeze_covenant
from thidua.covenants.actions.signing import sign_covenant
from thidua.covenants.models import Covenant
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import act_on_phase, close_cycle, set_phase
from thidua.documents.actions import ChangedText
from thidua.documents.models import Signature

pytestmark = pytest.mark.django_db
SECOND = {"manner": "TUQ.", "authorization_number": "12/GUQ", "authorization_scope": "Ký giao ước"}


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def covenant(world):
    return make.a_frozen_covenant(world)


def signed_with(covenant: Covenant, acting: make.Acting, **told: Any) -> Signature:
    """Sign with the digest and organisation that the page would show, unless told otherwise."""
    assert covenant.version is not None
    shown = {"digest": covenant.version.digest, "organization_id": acting.organization_id, **told}
    return sign_covenant(covenant, by=acting, **shown)


def a_stand_in(world: make.World, member: int, **terms: Any) -> make.Acting:
    """Make a person who signs in the place of the member's head."""
    terms = {"stands_in_for": world.heads[member].appointments[0], "post": "Phó Chủ tịch", **terms}
    terms.setdefault("manner", "KT.")
    return make.a_person_for(world.members[member], Appointment.Role.STAND_IN, **terms)


def nothing_was_signed(covenant: Covenant) -> bool:
    """Say whether a refusal left neither a signature nor a trace."""
    entries = Entry.objects.filter(code="covenant.signed")
    return not Signature.objects.exists() and not entries.exists()


def test_a_signature_keeps_who_for_whom_in_which_capacity_and_over_what(world, covenant):
    stand_in = a_stand_in(world, 1, collective="Ban Thường trực")

    signature = signed_with(covenant, stand_in)

    assert signature.organization == world.members[1]
    assert signature.signer_name == stand_in.user.name
    assert signature.capacity_lines == ["TM. BAN THƯỜNG TRỰC", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert signature.digest == covenant.version.digest
    assert signature.is_late is False
    assert make.reread(covenant).state == Covenant.State.SIGNING


def test_signing_twice_is_refused_and_one_signature_stands(world, covenant):
    """one signing twice; a form sent twice."""
    signed_with(covenant, world.heads[1])

    with pytest.raises(AlreadyDone, match="đã ký bản này rồi"):
        signed_with(covenant, world.heads[1])

    assert Signature.objects.count() == 1
    assert Entry.objects.filter(code="covenant.signed").count() == 1


def test_head_and_stand_in_of_one_unit_do_not_both_sign(world, covenant):
    """one signing twice: here by another hand of the same unit."""
    signed_with(covenant, world.heads[1])

    with pytest.raises(AlreadyDone):
        signed_with(covenant, a_stand_in(world, 1))


@pytest.mark.parametrize("whose", ["another member", "no member", "nobody"])
def test_nobody_signs_for_an_organization_other_than_the_one_they_work_for(world, covenant, whose):
    """signing for another organization."""
    ids = {"another member": world.members[2].pk, "no member": world.body.pk, "nobody": 0}

    with pytest.raises(NoRight):
        signed_with(covenant, world.heads[1], organization_id=ids[whose])

    assert nothing_was_signed(covenant)


def test_the_head_of_an_organization_outside_the_bloc_does_not_sign(covenant):
    """signing for another organization: one that has no part in the year."""
    with pytest.raises(NoRight, match="không tham gia"):
        signed_with(covenant, make.head(make.an_organization()))

    assert nothing_was_signed(covenant)


@pytest.mark.parametrize("role", ["officer", "board"])
def test_only_a_head_or_a_stand_in_signs(world, covenant, role):
    person = make.a_person_for(world.members[1], role)

    with pytest.raises(NoRight):
        signed_with(covenant, person)

    assert nothing_was_signed(covenant)


def test_an_appointment_that_ended_since_the_page_was_opened_does_not_sign(world, covenant):
    """with an ended appointment; a head whose appointment ends between opening and signing."""
    head = world.heads[1]
    yesterday = clock.today() - timedelta(days=1)
    end_appointment(head.appointments[0], by=world.board, on=yesterday, reason="nghỉ hưu")

    with pytest.raises(NoRight, match="hết hạn"):
        signed_with(covenant, head)

    assert nothing_was_signed(covenant)


def test_a_stand_in_signs_only_while_the_one_they_stand_in_for_holds_office(world, covenant):
    """with an ended appointment: here that of the one stood in for."""
    stand_in = a_stand_in(world, 1)
    yesterday = clock.today() - timedelta(days=1)
    end_appointment(world.heads[1].appointments[0], by=world.board, on=yesterday, reason="chuyển")

    with pytest.raises(NoRight):
        signed_with(covenant, stand_in)

    assert nothing_was_signed(covenant)


def test_a_blocked_account_does_not_sign(world, covenant):
    user = make.user_of(world.heads[1])
    user.is_active = False
    user.save()

    with pytest.raises(NoRight):
        signed_with(covenant, world.heads[1])


def test_what_was_opened_again_takes_no_signature(world, covenant):
    """after unfreezing."""
    unfreeze_covenant(covenant, by=world.heads[0], reason="sai số liệu")

    with pytest.raises(WrongState, match="dự thảo"):
        signed_with(covenant, world.heads[1])

    assert nothing_was_signed(covenant)


def test_a_page_opened_before_the_text_was_frozen_anew_signs_nothing(world, covenant):
    """after unfreezing: the text was changed and frozen again meanwhile."""
    old = covenant.version.digest
    leader = world.heads[0]
    unfreeze_covenant(covenant, by=leader, reason="sai số liệu")
    write_frame(covenant, by=leader, bases="", opening="Lời mở đầu mới.")
    freeze_covenant(covenant, by=leader, sign_by=clock.today())

    with pytest.raises(ChangedText, match="không phải bản đang được ký"):
        signed_with(make.reread(covenant), world.heads[1], digest=old)

    assert nothing_was_signed(covenant)


def test_a_closed_phase_takes_no_signature_and_a_late_one_does(world, covenant):
    """after the round closed."""
    day = clock.today()
    phase = set_phase(
        world.cycle,
        by=world.board,
        kind="covenant",
        opens_on=day - timedelta(days=9),
        due_on=day - timedelta(days=2),
    )
    signed_with(covenant, world.heads[1])
    act_on_phase(phase, by=world.board, opens=False, reason="hết đợt ký")

    with pytest.raises(OutOfTime, match="đã đóng"):
        signed_with(covenant, world.heads[2])

    assert Signature.objects.count() == 1


def test_a_closed_year_takes_no_signature(world, covenant):
    """after the round closed: here with the whole year."""
    close_cycle(world.fresh_cycle(), by=world.board)

    with pytest.raises(WrongState, match="khép lại"):
        signed_with(covenant, world.heads[1])

    assert nothing_was_signed(covenant)


def test_a_text_changed_in_the_database_is_not_signed(world, covenant):
    """a covenant text changed behind the frozen digest (every page then says that it no longer
    matches)."""
    alter(covenant.version_id, text=covenant.version.text + "thêm")

    with pytest.raises(ChangedText, match="không còn khớp"):
        signed_with(covenant, world.heads[1])

    assert make.reread(covenant).matches is False
    assert nothing_was_signed(covenant)


def test_authorisation_by_paper_needs_number_scope_and_days(world):
    """TUQ. without an authorisation or outside its dates: here without."""
    head = world.heads[1].appointments[0]
    whole = {**SECOND, "until": date(2100, 1, 1)}

    for missing in ("authorization_number", "authorization_scope", "until"):
        told = {**whole, missing: None if missing == "until" else " "}
        terms = Terms(since=date(2020, 1, 1), post="Phó", stands_in_for=head, **told)
        user = make.user_of(make.officer(world.members[1]))
        with pytest.raises(Invalid) as refused:
            appoint(user, world.members[1], by=world.board, role="stand_in", terms=terms)
        assert refused.value.field == missing


@pytest.mark.parametrize(("since", "until"), [(-9, -1), (1, 9)])
def test_authorisation_by_paper_signs_only_on_its_days(world, covenant, since, until):
    """TUQ. without an authorisation or outside its dates: here outside."""
    today = clock.today()
    days = {"since": today + timedelta(days=since), "until": today + timedelta(days=until)}
    with clock.at(days["since"]):
        stand_in = a_stand_in(world, 1, **SECOND, **days)

    assert acting_of(make.user_of(stand_in)).appointments == ()
    with pytest.raises(NoRight):
        signed_with(covenant, stand_in)

    assert nothing_was_signed(covenant)


def test_authorisation_by_paper_signs_on_its_last_day_and_the_paper_is_named(world, covenant):
    """TUQ. without an authorisation or outside its dates: within them it holds, to 24:00."""
    today = clock.today()
    stand_in = a_stand_in(world, 1, **SECOND, since=today, until=today)

    signature = signed_with(covenant, stand_in)

    assert signature.capacity_lines == ["TUQ. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert "12/GUQ" in signature.authorization
    assert "Ký giao ước" in signature.authorization


def test_a_member_that_left_since_the_text_was_frozen_does_not_sign(world, covenant):
    """a member that leaves between freezing and signing."""
    leaving = world.enrolments[2]
    leave_cycle(leaving, by=world.board, on=clock.today(), reason="sáp nhập")

    with pytest.raises(NoRight, match="đã rời"):
        signed_with(covenant, world.heads[2])
    signed_with(covenant, world.heads[0])
    assert make.reread(covenant).state == Covenant.State.SIGNING
    signed_with(covenant, world.heads[1])

    assert make.reread(covenant).state == Covenant.State.IN_FORCE


def test_a_signature_can_be_neither_changed_nor_deleted(world, covenant):
    signature = signed_with(covenant, world.heads[1])

    for change in (
        lambda: Signature.objects.filter(pk=signature.pk).update(signer_name="Người khác"),
        lambda: Signature.objects.filter(pk=signature.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()

    assert Signature.objects.get().signer_name == world.heads[1].user.name
