"""Frozen papers with their signatures and printings, the numbers of papers, legal texts."""

from thidua.documents.models.certificates import (
    CertificateProof,
    HeldKey,
    RegisteredCertificate,
    TrustRoot,
)
from thidua.documents.models.legal import LegalText
from thidua.documents.models.numbers import Number, NumberBook
from thidua.documents.models.proofs import PaperSheet, PasskeyProof
from thidua.documents.models.versions import Printing, Signature, Version, Withdrawal

__all__ = [
    "CertificateProof",
    "HeldKey",
    "LegalText",
    "Number",
    "NumberBook",
    "PaperSheet",
    "PasskeyProof",
    "Printing",
    "RegisteredCertificate",
    "Signature",
    "TrustRoot",
    "Version",
    "Withdrawal",
]
