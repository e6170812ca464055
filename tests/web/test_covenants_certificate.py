"""Pages on which a covenant is signed with a certificate, and where its signatures are told."""

from io import StringIO

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from tests import certificates as office
from tests import factories as make
from tests.covenants.certifying import by_held_key, hold
from tests.web.test_second_factor import SECRET, code_now
from thidua.accounts.acting import NOBODY
from thidua.covenants.models import Covenant
from thidua.documents.actions.trust import retire_trust_root
from thidua.documents.models import Signature, TrustRoot
from thidua.documents.signed_pdfs import signed_pdf_of
from thidua.files.storage import place_of, store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh(head, settings, tmp_path):  # the world before the settings: see tests/kept.py
    cache.clear()
    settings.HELD_KEYS_SECRET = office.SECRET
    settings.HELD_KEYS_DIR = tmp_path / "keys"


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def covenant(world):
    return make.a_frozen_covenant(world)


@pytest.fixture
def head(world, covenant, client):
    office.known(world.members)
    client.force_login(make.user_of(world.heads[1]))
    return world.heads[1]


def at(name, covenant, *args):
    return reverse(f"covenants:{name}", args=[covenant.pk, *args])


def shown(covenant, acting, **told):
    return {"digest": covenant.version.digest, "organization": acting.organization_id, **told}


def text_of(response):
    return response.content.decode()


def body_of(response):
    return b"".join(response.streaming_content)


def test_the_signing_page_offers_the_upload_and_the_held_key_only_where_there_is_one(
    world, covenant, client, head
):
    page = text_of(client.get(at("sign", covenant)))
    assert at("sign_by_upload", covenant) in page
    assert at("sign_by_held_key", covenant) not in page
    assert client.get(at("sign_by_held_key", covenant)).url == at("sign", covenant)

    hold(world, 1)
    assert at("sign_by_held_key", covenant) in text_of(client.get(at("sign", covenant)))


@pytest.mark.programs
def test_a_file_fetched_signed_and_sent_back_is_the_unit_s_signature(covenant, client, head):
    page = text_of(client.get(at("sign_by_upload", covenant)))
    assert at("printing", covenant, "sign") in page
    assert at("printing", covenant, "signed") not in page
    fetched = body_of(client.get(at("printing", covenant, "sign")))
    pdf = office.sign(fetched, office.issued(1), office.field(covenant, head))

    sent = shown(covenant, head, file=SimpleUploadedFile("giao-uoc.pdf", pdf))
    response = client.post(at("sign_by_upload", covenant), sent)

    assert response.url == at("show", covenant)
    page = text_of(client.get(response.url))
    assert "Còn 2 đơn vị chưa ký." in page
    assert at("printing", covenant, "signed") in page
    assert body_of(client.get(at("printing", covenant, "signed"))) == pdf


def test_a_file_that_is_refused_gets_its_sentence_beside_the_field(covenant, client, head):
    for name, content, sentence in (
        ("a.pdf", b"", "Tệp rỗng"),
        ("a.pdf", b"MZ", "không phải PDF"),
        ("a.pdf", office.original(covenant), "không có chữ ký số mới"),
    ):
        sent = shown(covenant, head, file=SimpleUploadedFile(name, content))
        response = client.post(at("sign_by_upload", covenant), sent)
        assert response.status_code == 422
        assert sentence in text_of(response)
    response = client.post(at("sign_by_upload", covenant), shown(covenant, head))
    assert "Hãy chọn một tệp." in text_of(response)
    assert not Signature.objects.exists()


def test_a_file_that_is_too_heavy_is_not_even_looked_at(covenant, client, head, settings):
    settings.UPLOAD_MAX_MB = 1
    sent = shown(covenant, head, file=SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * 2_000_000))
    response = client.post(at("sign_by_upload", covenant), sent)
    assert response.status_code == 422
    assert "nặng quá 1 MB" in text_of(response)


def test_the_held_key_opens_by_the_second_factor_alone(world, covenant, client, head):
    hold(world, 1)
    page = text_of(client.get(at("sign_by_held_key", covenant)))
    assert "tài khoản của bạn chưa có" in page
    client.post(at("sign_by_held_key", covenant), shown(covenant, head, password=make.PASSWORD))
    assert not Signature.objects.exists()

    totp.TOTP.activate(head.user, SECRET)
    wrong = client.post(at("sign_by_held_key", covenant), shown(covenant, head, factor_code="1"))
    assert wrong.status_code == 422
    right = shown(covenant, head, factor_code=code_now())
    response = client.post(at("sign_by_held_key", covenant), right)

    assert response.url == at("show", covenant)
    signature = Signature.objects.get()
    assert signature.method == Signature.Method.HELD_KEY
    assert signature.user == head.user


