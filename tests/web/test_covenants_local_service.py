"""The addresses by which the service on a signer's own machine fetches the file and brings it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from config.local_service import local_service
from tests import certificates as office
from tests import factories as make
from thidua.accounts.models import Appointment
from thidua.core import clock
from thidua.covenants.actions import local_signing
from thidua.covenants.models import LocalSigning
from thidua.documents.models import Signature
from thidua.files.models import Blob
from thidua.web.covenants import vgca

pytestmark = pytest.mark.django_db
SERVICE = "wss://127.0.0.1:8987"


@pytest.fixture(autouse=True)
def _on(request, settings):
    if "head" in request.fixturenames:
        request.getfixturevalue("head")  # before the settings are changed: see tests/kept.py
    cache.clear()
    settings.VGCA_URL = SERVICE


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def covenant(world):
    # In the last minutes of a day too, the round is open when a secret has become too old.
    return make.a_frozen_covenant(world, sign_by=clock.today() + timedelta(days=1))


@pytest.fixture
def head(world, covenant, client):
    office.known(world.members)
    client.force_login(make.user_of(world.heads[1]))
    return world.heads[1]


@pytest.fixture
def machine():
    """Return the service: a client with no cookies, whose requests name no page of ours."""
    return Client(enforce_csrf_checks=True, SERVER_NAME="localhost")


def page_of(covenant):
    return reverse("covenants:sign_by_local", args=[covenant.pk])


def ask(client, covenant, acting, **more):
    told = {"digest": covenant.version.digest, "organization": acting.organization_id}
    return client.post(page_of(covenant), {**told, "call": "approved", **more})


def fetched(machine, asked):
    return b"".join(machine.get(asked["file"]).streaming_content)


def signed(machine, asked, covenant, acting, n=1):
    return office.sign(fetched(machine, asked), office.issued(n), office.field(covenant, acting))


def bring(machine, asked, pdf, name=vgca.UPLOADED):
    sent = {name: SimpleUploadedFile("giao-uoc.signed.pdf", pdf)}
    return machine.post(asked["handler"], sent)


def state_of(client, asked):
    return client.get(asked["state"]).json()


def refused(machine, client, asked, pdf):
    """Bring a file; return the sentence, which the service and the person's page both get."""
    answer = bring(machine, asked, pdf).json()
    assert answer["Status"] is False
    assert not Signature.objects.exists()
    assert state_of(client, asked) == {"state": "refused", "sentence": answer["Message"]}
    return answer["Message"]


def test_what_is_off_is_neither_offered_nor_there(covenant, client, head, machine, settings):
    asked = ask(client, covenant, head).json()
    settings.VGCA_URL = ""
    signing = client.get(reverse("covenants:sign", args=[covenant.pk]))
    assert "Ban Cơ yếu Chính phủ" not in signing.text
    assert page_of(covenant) not in signing.text
    assert client.get(page_of(covenant)).status_code == 404
    assert ask(client, covenant, head).status_code == 404
    assert machine.get(asked["file"]).status_code == 404
    assert bring(machine, asked, b"%PDF-").status_code == 404


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1:8987", "wss://thidua.example:8987", "wss://127.0.0.1/x", "8987"]
)
def test_only_a_socket_of_the_machine_itself_may_be_named(url):
    with pytest.raises(ImproperlyConfigured):
        local_service(url)
    assert local_service(" wss://127.0.0.1:8987/ ") == SERVICE
    assert local_service("") == ""


def test_the_page_alone_may_speak_to_the_service(covenant, client, head):
    page = client.get(page_of(covenant))
    assert f"connect-src 'self' {SERVICE};" in page.headers["Content-Security-Policy"] + ";"
    other = client.get(reverse("covenants:sign", args=[covenant.pk]))
    assert page_of(covenant) in other.text
    assert SERVICE not in other.headers["Content-Security-Policy"]


@pytest.mark.programs
def test_a_file_that_the_service_fetched_and_brought_is_the_unit_s_signature(
    covenant, client, head, machine
):
    asked = ask(client, covenant, head).json()
    assert state_of(client, asked)["state"] == "waiting"

    answer = bring(machine, asked, signed(machine, asked, covenant, head)).json()

    assert answer == vgca.answer_of_handler(is_taken=True, message="", name="giao-uoc.pdf")
    signature = Signature.objects.get()
    assert (signature.method, signature.user) == (Signature.Method.UPLOAD, head.user)
    assert state_of(client, asked)["state"] == "signed"
    ended = client.post(asked["end"])
    assert ended.url == reverse("covenants:show", args=[covenant.pk])
    assert "Còn 2 đơn vị chưa ký." in client.get(ended.url).text


def test_the_service_is_given_no_cookie_and_the_secret_is_not_kept(covenant, client, head):
    asked = ask(client, covenant, head, call="issued").json()
    secret = asked["handler"].split("/")[-3]
    kept = LocalSigning.objects.get()
    assert len(secret) == 43
    assert kept.digest == local_signing.digest_of(secret)
    assert secret not in str(LocalSigning.objects.values().get())
    assert (kept.call, asked["call"], asked["session"]) == ("issued", "issued", "")
    assert asked["metadata"] == {
        "code": covenant.version.code,
        "digest": covenant.version.digest,
    }


def test_a_secret_that_was_never_ours_opens_nothing(covenant, client, head, machine):
    foreign = {"handler": reverse("covenants:local_take", args=["la"])}
    assert bring(machine, foreign, b"%PDF-").status_code == 404
    assert machine.get(reverse("covenants:local_file", args=["la"])).status_code == 404


