"""What stands behind some addresses of `test_every_route`."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Model

from tests import factories as make
from tests.commendations.factories import a_ranking, an_award
from tests.covenants.links import a_link
from tests.documents.factories import a_number
from tests.imports.sheets import an_import
from tests.jobs.factories import a_failed_job
from tests.keeping.factories import an_erasure
from tests.kept import kept
from tests.paperwork.brought import a_regulation
from tests.reporting import factories as some
from tests.scoring.factories import a_draft_table, a_result, a_self_score, a_table
from thidua.accounts.models import Appointment
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
from thidua.documents.actions import open_book
from thidua.documents.models import Version
from thidua.handovers.actions import HandoverFacts, prepare_handover
from thidua.handovers.models import Handover
from thidua.lawbook.honours import Subject
from thidua.movements.actions import adopt_movement
from thidua.notifications.actions.telling import write_mail
from thidua.notifications.models import Notice
from thidua.organizations.actions import Decision, dissolve_organization
from thidua.organizations.models import Reorganization
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


def _a_change(world) -> Reorganization:
    """Dissolve a unit that has no part in anything."""
    gone = make.an_organization("Hội đã giải thể", parent=world.body)
    return dissolve_organization(gone, Decision(clock.today(), "QĐ 1"), by=world.board)


@kept
def a_year() -> tuple[make.World, dict[str, Any]]:
    """Make a year, and say what stands behind each part of an address, save `WITH_A_FILE`."""
    world = make.a_bloc(4)
    leader, sender, member = world.heads[0], world.heads[2], world.members[2]
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
    head = Appointment.objects.get(user=sender.user)
    ceremony = a_ceremony(covenant)
    sending = report.last_sending()
    assert sending is not None
    things = {
        "organizations": member.pk,
        "blocs": world.bloc.pk,
        "cycles": world.cycle.pk,
        "movements": movement.pk,
        "targets": target_set.pk,
        "covenants": covenant.pk,
        "covenant_pk": covenant.pk,
        "ceremonies": ceremony.pk,
        "address": ceremony.address,
        "reporting": report.pk,
        "handovers": a_handover(world).pk,
        "papers": a_paper(world).pk,
        "form": "pdf",
        "asking_pk": 1,  # none yet: the way is off
        "number": 1,
        "discards": a_discard(world).pk,
        "awards": an_award(member, world.board, honour_name="LĐTT", person_name="Lê Ví Dụ").pk,
        "ranking_pk": a_ranking(world, 2).pk,
        "change_pk": _a_change(world).pk,
        "period_pk": report.period_id,
        "sending_pk": sending.pk,
        "card_pk": proof.card_id,
        "root_pk": 1,  # none is believed, registered or held
        "certificate_pk": 1,
        "key_pk": 1,
        "paper_pk": 1,  # none yet: this covenant is still a draft
        "sheet_pk": proof.card.sheets.get().pk,
        "leaf_pk": proof.criterion_id,
        "proof_pk": proof.pk,
        "tables": table.pk,
        "results": objection.result_id,
        "objection_pk": objection.pk,
        "jobs": a_failed_job().pk,
        "number_pk": a_number(member, sender).pk,
        "book_pk": open_book(member, kind="KH", year=2026, by=sender).pk,
        "text_key": "TX08",
        "standing_pk": objection.result.standings.get(enrolment=world.enrolments[2]).pk,
        "rank": 1,
        "criterion_pk": table.criteria.all()[0].pk,
        "org_pk": member.pk,
        "slug": "don-vi",
        "user_pk": head.user_id,
        "appointment_pk": head.pk,
        "act": "tam-dung",
        "username": head.user.username,
        "bloc_pk": world.bloc.pk,
        "person_pk": head.user.person_id,
        "erasure_pk": an_erasure(head.user.person).pk,
        "cycle_pk": world.cycle.pk,
        "enrolment_pk": world.enrolments[2].pk,
        "phase_pk": world.cycle.phases.get().pk,
        "adoption_pk": adoption.pk,
        "registration_pk": registration.pk,
        "target_pk": target_set.targets.get().pk,
        "clause_pk": covenant.clauses.all()[0].pk,
        "comment_pk": comment.pk,
        "notice_pk": Notice.objects.filter(user=leader.user).latest("pk").pk,
        "mail_pk": write_mail(key="k", address="a@b.example", subject="Mời", text="…").pk,
        "name": "khong-co",
        "code": "khong-co",
        "digest": "khong-co",
        **a_round(world),
        "guide": "khong-co",
    }
    return world, things


# What is not kept with the year, since it leaves a file: made where an address asks for it.
WITH_A_FILE: dict[str, Callable[[make.World], Model]] = {
    "evidence_pk": lambda world: some.evidence_of_kind(world, "file"),
    "imports": lambda world: an_import(world.board),
    "brought_pk": a_regulation,
}
