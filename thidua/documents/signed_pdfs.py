"""The PDFs that carry certificate signatures: which there are of a version, which is the newest."""

from dataclasses import dataclass

from thidua.documents.models import CertificateProof, Printing, Version
from thidua.files.models import Blob

IN_TURN = CertificateProof.Manner.IN_TURN


@dataclass(frozen=True)
class Line:
    """The line of PDFs signed in turn: the original, then each with one signature more.

    Each is the beginning of the next, so the newest and the sizes tell them all.
    """

    original: Blob
    signed: tuple[Blob, ...] = ()

    @property
    def newest(self) -> Blob:
        """What the next signature in turn stands upon."""
        return self.signed[-1] if self.signed else self.original

    @property
    def sizes(self) -> list[int]:
        """The bytes of each, the original's first."""
        return [blob.size for blob in (self.original, *self.signed)]

    def at(self, size: int) -> Blob:
        """Return the one of this size."""
        return next(one for one in (self.original, *self.signed) if one.size == size)


def line_of(version: Version, original: Blob) -> Line:
    """Return the line as it is now; inside a deed that locked the round, as it will be built on."""
    proofs = CertificateProof.objects.filter(version=version, manner=IN_TURN)
    found = proofs.select_related("blob").order_by("pk")
    return Line(original, tuple(proof.blob for proof in found))


def signed_pdf_of(version: Version) -> Blob | None:
    """Return the newest PDF signed in turn, which carries the most signatures; None before any."""
    proofs = CertificateProof.objects.filter(version=version).select_related("blob")
    newest = proofs.filter(manner=IN_TURN).order_by("pk").last()
    return newest.blob if newest else None


def signed_pdfs_of(version: Version) -> list[CertificateProof]:
    """Return those that together carry every signature: the newest in turn, each side by side."""
    proofs = CertificateProof.objects.filter(version=version)
    found = list(proofs.select_related("blob", "signature").order_by("pk"))
    in_turn = [proof for proof in found if proof.is_in_turn]
    return [*in_turn[-1:], *(proof for proof in found if not proof.is_in_turn)]


def original_of(version: Version) -> Blob | None:
    """Return the signing original where it was made already."""
    made = version.printings.filter(form=Printing.Form.SIGN).select_related("blob").first()
    return made.blob if made else None
