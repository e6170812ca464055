"""What the signing file of a covenant tells a person: no more of anybody than name, post, unit."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import override

from thidua.accounts.acting import Acting
from thidua.audit.queries import head_digest, trail_of
from thidua.core import clock
from thidua.covenants.models import Covenant
from thidua.covenants.queries import unsigned_members
from thidua.documents.codes import address_of
from thidua.documents.models import Signature, Version
from thidua.documents.proving import proven_of, with_proofs
from thidua.documents.standings import standing_of
from thidua.documents.verifying import legal_standing
from thidua.typesetting.papers.signing_file import Happened, Signed, SigningFacts
from thidua.web.trail import Line, lines


def signing_facts(covenant: Covenant, who: Acting) -> SigningFacts:
    """Return the facts as they are now; the trail as far as ``who`` may read it.

    The file is a record: Vietnamese, whatever the reader's pages are in.
    """
    version = covenant.version
    assert version is not None  # noqa: S101  (the view has asked)
    inside = who.has_perm("covenants.follow_covenant", covenant)
    with override("vi"):
        return SigningFacts(
            title=version.title,
            of=covenant.cycle.bloc.title,
            code=version.shown_code,
            address=address_of(version.code) if version.code else "",
            digest=version.digest,
            is_whole=version.matches,
            state=standing_of(version).words,
            frozen_at=_moment(version.frozen_at),
            in_force_at=_moment(covenant.in_force_at) if covenant.in_force_at else "",
            chain=version.chain,
            head=version.chain_head,
            head_now=head_digest(version.chain),
            made_on=clock.today(),
            made_at=_moment(clock.now()),
            signatures=[_signed(signature) for signature in with_proofs(version.signatures.all())],
            missing=[member.name for member in unsigned_members(covenant)],
            trail=[
                _happened(line)
                for line in lines(trail_of(covenant).order_by("at", "number"), everything=inside)
            ],
            printings=_printings(version),
            is_illustration=version.is_illustration or covenant.is_illustration,
        )


def _signed(signature: Signature) -> Signed:
    proven = proven_of(signature)
    return Signed(
        organization=signature.organization_name,
        signer=signature.signer_name,
        capacity=signature.capacity_lines,
        authorization=signature.authorization,
        method=signature.get_method_display(),
        legal=legal_standing(signature),
        at=_moment(signature.signed_at),
        digest=signature.digest,
        is_late=signature.is_late,
        is_illustration=signature.is_illustration,
        proven=proven.sentence if proven else "",
        proof=proven.data if proven else {},
    )


def _happened(line: Line) -> Happened:
    return Happened(_moment(line.at), line.actor_name, line.organization_name, line.sentence)


def _printings(version: Version) -> dict[str, str]:
    made = version.printings.select_related("blob")
    return {one.get_form_display(): one.blob.digest for one in made}


def _moment(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")
