"""Evidence as pages list it: what it is, how heavy, and where else the same bytes prove something.

Pages of other apps list evidence the same way: `pieces_of` with `reporting/_pieces.html`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.files.kinds import BY_MEDIA_TYPE
from thidua.reporting.models import Evidence, EvidenceUse, Report
from thidua.reporting.queries import same_bytes
from thidua.scoring.models import Proof
from thidua.targets.models import Target
from thidua.web.reporting.wording import weight


@dataclass(frozen=True)
class Piece:
    """One piece of evidence; ``elsewhere``: (unit, year) of the same bytes in other hands."""

    evidence: Evidence
    elsewhere: list[tuple[str, int]] = field(default_factory=list)
    remark: str = ""

    @property
    def what(self) -> str:
        """Its kind in words: "PDF, 1,2 MB", "đường dẫn"; an explanation's name says it."""
        blob = self.evidence.blob
        if blob is None:
            is_link = self.evidence.kind == Evidence.Kind.LINK
            return str(Evidence.Kind.LINK.label) if is_link else ""
        kind = BY_MEDIA_TYPE[blob.media_type].name
        return _("%(kind)s, %(weight)s") % {"kind": kind, "weight": weight(blob.size)}

    @property
    def is_blanked(self) -> bool:
        """Whether its bytes are gone on lawful request."""
        return self.evidence.blob is not None and self.evidence.blob.is_blanked


def pieces_of(evidences: Iterable[Evidence], who: Acting) -> list[Piece]:
    """Return the evidence for a list, with the same bytes elsewhere: one query."""
    listed = list(evidences)
    elsewhere = same_bytes(listed, who)
    return [Piece(evidence, elsewhere.get(evidence.pk, [])) for evidence in listed]


def with_uses(found: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Carry who may see each piece and what it proves, here and on cards: three queries."""
    uses = EvidenceUse.objects.select_related("target", "report__period")
    proofs = Proof.objects.select_related("criterion")
    return found.prefetch_related(None).prefetch_related(
        "sharings", Prefetch("uses", uses), Prefetch("proofs", proofs)
    )


def proving(thing: Target | Report) -> QuerySet[Evidence]:
    """Return what proves a target, or a report as a whole (not what was withdrawn): one query."""
    place = {"uses__target": thing} if isinstance(thing, Target) else {"uses__report": thing}
    found = Evidence.objects.filter(withdrawn_at=None, **place)
    return found.select_related("blob", "by__person").order_by("uses__pk")
