"""A fresh second factor before what binds: signing, publishing; who has none types the password."""

import re
import time

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse

from tests import factories as make
from tests.scoring.factories import a_scored_world, an_adopted_result
from thidua.documents.models import Signature
from thidua.scoring.models import Result

pytestmark = pytest.mark.django_db
SECRET = "A" * 32


def code_now():
    return totp.format_hotp_value(
        totp.hotp_value(SECRET, next(totp.yield_hotp_counters_from_time()))
    )


def confirmed(client, user, *, minutes_ago, kind="totp"):
    """Let the session say that its owner confirmed by the second factor so long ago."""
    session = client.session
    request = RequestFactory().get("/")
    request.session = session
    record_authentication(request, user, "mfa", type=kind)
    session["account_authentication_methods"][-1]["at"] = time.time() - 60 * minutes_ago
    session.save()


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def covenant(world):
    return make.a_frozen_covenant(world)


@pytest.fixture
def signer(client, world):
    client.force_login(make.user_of(world.heads[2]))
    return make.user_of(world.heads[2])


def posted(covenant, signer, **more):
    facts = {"digest": covenant.version.digest}
    facts["organization"] = signer.appointments.get().organization_id
    return {**facts, **more}


def sign(client, covenant, signer, **more):
    address = reverse("covenants:sign", args=[covenant.pk])
    return client.post(address, posted(covenant, signer, **more))


def test_who_has_an_app_signs_with_its_six_digits_in_place_of_the_password(
    client, covenant, signer
):
    totp.TOTP.activate(signer, SECRET)
    page = client.get(reverse("covenants:sign", args=[covenant.pk])).content.decode()
    assert 'name="factor_code"' in page
    assert 'name="password"' not in page
    for wrong in ({}, {"factor_code": "000000"}, {"password": make.PASSWORD}):
        answer = sign(client, covenant, signer, **wrong)
        assert answer.status_code == 422
        assert not Signature.objects.exists()

    assert sign(client, covenant, signer, factor_code=code_now()).status_code == 302

    assert Signature.objects.get().method == Signature.Method.SECOND_FACTOR


def test_a_recovery_code_signs_too_and_ten_wrong_ones_pause(client, covenant, signer):
    totp.TOTP.activate(signer, SECRET)
    spare = RecoveryCodes.activate(signer).get_unused_codes()[0]
    pages = [sign(client, covenant, signer, factor_code="1").content.decode() for _n in range(11)]
    assert "quá nhiều lần" in pages[-1]
    assert "quá nhiều lần" in sign(client, covenant, signer, factor_code=spare).content.decode()

    cache.clear()
    assert sign(client, covenant, signer, factor_code=spare).status_code == 302


def test_who_confirmed_a_few_minutes_ago_only_presses_the_button(client, covenant, signer):
    totp.TOTP.activate(signer, SECRET)
    confirmed(client, signer, minutes_ago=9)
    page = client.get(reverse("covenants:sign", args=[covenant.pk])).content.decode()
    assert 'name="factor_code"' not in page
    assert "vừa xác nhận" in page

    assert sign(client, covenant, signer).status_code == 302


@pytest.mark.parametrize("minutes", [11, -120], ids=["too long ago", "the clock was set back"])
def test_an_old_confirmation_is_asked_again_and_signs_nothing(client, covenant, signer, minutes):
    totp.TOTP.activate(signer, SECRET)
    confirmed(client, signer, minutes_ago=minutes)

    answer = sign(client, covenant, signer)

    assert answer.status_code == 422
    assert 'name="factor_code"' in answer.content.decode()
    assert not Signature.objects.exists()


def test_who_has_only_a_key_is_led_to_it_and_back_and_never_to_the_password(
    client, covenant, signer
):
    Authenticator.objects.create(
        user=signer, type="webauthn", data={"name": "Máy", "credential": {}}
    )
    address = reverse("covenants:sign", args=[covenant.pk])
    assert "máy sẽ hỏi khóa" in client.get(address).content.decode()

    led = sign(client, covenant, signer, password=make.PASSWORD)

    assert led.url.startswith(reverse("mfa_reauthenticate_webauthn") + "?next=")
    assert not Signature.objects.exists()
    confirmed(client, signer, minutes_ago=0, kind="webauthn")
    assert sign(client, covenant, signer).status_code == 302
    assert Signature.objects.get().method == Signature.Method.SECOND_FACTOR


def test_who_has_no_second_factor_signs_with_the_password_as_ever(client, covenant, signer):
    assert sign(client, covenant, signer, factor_code="123456").status_code == 422
    assert sign(client, covenant, signer, password=make.PASSWORD).status_code == 302
    assert Signature.objects.get().method == Signature.Method.IN_SYSTEM


def test_publishing_leads_to_the_second_factor_and_back_to_what_was_chosen(client):
    world = a_scored_world()
    result = an_adopted_result(world)
    leader = make.user_of(world.heads[0])
    totp.TOTP.activate(leader, SECRET)
    client.force_login(leader)
    address = reverse("results:publish", args=[result.pk])
    chosen = {"audience": Result.Audience.PUBLIC}

    led = client.post(address, chosen)

    ask = led.url
    assert ask.startswith(reverse("mfa_reauthenticate"))
    assert not Result.objects.get(pk=result.pk).is_published
    page = client.get(ask).content.decode()
    assert reverse("account_reauthenticate") not in page
    back = client.post(reverse("mfa_reauthenticate"), {"code": code_now(), "next": address})
    assert back.url == address
    again = client.get(back.url).content.decode()
    assert "vừa điền còn đây" in again
    assert re.search(r'value="public"[^>]*checked', again)
    assert client.post(address, chosen).url == reverse("results:show", args=[result.pk])
    assert Result.objects.get(pk=result.pk).is_published


def test_another_tabs_reauthentication_still_offers_the_password(client, signer):
    totp.TOTP.activate(signer, SECRET)
    session = client.session
    session["second_factor_asked"] = "/giao-uoc/1/"
    session.save()

    page = client.get(reverse("mfa_reauthenticate"), {"next": "/tai-khoan/"}).content.decode()

    assert reverse("account_reauthenticate") in page
