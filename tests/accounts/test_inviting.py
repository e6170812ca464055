"""Invitations: a one-time code by mail or on a slip, what it opens, and whom it does not let in."""

from datetime import date, datetime

import pytest
from django.core.cache import cache
from django.utils.timezone import localtime

from tests import factories as make
from thidua.accounts.acting import NOBODY
from thidua.accounts.actions import TRIES, TooManyTries
from thidua.accounts.actions.guarding import close_account, reopen_account
from thidua.accounts.actions.inviting import (
    MOST_WRONG,
    WRONG,
    DeadCode,
    WrongCode,
    accept_invitation,
    end_invitations,
    find_invitation,
    invite,
)
from thidua.accounts.codes import code_of, fresh_code
from thidua.accounts.models import Invitation, User
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import Invalid, WrongState

pytestmark = pytest.mark.django_db
Way = Invitation.Way
NEW = "hoa-sen-nam-canh"


@pytest.fixture
def officer():
    return make.user_of(make.officer(make.an_organization()))


def a_slip(user, way=Way.SLIP):
    return invite([user], by=NOBODY, way=way)[0]


def code_of_slip(user):
    return a_slip(user).code


def test_a_slip_lets_its_person_choose_a_password_of_their_own(officer):
    before = officer.password
    slip = a_slip(officer)

    user = accept_invitation(find_invitation(officer.username, slip.code), password=NEW)

    assert user.check_password(NEW)
    assert user.password != before
    slip.invitation.refresh_from_db()
    assert slip.invitation.used_at is not None
    codes = list(Entry.objects.order_by("pk").values_list("code", flat=True))
    assert codes[-2:] == ["account.invited", "account.entered"]
    assert Entry.objects.get(code="account.entered").actor_id == user.pk


def test_the_database_keeps_no_code(officer):
    slip, other = a_slip(officer), make.user_of(make.officer(make.an_organization()))
    mail = a_slip(_with_address(other), Way.MAIL)
    kept = [str(value) for row in Invitation.objects.values_list() for value in row]
    kept += [str(facts) for facts in Entry.objects.values_list("facts", flat=True)]

    for code in (slip.code, mail.code):
        bare = code.replace("-", "")
        assert len(bare) == 16
        assert bare.isdigit()
        assert not any(bare in value or code in value for value in kept)
    assert slip.invitation.seed == ""
    assert code_of(mail.invitation.seed) == mail.code


def test_another_installations_secret_makes_another_code(officer, settings):
    mail = a_slip(_with_address(officer), Way.MAIL)
    settings.SECRET_KEY = "x" * 50

    assert code_of(mail.invitation.seed) != mail.code
    with pytest.raises(WrongCode):
        find_invitation(officer.username, mail.code)


def _with_address(user, email="can.bo@donvi.vn"):
    user.email = email
    user.save()
    return user


@pytest.mark.parametrize(
    "write", [str, lambda c: c.replace("-", ""), lambda c: c.replace("-", " ")]
)
def test_a_code_is_known_however_its_groups_are_set_apart(officer, write):
    code = code_of_slip(officer)

    assert find_invitation(f" {officer.username.upper()} ", write(code)).user == officer


def test_a_code_holds_to_the_end_of_its_last_day_and_not_longer(officer, settings):
    settings.INVITATION_DAYS = 3
    with clock.at(date(2026, 3, 1)):
        code = code_of_slip(officer)
    with clock.at(datetime(2026, 3, 4, 23, 59, tzinfo=localtime().tzinfo)):
        find_invitation(officer.username, code)
    midnight = clock.at(datetime(2026, 3, 5, 0, 0, tzinfo=localtime().tzinfo))
    with midnight, pytest.raises(DeadCode, match="hết hạn ngày 4/3/2026"):
        find_invitation(officer.username, code)


def test_a_used_code_lets_nobody_in_again(officer):
    code = code_of_slip(officer)
    found = find_invitation(officer.username, code)
    accept_invitation(found, password=NEW)

    with pytest.raises(DeadCode, match="chỉ dùng một lần"):
        find_invitation(officer.username, code)


def test_of_two_browsers_with_one_code_the_second_is_told(officer):
    code = code_of_slip(officer)
    first, second = (find_invitation(officer.username, code) for _n in range(2))
    accept_invitation(first, password=NEW)

    with pytest.raises(DeadCode, match="đã dùng"):
        accept_invitation(second, password="mot-mat-khau-khac")

    assert User.objects.get(pk=officer.pk).check_password(NEW)


def test_a_fresh_slip_kills_the_one_before(officer):
    old = code_of_slip(officer)
    new = code_of_slip(officer)

    with pytest.raises(DeadCode, match="đã được thay"):
        find_invitation(officer.username, old)
    assert find_invitation(officer.username, new)
    assert Invitation.objects.filter(user=officer, used_at=None, ended_at=None).count() == 1


