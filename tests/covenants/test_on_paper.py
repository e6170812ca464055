"""Signing on paper: what is kept, who is the second person, and every sheet that is refused."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.covenants.sheets import a_sheet, day_before, sheet_facts
from tests.covenants.test_races import at_once
from tests.files.samples import EXE, PDF, picture, sent
from thidua.accounts.actions import end_appointment
from thidua.core import clock
from thidua.core.errors import AlreadyDone, DomainError, Invalid, NoRight, WrongState
from thidua.covenants.actions.freezing import amend_covenant, unfreeze_covenant
from thidua.covenants.actions.on_paper import bring_sheet, confirm_sheet, return_sheet
from thidua.covenants.models import Covenant
from thidua.cycles.actions.members import leave_cycle
from thidua.documents.actions import ChangedText
from thidua.documents.models import PaperSheet, Signature
from thidua.documents.proving import proven_of
from thidua.notifications.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def covenant(world):
    return make.a_frozen_covenant(world)


@pytest.fixture
def officer(world):
    """The officer of the unit whose head signs by hand."""
    return make.officer(world.members[2])


@pytest.fixture
def sheet(world, covenant, officer):
    return a_sheet(covenant, world.members[2], by=officer)


def refused(error, act, *args, **facts) -> str:
    """Say in which words it was refused, after seeing that no signature came of it."""
    before = Signature.objects.count()
    with pytest.raises(error) as caught:
        act(*args, **facts)
    assert Signature.objects.count() == before
    return caught.value.sentence


def test_a_sheet_is_no_signature_until_a_second_person_confirms_it(world, covenant, sheet):
    assert sheet.state == PaperSheet.State.BROUGHT
    assert not Signature.objects.exists()

    signature = confirm_sheet(sheet, by=world.heads[0])

    assert signature.method == Signature.Method.PAPER
    assert signature.user is None
    assert signature.signer_name == "Trần Thị Ký Tay"
    assert signature.capacity_lines == ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"]
    assert signature.organization == world.members[2]
    sheet = PaperSheet.objects.get()
    assert (sheet.state, sheet.signature, sheet.answered_by) == (
        PaperSheet.State.CONFIRMED,
        signature,
        world.heads[0].user,
    )
    proven = proven_of(signature)
    assert proven is not None
    assert proven.holds
    assert proven.data["photograph_sha256"] == sheet.blob.digest


def test_the_last_sheet_puts_the_covenant_in_force_like_any_signature(world, covenant, sheet):
    make.sign(covenant, world.heads[0])
    make.sign(covenant, world.heads[1])

    confirm_sheet(sheet, by=world.board)

    assert make.reread(covenant).state == Covenant.State.IN_FORCE


def test_a_head_with_an_account_stays_with_the_signature(world, covenant, officer):
    appointment = world.heads[2].appointments[0]
    sheet = a_sheet(covenant, world.members[2], by=officer, appointment=appointment)

    signature = confirm_sheet(sheet, by=world.heads[0])

    assert signature.user == world.heads[2].user
    assert signature.signer_name == world.heads[2].user.name
    assert signature.capacity_lines == appointment.capacity


def test_the_leader_may_bring_any_units_sheet_and_the_board_confirms(world, covenant):
    sheet = a_sheet(covenant, world.members[1], by=world.heads[0])

    assert "Người nộp phiếu không tự đối chiếu" in refused(
        NoRight, confirm_sheet, sheet, by=world.heads[0]
    )
    confirm_sheet(sheet, by=world.board)


def test_nobody_confirms_what_they_brought_or_what_their_own_unit_signed(world, covenant):
    own = a_sheet(covenant, world.members[0], by=make.officer(world.members[0]))

    assert "đơn vị mình" in refused(NoRight, confirm_sheet, own, by=world.heads[0])
    assert "không còn quyền" in refused(NoRight, confirm_sheet, own, by=world.heads[2])
    assert "đơn vị mình" in refused(NoRight, return_sheet, own, by=world.heads[0], reason="Mờ")
    confirm_sheet(own, by=world.board)


@pytest.mark.twice
def test_the_database_too_wants_a_second_person(sheet):
    signature = Signature(
        version=sheet.version,
        organization=sheet.organization,
        method="paper",
        signed_at=clock.now(),
        digest=sheet.version.digest,
    )
    signature.save(force_insert=True)
    answered = {"answered_at": clock.now(), "answered_for": sheet.brought_for}
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperSheet.objects.update(
            state="confirmed", signature=signature, answered_by=sheet.brought_by, **answered
        )


def test_whose_appointment_has_ended_confirms_nothing(world, covenant, sheet):
    """a head whose appointment ends between opening and signing"""
    leader = world.heads[0]
    end_appointment(leader.appointments[0], by=world.board, reason="Thôi giữ chức")

    assert "không còn quyền" in refused(NoRight, confirm_sheet, sheet, by=leader)
    assert PaperSheet.objects.get().state == PaperSheet.State.BROUGHT


def test_a_head_who_no_longer_held_the_right_on_that_day_has_not_signed(world, covenant, officer):
    """a head whose appointment ends between opening and signing"""
    appointment = world.heads[2].appointments[0]
    sheet = a_sheet(covenant, world.members[2], by=officer, appointment=appointment)
    day = day_before(clock.today())
    type(appointment).objects.filter(pk=appointment.pk).update(until=day)

    assert "không nằm trong thời gian" in refused(
        DomainError, confirm_sheet, sheet, by=world.heads[0]
    )
    return_sheet(sheet, by=world.heads[0], reason="Hết nhiệm kỳ")
    appointment.refresh_from_db()
    facts = sheet_facts(covenant, world.members[2], appointment=appointment)
    assert refused(Invalid, bring_sheet, covenant, facts, by=officer)


def test_a_sheet_is_returned_with_a_reason_and_another_one_is_brought(
    world, covenant, officer, sheet
):
    assert "Cần ghi lý do" in refused(Invalid, return_sheet, sheet, by=world.heads[0], reason="  ")
    return_sheet(sheet, by=world.heads[0], reason="Ảnh mờ, không thấy mã")

    assert Notice.objects.filter(user=officer.user, sentence__contains="bị trả lại").exists()
    assert "trả lại" in refused(AlreadyDone, confirm_sheet, sheet, by=world.board)
    again = a_sheet(covenant, world.members[2], by=officer)
    assert confirm_sheet(again, by=world.heads[0])


def test_one_sheet_of_a_unit_waits_at_a_time(world, covenant, officer, sheet):
    facts = sheet_facts(covenant, world.members[2])
    assert "đang chờ đối chiếu" in refused(AlreadyDone, bring_sheet, covenant, facts, by=officer)

    confirm_sheet(sheet, by=world.heads[0])
    facts = sheet_facts(covenant, world.members[2])
    assert "đã ký" in refused(AlreadyDone, bring_sheet, covenant, facts, by=officer)
    assert "đã xác nhận" in refused(AlreadyDone, confirm_sheet, sheet, by=world.board)


def test_a_unit_that_signed_otherwise_meanwhile_is_not_signed_twice(world, covenant, sheet):
    make.sign(covenant, world.heads[2])

    assert "đã ký bản này" in refused(AlreadyDone, confirm_sheet, sheet, by=world.heads[0])


def test_a_foreign_sheet_is_refused(world, covenant, officer):
    """A PDF of another covenant: a sheet of another text, of another unit, of no unit at all."""
    other = make.a_frozen_covenant(make.a_bloc(3))
    facts = sheet_facts(covenant, world.members[2], digest=other.version.digest)
    assert "một bản khác" in refused(ChangedText, bring_sheet, covenant, facts, by=officer)

    facts = sheet_facts(covenant, world.members[1])
    assert "của đơn vị mình" in refused(NoRight, bring_sheet, covenant, facts, by=officer)
    facts = sheet_facts(covenant, make.an_organization())
    assert "không tham gia" in refused(NoRight, bring_sheet, covenant, facts, by=world.heads[0])
    foreign = make.head(make.an_organization()).appointments[0]
    facts = sheet_facts(covenant, world.members[2], appointment=foreign)
    assert "không ký được" in refused(Invalid, bring_sheet, covenant, facts, by=officer)


def test_a_sheet_of_a_version_that_was_replaced_is_refused(world, covenant, sheet):
    make.sign(covenant, world.heads[1])
    amend_covenant(covenant, by=world.heads[0], reason="Thêm một điều")

    assert "đã có bản thay thế" in refused(WrongState, confirm_sheet, sheet, by=world.heads[0])


def test_a_sheet_of_a_text_that_was_opened_again_is_refused(world, covenant, sheet):
    unfreeze_covenant(covenant, by=world.heads[0], reason="Sai một chữ")

    assert "mở lại để sửa" in refused(ChangedText, confirm_sheet, sheet, by=world.heads[0])


def test_a_unit_that_left_meanwhile_signs_nothing(world, covenant, sheet):
    leave_cycle(
        world.enrolments[2], by=world.board, on=clock.today(), basis="QĐ 1", reason="Chuyển cụm"
    )

    assert "đã rời" in refused(NoRight, confirm_sheet, sheet, by=world.heads[0])


def test_a_day_that_cannot_be_is_refused(world, covenant, officer):
    """a signature made before freezing"""
    for day, words in (
        (day_before(clock.today()), "trước ngày chốt"),
        (clock.today() + timedelta(days=1), "chưa tới"),
    ):
        facts = sheet_facts(covenant, world.members[2], signed_on=day)
        assert words in refused(Invalid, bring_sheet, covenant, facts, by=officer)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "phieu.jpg", "Tệp rỗng"),
        (EXE, "phieu.jpg", "Chỉ nhận ảnh"),
        (picture("WEBP"), "phieu.webp", "Chỉ nhận ảnh"),
        (b"mot hai ba", "phieu.txt", "Chỉ nhận ảnh"),
        (picture(), "phieu.pdf", "bên trong là"),
        (picture()[:300], "phieu.jpg", ""),
    ],
)
def test_what_is_no_photograph_of_a_sheet_is_refused(
    world, covenant, officer, content, name, words
):
    facts = sheet_facts(covenant, world.members[2], file=sent(content, name))

    assert words in refused(Invalid, bring_sheet, covenant, facts, by=officer)
    assert not PaperSheet.objects.exists()


def test_a_scan_as_pdf_is_taken(world, covenant, officer):
    facts = sheet_facts(covenant, world.members[2], file=sent(PDF, "phieu.pdf"))

    assert bring_sheet(covenant, facts, by=officer).blob.is_pdf


@pytest.mark.parametrize("told", [{"name": " "}, {"capacity": "\n"}])
def test_who_signed_and_as_what_is_told(world, covenant, officer, told):
    facts = sheet_facts(covenant, world.members[2], **told)

    assert "như trên phiếu" in refused(Invalid, bring_sheet, covenant, facts, by=officer)


@pytest.mark.django_db(transaction=True)
def test_two_confirm_at_the_same_instant_and_one_signature_stands():
    world = make.a_bloc(3)
    covenant = make.a_frozen_covenant(world)
    sheet = a_sheet(covenant, world.members[2], by=make.officer(world.members[2]))

    refusals = at_once(
        partial(confirm_sheet, sheet, by=world.heads[0]),
        partial(confirm_sheet, sheet, by=world.board),
    )

    assert sorted(type(one) for one in refusals if one) == [AlreadyDone]
    assert Signature.objects.count() == 1
