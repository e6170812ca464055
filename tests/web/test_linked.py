"""The page behind a personal link: read, code by mail, one act; refused with a sentence else."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from tests import factories as make
from tests.covenants.links import ADDRESS, a_code, a_link, wrong
from thidua.core import clock
from thidua.covenants.actions.linking import revoke_link
from thidua.covenants.codes import code_of
from thidua.covenants.models import Comment, Decline, SigningLink
from thidua.documents.models import Signature
from thidua.jobs.work import run_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(2)


@pytest.fixture
def covenant(world):
    return make.a_frozen_covenant(world)


@pytest.fixture
def made(world, covenant):
    """The link of the second member's head, and its secret."""
    return a_link(world, covenant)


def at(name, token):
    """Return an address of the link."""
    return reverse(f"linked:{name}", args=[token])


def read(response):
    """Return the text of an answer."""
    return response.content.decode()


def test_without_an_account_one_reads_text_digest_and_capacity(client, covenant, made):
    link, token = made

    response = client.get(at("show", token))
    page = read(response)

    assert covenant.version.digest in page
    assert "TM. BAN THƯỜNG VỤ" in page
    assert "không phải chữ ký số" in page
    assert ADDRESS not in page
    assert link.contact.shown_address in page
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_the_code_comes_by_mail_and_signs(client, covenant, made):
    link, token = made
    sent = client.post(at("code", token))
    assert "Đã gửi mã tới" in read(client.get(sent.url))
    run_due()
    link.refresh_from_db()
    code = code_of(link)
    assert code in mail.outbox[-1].body

    told = {"code": f"{code[:3]} {code[3:]}", "digest": covenant.version.digest}
    page = read(client.post(at("show", token), told))

    assert f"Đã ký cho {link.enrolment.organization.name}" in page
    assert Signature.objects.get().method == Signature.Method.LINK
    again = client.get(at("show", token))
    assert again.status_code == 410
    assert "đã dùng rồi" in read(again)


def test_a_wrong_code_stands_beside_its_field_and_signs_nothing(client, covenant, made):
    link, token = made
    code = a_code(link)

    told = {"code": wrong(code), "digest": covenant.version.digest}
    response = client.post(at("show", token), told)

    assert response.status_code == 422
    assert "Còn gõ được 4 lần nữa" in read(response)
    assert not Signature.objects.exists()


@pytest.mark.parametrize(("act", "model"), [("decline", Decline), ("comment", Comment)])
def test_instead_of_signing_one_declines_or_says_something(client, covenant, made, act, model):
    link, token = made
    assert "Gửi mã cho tôi" in read(client.get(at("other", token)))
    code = a_code(link)

    told = {"act": act, "body": "Chỉ tiêu cao", "code": code}
    page = read(client.post(at("other", token), told))

    assert model.objects.get().speaker == "Nguyễn Thị Ví Dụ"
    assert "Đã gửi" in page
    assert client.get(at("show", token)).status_code == 410


def test_a_refusal_keeps_what_was_typed(client, made):
    link, token = made
    code = a_code(link)

    told = {"act": "decline", "body": "Chỉ tiêu cao quá", "code": wrong(code)}
    response = client.post(at("other", token), told)

    assert response.status_code == 422
    assert "Chỉ tiêu cao quá" in read(response)


def test_expired_and_revoked_links_say_so(client, world, made):
    link, token = made
    with clock.at(clock.now() + timedelta(hours=24)):
        response = client.get(at("show", token))
        assert (response.status_code, "đã hết hạn" in read(response)) == (410, True)
    revoke_link(link, by=world.heads[0])

    response = client.post(at("code", token))
    assert (response.status_code, "đã được thu hồi" in read(response)) == (410, True)


def test_a_code_asked_for_twice_in_a_minute_is_refused_with_a_sentence(client, made):
    _link, token = made
    client.post(at("code", token))

    page = read(client.get(client.post(at("code", token)).url))

    assert "đợi một phút" in page
    assert SigningLink.objects.get().codes == 1


def test_an_unknown_link_is_counted_and_barred_after_sixty(client, made):
    for _n in range(60):
        assert client.get(at("show", "khong-co")).status_code == 404

    assert client.get(at("show", made[1])).status_code == 429


def test_before_its_turn_the_page_says_whose_turn_it_is(client, world):
    covenant = make.a_round_in_order(world, [0, 1])
    _link, token = a_link(world, covenant)

    page = read(client.get(at("show", token)))

    assert f"đang đến lượt {world.members[0].name}" in page
    assert 'aria-disabled="true"' in page


def test_what_the_head_said_stands_on_the_covenants_pages(client, world, covenant, made):
    link, token = made
    told = {"act": "decline", "body": "Chỉ tiêu cao", "code": a_code(link)}
    client.post(at("other", token), told)
    client.force_login(make.user_of(world.heads[0]))

    page = read(client.get(reverse("covenants:round", args=[covenant.pk])))

    assert "Chỉ tiêu cao" in page
    decline = Decline.objects.get()
    answer = read(client.get(reverse("covenants:answer", args=[decline.pk])))
    assert "Nguyễn Thị Ví Dụ" in answer
