"""Last year's bloc of tỉnh Minh Họa is being scored while this year's covenant is signed.

Reports are in, most members have marked themselves, the cross-check is half done, and one appraisal
has begun: each job of marking can be done today.
"""

from datetime import date
from decimal import Decimal

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.cycles.actions.years import set_phase
from thidua.cycles.models import Cycle, Enrolment, Phase
from thidua.demo.cast import acting_as
from thidua.demo.marking import Marks, a_file, mark_sheet, own_sheet, prove_all, report_on
from thidua.demo.minh_hoa import BLOC, Province
from thidua.demo.minh_hoa_years import fresh, member_of
from thidua.reporting.actions.answering import accept_report
from thidua.reporting.actions.periods import usual_periods, write_period
from thidua.reporting.models import Period
from thidua.scoring.actions.adoption import USUAL_LAYERS, adopt_table, set_layers
from thidua.scoring.actions.checks import assign_in_turn, open_sheet
from thidua.scoring.actions.ready import take_ready_table
from thidua.scoring.models import Layer, Sheet

Kind = Phase.Kind
WINDOWS = {  # opens, due, as days before today
    Kind.SELF_SCORING: (40, 8),
    Kind.CHECKING: (9, -10),
    Kind.ASSESSMENT: (-11, -25),
}
SHARES = ("1.05", "1.00", "0.9", "1.2", "1.00", "0.8")
WITHOUT_HEAD = "nghe-in"  # its officer has marked; nobody may send
LATE = "nghe-theu"
CHECKED = ("nghe-gom", "nghe-moc")  # whose checkers have sent
OWN: dict[str, Marks] = {
    "nghe-gom": {"I.4": "75", "B.1": "1"},
    "nghe-moc": {"I.2": "1"},
    "nghe-theu": {"I.5": "60", "II.3": "50"},
    "nghe-dan": {"I.4": "70"},
    "nghe-in": {"I.3": "1"},
    "nghe-ren": {"I.5": "68"},
}
REASON = "Minh chứng chưa cho thấy đủ số việc đã kê."


def build(province: Province, cycle: Cycle) -> None:
    """Bring the bloc's last year into the middle of marking."""
    with deed():
        _set_up(province, cycle)
        cycle = fresh(cycle)
        _report(province, cycle)
    with deed():
        _mark_themselves(province, cycle)
        _check_each_other(province, cycle)
        _begin_appraisal(province, cycle)


def _set_up(province: Province, cycle: Cycle) -> None:
    """The table and the layers of the year, its reports, and when it is marked."""
    board = province.board
    with clock.at(province.day(100, years=1)):
        set_layers(cycle, [*USUAL_LAYERS, Layer.Kind.BOARD], by=board)
        adopt_table(take_ready_table(cycle, "composite", by=board), by=board)
        _half, whole = usual_periods(cycle.year)
        write_period(cycle, whole, by=board)
    with clock.at(province.day(60)):
        for kind, (opens, due) in WINDOWS.items():
            opens_on, due_on = province.day(opens), province.day(due)
            set_phase(cycle, by=board, kind=kind, opens_on=opens_on, due_on=due_on)


def _head(province: Province, unit: str, on: date) -> Acting:
    with clock.at(on):
        return province.head(unit)


def _report(province: Province, cycle: Cycle) -> None:
    """Everybody reported for the year; whoever reviews them has accepted it."""
    units = {unit.pk: slug for slug, unit in province.units.items()}
    period = cycle.periods.get(kind=Period.Kind.YEAR)
    on = date(cycle.year, 11, 20)
    for unit, share in zip(BLOC, SHARES, strict=True):
        member = member_of(cycle, province, unit)
        by = _head(province, unit, on)
        report = report_on(member, period, Decimal(share), by=by, on=on)
        reviewer = units[cycle.reviewers_of(member)[0].organization_id]
        with clock.at(date(cycle.year, 11, 28)):
            accept_report(report, by=_head(province, reviewer, on))


def _mark_themselves(province: Province, cycle: Cycle) -> None:
    """Four in time, one late; one is marked and waits for somebody who may send it."""
    for place, unit in enumerate(BLOC):
        day = province.day(6 if unit == LATE else 20 - place)
        member = member_of(cycle, province, unit)
        is_headless = unit == WITHOUT_HEAD
        by = _officer(province) if is_headless else _head(province, unit, day)
        sheet = own_sheet(member)
        _prove(member, sheet, by, day)
        mark_sheet(sheet, OWN[unit], by=by, on=day, sends=not is_headless)


def _officer(province: Province) -> Acting:
    return acting_as("can-bo.nghe-in", province.units[WITHOUT_HEAD])


def _prove(member: Enrolment, sheet: Sheet, by: Acting, day: date) -> None:
    with clock.at(day):
        evidence = a_file(member, "Bảng kê việc đã làm", by=by)
    prove_all(sheet.card, [evidence], by=by, on=day)


def _check_each_other(province: Province, cycle: Cycle) -> None:
    """Each checks one other; of two the checkers have sent, of the rest nothing yet."""
    units = {unit.pk: slug for slug, unit in province.units.items()}
    with clock.at(province.day(5)):
        assigned = assign_in_turn(cycle, by=province.board)
    for check in assigned:
        sheet = Sheet.objects.select_related(
            "card__table", "card__enrolment", "layer", "organization"
        ).get(pk=check.pk)
        checked = units[sheet.card.enrolment.organization_id]
        if checked not in CHECKED or units[sheet.organization_id] == WITHOUT_HEAD:
            continue
        day = province.day(3)
        by = _head(province, units[sheet.organization_id], day)
        changed: Marks = {"I.4": "70"} if checked == CHECKED[0] else {}
        mark_sheet(sheet, changed, by=by, on=day, reason=REASON)


def _begin_appraisal(province: Province, cycle: Cycle) -> None:
    """The leader has begun to appraise one card and has not sent it."""
    card = own_sheet(member_of(cycle, province, CHECKED[1])).card
    card.enrolment.cycle = cycle
    day = province.day(1)
    leader = _head(province, "nghe-ren", day)
    with clock.at(day):
        opened = open_sheet(card, Layer.Kind.LEAD, by=leader)
    sheet = Sheet.objects.select_related("card__table", "layer").get(pk=opened.pk)
    mark_sheet(sheet, {"I.4": "71"}, by=leader, on=day, reason=REASON, sends=False)
