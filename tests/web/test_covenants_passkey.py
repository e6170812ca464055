"""The signing page asks the device; what it answers is a signature that anybody can check again."""

import base64
import hashlib
import json
import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from fido2 import cbor
from fido2.cose import CoseKey

from tests import factories as make
from tests.softkey import SoftKey, as_posted
from tests.tampering import behind_the_back
from tests.web.papers import bytes_of
from thidua.documents.models import PasskeyProof, Signature
from thidua.documents.passkeys import decode

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def covenant(world):
    return make.a_frozen_covenant(world)


@pytest.fixture
def head(world, client):
    client.force_login(make.user_of(world.heads[2]))
    return world.heads[2]


@pytest.fixture
def key(head):
    return SoftKey().registered_to(head.user)


def page_of(client, name, *args) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def on_page(page: str, name: str) -> str:
    """Return what the signing page says by this attribute or in this hidden field."""
    found = re.search(rf'data-{name}="([^"]*)"|name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1] or found[2]


def send(client, covenant, page, key, **other):
    """Answer the question that stands on the page, as its script does."""
    posted = {name: on_page(page, name) for name in ("digest", "organization", "ticket")}
    posted["answer"] = as_posted(key.answer(decode(on_page(page, "challenge"))))
    return client.post(
        reverse("covenants:sign_by_passkey", args=[covenant.pk]), {**posted, **other}
    )


def signed(client, covenant, key) -> Signature:
    page = page_of(client, "covenants:sign", covenant.pk)
    assert send(client, covenant, page, key).url == reverse("covenants:show", args=[covenant.pk])
    return Signature.objects.get(method="passkey")


def test_a_head_signs_by_the_device_without_a_password(client, covenant, head, key):
    page = page_of(client, "covenants:sign", covenant.pk)
    assert on_page(page, "rp") == "localhost"
    assert on_page(page, "keys")
    assert "không thay cho chữ ký số" in page

    told = client.get(send(client, covenant, page, key).url).content.decode()

    assert "Còn 2 đơn vị chưa ký" in told
    assert "Ký bằng khóa truy cập (passkey)" in told
    assert "không thay cho chữ ký số" in told


def test_without_a_key_the_page_says_where_to_register_one(client, covenant, head):
    page = page_of(client, "covenants:sign", covenant.pk)

    assert "chưa có khóa nào" in page
    assert reverse("mfa_index") in page
    assert "data-challenge" not in page


@pytest.mark.parametrize(
    "answer", ["", "{}", "[1]", "null", '{"credential_id": 1}', "x" * 30_000, '"ă"']
)
def test_what_is_no_answer_leads_back_with_a_sentence(client, covenant, head, key, answer):
    page = page_of(client, "covenants:sign", covenant.pk)
    response = send(client, covenant, page, key, answer=answer)

    assert response.url == reverse("covenants:sign", args=[covenant.pk])
    assert "không phải khóa đã đăng ký" in client.get(response.url).content.decode()
    assert not Signature.objects.exists()


def test_a_replayed_answer_leads_to_the_page_and_signs_nothing_twice(client, covenant, head, key):
    """a replayed, foreign or cloned passkey answer"""
    page = page_of(client, "covenants:sign", covenant.pk)
    kept = as_posted(key.answer(decode(on_page(page, "challenge"))))
    for _time in range(2):
        send(client, covenant, page, key, answer=kept)

    assert Signature.objects.count() == PasskeyProof.objects.count() == 1


def test_the_signing_file_carries_all_that_is_needed_to_check_it_without_us(
    client, covenant, head, key
):
    """The recipe of docs/ways-to-sign.md, step by step, with nothing of ours."""
    signed(client, covenant, key)
    told = client.get(reverse("covenants:signing_file", args=[covenant.pk, "json"])).json()
    one = next(each for each in told["signatures"] if each["proof"])
    proof = one["proof"]

    def plain(text: str) -> bytes:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

    statement = json.loads(proof["statement"])
    assert statement["digest"] == told["digest"] == one["digest"]
    assert statement["organization_name"] == one["organization"]
    assert (statement["signer"], statement["capacity"]) == (one["signer"], one["capacity"])
    client_data = json.loads(plain(proof["client_data"]))
    challenge = hashlib.sha256(proof["statement"].encode()).digest()
    assert plain(client_data["challenge"]) == challenge
    assert client_data["type"] == "webauthn.get"
    device = plain(proof["authenticator_data"])
    assert device[:32] == hashlib.sha256(proof["rp_id"].encode()).digest()
    assert device[32] & 0b101 == 0b101  # the owner was there, and was recognised
    public_key = CoseKey.parse(cbor.decode(plain(proof["public_key"])))
    client_hash = hashlib.sha256(plain(proof["client_data"])).digest()
    public_key.verify(device + client_hash, plain(proof["signature"]))
    assert "Đã kiểm" in one["proven"]


def test_the_page_of_the_code_says_whether_the_passkey_holds(client, world, covenant, head, key):
    signed(client, covenant, key)
    told = page_of(client, "verifying:show", covenant.version.shown_code)
    assert "Đã kiểm: khóa truy cập của người ký" in told

    with behind_the_back("documents_signature"):
        Signature.objects.update(signer_name="Người khác")
    told = page_of(client, "verifying:show", covenant.version.shown_code)
    assert "KHÔNG đứng vững" in told


@pytest.mark.programs
def test_the_command_says_whether_the_passkey_holds(client, covenant, head, key, capsys, tmp_path):
    signed(client, covenant, key)
    file = tmp_path / "giao-uoc.pdf"
    file.write_bytes(bytes_of(covenant.version))

    call_command("verify_document", str(file))

    assert "Đã kiểm: khóa truy cập của người ký" in capsys.readouterr().out
