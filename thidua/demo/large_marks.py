"""The marks of a large world: a table of many criteria, every card marked, one with many files."""

from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from thidua.accounts.acting import NOBODY, Acting
from thidua.core import clock
from thidua.cycles.models import Cycle
from thidua.demo.marking import own_sheet
from thidua.reporting.actions.evidence import EvidenceFacts, keep_evidence
from thidua.reporting.models import Evidence
from thidua.scoring.actions.adoption import adopt_table
from thidua.scoring.actions.checks import assign_in_turn, open_sheet
from thidua.scoring.actions.marking import save_marks, send_sheet
from thidua.scoring.actions.proving import prove
from thidua.scoring.actions.tables import CriterionFacts, TableFacts, add_criterion, begin_table
from thidua.scoring.given import MarkGiven
from thidua.scoring.models import Card, Layer, ScoringTable
from thidua.scoring.queries import marked_by

POINT = 100
IN_A_GROUP = 10
MANY_FILES = 200
MANY_FILES_PLACE = 3  # not the second: the leader is asked to check that one


def build(cycle: Cycle, heads: dict[int, Acting], criteria: int) -> None:
    """Give the year a table of so many criteria; let every member mark itself and send.

    The third member's card has the many files, and the leader has begun to appraise it.
    """
    table = _table(cycle, criteria)
    for place, enrolment in enumerate(cycle.current(), 1):
        sheet = own_sheet(enrolment)
        head = heads[enrolment.organization_id]
        if place == MANY_FILES_PLACE:
            _prove(sheet.card, head)
        value = Decimal(10 - place % 3)
        given = {leaf.pk: MarkGiven(value) for leaf in marked_by(sheet)}
        save_marks(sheet, given, by=head)
        send_sheet(sheet, by=head)
    if len(heads) > 2:
        assign_in_turn(cycle, by=NOBODY)
        third = cycle.current()[MANY_FILES_PLACE - 1]
        card = Card.objects.get(table=table, enrolment=third)
        card.enrolment.cycle = cycle
        leader = heads[cycle.reviewers_of(third)[0].organization_id]
        open_sheet(card, Layer.Kind.LEAD, by=leader)


def _table(cycle: Cycle, criteria: int) -> ScoringTable:
    facts = TableFacts("Bảng điểm đo tải (minh họa)", step=25)
    table = begin_table(cycle, facts, by=NOBODY, is_illustration=True)
    for number in range(criteria):
        group, place = divmod(number, IN_A_GROUP)
        if place == 0:
            holder = add_criterion(table, CriterionFacts(f"{group + 1}", "Nhóm"), by=NOBODY)
        leaf = CriterionFacts(f"{group + 1}.{place + 1}", "Nội dung", "manual", 10 * POINT)
        add_criterion(table, leaf, by=NOBODY, parent=holder)
    return adopt_table(table, by=NOBODY)


def _prove(card: Card, head: Acting) -> None:
    """Put the many files behind the criteria, several behind each."""
    leaves = list(card.table.criteria.filter(is_group=False))
    for number in range(MANY_FILES):
        body = f"MINH HỌA {card.pk} {number} {clock.today()}\n".encode()
        upload = SimpleUploadedFile(f"Tai lieu {number}.txt", body, content_type="text/plain")
        facts = EvidenceFacts(Evidence.Kind.FILE, file=upload, is_illustration=True)
        evidence = keep_evidence(card.enrolment, facts, by=head)
        prove(card, leaves[number % len(leaves)], evidence, by=head)
