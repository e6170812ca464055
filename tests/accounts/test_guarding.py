"""Guarding accounts: second factors, sessions, accounts at rest, rights that end at once."""

import re
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests import factories as make
from thidua.accounts.acting import NOBODY, acting_of
from thidua.accounts.actions import Terms, appoint, end_appointment, held_today
from thidua.accounts.actions.guarding import (
    close_account,
    reopen_account,
    reset_second_factor,
    sign_out_everywhere,
)
from thidua.accounts.actions.inviting import DeadCode, find_invitation, invite
from thidua.accounts.actions.opening import correct_email
from thidua.accounts.models import Appointment, User
from thidua.accounts.queries import current_appointments, roles_to_give
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, NoRight, WrongState

pytestmark = pytest.mark.django_db
Role = Appointment.Role
REASON = "Mất điện thoại"


@pytest.fixture
def unit():
    return make.an_organization()


@pytest.fixture
def head(unit):
    return make.head(unit)


@pytest.fixture
def officer(unit):
    return make.user_of(make.officer(unit))


def test_a_lost_second_factor_is_taken_off_with_reason_trail_and_word_to_the_owner(
    head, officer, told
):
    TOTP.activate(officer, "A" * 32)
    RecoveryCodes.activate(officer)
    with pytest.raises(Invalid) as refusal:
        reset_second_factor(officer, by=head, reason=" ")
    assert refusal.value.field == "reason"

    reset_second_factor(officer, by=head, reason=REASON)

    assert not Authenticator.objects.filter(user=officer).exists()
    entry = Entry.objects.get(code="account.second_factor_reset")
    assert (entry.actor_id, entry.facts["reason"]) == (head.actor_id, REASON)
    assert REASON in told[0][1]
    with pytest.raises(WrongState, match="chưa bật"):
        reset_second_factor(officer, by=head, reason=REASON)


def test_signing_out_everywhere_ends_each_session_at_its_next_request(client, head, officer, told):
    client.force_login(officer)
    show = reverse("accounts:show")
    assert client.get(show).status_code == 200
    with pytest.raises(Invalid):
        sign_out_everywhere(officer, by=head)

    sign_out_everywhere(officer, by=head, reason="Mất máy")

    assert client.get(show).url.startswith("/tai-khoan/login/")
    assert "Mất máy" in told[0][1]
    assert User.objects.get(pk=officer.pk).check_password(make.PASSWORD)


def test_a_session_from_before_the_first_sign_out_lives_on(officer):
    plain = officer.get_session_auth_hash()
    officer.sign_outs = 1
    assert officer.get_session_auth_hash() != plain
    assert list(officer.get_session_auth_fallback_hash()) == []


def test_a_closed_account_lets_nobody_in_and_its_sessions_end(client, head, officer):
    client.force_login(officer)
    close_account(officer, by=head, reason="Nghỉ việc")
    assert client.get(reverse("accounts:show")).url.startswith("/tai-khoan/login/")
    with pytest.raises(AlreadyDone):
        close_account(officer, by=head, reason="Nghỉ việc")

    reopen_account(officer, by=head, reason="Trở lại")
    assert client.get(reverse("accounts:show")).url.startswith("/tai-khoan/login/")
    with pytest.raises(AlreadyDone):
        reopen_account(officer, by=head, reason="Trở lại")


def test_an_address_mended_by_another_is_told_at_the_old_one_and_kills_the_mail(
    head, officer, told
):
    correct_email(officer, by=head, email="sai@donvi.vn")
    code = invite([User.objects.get(pk=officer.pk)], by=head, way="mail")[0].code
    told.clear()
    correct_email(officer, by=head, email="Dung@donvi.vn")

    assert User.objects.get(pk=officer.pk).email == "dung@donvi.vn"
    assert [address for _pk, _sentence, address in told] == ["sai@donvi.vn"]
    with pytest.raises(DeadCode):
        find_invitation(officer.username, code)
    told.clear()
    correct_email(officer, by=head, email="dung@donvi.vn")
    assert told == []
    with pytest.raises(AlreadyDone) as refusal:
        correct_email(make.user_of(head), by=NOBODY, email="dung@donvi.vn")
    assert refusal.value.field == "email"


