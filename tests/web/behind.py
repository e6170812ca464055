"""What stands behind some addresses of `test_every_route`."""

from tests.scoring.factories import a_result, a_self_score
from thidua.core import clock
from thidua.covenants.actions.drafting import remove_clause
from thidua.covenants.models import Covenant
from thidua.discards.models import Discard
from thidua.handovers.actions import HandoverFacts, prepare_handover
from thidua.handovers.models import Handover
from thidua.reporting.actions.evidence import EvidenceFacts, keep_evidence
from thidua.scoring.actions.proving import prove
from thidua.scoring.actions.results import object_to_result
from thidua.scoring.models import Objection, Proof, ScoringTable


def a_proof(world, member: int, table: ScoringTable) -> Proof:
    """Put a written reason behind a criterion of a member's own card."""
    facts = EvidenceFacts("explanation", text="Chưa có biên bản nghiệm thu.")
    evidence = keep_evidence(world.enrolments[member], facts, by=world.heads[member])
    card = table.cards.get(enrolment=world.enrolments[member])
    leaf = table.criteria.filter(is_group=False)[0]
    return prove(card, leaf, evidence, by=world.heads[member])


def a_discard(world) -> Discard:
    """Remove a clause, which is kept for some days."""
    clause = Covenant.objects.get(cycle=world.cycle).clauses.last()
    assert clause is not None
    remove_clause(clause, by=world.heads[0])
    return Discard.objects.get()


def a_handover(world) -> Handover:
    """Prepare the handing over of the lead."""
    facts = HandoverFacts(world.members[1], clock.today())
    return prepare_handover(world.cycle, facts, by=world.heads[0])


def an_objection(world, member: int) -> Objection:
    """Lay out a result of what another member has sent, to which this one objects."""
    a_self_score(world, 1, I_1=30)
    result = a_result(world)
    return object_to_result(result, by=world.heads[member], text="Xin xem lại điểm.")
