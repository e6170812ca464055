"""Signing with a certificate at the office's own machine: what is taken, what is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests import certificates as office
from tests import factories as make
from tests.covenants.certifying import refused, results, signed, uploaded
from thidua.accounts.acting import NOBODY
from thidua.accounts.actions import end_appointment
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, NoRight
from thidua.covenants.models import Covenant
from thidua.covenants.parties import field_of, parties_to_sign
from thidua.documents.actions.trust import end_certificate, register_certificate
from thidua.documents.models import CertificateProof, RegisteredCertificate, Signature
from thidua.documents.signed_pdfs import signed_pdf_of, signed_pdfs_of
from thidua.pades.demo_ca import DemoCA, Wish, self_signed

pytestmark = [pytest.mark.django_db, pytest.mark.programs]  # each file is read apart
Manner = CertificateProof.Manner
YESTERDAY = office.LATER - timedelta(days=366)


@pytest.fixture
def world(db):
    return make.a_bloc(3)


@pytest.fixture
def covenant(world, settings, tmp_path):
    covenant = make.a_frozen_covenant(world)
    office.known(world.members)
    settings.HELD_KEYS_SECRET = office.SECRET  # the world before the settings: see tests/kept.py
    settings.HELD_KEYS_DIR = tmp_path / "keys"
    return covenant


def test_three_members_sign_in_turn_on_one_pdf_and_the_covenant_comes_in_force(world, covenant):
    for n, head in enumerate(world.heads):
        signature = uploaded(covenant, head, signed(covenant, head, n))
        assert signature.method == Signature.Method.UPLOAD
        assert signature.certified.manner == Manner.IN_TURN

    assert make.reread(covenant).state == Covenant.State.IN_FORCE
    pdf = office.newest(covenant)
    assert pdf.startswith(office.original(covenant))
    assert results(covenant, pdf) == ["valid"] * 3
    assert [proof.blob for proof in signed_pdfs_of(covenant.version)] == [
        signed_pdf_of(covenant.version)
    ]
    assert Entry.objects.filter(code="covenant.certified").count() == 3


def test_the_same_facts_give_the_same_original(covenant):
    assert office.original(covenant) == office.original(covenant)


def test_members_sign_side_by_side_as_originals_of_their_own(world, covenant):
    original = office.original(covenant)
    first = signed(covenant, world.heads[0], 0, original)
    second = signed(covenant, world.heads[1], 1, original)

    one, two = uploaded(covenant, world.heads[0], first), uploaded(covenant, world.heads[1], second)

    assert one.certified.manner == Manner.IN_TURN
    assert two.certified.manner == Manner.SIDE_BY_SIDE
    assert len(signed_pdfs_of(covenant.version)) == 2


def test_two_fetched_the_newest_and_both_count(world, covenant):
    """“two members finishing at the same instant in turn and side by side (both count)”."""
    uploaded(covenant, world.heads[0], signed(covenant, world.heads[0], 0))
    newest = office.newest(covenant)
    second = signed(covenant, world.heads[1], 1, newest)
    third = signed(covenant, world.heads[2], 2, newest)

    uploaded(covenant, world.heads[1], second)
    last = uploaded(covenant, world.heads[2], third)

    assert last.certified.manner == Manner.SIDE_BY_SIDE
    assert make.reread(covenant).state == Covenant.State.IN_FORCE
    assert results(covenant, third) == ["valid"] * 2


def test_a_pdf_of_another_covenant(world, covenant):
    """“A PDF of another covenant”: refused beside the file, and nothing is kept."""
    other = make.a_frozen_covenant(make.a_bloc(3))
    pdf = office.sign(office.original(other), office.issued(1), field_in(other))

    assert "một văn bản khác" in refused(lambda: uploaded(covenant, world.heads[1], pdf))


def field_in(covenant: Covenant) -> str:
    return field_of(covenant.cycle.current()[0])


def test_ours_with_one_byte_changed(world, covenant):
    """“ours with one byte changed”, before it was signed or since."""
    pdf = bytearray(signed(covenant, world.heads[1], 1))
    pdf[900] ^= 1

    assert "đã bị thay đổi so với bản gốc" in refused(
        lambda: uploaded(covenant, world.heads[1], bytes(pdf))
    )


def test_what_is_not_signed_is_said_to_be_so(world, covenant):
    original = office.original(covenant)
    for pdf, sentence in (
        (b"", "Tệp rỗng"),
        (b"khong phai pdf", "không phải PDF"),
        (original, "không có chữ ký số mới"),
        (original[:-200], "bị hỏng hoặc thiếu"),
    ):
        assert sentence in refused(lambda pdf=pdf: uploaded(covenant, world.heads[1], pdf))


def test_a_certificate_of_another_organisation(world, covenant):
    """“a certificate that is … of another organisation”: each signs with what is its own."""
    pdf = signed(covenant, world.heads[1], 2)

    assert "là của đơn vị khác" in refused(lambda: uploaded(covenant, world.heads[1], pdf))


def test_a_certificate_that_nobody_registered(world, covenant):
    pdf = signed(covenant, world.heads[1], 7)
    assert "chưa đăng ký cho" in refused(lambda: uploaded(covenant, world.heads[1], pdf))


def test_a_certificate_of_another_person_of_the_unit(world, covenant):
    other = make.head(world.members[1])
    office.register(world.members[1], 5, other.user.person)
    pdf = signed(covenant, world.heads[1], 5)

    assert "người khác của" in refused(lambda: uploaded(covenant, world.heads[1], pdf))
    assert uploaded(covenant, other, pdf).signer_name == other.user.name


def test_a_certificate_that_is_accepted_no_more(world, covenant):
    pdf = signed(covenant, world.heads[1], 1)
    mine = RegisteredCertificate.objects.get(organization=world.members[1])
    end_certificate(mine, by=NOBODY, ending="revoked", reason="mất thiết bị")

    assert "đã thôi nhận" in refused(lambda: uploaded(covenant, world.heads[1], pdf))


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (lambda: office.stranger().issue(wish()), "không có trong danh sách được tin"),
        (lambda: self_signed(wish(), office.LONG_AGO, office.LATER), "tự cấp"),
        (lambda: office.authority().issue(wish(valid_until=YESTERDAY)), "đã hết hạn"),
    ],
)
def test_a_certificate_that_is_expired_self_signed_or_of_nobody_we_know(
    world, covenant, key, sentence
):
    """“a certificate that is expired, … self-signed”: the sentence names what is wrong."""
    pdf = office.sign(office.original(covenant), key(), office.field(covenant, world.heads[1]))

    assert sentence in refused(lambda: uploaded(covenant, world.heads[1], pdf))


def wish(**more: Any) -> Wish:
    return Wish(person="Người", organization="Đơn vị", is_illustration=False, **more)


def test_a_certificate_that_was_revoked(world, covenant, settings, tmp_path):
    """“a certificate that is … revoked”: its issuer's list lies in the folder of lists."""
    ca = DemoCA(office.LONG_AGO, name="CA có danh sách")
    one = ca.issue(wish())
    office.believe(ca)
    register_certificate(world.members[1], one.der, by=NOBODY)
    pdf = office.sign(office.original(covenant), one, office.field(covenant, world.heads[1]))
    ca.revoke(one.certificate, clock.now() - timedelta(days=1))
    settings.REVOCATION_DIR = tmp_path / "lists"
    settings.REVOCATION_DIR.mkdir()
    (settings.REVOCATION_DIR / "ca.crl").write_bytes(ca.crl(clock.now()))

    assert "đã bị nơi cấp thu hồi" in refused(lambda: uploaded(covenant, world.heads[1], pdf))


