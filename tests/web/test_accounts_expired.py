"""What was typed when the session expired: there after sign-in for whoever typed it, else not."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from thidua.web.access import KEPT, LEFT

pytestmark = pytest.mark.django_db
LOGIN = reverse("account_login")
TYPED = {"on": "2026-12-31", "reason": "Chuyển công tác về xã Đại Xuyên"}


@pytest.fixture
def head():
    return make.head(make.an_organization())


@pytest.fixture
def address(head):
    officer = make.officer(head.organization)
    return reverse("accounts:end", args=[officer.appointments[0].pk])


def let_expire():
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))


def sign_in(client, acting, **more):
    data = {"login": make.user_of(acting).username, "password": make.PASSWORD, **more}
    return client.post(LOGIN, data)


def test_what_was_typed_is_there_after_sign_in_and_can_be_sent(client, head, address):
    """A session that expired while typing (the text is there after sign-in)."""
    sign_in(client, head)
    assert client.get(address).status_code == 200
    let_expire()

    response = client.post(address, TYPED, headers={"referer": f"http://localhost{address}"})
    assert response.url == f"{LOGIN}?next={address}"
    page = client.get(response.url).content.decode()
    assert "chữ vừa gõ vẫn còn" in page
    assert TYPED["reason"] not in page

    assert sign_in(client, head, next=address).url == address
    page = client.get(address).content.decode()
    assert TYPED["reason"] in page
    assert 'value="2026-12-31"' in page
    assert "hãy gửi lại" in page

    assert client.post(address, TYPED).status_code == 302
    assert TYPED["reason"] not in client.get(address).content.decode()


def test_what_one_person_typed_is_not_shown_to_the_next_who_signs_in(client, head, address):
    sign_in(client, head)
    let_expire()
    client.post(address, TYPED)

    other = make.head(head.organization)
    page = sign_in(client, other, next=address)
    page = client.get(address).content.decode()

    assert "<form" in page
    assert TYPED["reason"] not in page
    assert KEPT not in client.session


def test_what_a_browser_without_a_session_sent_is_shown_once_before_sign_in(client, head, address):
    """Nobody knows who typed it: it is told to whoever sits there now, and to no account."""
    response = client.post(address, TYPED)
    assert response.url.startswith(LOGIN)

    assert TYPED["reason"] in client.get(response.url).content.decode()
    assert TYPED["reason"] not in client.get(response.url).content.decode()
    assert LEFT not in client.session
    sign_in(client, head)
    assert TYPED["reason"] not in client.get(address).content.decode()


def test_two_forms_of_one_person_are_both_kept(client, head, address):
    other = reverse("accounts:create", args=[head.organization_id])
    sign_in(client, head)
    let_expire()
    client.post(address, TYPED)
    client.post(other, {"full_name": "Nguyễn Văn <b>An</b>", "role": "officer"})

    sign_in(client, head)

    assert TYPED["reason"] in client.get(address).content.decode()
    page = client.get(other).content.decode()
    assert "Nguyễn Văn &lt;b&gt;An&lt;/b&gt;" in page
    assert '<option value="officer" selected>' in page


def test_passwords_are_never_kept(client, head):
    address = reverse("accounts:email")
    sign_in(client, head)
    let_expire()
    client.post(address, {"email": "an@donvi.vn", "password": make.PASSWORD, "new_password": "a"})

    assert make.PASSWORD not in str(dict(client.session))
    assert client.session[KEPT]["forms"][address] == {"email": ["an@donvi.vn"]}
    sign_in(client, head)
    page = client.get(address).content.decode()
    assert "an@donvi.vn" in page
    assert make.PASSWORD not in page


def test_what_is_too_long_to_keep_is_shown_at_once(client, head, address):
    sign_in(client, head)
    let_expire()
    response = client.post(address, {"reason": "dài " * 20_000})

    assert response.status_code == 403
    assert "dài " * 20_000 in response.content.decode()
    assert KEPT not in client.session


def test_a_button_pressed_after_the_session_expired_leads_to_sign_in(client, head):
    sign_in(client, head)
    let_expire()

    response = client.post(reverse("accounts:switch"))

    assert response.status_code == 302
    assert KEPT not in client.session