def test_a_time_stamping_server_that_is_down_is_told_on_the_page(
    world, covenant, client, head, settings
):
    settings.TSA_URL = "http://127.0.0.1:9/"
    hold(world, 1)
    totp.TOTP.activate(head.user, SECRET)

    sent = shown(covenant, head, factor_code=code_now())
    response = client.post(at("sign_by_held_key", covenant), sent)

    page = text_of(client.get(response.url))
    assert "Máy chủ dấu thời gian không trả lời, nên chữ ký không có dấu thời gian." in page


@pytest.fixture
def in_force(world, covenant, head):
    for n, one in enumerate(world.heads):
        hold(world, n)
        by_held_key(covenant, one)
    covenant = make.reread(covenant)
    assert covenant.state == Covenant.State.IN_FORCE
    return covenant


def verifying(client, covenant):
    return text_of(client.get(reverse("verifying:show", args=[covenant.version.shown_code])))


def test_the_public_page_tells_each_signature_and_links_the_signed_pdf(in_force, client):
    client.logout()
    page = verifying(client, in_force)

    assert page.count("đã kiểm, hợp lệ") == 3
    assert page.count("Chữ ký số hợp lệ") == 3
    assert "Chữ ký số bằng chứng thư chữ ký số" in page
    link = at("printing", in_force, "signed")
    assert link in page
    pdf = body_of(client.get(link))
    answer = client.post(reverse("verifying:index"), {"file": SimpleUploadedFile("x.pdf", pdf)})
    assert "Tệp này đúng là tệp đã phát hành" in text_of(answer)


@pytest.mark.programs
def test_one_changed_byte_is_reported_for_every_signer(in_force, client, tmp_path):
    pdf = bytearray(office.newest(in_force))
    pdf[900] ^= 1

    sent = {"file": SimpleUploadedFile("x.pdf", bytes(pdf))}
    page = text_of(client.post(reverse("verifying:index"), sent))

    assert "Không phải đúng tệp đã phát hành" in page
    assert page.count("Nội dung đã bị thay đổi sau khi ký.") == 3
    assert "Người ký 1" in page
    (tmp_path / "x.pdf").write_bytes(pdf)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_document", str(tmp_path / "x.pdf"), stdout=out)
    assert out.getvalue().count("Nội dung đã bị thay đổi sau khi ký.") == 3


def test_bytes_that_were_changed_on_our_own_disk_are_told(in_force, client):
    blob = signed_pdf_of(in_force.version)
    pdf = bytearray(office.bytes_of(blob))
    pdf[900] ^= 1
    kept = store().path(place_of(blob.digest))
    with open(kept, "wb") as file:
        file.write(pdf)

    assert verifying(client, in_force).count("Nội dung đã bị thay đổi sau khi ký.") == 3


def test_an_authority_that_is_believed_no_more_makes_its_signatures_unknown(in_force, client):
    retire_trust_root(TrustRoot.objects.get(), by=NOBODY, reason="bị lộ khóa")
    page = verifying(client, in_force)
    assert page.count("Không rõ tổ chức cấp chứng thư số") == 3
    assert page.count("không đứng vững") == 3


def test_the_signing_file_names_file_certificate_and_level(in_force, client):
    told = client.get(at("signing_file", in_force, "json")).json()
    proof = told["signatures"][2]["proof"]
    assert proof["file_sha256"] == signed_pdf_of(in_force.version).digest
    assert proof["level"] == "B-B"


def test_the_pages_ask_no_more_questions_for_more_signatures(
    world, covenant, head, client, django_assert_max_num_queries
):
    pages = [reverse("verifying:show", args=[covenant.version.shown_code])]
    counts = []
    for n, one in enumerate(world.heads):
        hold(world, n)
        by_held_key(covenant, one)
        with django_assert_max_num_queries(40) as asked:
            client.get(pages[0])
        counts.append(len(asked))
    assert counts[1] == counts[0]
