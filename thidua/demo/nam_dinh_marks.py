"""The rest of Nam Định's 2023, which no report tells: all of it is invented and says MINH HỌA.

Targets, reports, marks in all layers, a published ranking; and 2024 begun from it, led by another.
"""

from datetime import date
from decimal import Decimal

from thidua.accounts.acting import NOBODY, Acting, acting_of
from thidua.accounts.actions import Terms, appoint, open_account
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.cycles.actions.members import Lead, begin_next_year, hand_lead, proposed_rotation
from thidua.cycles.actions.years import open_cycle
from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.queries import with_parts
from thidua.demo.acts import agree_on, send_targets
from thidua.demo.cast import Role
from thidua.demo.marking import Marks, a_file, mark_sheet, own_sheet, prove_all, report_on
from thidua.organizations.actions import enter_person
from thidua.organizations.models import Organization
from thidua.reporting.actions.answering import accept_report
from thidua.reporting.actions.periods import set_periods
from thidua.reporting.models import Period, Report
from thidua.scoring.actions.adoption import USUAL_LAYERS, adopt_table, set_layers
from thidua.scoring.actions.checks import assign_in_turn, open_sheet
from thidua.scoring.actions.ready import take_ready_table
from thidua.scoring.actions.results import (
    adopt_result,
    answer_objection,
    draw_up_result,
    object_to_result,
    publish_result,
)
from thidua.scoring.models import Layer, Result, Sheet
from thidua.scoring.queries import cards_in_use
from thidua.targets.actions.drafting import TargetFacts

SCORER = "Người chấm minh họa"
UNTIL = date(2023, 12, 31)
TARGETS = (
    ("MINH HỌA: Buổi tuyên truyền ở cơ sở", "buổi", 24),
    ("MINH HỌA: Mô hình dân vận khéo", "mô hình", 5),
)
# What each of the six reached of its targets, in the order of the report.
SHARES = ("1.25", "1.00", "0.96", "1.10", "1.00", "0.92")
# What each marks itself, where it is not the usual: by criterion.
OWN: tuple[Marks, ...] = (
    {"I.4": "76", "I.5": "66", "B.1": "1"},
    {"I.4": "72", "I.5": "64"},
    {"I.2": "1", "I.4": "74", "II.3": "52"},
    {"I.5": "68", "B.1": "1"},
    {"I.4": "70", "II.3": "55"},
    {"I.3": "1", "I.5": "60"},
)
# What the appraisal changed, with the reason; the rest stands as it was.
CHANGED: dict[int, Marks] = {0: {"I.4": "74"}, 3: {"I.5": "65"}}
REASON = "MINH HỌA: minh chứng cho thấy ít việc hơn số đã tự chấm."
OBJECTION = "MINH HỌA: đơn vị đề nghị xem lại điểm cải cách hành chính, đã có báo cáo bổ sung."
ANSWER = "MINH HỌA: báo cáo bổ sung nộp sau hạn nên giữ nguyên điểm đã thẩm định."


def build(cycle: Cycle, board: Organization) -> None:
    """Report, score and rank the year 2023, then begin 2024 with the lead handed on."""
    with deed():
        cycle = _lead(cycle)
        people = [_scorer(number, e.organization) for number, e in enumerate(cycle.current(), 1)]
        boarder = _scorer(0, board, role=Role.BOARD)
        _promise(cycle, people)
        _take_table(cycle)
    with deed():
        _report(cycle, people)
    with deed():
        _mark(cycle, people)
        _appraise(cycle, people, boarder)
    with deed():
        _publish(cycle, people)
        _next_year(cycle)


def _fresh(cycle: Cycle) -> Cycle:
    return with_parts(Cycle.objects.filter(pk=cycle.pk)).get()


def _lead(cycle: Cycle) -> Cycle:
    """The report names no leader: the first two in its order lead, as an illustration."""
    with clock.at(date(2023, 3, 1)):
        members = _fresh(cycle).current()
        hand_lead(cycle, by=NOBODY, leaders=members[:1], deputies=members[1:2])
    return _fresh(cycle)


def _scorer(number: int, organization: Organization, *, role: str = Role.HEAD) -> Acting:
    """Make somebody who reports and marks for an organisation in 2023, and plainly is nobody."""
    person = enter_person(f"{SCORER} {number}", by=NOBODY, is_illustration=True)
    user = open_account(person, by=NOBODY, username=f"minh-hoa.cham.{number}")
    terms = Terms(since=date(2023, 3, 1), until=UNTIL, post=SCORER)
    appoint(user, organization, by=NOBODY, role=role, terms=terms)
    with clock.at(UNTIL):
        return acting_of(user, organization.pk)


