"""Coming in with a one-time code: what the invited see, and which codes open nothing."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests import factories as make
from thidua.accounts.acting import NOBODY
from thidua.accounts.actions.guarding import close_account
from thidua.accounts.actions.inviting import invite
from thidua.accounts.models import Invitation

pytestmark = pytest.mark.django_db
ENTER, PASSWORD = reverse("accounts:enter"), reverse("accounts:choose_password")
NEW = {"password": "hoa-sen-nam-canh", "password_again": "hoa-sen-nam-canh"}


@pytest.fixture
def unit():
    return make.an_organization("Hội Chữ thập đỏ")


def people(unit, count):
    return [make.user_of(make.officer(unit)) for _n in range(count)]


def a_code(user):
    return invite([user], by=NOBODY, way="slip")[0].code


def opens(client, user, code):
    return client.post(ENTER, {"username": user.username, "slip_code": code})


def is_in(client, user):
    return client.session.get("_auth_user_id") == str(user.pk)


def test_the_invited_see_for_whom_they_act_choose_a_password_and_are_in(client, unit):
    user = people(unit, 1)[0]
    assert opens(client, user, a_code(user)).url == PASSWORD
    page = client.get(PASSWORD).content.decode()
    assert unit.name in page
    assert user.username in page

    response = client.post(PASSWORD, NEW, follow=True)

    assert is_in(client, user)
    page = response.content.decode()
    assert "Đã đặt mật khẩu của riêng bạn" in page
    assert unit.name in page
    assert client.get(PASSWORD).url == ENTER


def test_opening_the_link_uses_nothing_up_and_hides_the_code(client, unit):
    """A mail server's scanner opens every link before its reader does."""
    user = people(unit, 1)[0]
    code = a_code(user)
    link = reverse("accounts:enter_by", args=[user.username, code])
    for _n in range(3):
        answer = client.get(link)
        assert answer.url == PASSWORD
        assert "no-store" in answer["Cache-Control"]
    assert Invitation.objects.get().is_open
    assert code not in str([s.get_decoded() for s in Session.objects.all()])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"password": "", "password_again": ""}, "Hãy điền mục này"),
        ({**NEW, "password_again": "khac"}, "chưa giống nhau"),
        ({"password": "ngan", "password_again": "ngan"}, "10"),
        ({"password": "x" * 501, "password_again": "x" * 501}, "500"),
    ],
    ids=["empty", "different", "short", "endless"],
)
def test_a_password_that_will_not_do_is_told_beside_its_field(client, unit, typed, sentence):
    user = people(unit, 1)[0]
    opens(client, user, a_code(user))
    answer = client.post(PASSWORD, typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Invitation.objects.get().is_open


def test_wrong_used_replaced_and_others_codes_are_each_told_on_the_page(client, unit):
    first, second = people(unit, 2)
    code, others = a_code(first), a_code(second)
    for typed in ("", "1", others):
        answer = opens(client, first, typed)
        assert answer.status_code == 422
        assert "field__errors" in answer.content.decode()
    old, code = code, a_code(first)
    assert "đã được thay" in opens(client, first, old).content.decode()
    link = reverse("accounts:enter_by", args=[first.username, old])
    answer = client.get(link)
    assert answer.status_code == 422
    assert first.username in answer.content.decode()
    assert PASSWORD in opens(client, first, code).url


def test_two_browsers_with_one_code_the_second_is_told(client, unit):
    user = people(unit, 1)[0]
    code = a_code(user)
    opens(client, user, code)
    other = type(client)()
    opens(other, user, code)
    client.post(PASSWORD, NEW)

    late = other.post(PASSWORD, {"password": "mot-cai-khac", "password_again": "mot-cai-khac"})

    assert late.url == ENTER
    assert "chỉ dùng một lần" in other.get(ENTER).content.decode()
    assert is_in(client, user)
    assert client.get(reverse("accounts:show")).status_code == 200


def test_an_account_closed_after_the_link_was_opened_is_told(client, unit):
    user = people(unit, 1)[0]
    opens(client, user, a_code(user))
    close_account(user, by=NOBODY, reason="Nghỉ việc")

    assert client.post(PASSWORD, NEW).url == ENTER
    assert "tạm dừng" in client.get(ENTER).content.decode()


def test_on_a_machine_where_another_is_signed_in_the_page_says_so(client, unit):
    head = make.head(unit)
    client.force_login(make.user_of(head))
    user = people(unit, 1)[0]
    opens(client, user, a_code(user))
    page = client.get(PASSWORD).content.decode()
    assert f"đang đăng nhập bằng tài khoản của {head.actor_name}" in page

    client.post(PASSWORD, NEW)

    assert is_in(client, user)


def test_a_fresh_password_is_not_enough_where_a_second_factor_is_set_up(client, unit):
    user = people(unit, 1)[0]
    TOTP.activate(user, "A" * 32)
    opens(client, user, a_code(user))

    assert client.post(PASSWORD, NEW).url == reverse("mfa_authenticate")
    assert not is_in(client, user)
