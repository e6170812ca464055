"""The list of accounts, inviting from it, and the pages by which the invited come in."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.core import mail
from django.urls import reverse

from tests import factories as make
from tests.kept import kept
from thidua.accounts.acting import NOBODY
from thidua.accounts.actions.guarding import close_account
from thidua.accounts.actions.inviting import invite
from thidua.accounts.models import Appointment, Invitation, User
from thidua.core import clock
from thidua.jobs.work import run_due
from thidua.notifications.models import Mail, Notice

pytestmark = pytest.mark.django_db
Role = Appointment.Role
LIST, CHOOSE = reverse("accounts:list"), reverse("accounts:choose")
SLIPS, MAILS = reverse("accounts:slips"), reverse("accounts:mails")
ENTER, PASSWORD = reverse("accounts:enter"), reverse("accounts:choose_password")
NEW = {"password": "hoa-sen-nam-canh", "password_again": "hoa-sen-nam-canh"}


@pytest.fixture
def unit():
    return make.an_organization("Hội Chữ thập đỏ")


@pytest.fixture
def head(unit):
    return make.head(unit)


@pytest.fixture
def staff(client, head):
    client.force_login(make.user_of(head))
    return client


def people(unit, count):
    return [make.user_of(make.officer(unit)) for _n in range(count)]


@kept
def with_address(user, email):
    user.email = email
    user.save()
    return user


def pks(users):
    return [user.pk for user in users]


def a_code(user):
    return invite([user], by=NOBODY, way="slip")[0].code


def opens(client, user, code):
    return client.post(ENTER, {"username": user.username, "slip_code": code})


def is_in(client, user):
    return client.session.get("_auth_user_id") == str(user.pk)


def test_the_list_is_for_who_staffs_and_holds_nobody_elses(client, unit, head):
    stranger = make.a_visitor_with_account()
    officer = people(unit, 1)[0]
    client.force_login(make.user_of(head))
    page = client.get(LIST).content.decode()
    assert officer.name in page
    assert "chưa mời" in page
    assert stranger.actor_name not in page

    client.force_login(officer)
    assert client.get(LIST).status_code == 403
    operator = make.a_person_for(make.an_organization(kind="board"), Role.OPERATOR)
    client.force_login(make.user_of(operator))
    assert stranger.actor_name in client.get(LIST).content.decode()


def test_the_list_asks_as_much_for_one_account_as_for_three(
    staff, unit, django_assert_max_num_queries
):
    people(unit, 1)
    with django_assert_max_num_queries(15) as few:
        staff.get(LIST)
    invite(people(unit, 2), by=NOBODY, way="slip")
    with django_assert_max_num_queries(len(few)):
        page = staff.get(LIST).content.decode()
    assert page.count("đã mời, hạn") == 2


def test_the_list_is_searched_and_narrowed_to_who_never_came(staff, unit):
    came, never = people(unit, 2)
    User.objects.filter(pk=came.pk).update(last_login=clock.now())
    page = staff.get(LIST, {"loc": "chua-vao"}).content.decode()
    assert never.username in page
    assert f">{came.username}<" not in page
    assert "Không có ai như vậy" in staff.get(LIST, {"q": "xyz"}).content.decode()
    assert staff.get(LIST, {"loc": "gi-do", "page": "x"}).status_code == 200


def test_slips_are_printed_once_with_code_and_picture_and_nothing_is_kept(staff, unit):
    users = people(unit, 3)
    looked = staff.post(CHOOSE, {"way": "slip", "user": pks(users)}).content.decode()
    assert "In 3 phiếu" in looked
    assert not Invitation.objects.exists()

    response = staff.post(SLIPS, {"way": "slip", "user": pks(users)})

    page = response.content.decode()
    codes = re.findall(r'slip__code">(\d{4}-\d{4}-\d{4}-\d{4})<', page)
    assert len(set(codes)) == 3
    assert page.count('src="data:image/png;base64,') == 3
    assert "no-store" in response["Cache-Control"]
    assert all(code not in str(s.get_decoded()) for s in Session.objects.all() for code in codes)
    assert not any(code in staff.get(LIST).content.decode() for code in codes)


def test_everyone_that_the_list_is_narrowed_to_can_be_chosen_at_once(staff, unit):
    came, *never = people(unit, 4)
    User.objects.filter(pk=came.pk).update(last_login=clock.now())
    page = staff.post(CHOOSE, {"way": "slip", "everyone": "1", "loc": "chua-vao", "q": ""})

    assert page.content.decode().count('name="user"') == len(never)


def test_who_cannot_be_invited_is_left_out_with_the_reason(staff, unit, head):
    closed, elsewhere, fine = people(unit, 3)
    close_account(closed, by=NOBODY, reason="x")
    terms = make.Terms(clock.today())
    make.appoint(elsewhere, make.an_organization(), by=NOBODY, role="officer", terms=terms)
    stranger = make.a_visitor_with_account()
    chosen = [*pks([closed, elsewhere, fine]), head.actor_id, stranger.actor_id, "x", 10**30]
    page = staff.post(CHOOSE, {"way": "slip", "user": chosen}).content.decode()

    assert "In 1 phiếu" in page
    for reason in ("tạm dừng", "đơn vị khác", "tài khoản của bạn"):
        assert reason in page
    assert stranger.actor_name not in page
    staff.post(SLIPS, {"way": "slip", "user": chosen})
    assert [i.user_id for i in Invitation.objects.all()] == [fine.pk]


@pytest.mark.parametrize("chosen", [[], ["x"], [10**12]], ids=["nobody", "text", "a stranger"])
def test_choosing_nobody_leads_back_with_a_sentence(staff, chosen):
    for address in (CHOOSE, SLIPS, MAILS):
        assert staff.post(address, {"user": chosen}).url == LIST
    assert "Chưa chọn ai" in staff.get(LIST).content.decode()


def test_a_mail_invites_without_any_code_in_the_outbox(client, staff, unit, head):
    user = with_address(people(unit, 1)[0], "can.bo@donvi.vn")
    without = people(unit, 1)[0]
    staff.post(MAILS, {"way": "mail", "user": pks([user, without])})
    waiting = Mail.objects.get()
    assert not re.search(r"\d{4}-\d{4}", waiting.text + waiting.html)
    run_due()

    sent = mail.outbox[0]
    code = re.search(r"\d{4}-\d{4}-\d{4}-\d{4}", sent.body)[0]
    assert sent.to == ["can.bo@donvi.vn"]
    assert head.actor_name in sent.body
    assert unit.name in sent.body
    assert code in str(sent.alternatives[0])
    waiting.refresh_from_db()
    assert (waiting.state, waiting.text, waiting.html) == ("sent", "", "")
    client.logout()
    link = re.search(r"http://[^/]+(/tai-khoan/vao/\S+/)", sent.body)[1]
    assert client.get(link).url == PASSWORD
    assert client.post(PASSWORD, NEW).url == reverse("accounts:show")
    assert is_in(client, user)


def test_a_mail_whose_code_was_replaced_meanwhile_does_not_go(staff, unit):
    user = with_address(people(unit, 1)[0], "can.bo@donvi.vn")
    staff.post(MAILS, {"way": "mail", "user": pks([user])})
    a_code(user)
    run_due()

    assert mail.outbox == []
    assert Mail.objects.get().state == Mail.State.DROPPED


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("buoc-hai", {"reason": "Mất máy"}),
        ("dang-xuat", {"reason": "Mất máy"}),
        ("tam-dung", {"reason": "Nghỉ việc"}),
        ("thu-dien-tu", {"email": "moi@donvi.vn"}),
    ],
)
def test_acts_on_an_account_are_for_who_sees_to_it_and_its_owner_hears_of_them(
    client, unit, head, name, typed
):
    user = with_address(people(unit, 1)[0], "cu@donvi.vn")
    TOTP.activate(user, "A" * 32)
    address = reverse("accounts:guard", args=[user.pk, name])
    for who, status in (
        (make.officer(unit), 403),
        (make.a_visitor_with_account(), 404),
        (head, 302),
    ):
        client.force_login(make.user_of(who))
        assert client.post(address, typed).status_code == status
    page = client.get(reverse("accounts:account", args=[user.pk]))
    assert page.status_code == 200
    assert Notice.objects.get(user=user).organization is None
    run_due()
    assert [message.to for message in mail.outbox] == [["cu@donvi.vn"]]
    assert head.actor_name in mail.outbox[0].body


def test_an_act_without_its_reason_or_with_a_taken_address_is_refused_in_place(staff, unit):
    user, other = people(unit, 2)
    with_address(other, "an@donvi.vn")
    for name, typed in (("tam-dung", {"reason": " "}), ("thu-dien-tu", {"email": "AN@donvi.vn"})):
        answer = staff.post(reverse("accounts:guard", args=[user.pk, name]), typed)
        assert answer.status_code == 422
        assert "field__errors" in answer.content.decode()
    assert User.objects.get(pk=user.pk).is_active


def test_a_closed_account_is_opened_again_from_its_page(staff, unit):
    user = people(unit, 1)[0]
    close_account(user, by=NOBODY, reason="x")
    page = staff.get(reverse("accounts:account", args=[user.pk])).content.decode()
    address = reverse("accounts:guard", args=[user.pk, "mo-lai"])
    assert address in page

    staff.post(address, {"reason": "Trở lại"})

    assert User.objects.get(pk=user.pk).is_active


def test_signing_out_elsewhere_leaves_only_this_browser_in(client, unit):
    user = people(unit, 1)[0]
    other = type(client)()
    for browser in (client, other):
        browser.post(reverse("account_login"), {"login": user.username, "password": make.PASSWORD})
    show = reverse("accounts:show")
    assert other.get(show).status_code == 200

    client.post(reverse("accounts:sign_out_elsewhere"))

    assert client.get(show).status_code == 200
    assert other.get(show).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["list", "enter"])
def test_the_pages_are_there_in_english(staff, name):
    staff.cookies["django_language"] = "en"

    assert 'lang="en"' in staff.get(reverse(f"accounts:{name}")).content.decode()