def _promise(cycle: Cycle, people: list[Acting]) -> None:
    """Each member's two targets, agreed with whoever reviews it."""
    due = date(2023, 12, 15)
    for member, person in zip(cycle.current(), people, strict=True):
        told = [
            TargetFacts(name=name, unit=unit, number=Decimal(number), due_on=due)
            for name, unit, number in TARGETS
        ]
        sent = send_targets(member, told, by=person, on=date(2023, 3, 10))
        agree_on(sent, by=_reviewer(cycle, member, people), on=date(2023, 3, 15))


def _reviewer(cycle: Cycle, member: Enrolment, people: list[Acting]) -> Acting:
    asked = cycle.reviewers_of(member)[0].organization_id
    return next(person for person in people if person.organization_id == asked)


def _take_table(cycle: Cycle) -> None:
    with clock.at(date(2023, 3, 20)):
        set_layers(cycle, [*USUAL_LAYERS, Layer.Kind.BOARD], by=NOBODY)
        adopt_table(take_ready_table(cycle, "composite", by=NOBODY), by=NOBODY)
        set_periods(cycle, by=NOBODY)


def _report(cycle: Cycle, people: list[Acting]) -> None:
    """Half a year and the year; the last member's second report comes late."""
    for kind, day, part in (
        (Period.Kind.HALF_YEAR, date(2023, 7, 5), Decimal("0.5")),
        (Period.Kind.YEAR, date(2023, 11, 25), Decimal(1)),
    ):
        period = cycle.periods.get(kind=kind)
        for place, (member, person) in enumerate(zip(cycle.current(), people, strict=True)):
            is_late = kind == Period.Kind.YEAR and place == len(people) - 1
            on = date(2023, 12, 4) if is_late else day
            report = report_on(member, period, Decimal(SHARES[place]) * part, by=person, on=on)
            _accept(report, _reviewer(cycle, member, people), on)


def _accept(report: Report, reviewer: Acting, on: date) -> None:
    with clock.at(on.replace(day=on.day + 2)):
        accept_report(report, by=reviewer)


def _mark(cycle: Cycle, people: list[Acting]) -> None:
    """Each marks itself with a file behind what needs proof, then checks another."""
    for place, (member, person) in enumerate(zip(cycle.current(), people, strict=True)):
        with clock.at(date(2023, 12, 5)):
            evidence = a_file(member, "Báo cáo kết quả năm 2023", by=person)
        sheet = own_sheet(member)
        prove_all(sheet.card, [evidence], by=person, on=date(2023, 12, 5))
        mark_sheet(sheet, OWN[place], by=person, on=date(2023, 12, 6))
    with clock.at(date(2023, 12, 8)):
        assigned = assign_in_turn(cycle, by=NOBODY)
    for check in assigned:
        checker = next(p for p in people if p.organization_id == check.organization_id)
        sheet = Sheet.objects.select_related("card__table", "layer").get(pk=check.pk)
        mark_sheet(sheet, {}, by=checker, on=date(2023, 12, 11), reason=REASON)


def _appraise(cycle: Cycle, people: list[Acting], boarder: Acting) -> None:
    """Leader and deputy appraise, each the other's card; the board marks what it owns."""
    for place, card in enumerate(cards_in_use(cycle).order_by("enrolment__place")):
        card.enrolment.cycle = cycle
        reviewer = _reviewer(cycle, card.enrolment, people)
        for by, kind, day in (
            (reviewer, Layer.Kind.LEAD, date(2023, 12, 14)),
            (boarder, Layer.Kind.BOARD, date(2023, 12, 15)),
        ):
            with clock.at(day):
                opened = open_sheet(card, kind, by=by)
            sheet = Sheet.objects.select_related("card__table", "layer").get(pk=opened.pk)
            changed = CHANGED.get(place, {}) if kind == Layer.Kind.LEAD else {}
            mark_sheet(sheet, changed, by=by, on=day, reason=REASON)


def _publish(cycle: Cycle, people: list[Acting]) -> None:
    """One member objects and is answered; the meeting adopts; the result is for everyone."""
    with clock.at(date(2023, 12, 18)):
        result = draw_up_result(cycle, by=people[0])
    with clock.at(date(2023, 12, 20)):
        objection = object_to_result(result, by=people[3], text=OBJECTION)
    with clock.at(date(2023, 12, 21)):
        answer_objection(objection, by=people[0], answer=ANSWER, is_upheld=False)
    with clock.at(date(2023, 12, 26)):
        day = date(2023, 12, 26)
        adopt_result(result, by=people[0], minutes="01/BB-MH (minh họa)", adopted_on=day)
    with clock.at(date(2023, 12, 28)):
        publish_result(result, by=people[0], audience=Result.Audience.PUBLIC)


def _next_year(cycle: Cycle) -> None:
    """Copy the year; the deputy moves up, as is usual and never certain."""
    with clock.at(date(2024, 1, 8)):
        lead = Lead(*proposed_rotation(_fresh(cycle)))
        begun = begin_next_year(cycle, lead, by=NOBODY, year=2024)
        open_cycle(begun, by=NOBODY)
