"""Beginning: only with the code that was printed, only once, and everything or nothing."""

import pytest
from django.core.management import CommandError, call_command

from tests import factories as make
from tests.house.factories import a_beginning, an_operator
from thidua.accounts.acting import acting_of
from thidua.accounts.models import Appointment, User
from thidua.audit.models import Entry
from thidua.core.errors import AlreadyDone, DomainError, Invalid
from thidua.house.actions.beginning import begin, make_operator, new_code
from thidua.house.models import House
from thidua.house.queries import awaits_setup, house
from thidua.organizations.models import Organization

pytestmark = pytest.mark.django_db


def nothing_was_left() -> bool:
    return not User.objects.exists() and not Organization.objects.exists()


def test_the_code_opens_the_first_account_with_both_rights():
    operator = an_operator()

    body = operator.organization
    assert (body.kind, body.level, body.place) == ("board", "province", "Thử Nghiệm")
    assert operator.is_operator
    assert operator.has_role("board")
    assert house().managing_body == body
    assert operator.user.check_password("mat-khau-thu-nghiem")
    assert Entry.objects.filter(code="house.begun", actor_id=operator.actor_id).exists()


def test_the_body_above_may_be_told_and_the_managing_body_then_edits_it():
    operator = an_operator(above_name="Sở Nội vụ tỉnh Thử Nghiệm")

    above = operator.organization.parent
    assert above.name == "Sở Nội vụ tỉnh Thử Nghiệm"
    assert operator.has_perm("organizations.edit_organization", above)


@pytest.mark.parametrize("typed", ["", "0000-0000-0000-0000", "1234", "mã thiết lập"])
def test_a_wrong_code_opens_nothing(typed):
    new_code()

    with pytest.raises(Invalid, match="Mã thiết lập không đúng") as refusal:
        begin(a_beginning(), code=typed)
    assert refusal.value.field == "code"
    assert nothing_was_left()


def test_no_code_was_ever_made_so_none_is_right():
    with pytest.raises(Invalid):
        begin(a_beginning(), code="")
    assert nothing_was_left()


def test_a_new_code_makes_the_old_one_worthless():
    old = new_code()
    new_code()

    with pytest.raises(Invalid):
        begin(a_beginning(), code=old)
    assert nothing_was_left()


def test_a_code_may_be_typed_with_blanks_or_without_gaps():
    code = new_code().replace("-", " ")

    assert begin(a_beginning(), code=f" {code} ").username == "quantri"


def test_a_used_code_and_any_code_after_set_up_open_nothing():
    code = new_code()
    begin(a_beginning(), code=code)

    with pytest.raises(AlreadyDone, match="Hãy đăng nhập"):
        begin(a_beginning(username="kethai", email="ke@hai.example"), code=code)
    with pytest.raises(AlreadyDone):
        new_code()
    assert User.objects.count() == 1
    assert not awaits_setup()


def test_only_the_digest_of_the_code_is_kept():
    code = new_code()

    kept = House.objects.get()
    assert code not in str(vars(kept))
    assert code.replace("-", "") not in str(vars(kept))
    assert len(kept.code_digest) == 64


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"username": "Quản trị"}, "username"),
        ({"body_name": "  "}, "body_name"),
        ({"full_name": " "}, "full_name"),
        ({"above_name": "Ban Thi đua - Khen thưởng tỉnh Thử Nghiệm"}, "above_name"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_takes_everything_back(wrong, field):
    code = new_code()

    with pytest.raises(DomainError) as refusal:
        begin(a_beginning(**wrong), code=code)
    assert refusal.value.field == field
    assert nothing_was_left()
    assert begin(a_beginning(), code=code)  # the code still opens


def test_the_command_prints_an_address_until_somebody_has_an_account(capsys):
    call_command("setup_code")
    address = capsys.readouterr().out.split("http")[1].split()[0]

    begin(a_beginning(), code=address.partition("ma=")[2])
    with pytest.raises(CommandError, match="Hãy đăng nhập"):
        call_command("setup_code")


def test_an_installation_from_before_gets_its_operator_from_the_shell():
    world = make.a_bloc(1)
    user = make.user_of(world.board)

    call_command("make_operator", user.username)

    assert acting_of(user).is_operator
    assert house().managing_body == world.body
    with pytest.raises(AlreadyDone):
        make_operator(user)


def test_nobody_of_a_member_unit_becomes_operator_without_a_managing_body():
    head = make.head(make.an_organization())

    with pytest.raises(CommandError, match="ban, phòng thi đua"):
        call_command("make_operator", make.user_of(head).username)
    with pytest.raises(CommandError, match="Không có tài khoản"):
        call_command("make_operator", "aido")
    assert not Appointment.objects.filter(role="operator").exists()
