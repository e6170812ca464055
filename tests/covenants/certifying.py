"""Signing with certificates in tests: what a unit uploads, what is held for it, what is refused."""

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
from thidua.documents.models import CertificateProof, HeldKey, Signature
from thidua.pades.verifying import verify_pdf


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
    assert Signature.objects.count() == before
    certified = Signature.objects.filter(certified__isnull=False).count()
    assert CertificateProof.objects.count() == certified
    assert Entry.objects.filter(code="covenant.signed").count() == before
    return caught.value.sentence


def hold(world: make.World, n: int) -> HeldKey:
    """Let the server hold the n-th member's key."""
    pkcs12 = office.issued(n).pkcs12(office.PASSPHRASE)
    return hold_pkcs12(world.members[n], pkcs12, by=NOBODY, passphrase=office.PASSPHRASE)


def by_held_key(covenant: Covenant, head: make.Acting) -> Signature:
    """Let the server sign for the head's unit."""
    assert covenant.version is not None
    return sign_by_held_key(
        covenant,
        by=head,
        digest=covenant.version.digest,
        organization_id=head.organization_id or 0,
    )