def test_ending_at_once_takes_the_right_from_who_is_signed_in(client, unit, head):
    """Ending an appointment ends the right at once: the session's next request has it no more."""
    child = make.head(unit)
    client.force_login(make.user_of(child))
    people = reverse("accounts:people", args=[unit.pk])
    assert client.get(people).status_code == 200
    appointment = child.appointments[0]

    end_appointment(appointment, by=head, reason="Thôi chức")

    assert client.get(people).status_code == 403
    assert "chưa được giao làm việc" in client.get(reverse("accounts:show")).content.decode()
    with pytest.raises(NoRight):
        held_today(child, Role.HEAD)
    assert not current_appointments().filter(pk=appointment.pk).exists()
    with pytest.raises(AlreadyDone):
        end_appointment(appointment, by=head, reason="Thôi chức")


def test_one_who_was_stopped_today_can_be_appointed_again_today(unit, head, officer):
    given = officer.appointments.get()
    end_appointment(given, by=head, reason="Nhầm")

    appoint(officer, unit, by=head, role=Role.OFFICER, terms=Terms(clock.today()))

    assert acting_of(officer).is_for(unit.pk, Role.OFFICER)


def test_a_stand_in_stops_with_the_principal(unit, head):
    terms = Terms(date(2026, 1, 1), post="Phó", manner="KT.", stands_in_for=head.appointments[0])
    user = make.user_of(make.officer(unit))
    appoint(user, unit, by=NOBODY, role=Role.STAND_IN, terms=terms)
    assert acting_of(user).may_sign()

    end_appointment(head.appointments[0], by=NOBODY, reason="Thôi chức")

    assert not acting_of(user).may_sign()


def test_the_last_operator_is_neither_ended_nor_closed():
    body = make.an_organization(kind="board")
    first = make.a_person_for(body, Role.OPERATOR)
    for act in (
        lambda: end_appointment(first.appointments[0], by=first, reason="x"),
        lambda: end_appointment(first.appointments[0], by=first, reason="x", on=clock.today()),
        lambda: close_account(first.user, by=NOBODY, reason="x"),
    ):
        with pytest.raises(WrongState, match="cuối cùng"):
            act()

    second = make.a_person_for(body, Role.OPERATOR)
    end_appointment(first.appointments[0], by=second, reason="Đã bàn giao")
    with pytest.raises(WrongState, match="cuối cùng"):
        end_appointment(second.appointments[0], by=second, reason="x")


def test_only_operators_see_to_an_operators_account_and_name_one():
    """Else the head of the managing body could print a slip and run the installation."""
    body = make.an_organization(kind="board")
    operator, another = (make.a_person_for(body, Role.OPERATOR) for _n in range(2))
    head, board, may = make.head(body), make.board(body), "accounts.set_password_user"

    for who in (head, board):
        assert not who.has_perm(may, operator.user)
        assert not who.has_perm("accounts.end_appointment", operator.appointments[0])
        assert Role.OPERATOR not in roles_to_give(who, body)
    assert another.has_perm(may, operator.user)
    assert not operator.has_perm(may, operator.user)
    assert {Role.OPERATOR, Role.BOARD} <= set(roles_to_give(operator, body))
    plain = make.an_organization()
    assert not {Role.OPERATOR, Role.BOARD} & set(roles_to_give(operator, plain))
    assert operator.has_perm(may, make.user_of(make.head(plain)))
    assert operator.has_perm("organizations.staff_organization", plain)


def test_whoever_holds_the_machine_lets_a_lone_operator_in_again(capsys, officer, told):
    TOTP.activate(officer, "A" * 32)
    call_command("invite", officer.username.upper())
    printed = capsys.readouterr().out
    code = re.search(r"\d{4}-\d{4}-\d{4}-\d{4}", printed)[0]
    assert f"/tai-khoan/vao/{officer.username}/{code}/" in printed
    assert "--lost-second-factor" in printed
    assert find_invitation(officer.username, code).user == officer

    call_command("invite", officer.username, lost_second_factor=REASON)
    assert not Authenticator.objects.filter(user=officer).exists()
    assert REASON in told[-1][1]
    with pytest.raises(CommandError, match="mang tên này"):
        call_command("invite", "khong-ai")
    with pytest.raises(CommandError, match="chưa bật"):
        call_command("invite", officer.username, lost_second_factor=REASON)
