"""Worlds of the second half of a year to look at: reporting and marking, laid out, published."""

from datetime import date
from decimal import Decimal

from tests import factories as make
from tests.browser.worlds import LONG, Scene, Viewer
from tests.files import samples
from tests.scoring import factories as score
from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.reporting.actions.answering import Remark, return_report, send_report
from thidua.reporting.actions.evidence import EvidenceFacts, keep_evidence
from thidua.reporting.actions.measuring import MeasurementFacts, measure
from thidua.reporting.actions.periods import PeriodFacts, write_period
from thidua.reporting.actions.reports import Texts, begin_report, save_draft
from thidua.reporting.models import Evidence, Period, Report
from thidua.scoring.actions.adoption import adopt_table, draft_next_version
from thidua.scoring.actions.checks import assign_in_turn, open_sheet
from thidua.scoring.actions.correcting import correct_mark
from thidua.scoring.actions.marking import save_marks, send_sheet
from thidua.scoring.actions.proving import prove
from thidua.scoring.actions.results import (
    adopt_result,
    draw_up_result,
    object_to_result,
    publish_result,
)
from thidua.scoring.given import MarkGiven
from thidua.scoring.models import Card, Layer, Result, ScoringTable, Sheet

Things = dict[str, int]


def marking() -> Scene:
    """A year with a report sent, one returned, cards marked, checks assigned, a table in draft."""
    world = _a_year()
    assign_in_turn(world.cycle, by=world.heads[0])
    card = score.card_of(world, 2)
    card.enrolment.cycle = world.fresh_cycle()
    lead = open_sheet(card, Layer.Kind.LEAD, by=world.heads[0])
    draft = draft_next_version(card.table, by=world.heads[0])
    own, others = _things(world, 3), _things(world, 2)
    others |= {"sheet_pk": lead.pk, "tables": draft.pk}
    others["criterion_pk"] = draft.criteria.filter(is_group=False)[0].pk
    return _scene(world, own, others)


def laid_out() -> Scene:
    """A year whose preliminary result is before its members, with an objection."""
    world = _a_year()
    _finish(world)
    result = draw_up_result(world.cycle, by=world.heads[0])
    objection = object_to_result(result, by=world.heads[2], text=LONG)
    things = _of_result(world, result) | {"objection_pk": objection.pk}
    return _scene(world, _things(world, 3) | things, _things(world, 2) | things)


def published() -> Scene:
    """A year whose result is published for all, and corrected once."""
    world = _a_year()
    _finish(world)
    leader = world.heads[0]
    result = draw_up_result(world.cycle, by=leader)
    adopt_result(result, by=leader, minutes="01/BB-K", adopted_on=clock.today())
    publish_result(result, by=leader, audience=Result.Audience.PUBLIC)
    card = score.card_of(world, 2)
    leaf = card.table.criteria.get(code="I.1")
    given = MarkGiven(Decimal(12), reason=LONG)
    corrected = correct_mark(card, leaf, given, by=leader)
    things = _of_result(world, corrected)
    first = _of_result(world, Result.objects.get(number=1))
    return [
        Viewer(NOBODY, _things(world, 2) | first),
        Viewer(world.heads[3], _things(world, 3) | first),
        Viewer(leader, _things(world, 2) | things),
        Viewer(world.board, _things(world, 2) | things),
    ]


def _a_year() -> make.World:
    """Make four members: two have reported, all but the last have sent their own marks."""
    world = make.a_bloc(4)
    today = clock.today()
    period = write_period(
        world.cycle,
        PeriodFacts(date(today.year, 1, 1), today, kind=Period.Kind.YEAR, name="Cả năm"),
        by=world.board,
    )
    for member in range(4):
        make.a_locked_set(world, member)
        _report(world, member, period)
    table = score.a_draft_table(world)
    table.criteria.filter(code="II.1").update(name=LONG, needs_evidence=True)
    adopt_table(table, by=world.heads[0])
    for member in range(4):
        _mark(world, member)
    world.cycle = world.fresh_cycle()
    return world


def _report(world: make.World, member: int, period: Period) -> None:
    """Measure, prove, write; the last keeps a draft, the third is asked to look again."""
    by, enrolment = world.heads[member], world.enrolments[member]
    target = enrolment.target_set.targets.get()
    measure(target, MeasurementFacts(clock.today(), Decimal(130 + member)), by=by)
    file = samples.sent(samples.picture(size=(30 + member, 20)), f"{LONG}.jpg")
    keep_evidence(enrolment, EvidenceFacts(Evidence.Kind.FILE, file=file), by=by, proves=target)
    report = begin_report(enrolment, period, by=by)
    texts = Texts(achievements="Kết nạp 130/120 hội viên, vượt 108 % chỉ tiêu.", plan=LONG)
    report = save_draft(report, texts, {}, by=by, revision=report.revision)
    if member == 3:
        return
    send_report(report, by=by)
    if member == 2:
        remarks = [Remark("achievements", "Xin viết rõ hơn.")]
        return_report(Report.objects.get(pk=report.pk), remarks, by=world.heads[0])


def _mark(world: make.World, member: int) -> None:
    sheet = score.sheet_of(world, member)
    by = world.heads[member]
    evidence = Evidence.objects.get(enrolment=world.enrolments[member])
    prove(sheet.card, sheet.card.table.criteria.get(code="II.1"), evidence, by=by)
    save_marks(sheet, score.given(sheet, {"I.1": 30 + member, "II.1": 20}), by=by)
    if member != 3:
        send_sheet(sheet, by=by)


def _finish(world: make.World) -> None:
    send_sheet(score.sheet_of(world, 3), by=world.heads[3])


def _of_result(world: make.World, result: Result) -> Things:
    standing = result.standings.get(enrolment=world.enrolments[2])
    leaf = result.table.criteria.get(code="I.1")
    return {"results": result.pk, "standing_pk": standing.pk, "criterion_pk": leaf.pk}


def _things(world: make.World, number: int) -> Things:
    """Return the year's things, and those of the member of this number."""
    enrolment = world.enrolments[number]
    card = Card.objects.get(enrolment=enrolment, table__state=ScoringTable.State.ADOPTED)
    sheet = Sheet.objects.get(card=card, layer__kind=Layer.Kind.SELF)
    report = Report.objects.get(enrolment=enrolment)
    things = {
        "cycles": world.cycle.pk,
        "cycle_pk": world.cycle.pk,
        "enrolment_pk": enrolment.pk,
        "period_pk": report.period_id,
        "target_pk": enrolment.target_set.targets.get().pk,
        "evidence_pk": Evidence.objects.get(enrolment=enrolment).pk,
        "reporting": report.pk,
        "tables": card.table_id,
        "card_pk": card.pk,
        "sheet_pk": sheet.pk,
        "criterion_pk": card.table.criteria.get(code="II.1").pk,
        "leaf_pk": card.table.criteria.get(code="II.1").pk,
    }
    sending = report.sendings.first()
    return {**things, "sending_pk": sending.pk} if sending else things


def _scene(world: make.World, own: Things, others: Things) -> Scene:
    """Return a visitor, a member's head, the leader and the board, each before what is theirs."""
    return [
        Viewer(NOBODY, others),
        Viewer(world.heads[3], own),
        Viewer(world.heads[0], others),
        Viewer(world.board, others),
    ]