def test_the_code_of_another_opens_nothing(officer):
    other = make.user_of(make.officer(make.an_organization()))
    code = code_of_slip(other)

    with pytest.raises(WrongCode, match="không khớp") as refusal:
        find_invitation(officer.username, code)

    assert refusal.value.field == "code"
    assert find_invitation(other.username, code)


def test_an_invited_account_that_was_closed_meanwhile_stays_closed(officer):
    board = make.board(make.an_organization(kind="board"))
    code = code_of_slip(officer)
    opened = find_invitation(officer.username, code)
    close_account(officer, by=board, reason="Nghỉ việc")

    with pytest.raises(DeadCode, match="tạm dừng"):
        find_invitation(officer.username, code)
    with pytest.raises(DeadCode, match="tạm dừng"):
        accept_invitation(opened, password=NEW)
    with pytest.raises(WrongState, match="tạm dừng"):
        a_slip(officer)
    reopen_account(officer, by=board, reason="Trở lại")
    with pytest.raises(DeadCode, match="bỏ"):
        find_invitation(officer.username, code)
    assert not User.objects.get(pk=officer.pk).check_password(NEW)


@pytest.mark.parametrize("password", ["", "ngan", "1234567890123", "password123"])
def test_a_password_that_is_too_easy_leaves_the_code_as_it_was(officer, password):
    code = code_of_slip(officer)
    with pytest.raises(Invalid) as refusal:
        accept_invitation(find_invitation(officer.username, code), password=password)

    assert refusal.value.field == "password"
    assert find_invitation(officer.username, code)


def test_wrong_codes_pause_this_account_alone_and_a_fresh_slip_ends_the_pause(officer):
    other = make.user_of(make.officer(make.an_organization()))
    code, others = code_of_slip(officer), code_of_slip(other)
    refusals = []
    for _n in range(TRIES + 2):
        with pytest.raises((WrongCode, TooManyTries)) as refusal:
            find_invitation(officer.username, fresh_code())
        refusals.append(type(refusal.value))

    assert refusals == [WrongCode] * TRIES + [TooManyTries] * 2
    with pytest.raises(TooManyTries, match="15 phút"):
        find_invitation(officer.username, code)
    assert find_invitation(other.username, others)
    assert find_invitation(officer.username, code_of_slip(officer))


def test_a_hall_that_mistypes_is_let_in_and_only_a_flood_is_stopped(officer):
    """A hundred people, each once wrong; then a thousand wrong codes within an hour."""
    code = code_of_slip(officer)
    for n in range(100):
        with pytest.raises(WrongCode):
            find_invitation(f"nguoi-{n}", fresh_code())
    assert find_invitation(officer.username, code)

    cache.set(WRONG, MOST_WRONG, 60)
    with pytest.raises(TooManyTries, match="một giờ"):
        find_invitation(officer.username, code)


@pytest.mark.parametrize(
    "code", ["", "1234", "x" * 100_000, "\x00", "１２３４-5678-9012-3456", "<b>"]
)
def test_what_is_no_code_gets_the_same_sentence(officer, code):
    a_slip(officer)
    with pytest.raises(WrongCode, match="16 chữ số"):
        find_invitation(officer.username, code)


def test_a_mail_needs_an_address_and_one_refusal_leaves_all_as_it_was(officer):
    other = _with_address(make.user_of(make.officer(make.an_organization())))
    before = code_of_slip(other)
    with pytest.raises(Invalid, match="chưa có thư điện tử"):
        invite([other, officer], by=NOBODY, way=Way.MAIL)

    assert find_invitation(other.username, before)
    assert not Invitation.objects.filter(user=officer).exists()


def test_whoever_has_signed_in_before_is_told_of_a_fresh_slip(officer, told):
    head = make.head(make.an_organization())
    invite([officer], by=head, way=Way.SLIP)
    assert told == []

    User.objects.filter(pk=officer.pk).update(last_login=clock.now(), email="a@b.vn")
    invite([officer], by=head, way=Way.SLIP)
    assert [(pk, address) for pk, _s, address in told] == [(officer.pk, "a@b.vn")]
    assert head.actor_name in told[0][1]


def test_three_hundred_slips_are_made_with_as_many_queries_as_three(
    django_assert_max_num_queries,
):
    unit = make.an_organization()
    users = [make.user_of(make.officer(unit)) for _n in range(3)]
    with django_assert_max_num_queries(30) as few:
        invite(users, by=NOBODY, way=Way.SLIP)
    users += [make.user_of(make.officer(unit)) for _n in range(5)]
    with django_assert_max_num_queries(len(few)):
        slips = invite(users, by=NOBODY, way=Way.SLIP)

    assert [slip.user for slip in slips] == users
    assert len({slip.code for slip in slips}) == len(users)


def test_an_invitation_dies_when_its_owner_got_in_otherwise(officer):
    code = code_of_slip(officer)
    assert end_invitations(officer, Way.MAIL) == 0
    assert end_invitations(officer) == 1

    with pytest.raises(DeadCode):
        find_invitation(officer.username, code)
