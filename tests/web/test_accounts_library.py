"""The sign-in library's pages in our house: our look, our language, nothing run from the page."""

import re
from html import unescape
from pathlib import Path

import allauth
import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from babel.messages.pofile import read_po
from django.contrib.auth import SESSION_KEY
from django.test import RequestFactory
from django.urls import get_resolver, reverse
from django.utils.http import urlencode

from tests import factories as make

pytestmark = pytest.mark.django_db
ENTRANCE = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
]
OWN = [
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_deactivate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
]
# Reached in a state of their own, tested below or in test_sign_in.
OTHERS = {
    "account_set_password",
    "account_reset_password_from_key",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_download_recovery_codes",
}
# No page of their own: they lead to ours, or on to signing in.
ELSEWHERE = {
    "account_email",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
    "mfa_login_webauthn",
}


def _english() -> set[str]:
    """Return what the library says in English, without what is said of other kinds of sign-in."""
    source = Path(allauth.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
    with source.open("rb") as file:
        texts = {m.id for m in read_po(file) if isinstance(m.id, str)}
    return {text for text in texts if len(text) > 2 and "%(" not in text and text != "MFA"}


ENGLISH = _english()


def visible_texts(page: str) -> list[str]:
    """Return the texts between tags and in attributes that are read aloud or shown."""
    body = page[page.index("<main") : page.index("</main>")]
    body = re.sub(r"<script.*?</script>", "", body, flags=re.S)
    shown = re.findall(r'(?:placeholder|alt|title|aria-label)="([^"]*)"', body)
    return [unescape(t).strip() for t in [*shown, *re.sub(r"<[^>]*>", "\n", body).split("\n")]]


def assert_is_ours(response, language="vi"):
    """Our frame, our language, and nothing that the policy would refuse to run."""
    page = response.content.decode()
    assert response.status_code == 200
    assert 'class="masthead"' in page
    assert f'<html lang="{language}">' in page
    assert page.count("<h1") == 1
    assert re.findall(r"<[^>]*\s(?:style|on[a-z]+)=", page) == []
    for attributes, content in re.findall(r"<script([^>]*)>(.*?)</script>", page, flags=re.S):
        assert "src=" in attributes or 'type="application/json"' in attributes, content
    assert "'unsafe" not in response["Content-Security-Policy"]
    if language == "vi":
        assert [text for text in visible_texts(page) if text in ENGLISH] == []


def protect(user):
    """Give the account an app on the phone and recovery codes."""
    TOTP.activate(user, "A" * 32)
    RecoveryCodes.activate(user)


def just_proved_it(client, user):
    """Let the session say that its owner typed the password a moment ago."""
    session = client.session
    request = RequestFactory().get("/")
    request.session = session
    record_authentication(request, user, "password", reauthenticated=True)
    session.save()


@pytest.fixture
def member(client):
    user = make.user_of(make.head(make.an_organization()))
    client.force_login(user)
    just_proved_it(client, user)
    return user


def test_each_address_of_the_library_is_looked_at_somewhere_here():
    names = {n for n in get_resolver().reverse_dict if isinstance(n, str)}
    theirs = {name for name in names if name.startswith(("account_", "mfa_"))}

    assert theirs == {*ENTRANCE, *OWN} | OTHERS | ELSEWHERE


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ENTRANCE)
def test_the_pages_before_sign_in_are_ours(client, name, language):
    client.cookies["django_language"] = language

    assert_is_ours(client.get(reverse(name)), language)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", OWN)
def test_the_pages_of_ones_own_account_are_ours(client, member, name, language):
    protect(member)
    client.cookies["django_language"] = language

    assert_is_ours(client.get(reverse(name)), language)


@pytest.mark.parametrize("name", ["account_change_password", "account_reauthenticate"])
def test_what_is_wrong_is_told_in_our_words(client, member, name):
    wrong = {"password": "x", "oldpassword": "x", "password1": "123", "password2": "12"}

    assert_is_ours(client.post(reverse(name), wrong))


def test_the_first_password_of_an_account_without_one_is_set(client, member):
    member.set_unusable_password()
    member.save()
    client.force_login(member)

    assert_is_ours(client.get(reverse("account_set_password")))


def test_a_dead_link_from_a_mail_is_told(client):
    address = reverse("account_reset_password_from_key", args=["1", "abc-def"])

    assert_is_ours(client.get(address))


def test_the_app_is_switched_on_with_a_picture_that_the_policy_lets_through(client, member):
    address = reverse("mfa_activate_totp")
    response = client.get(address)
    assert_is_ours(response)
    assert 'src="data:image/svg+xml;base64,' in response.content.decode()
    assert "img-src 'self' data:" in response["Content-Security-Policy"]
    assert_is_ours(client.post(address, {"code": "1"}))


def test_an_email_that_was_never_confirmed_does_not_stand_in_the_way(client, member):
    member.email = "an@donvi.vn"
    member.save()
    client.logout()
    client.post(reverse("account_reset_password"), {"email": member.email})
    client.force_login(member)
    just_proved_it(client, member)

    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_changing_how_one_signs_in_asks_first_whether_it_is_still_you(client, member):
    client.logout()
    client.force_login(member)
    address = reverse("mfa_activate_totp")
    response = client.get(address)
    assert response.url == f"{reverse('account_reauthenticate')}?{urlencode({'next': address})}"
    assert client.post(response.url, {"password": make.PASSWORD, "next": address}).url == address
    assert client.get(address).status_code == 200


def test_trying_too_often_to_prove_it_gets_a_sentence(client, member):
    address = reverse("account_reauthenticate")
    answers = [client.post(address, {"password": "x"}) for _n in range(11)]

    assert answers[-1].status_code == 429
    assert "Hãy đợi 15 phút" in answers[-1].content.decode()


def test_recovery_codes_are_saved_as_a_file(client, member):
    protect(member)
    response = client.get(reverse("mfa_download_recovery_codes"))

    assert len(response.content.decode().split()) == 10
    assert response["Content-Disposition"].startswith("attachment")


def test_a_passkey_of_somebody_else_is_not_found(client, member):
    other = make.user_of(make.head(make.an_organization()))
    key = Authenticator.objects.create(
        user=other, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}}
    )
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.get(reverse(name, args=[key.pk])).status_code == 404


def test_ones_passkeys_are_listed_renamed_and_removed(client, member):
    key = Authenticator.objects.create(
        user=member, type=Authenticator.Type.WEBAUTHN, data={"name": "Máy ở <b>", "credential": {}}
    )
    page = client.get(reverse("mfa_list_webauthn"))
    assert_is_ours(page)
    assert "Máy ở &lt;b&gt;" in page.content.decode()
    edit, remove = (reverse(f"mfa_{verb}_webauthn", args=[key.pk]) for verb in ("edit", "remove"))
    assert_is_ours(client.get(edit))
    assert_is_ours(client.post(edit, {"name": "A" * 101}))
    assert client.post(edit, {"name": "Điện thoại"}).url == reverse("mfa_list_webauthn")
    assert "Điện thoại" in client.get(reverse("mfa_list_webauthn")).content.decode()
    assert_is_ours(client.get(remove))
    assert client.post(remove).url == reverse("mfa_list_webauthn")
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_signing_out_leads_home_and_ends_the_session(client, member):
    response = client.post(reverse("account_logout"))

    assert response.url == reverse("home")
    assert SESSION_KEY not in client.session
