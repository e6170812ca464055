"""Signing a covenant with a passkey: what is kept, and every answer that is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.softkey import PRESENT, SoftKey, answered
from tests.tampering import behind_the_back
from thidua.accounts.actions import end_appointment
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, DomainError, NoRight
from thidua.covenants.actions.by_passkey import sign_by_passkey
from thidua.covenants.actions.freezing import amend_covenant, freeze_covenant
from thidua.covenants.models import Covenant
from thidua.documents.actions.passkeys import PasskeyRefused, ask
from thidua.documents.actions.versions import Signer
from thidua.documents.models import PasskeyProof, Signature
from thidua.documents.proving import proven_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def covenant(world):
    tomorrow = clock.today() + timedelta(days=1)  # what grows too old may do so over midnight
    return make.a_frozen_covenant(world, sign_by=tomorrow)


@pytest.fixture
def head(world):
    return world.heads[2]


@pytest.fixture
def key(head):
    return SoftKey().registered_to(head.user)


def asked(covenant: Covenant, head: make.Acting) -> tuple[str, bytes]:
    """Open the page: return its ticket and the challenge."""
    assert covenant.version is not None
    ticket, statement = ask(covenant.version, Signer.of(head.appointments[0]))
    return ticket, statement.challenge()


def signed(
    covenant: Covenant, head: make.Acting, ticket: str, answer: Any, **other: str
) -> Signature:
    """Send what the device answered."""
    assert covenant.version is not None
    return sign_by_passkey(
        covenant,
        by=head,
        digest=covenant.version.digest,
        organization_id=head.organization_id or 0,
        answered=answered(ticket, answer, **other),
    )


def refused(act: Callable[[], Any], error: type[DomainError] = PasskeyRefused) -> str:
    """Say in which words it was refused, after seeing that nothing of it was left."""
    before = Signature.objects.count()
    with pytest.raises(error) as caught:
        act()
    assert Signature.objects.count() == PasskeyProof.objects.count() == before
    assert Entry.objects.filter(code="covenant.signed").count() == before
    return caught.value.sentence


def test_the_device_signs_the_digest_and_all_that_proves_it_is_kept(covenant, head, key):
    ticket, challenge = asked(covenant, head)

    signature = signed(covenant, head, ticket, key.answer(challenge))

    assert signature.method == Signature.Method.PASSKEY
    assert signature.user == head.user
    proven = proven_of(signature)
    assert proven is not None
    assert proven.holds
    assert covenant.version.digest in proven.data["statement"]
    assert make.reread(covenant).state == Covenant.State.SIGNING


def test_the_last_passkey_puts_the_covenant_in_force_like_any_signature(world, covenant):
    for n, head in enumerate(world.heads):
        key = SoftKey(credential_id=b"khoa-%d" % n).registered_to(head.user)
        ticket, challenge = asked(covenant, head)
        signed(covenant, head, ticket, key.answer(challenge))

    assert make.reread(covenant).state == Covenant.State.IN_FORCE


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"flags": PRESENT}, "Thiết bị chưa hỏi vân tay"),
        ({"type": "webauthn.create"}, "không phải để ký"),
        ({"cross_origin": True}, "không phải để ký"),
        ({"origin": "http://localhost.evil.example"}, "một trang khác"),
        ({"rp_id": "evil.example"}, "một trang khác"),
    ],
)
def test_an_answer_from_elsewhere_or_without_its_owner_is_refused(
    covenant, head, key, wrong, words
):
    ticket, challenge = asked(covenant, head)
    answer = key.answer(challenge, **wrong)

    assert words in refused(lambda: signed(covenant, head, ticket, answer))


def test_a_replayed_answer_is_refused(world, covenant, head, key):
    """a replayed, foreign or cloned passkey answer"""
    ticket, challenge = asked(covenant, head)
    answer = key.answer(challenge)
    later_ticket, _later = asked(covenant, head)

    assert "lần ký khác" in refused(lambda: signed(covenant, head, later_ticket, answer))
    signed(covenant, head, ticket, answer)
    sentence = refused(lambda: signed(covenant, head, ticket, answer), AlreadyDone)
    assert "đã ký bản này rồi" in sentence


def test_the_number_of_a_page_serves_once_even_for_another_unit(world, covenant, head, key):
    """a replayed, foreign or cloned passkey answer"""
    ticket, challenge = asked(covenant, head)
    proof = signed(covenant, head, ticket, key.answer(challenge)).passkey
    proof.pk, proof.signature, proof.counter = None, make.sign(covenant, world.heads[1]), 99

    with pytest.raises(IntegrityError), transaction.atomic():
        proof.save(force_insert=True)


def test_a_foreign_key_is_refused(world, covenant, head, key):
    """a replayed, foreign or cloned passkey answer"""
    other = SoftKey(credential_id=b"khoa-nguoi-khac").registered_to(world.heads[1].user)
    ticket, challenge = asked(covenant, head)

    sentence = refused(lambda: signed(covenant, head, ticket, other.answer(challenge)))
    assert "không phải khóa đã đăng ký của tài khoản bạn" in sentence
    pretending = replace(other, credential_id=key.credential_id)
    sentence = refused(lambda: signed(covenant, head, ticket, pretending.answer(challenge)))
    assert "không khớp với khóa đã đăng ký" in sentence


def test_a_cloned_key_is_refused_when_its_count_does_not_rise(world, covenant, head, key):
    """a replayed, foreign or cloned passkey answer"""
    ticket, challenge = asked(covenant, head)
    copy = replace(key, counter=key.counter)
    signed(covenant, head, ticket, key.answer(challenge))
    amended = amend_covenant(covenant, by=world.heads[0], reason="Thêm một điều")
    amended = freeze_covenant(amended, by=world.heads[0], sign_by=clock.today())

    ticket, challenge = asked(amended, head)
    sentence = refused(lambda: signed(amended, head, ticket, copy.answer(challenge)))
    assert "sao chép khóa" in sentence
    ticket, challenge = asked(amended, head)
    signed(amended, head, ticket, key.answer(challenge))


@pytest.mark.twice
def test_two_proofs_never_tell_one_count_of_one_key(world, covenant, head, key):
    """The database has the last word where two answers come at once."""
    ticket, challenge = asked(covenant, head)
    proof = signed(covenant, head, ticket, key.answer(challenge)).passkey
    proof.pk, proof.signature, proof.nonce = None, make.sign(covenant, world.heads[1]), "khác"

    with pytest.raises(IntegrityError), transaction.atomic():
        proof.save(force_insert=True)


def test_a_key_that_never_counts_signs_again_and_again(world, covenant, head):
    key = SoftKey(counter=0).registered_to(head.user)
    ticket, challenge = asked(covenant, head)

    assert signed(covenant, head, ticket, key.answer(challenge)).passkey.counter == 0


def test_another_text_than_the_one_shown_is_refused(world, covenant, head, key):
    ticket, _challenge = asked(covenant, head)
    other = make.a_frozen_covenant(make.a_bloc(3))
    _ticket, foreign = asked(other, head)

    assert "văn bản" in refused(lambda: signed(covenant, head, ticket, key.answer(foreign)))


def test_what_is_no_answer_at_all_gets_a_sentence(covenant, head, key):
    ticket, challenge = asked(covenant, head)
    answer = key.answer(challenge)
    for name in ("authenticator_data", "client_data", "signature"):
        for junk in ("", "%%%", "AAAA", "ă"):
            spoilt = {**answer, name: junk}
            assert refused(lambda spoilt=spoilt: signed(covenant, head, ticket, spoilt))


def test_a_ticket_of_another_person_or_time_or_maker_is_refused(world, covenant, head, key):
    ticket, challenge = asked(covenant, head)
    other_ticket, _other = asked(covenant, world.heads[1])
    answer = key.answer(challenge)

    assert "tài khoản khác" in refused(lambda: signed(covenant, head, other_ticket, answer))
    assert "không do hệ thống lập" in refused(lambda: signed(covenant, head, ticket[:-1], answer))
    with clock.at(clock.now() + timedelta(minutes=62)):
        assert "quá lâu" in refused(lambda: signed(covenant, head, ticket, answer))


def test_a_head_whose_appointment_ends_between_opening_and_signing_is_refused(
    world, covenant, head, key
):
    """a head whose appointment ends between opening and signing"""
    ticket, challenge = asked(covenant, head)
    end_appointment(head.appointments[0], by=world.board, reason="Thôi giữ chức vụ")

    refused(lambda: signed(covenant, head, ticket, key.answer(challenge)), NoRight)


def test_a_row_that_was_changed_afterwards_no_longer_holds(covenant, head, key):
    ticket, challenge = asked(covenant, head)
    signature = signed(covenant, head, ticket, key.answer(challenge))

    with behind_the_back("documents_signature"):
        Signature.objects.update(capacity="TỔNG BÍ THƯ")
    assert proven_of(signature)
    proven = proven_of(Signature.objects.get())
    assert proven is not None
    assert not proven.holds
    assert "KHÔNG đứng vững" in proven.sentence
