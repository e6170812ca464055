"""Who is to sign a covenant's PDF with a certificate: a field for each member."""

from thidua.covenants.models import Covenant
from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.queries import with_parts
from thidua.documents.models import Version
from thidua.typesetting.sheet import Party


def field_of(enrolment: Enrolment) -> str:
    """Return the name of a member's signature field; it stays when another unit bears the part."""
    return f"ky-{enrolment.pk}"


def parties_to_sign(version: Version) -> list[Party]:
    """Return the members in the order of the paper's own signers, the leaders first.

    Who signs for a member is not known in advance, and so stands in no box.
    """
    covenant = Covenant.objects.filter(version=version).only("cycle").first()
    if covenant is None:  # opened again: nobody signs it any more
        return []
    cycle = with_parts(Cycle.objects.filter(pk=covenant.cycle_id)).get()
    members = cycle.current()
    leading = [e for e in members if e.role == Enrolment.Role.LEADER]
    ordered = [*leading, *(e for e in members if e not in leading)]
    return [Party(field_of(e), e.name) for e in ordered]
