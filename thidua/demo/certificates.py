"""Signing a covenant of the demonstration with certificates, each marked as worth nothing.

The keys are made for this and thrown away: nobody can ever sign with them again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from thidua.accounts.acting import NOBODY, Acting
from thidua.core import clock
from thidua.covenants.actions.by_certificate import sign_by_upload
from thidua.covenants.models import Covenant
from thidua.covenants.parties import field_of
from thidua.documents.actions.originals import signing_original
from thidua.documents.actions.printing import fonts_in_use
from thidua.documents.actions.trust import add_trust_root, register_certificate
from thidua.documents.models import Version
from thidua.documents.signed_pdfs import signed_pdf_of
from thidua.files.storage import open_bytes
from thidua.pades.demo_ca import DemoCA, Issued
from thidua.pades.keys import open_pkcs12
from thidua.pades.marks import Mark, data_lines
from thidua.pades.signing import sign_pdf

AUTHORITY = "Nơi cấp chứng thư MINH HỌA"
VALID_BEFORE = timedelta(days=30)


def sign_with_certificates(
    covenant: Covenant, signers: Sequence[Acting], *, since: datetime
) -> None:
    """Let the signers sign one PDF in turn, two minutes apart, each as at an office's own machine.

    Outside any deed: each signature keeps a file.
    """
    authority = DemoCA(since - VALID_BEFORE)
    with clock.at(since):
        add_trust_root(authority.root, name=AUTHORITY, by=NOBODY)
    for number, signer in enumerate(signers):
        with clock.at(since + timedelta(minutes=2 * number)):
            _sign(covenant, signer, authority)


def _sign(covenant: Covenant, signer: Acting, authority: DemoCA) -> None:
    version, unit = covenant.version, signer.organization
    if version is None or unit is None or signer.user is None:
        raise ValueError("a signature needs a frozen text, a person and an organisation")
    issued = authority.issue_to(signer.user.name, unit.name)
    register_certificate(unit, issued.der, by=NOBODY)
    sign_by_upload(
        covenant,
        by=signer,
        digest=version.digest,
        organization_id=unit.pk,
        uploaded=_signed(version, issued, _field(covenant, unit.pk), unit.name),
        is_from_here=True,
    )


def _signed(version: Version, issued: Issued, field: str, unit: str) -> bytes:
    key = open_pkcs12(issued.pkcs12(""), "")
    blob = signed_pdf_of(version) or signing_original(version).blob
    with open_bytes(blob) as file:
        pdf = file.read()
    mark = Mark(data_lines(key.facts, clock.now(), organization=unit), fonts_in_use())
    return sign_pdf(pdf, key, field, mark, at=clock.now()).pdf


def _field(covenant: Covenant, organization_id: int) -> str:
    member = covenant.cycle.enrolment_of(organization_id)
    if member is None:
        raise ValueError("who signs takes part in the year")
    return field_of(member)