def test_a_signature_made_before_freezing(world, covenant):
    """“a signature made before freezing”: by its own word it is older than the text."""
    early = clock.now() - timedelta(days=2)
    pdf = office.sign(
        office.original(covenant),
        office.issued(1),
        office.field(covenant, world.heads[1]),
        early,
    )

    assert "trước khi văn bản được chốt" in refused(lambda: uploaded(covenant, world.heads[1], pdf))


def test_in_another_member_s_place(world, covenant):
    pdf = office.sign(
        office.original(covenant), office.issued(1), office.field(covenant, world.heads[2])
    )
    assert "ô của đơn vị khác" in refused(lambda: uploaded(covenant, world.heads[1], pdf))


def test_a_head_whose_appointment_ended_before_the_file_came(world, covenant):
    """“a head whose appointment ends between opening and signing”."""
    head = world.heads[1]
    pdf = signed(covenant, head, 1)
    end_appointment(head.appointments[0], by=NOBODY, reason="thôi chức")

    refused(lambda: uploaded(covenant, head, pdf), NoRight)


def test_a_second_file_of_a_unit_that_has_signed(world, covenant):
    head = world.heads[1]
    uploaded(covenant, head, signed(covenant, head, 1))
    again = office.sign(office.original(covenant), office.issued(1), office.field(covenant, head))

    refused(lambda: uploaded(covenant, head, again), AlreadyDone)


def test_an_addendum_and_a_covenant_in_turn_keep_their_order(world):
    covenant = make.a_frozen_covenant(world)
    leader = world.heads[0]
    assert parties_to_sign(covenant.version)[0].organization == (leader.organization_name)


def test_proofs_are_records(world, covenant):
    proof = uploaded(covenant, world.heads[0], signed(covenant, world.heads[0], 0)).certified
    with pytest.raises(DatabaseError), transaction.atomic():
        CertificateProof.objects.filter(pk=proof.pk).update(level="B-LT")
    with pytest.raises(DatabaseError), transaction.atomic():
        proof.delete()
