"""Signing with a certificate: what an office uploads, and keys that are held here."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import certificates as office
from tests import factories as make
from thidua.accounts.acting import NOBODY
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import DomainError
from thidua.covenants.actions.by_certificate import sign_by_held_key, sign_by_upload
from thidua.covenants.models import Covenant
from thidua.documents.actions.certified import SignedFileRefused
from thidua.documents.actions.held_keys import hold_pkcs12
from thidua.documents.models import CertificateProof, Signature
from thidua.documents.signed_pdfs import signed_pdf_of, signed_pdfs_of
from thidua.pades.verifying import verify_pdf

pytestmark = pytest.mark.django_db
Manner = CertificateProof.Manner


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def covenant(world):
    return make.a_frozen_covenant(world)


@pytest.fixture(autouse=True)
def _offices(world, settings, tmp_path):
    settings.HELD_KEYS_SECRET = office.SECRET
    settings.HELD_KEYS_DIR = tmp_path / "keys"
    office.believe()
    for n, head in enumerate(world.heads):
        office.registered(head, n)


def uploaded(covenant: Covenant, head: make.Acting, pdf: bytes) -> Signature:
    assert covenant.version is not None
    return sign_by_upload(
        covenant,
        by=head,
        digest=covenant.version.digest,
        organization_id=head.organization_id or 0,
        uploaded=pdf,
    )


def signed(covenant: Covenant, head: make.Acting, n: int, pdf: bytes | None = None) -> bytes:
    base = office.newest(covenant) if pdf is None else pdf
    return office.sign(base, office.issued(n), office.field(covenant, head))


def results(covenant: Covenant, pdf: bytes) -> list[str]:
    return [str(one.outcome) for one in verify_pdf(pdf, [office.authority().root], at=clock.now())]


def refused(act: Callable[[], Any], error: type[DomainError] = SignedFileRefused) -> str:
    """Say in which words it was refused, after seeing that nothing of it counts."""
    before = Signature.objects.count()
    with pytest.raises(error) as caught:
        act()
    assert Signature.objects.count() == CertificateProof.objects.count() == before
    assert Entry.objects.filter(code="covenant.signed").count() == before
    return caught.value.sentence


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
    """Two members finishing at the same instant in turn and side by side (both count)."""
    uploaded(covenant, world.heads[0], signed(covenant, world.heads[0], 0))
    newest = office.newest(covenant)
    second = signed(covenant, world.heads[1], 1, newest)
    third = signed(covenant, world.heads[2], 2, newest)

    uploaded(covenant, world.heads[1], second)
    last = uploaded(covenant, world.heads[2], third)

    assert last.certified.manner == Manner.SIDE_BY_SIDE
    assert make.reread(covenant).state == Covenant.State.IN_FORCE
    assert results(covenant, third) == ["valid"] * 2


def test_a_held_key_signs_the_newest_pdf(world, covenant):
    head = world.heads[1]
    uploaded(covenant, world.heads[0], signed(covenant, world.heads[0], 0))
    hold_pkcs12(
        head.organization,
        office.issued(1).pkcs12(office.PASSPHRASE),
        by=NOBODY,
        passphrase=office.PASSPHRASE,
    )

    signature = sign_by_held_key(
        covenant,
        by=head,
        digest=covenant.version.digest,
        organization_id=head.organization_id,
    )

    assert signature.method == Signature.Method.HELD_KEY
    assert signature.certified.manner == Manner.IN_TURN
    assert results(covenant, office.newest(covenant)) == ["valid"] * 2