def test_a_secret_brings_one_file_and_no_second(covenant, client, head, machine):
    """A replayed, foreign or cloned … answer: what was brought once is not looked at again."""
    asked = ask(client, covenant, head).json()
    refused(machine, client, asked, b"MZ")
    again = bring(machine, asked, office.original(covenant)).json()
    assert "đã nộp tệp một lần rồi" in again["Message"]
    assert machine.get(asked["file"]).status_code == 404


def test_of_two_files_at_the_same_instant_one_is_looked_at(covenant, client, head):
    ask(client, covenant, head)
    first, second = LocalSigning.objects.get(), LocalSigning.objects.get()
    local_signing.refuse_unread(first, "Không đọc được.")
    with pytest.raises(local_signing.AlreadyDone):
        local_signing.take_from_local_service(second, b"%PDF-")


def test_a_secret_that_is_too_old_opens_nothing(covenant, client, head, machine, monkeypatch):
    asked = ask(client, covenant, head).json()
    later = clock.now() + local_signing.LIFE
    monkeypatch.setattr(clock, "now", lambda: later)
    assert machine.get(asked["file"]).status_code == 404
    assert "đã quá 15 phút" in bring(machine, asked, b"%PDF-").json()["Message"]
    ended = client.post(asked["end"])
    assert ended.url == page_of(covenant)
    assert "đã quá 15 phút" in client.get(ended.url).text


@pytest.mark.programs
def test_a_secret_of_one_person_signs_for_nobody_else(world, covenant, client, head, machine):
    asked = ask(client, covenant, head).json()
    sentence = refused(
        machine, client, asked, signed(machine, asked, covenant, world.heads[2], n=2)
    )
    assert "ô của đơn vị khác" in sentence

    asked = ask(client, covenant, head).json()
    pdf = office.sign(fetched(machine, asked), office.issued(2), office.field(covenant, head))
    assert "là của đơn vị khác" in refused(machine, client, asked, pdf)


@pytest.mark.programs
def test_what_is_not_our_bytes_is_refused_as_any_upload_is(covenant, client, head, machine):
    for brought, sentence in (
        (b"", "không nộp tệp nào"),
        (b"MZ", "không phải PDF"),
        (office.original(covenant), "không có chữ ký số mới"),
        (office.original(covenant).replace(b"obj", b"obj ", 1), "được một phần mềm ghi lại"),
    ):
        asked = ask(client, covenant, head).json()
        assert sentence in refused(machine, client, asked, brought)
    asked = ask(client, covenant, head).json()
    answer = bring(machine, asked, office.original(covenant), name="file").json()
    assert "không nộp tệp nào" in answer["Message"]


def test_what_is_too_heavy_is_not_even_looked_at(covenant, client, head, machine, settings):
    settings.UPLOAD_MAX_MB = 1
    asked = ask(client, covenant, head).json()
    before = Blob.objects.count()
    assert "nặng quá 1 MB" in refused(machine, client, asked, b"%PDF-" + b"x" * 2_000_000)
    assert Blob.objects.count() == before


def test_a_head_whose_appointment_ends_between_opening_and_signing(covenant, client, head, machine):
    """A head whose appointment ends between opening and signing."""
    asked = ask(client, covenant, head).json()
    pdf = signed(machine, asked, covenant, head)
    yesterday = clock.today() - timedelta(days=1)
    Appointment.objects.filter(user=head.user).update(until=yesterday)
    answer = bring(machine, asked, pdf).json()
    assert answer["Status"] is False
    assert answer["Message"]
    assert not Signature.objects.exists()


def test_an_account_that_was_closed_meanwhile_signs_nothing(covenant, client, head, machine):
    asked = ask(client, covenant, head).json()
    pdf = signed(machine, asked, covenant, head)
    head.user.is_active = False
    head.user.save()
    assert "không còn dùng được" in bring(machine, asked, pdf).json()["Message"]
    assert not Signature.objects.exists()


def test_the_asking_is_seen_by_whoever_opened_it_alone(world, covenant, client, head, machine):
    asked = ask(client, covenant, head).json()
    client.logout()
    client.force_login(make.user_of(world.heads[2]))
    assert client.get(asked["state"]).status_code == 404
    assert client.post(asked["end"]).status_code == 404
    client.logout()
    assert "/tai-khoan/" in client.get(asked["state"]).url


def test_nothing_is_asked_for_what_could_not_be_signed(world, covenant, client, head):
    answer = ask(client, covenant, head, digest="0" * 64)
    assert answer.status_code == 409
    assert "không phải bản đang được ký" in answer.json()["sentence"]
    answer = ask(client, covenant, head, call="comment")
    assert "Hãy chọn ký gì" in answer.json()["sentence"]
    make.sign(covenant, head)
    answer = ask(client, covenant, head)
    assert answer.json()["to"] == reverse("covenants:show", args=[covenant.pk])
    assert client.get(page_of(covenant)).status_code == 302
    assert not LocalSigning.objects.exists()


def test_old_askings_of_a_person_are_swept_away(covenant, client, head, monkeypatch):
    ask(client, covenant, head)
    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    asked = ask(client, covenant, head)
    if asked.status_code == 200:
        assert LocalSigning.objects.get().asked_at == later


def test_whoever_has_no_part_in_the_signing_is_refused_also_where_the_way_is_on(
    world, covenant, client, head, machine
):
    asked = ask(client, covenant, head).json()
    assert machine.get(page_of(covenant)).status_code == 302
    assert bring(machine, {"handler": asked["end"]}, b"").status_code == 403  # no CSRF token
    for who in (make.a_visitor_with_account(), make.officer(world.members[1])):
        client.logout()
        client.force_login(make.user_of(who))
        assert ask(client, covenant, who).status_code in (403, 404)
        assert client.get(asked["state"]).status_code == 404
    assert LocalSigning.objects.count() == 1
