"""The signing pages: sign, decline, remind, declare in force, and each refusal as a sentence."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests import factories as make
from tests.tampering import alter
from thidua.accounts.actions import Terms, appoint, end_appointment
from thidua.core import clock
from thidua.covenants.actions.freezing import amend_covenant, freeze_covenant, unfreeze_covenant
from thidua.covenants.models import Covenant
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import close_cycle
from thidua.documents.models import Signature

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_counted():
    cache.clear()


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def covenant(world):
    return make.a_frozen_covenant(world)


@pytest.fixture
def head(world, client):
    client.force_login(make.user_of(world.heads[1]))
    return world.heads[1]


def at(name, covenant):
    """Return the address of a covenant's page."""
    return reverse(f"covenants:{name}", args=[covenant.pk])


def signing(covenant, acting, **told):
    """Return what the signing page sends."""
    shown = {"digest": covenant.version.digest, "organization": acting.organization_id}
    return {**shown, "password": make.PASSWORD, **told}


def said(client, response):
    """Return the text of the page, after the redirect where there is one."""
    if response.status_code == 302:
        response = client.get(response.url, follow=True)
    return response.content.decode()


def test_the_page_shows_text_digest_organization_and_the_lines_that_will_be_printed(
    world, covenant, client
):
    stand_in = make.a_person_for(
        world.members[1],
        "stand_in",
        post="Phó Chủ tịch",
        collective="Ban Thường vụ",
        manner="TUQ.",
        stands_in_for=world.heads[1].appointments[0],
        until=date(2100, 1, 1),
        authorization_number="7/GUQ",
        authorization_scope="Ký giao ước",
    )
    client.force_login(make.user_of(stand_in))

    text = client.get(at("sign", covenant)).content.decode()

    assert "TM. BAN THƯỜNG VỤ<br>TUQ. CHỦ TỊCH<br>PHÓ CHỦ TỊCH" in text
    assert "Giấy ủy quyền số 7/GUQ" in text
    assert f"Ký cho {world.members[1].name}" in text
    assert covenant.version.digest in text
    assert "BẢN GIAO ƯỚC THI ĐUA" in text
    assert "vẫn cần bản giấy hoặc chữ ký số" in text


def test_signing_says_what_happened_and_who_is_awaited(world, covenant, client, head):
    response = client.post(at("sign", covenant), signing(covenant, head))

    assert response.url == at("show", covenant)
    assert f"Đã ký cho {head.organization_name}. Còn 2 đơn vị chưa ký." in said(client, response)
    assert Signature.objects.get().organization == head.organization


def test_the_last_signature_says_that_it_is_in_force(world, covenant, client, head):
    make.sign(covenant, world.heads[0])
    make.sign(covenant, world.heads[2])

    response = client.post(at("sign", covenant), signing(covenant, head))

    assert "Các đơn vị đã ký đủ: giao ước có hiệu lực." in said(client, response)
    assert make.reread(covenant).state == Covenant.State.IN_FORCE


def test_a_wrong_password_signs_nothing_and_is_not_shown_again(covenant, client, head):
    response = client.post(at("sign", covenant), signing(covenant, head, password="sai-bét-rồi"))

    assert response.status_code == 422
    text = response.content.decode()
    assert "Mật khẩu không đúng." in text
    assert "sai-bét-rồi" not in text
    assert not Signature.objects.exists()


def test_no_password_and_a_huge_one_get_a_sentence(covenant, client, head):
    for password, sentence in (("", "Hãy điền mục này."), ("x" * 100_000, "500")):
        response = client.post(at("sign", covenant), signing(covenant, head, password=password))
        assert response.status_code == 422
        assert sentence in response.content.decode()


def test_after_many_wrong_passwords_even_the_right_one_waits(covenant, client, head):
    """a wrong password 20 times."""
    for _try in range(20):
        wrong = signing(covenant, head, password="sai")
        assert client.post(at("sign", covenant), wrong).status_code == 422

    response = client.post(at("sign", covenant), signing(covenant, head))

    assert "Đã nhập sai mật khẩu quá nhiều lần. Hãy đợi 15 phút" in response.content.decode()
    assert not Signature.objects.exists()


def test_signing_again_is_told_and_changes_nothing(covenant, client, head):
    """one signing twice; a form sent twice."""
    client.post(at("sign", covenant), signing(covenant, head))

    response = client.post(at("sign", covenant), signing(covenant, head))

    assert "đã ký bản này rồi" in said(client, response)
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("organization", ["another", "", "x", "9" * 40, "²"])
def test_a_forged_organization_signs_nothing(world, covenant, client, head, organization):
    """signing for another organization."""
    forged = world.members[2].pk if organization == "another" else organization

    response = client.post(at("sign", covenant), signing(covenant, head, organization=forged))

    assert response.status_code == 422
    assert "đơn vị khác" in response.content.decode()
    assert not Signature.objects.exists()


