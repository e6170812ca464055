"""What stands behind some addresses of `test_every_route`."""

from datetime import date
from typing import Any

from tests import factories as make
from tests.covenants.links import a_link
from tests.kept import kept
from tests.reporting import factories as some
from tests.scoring.factories import a_draft_table, a_result, a_self_score, a_table
from thidua.ceremonies.models import Ceremony
from thidua.core import clock
from thidua.covenants.actions.drafting import (
    circulate_covenant,
    comment_on_covenant,
    draft_covenant,
    remove_clause,
)
from thidua.covenants.actions.signing import decline_covenant
from thidua.covenants.models import Covenant
from thidua.cycles.actions.years import set_phase
from thidua.discards.models import Discard
from thidua.documents.models import Version
from thidua.handovers.actions import HandoverFacts, prepare_handover
from thidua.handovers.models import Handover
from thidua.lawbook.honours import Subject
from thidua.movements.actions import adopt_movement
from thidua.paperwork.actions.drafting import begin_draft
from thidua.paperwork.models import Draft
from thidua.reporting.actions.evidence import EvidenceFacts, keep_evidence
from thidua.scoring.actions.proving import prove
from thidua.scoring.actions.results import object_to_result
from thidua.scoring.models import Objection, Proof, ScoringTable
from thidua.targets.actions.drafting import register_honour
from thidua.targets.actions.negotiation import send_set


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


def a_round(world) -> dict[str, int | str]:
    """Sign another year's covenant: somebody declined, and a head without an account has a link.

    It is the round of another bloc, in which nobody of this one acts.
    """
    other = make.a_bloc(3)
    covenant = make.a_frozen_covenant(other)
    head = other.heads[1]
    decline = decline_covenant(
        covenant, by=head, organization_id=other.members[1].pk, reason="Chưa họp"
    )
    link, _token = a_link(other, covenant, member=2)
    found = {"decline_pk": decline.pk, "link_pk": link.pk, "contact_pk": link.contact_id}
    return {**found, "token": "khong-co"}


def a_handover(world) -> Handover:
    """Prepare the handing over of the lead."""
    facts = HandoverFacts(world.members[1], clock.today())
    return prepare_handover(world.cycle, facts, by=world.heads[0])


def a_paper(world) -> Draft:
    """Begin a member's own paper."""
    enrolment = world.enrolments[2]
    return begin_draft("registration", world.cycle, by=world.heads[2], enrolment=enrolment)


def an_objection(world, member: int) -> Objection:
    """Lay out a result of what another member has sent, to which this one objects."""
    a_self_score(world, 1, I_1=30)
    result = a_result(world)
    return object_to_result(result, by=world.heads[member], text="Xin xem lại điểm.")


def a_ceremony(covenant: Covenant) -> Ceremony:
    """Put a ceremony before a covenant past the action: this one is not frozen yet."""
    version = Version.objects.create(
        kind="covenant", title="Giao ước", text="…", digest="0" * 64, frozen_at=clock.now()
    )
    return Ceremony.objects.create(
        covenant=covenant, version=version, address="khong-doan-duoc", opened_at=clock.now()
    )


@kept
def a_year() -> tuple[Any, ...]:
    """Make the year, and of its parts those that leave nothing but rows."""
    world = make.a_bloc(4)
    leader, sender = world.heads[0], world.heads[2]
    set_phase(
        world.cycle, by=world.board, kind="performance", opens_on=date(clock.today().year, 1, 1)
    )
    movement = make.a_movement(world)
    adoption = adopt_movement(world.cycle, movement, by=leader)
    target_set = make.a_target_set(world, 2)
    registration = register_honour(
        target_set, by=sender, honour="giay_khen", subject=Subject.UNIT.value
    )
    send_set(target_set, by=sender)
    covenant = draft_covenant(world.cycle, by=leader)
    circulate_covenant(covenant, by=leader)
    comment = comment_on_covenant(covenant, by=sender, body="Góp ý")
    proof = a_proof(world, 2, a_table(world))
    table = a_draft_table(world)
    report = some.a_sent_report(world, 2)
    objection = an_objection(world, 2)
    talks = (target_set, registration, covenant, comment)
    return world, movement, adoption, talks, proof, table, report, objection