def test_a_page_opened_for_the_other_organization_says_so(world, covenant, client, head):
    """signing for another organization: the person switched in another window."""
    elsewhere = make.an_organization()
    terms = Terms(since=date(2020, 1, 1))
    appoint(make.user_of(head), elsewhere, by=world.board, role="head", terms=terms)
    page = signing(covenant, head)
    session = client.session
    session["acting_for"] = elsewhere.pk
    session.save()

    response = client.post(at("sign", covenant), page)

    text = said(client, response)
    assert f"khi bạn làm việc cho {head.organization_name}" in text
    assert "Chưa có gì được ký" in text
    assert not Signature.objects.exists()


def test_a_right_that_ended_since_the_page_was_opened_is_told(world, covenant, client, head):
    """with an ended appointment."""
    page = signing(covenant, head)
    yesterday = clock.today() - timedelta(days=1)
    end_appointment(head.appointments[0], by=world.board, on=yesterday, reason="nghỉ hưu")

    response = client.post(at("sign", covenant), page)

    assert "đã hết. Chưa có gì được ký." in said(client, response)
    assert not Signature.objects.exists()


def test_a_stand_in_is_told_when_the_one_they_stand_in_for_has_gone(world, covenant, client):
    """with an ended appointment: that of the one stood in for."""
    principal = world.heads[1].appointments[0]
    stand_in = make.a_person_for(
        world.members[1], "stand_in", manner="KT.", stands_in_for=principal, post="Phó Chủ tịch"
    )
    client.force_login(make.user_of(stand_in))
    yesterday = clock.today() - timedelta(days=1)
    end_appointment(principal, by=world.board, on=yesterday, reason="nghỉ hưu")

    response = client.post(at("sign", covenant), signing(covenant, stand_in))

    assert "đã hết. Chưa có gì được ký." in said(client, response)
    assert not Signature.objects.exists()


def test_a_text_opened_again_meanwhile_is_told(world, covenant, client, head):
    """after unfreezing."""
    page = signing(covenant, head)
    unfreeze_covenant(covenant, by=world.heads[0], reason="Sai")

    response = client.post(at("sign", covenant), page)

    assert "đang ở bước “dự thảo”" in said(client, response)
    assert not Signature.objects.exists()


def test_a_text_frozen_anew_meanwhile_is_shown_anew_and_not_signed(world, covenant, client, head):
    """after unfreezing: and freezing another text."""
    page = signing(covenant, head)
    unfreeze_covenant(covenant, by=world.heads[0], reason="Sai")
    Covenant.objects.filter(pk=covenant.pk).update(opening="Lời mới")
    freeze_covenant(covenant, by=world.heads[0], sign_by=clock.today())

    response = client.post(at("sign", covenant), page)

    text = response.content.decode()
    assert response.status_code == 422
    assert "không phải bản đang được ký" in text
    assert "Lời mới" in text
    assert f'name="digest" value="{make.reread(covenant).version.digest}"' in text
    assert not Signature.objects.exists()


@pytest.mark.parametrize("how", ["superseded", "year closed"])
def test_a_round_closed_meanwhile_is_told(world, covenant, client, head, how):
    """after the round closed."""
    page = signing(covenant, head)
    if how == "superseded":
        make.sign(covenant, world.heads[0])
        amend_covenant(covenant, by=world.heads[0], reason="Sai")
    else:
        close_cycle(world.fresh_cycle(), by=world.board)
    before = Signature.objects.count()

    response = client.post(at("sign", covenant), page)

    expected = {"superseded": "đã có bản thay thế", "year closed": "đã khép lại"}
    assert expected[how] in said(client, response)
    assert Signature.objects.count() == before


def test_a_text_changed_in_the_database_is_not_offered_to_sign(world, covenant, client, head):
    """a covenant text changed behind the frozen digest (every page then says that it no longer
    matches)."""
    alter(covenant.version_id, text="Khác")

    for response in (
        client.get(at("sign", covenant)),
        client.post(at("sign", covenant), signing(covenant, head)),
    ):
        assert "không còn khớp với mã băm đã chốt" in said(client, response)
    assert not Signature.objects.exists()


def test_a_unit_that_left_is_told_so(world, covenant, client, head):
    """a member that leaves between freezing and signing."""
    leave_cycle(world.enrolments[1], by=world.board, on=clock.today(), reason="sáp nhập")

    response = client.post(at("sign", covenant), signing(covenant, head))

    assert "đã rời ngày" in said(client, response)
    assert not Signature.objects.exists()


def test_a_person_whose_session_ended_comes_back_to_the_signing_page(world, covenant, client, head):
    page = signing(covenant, head)
    client.logout()

    response = client.post(at("sign", covenant), page, headers={"Referer": at("sign", covenant)})

    assert reverse("account_login") in response.url
    assert make.PASSWORD not in str(dict(client.session))
    assert not Signature.objects.exists()
