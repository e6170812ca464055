"""The bloc of tỉnh Minh Họa: this year's covenant half signed, last year's not quite finished.

Two years are open at once: a member that did not sign last year's covenant may still do so.
"""

from datetime import date

from thidua.accounts.actions import Terms, end_appointment
from thidua.accounts.models import Appointment
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.covenants.actions.drafting import circulate_covenant
from thidua.covenants.actions.freezing import freeze_covenant
from thidua.covenants.actions.running import extend_round
from thidua.covenants.actions.signing import declare_in_force, decline_covenant, remind_unsigned
from thidua.covenants.models import Covenant
from thidua.cycles.models import Cycle, Phase
from thidua.demo import minh_hoa_marking
from thidua.demo.acts import agree_on, at_hour, send_targets, sign_in_turn, sign_one
from thidua.demo.cast import Role, acting_as, play
from thidua.demo.minh_hoa import BLOC, MARK, PLACE, Province
from thidua.demo.minh_hoa_years import (
    Story,
    agree_last_year,
    begin_last_year,
    begin_this_year,
    draft_last_covenant,
    fresh,
    promise_of,
    renew_draft,
)
from thidua.organizations.actions import BlocFacts, rename_organization
from thidua.organizations.models import Bloc, Level
from thidua.targets.actions.drafting import begin_set, write_target

Kind = Phase.Kind
WINDOWS = {
    Kind.PREPARATION: (120, 100),
    Kind.REGISTRATION: (95, 70),
    Kind.COVENANT: (75, 1),
    Kind.PERFORMANCE: (95, -150),
    Kind.INTERIM: (-30, -50),
    Kind.SELF_SCORING: (-150, -165),
    Kind.ASSESSMENT: (-166, -180),
}
UNDECIDED = "nghe-in"  # the unit without a head: its targets are a draft
ABSENT = "nghe-dan"  # the unit that has not signed last year's covenant


def build(province: Province) -> None:
    """Build last year up to its declaration, then this year into its signing round."""
    story = Story(
        facts=BlocFacts(
            name="các hội nghề tỉnh Minh Họa",
            short_name="hội nghề",
            kind=Bloc.Kind.BLOC,
            number="5",
            level=Level.PROVINCE,
            managing_body=province.body,
            decision_number="46/QĐ-MH",
            decision_on=province.day(160, years=1),
            decision_by="Ủy ban nhân dân tỉnh Minh Họa",
            place=PLACE,
            source=MARK,
        ),
        units=tuple(BLOC),
        windows=WINDOWS,
        last_theme="Giữ nghề, dạy nghề, sống được bằng nghề",
        theme="Tay nghề giỏi, việc làm đều",
    )
    with deed():
        last = begin_last_year(province, story, ago=140)
        agree_last_year(province, last, sent=90, answered=85)
        covenant = draft_last_covenant(province, last, leader="nghe-ren", ago=70)
    with deed():
        _declare_last(province, covenant)
        _rename_one(province)
        cycle = begin_this_year(province, story, last, ago=110)
        _register(province, cycle)
        covenant = renew_draft(province, cycle, leader="nghe-gom", ago=45)
    with deed():
        _run_the_round(province, covenant)
    minh_hoa_marking.build(province, fresh(last))


def _declare_last(province: Province, covenant: Covenant) -> None:
    """Five sign last year's covenant; the leader declares it in force and says who has not."""
    leader = province.head("nghe-ren")
    with clock.at(province.day(65, years=1)):
        covenant = circulate_covenant(covenant, by=leader)
    with clock.at(province.day(60, years=1)):
        covenant = freeze_covenant(covenant, by=leader, sign_by=province.day(30, years=1))
    signers = [province.head(unit) for unit in BLOC if unit != ABSENT]
    sign_in_turn(covenant, signers, since=at_hour(province.day(55, years=1), 9))
    with clock.at(province.day(25, years=1)):
        absent = province.units[ABSENT].pk
        reasons = {absent: "Hội đang chờ đại hội bầu ban chấp hành mới."}
        declare_in_force(covenant, by=leader, reasons=reasons)


def _rename_one(province: Province) -> None:
    first_day = date(province.today.year, 1, 1)
    with clock.at(first_day):
        rename_organization(
            province.units[ABSENT],
            by=province.board,
            name="Hội Nghề đan tỉnh Minh Họa",
            short_name="Hội Nghề đan",
            since=first_day,
            basis="Quyết định số 07/QĐ-MH",
        )
        province.units[ABSENT].refresh_from_db()


def _register(province: Province, cycle: Cycle) -> None:
    """Five members agree on their targets with the reviewer; one has only begun."""
    heads = {unit.pk: slug for slug, unit in province.units.items()}
    for member in cycle.current():
        unit = heads[member.organization_id]
        promise = promise_of(unit, cycle.year, is_new=True)
        if unit == UNDECIDED:
            officer = acting_as("can-bo.nghe-in", province.units[unit])
            with clock.at(province.day(72)):
                write_target(begin_set(member, by=officer), promise, by=officer)
            continue
        reviewer = heads[cycle.reviewers_of(member)[0].organization_id]
        sent = send_targets(member, [promise], by=province.head(unit), on=province.day(80))
        agree_on(sent, by=province.head(reviewer), on=province.day(75))


def _run_the_round(province: Province, covenant: Covenant) -> None:
    """Three of six sign, one of them by authorisation; one declines; one has lost its head; the
    leader extends the round."""
    leader = province.head("nghe-gom")
    with clock.at(province.day(40)):
        covenant = circulate_covenant(covenant, by=leader)
        _name_stand_ins(province)
    with clock.at(province.day(25)):
        covenant = freeze_covenant(covenant, by=leader, sign_by=province.day(1))
    signers = [leader, province.head("nghe-moc")]
    sign_in_turn(covenant, signers, since=at_hour(province.day(22), 9))
    with clock.at(province.day(20)):
        sign_one(covenant, by=acting_as("uy-quyen", province.units["nghe-ren"]))
    with clock.at(province.day(15)):
        decline_covenant(
            covenant,
            by=province.head("nghe-theu"),
            organization_id=province.units["nghe-theu"].pk,
            reason="Hội đề nghị lùi hạn chỉ tiêu mở lớp sang quý IV rồi mới ký.",
        )
    with clock.at(province.day(10)):
        end_appointment(
            province.appointments[UNDECIDED],
            by=province.board,
            on=province.day(10),
            reason="Chuyển công tác",
        )
    with clock.at(province.day(5)):
        remind_unsigned(covenant, by=leader)
    with clock.at(province.day(1)):  # so that whoever tries the demonstration can sign
        why = "Chờ Hội Nghề thêu thống nhất lại hạn của chỉ tiêu mở lớp."
        extend_round(covenant, by=leader, sign_by=province.day(-14), reason=why)


def _name_stand_ins(province: Province) -> None:
    """One may sign in the head's place (KT.), one by an authorisation with its paper (TUQ.)."""
    since = province.day(40)
    terms = Terms(
        since=since,
        post="Phó Chủ tịch",
        collective="Ban Chấp hành",
        manner=Appointment.Manner.FOR,
        stands_in_for=province.appointments["nghe-theu"],
    )
    play("ky-thay", province.units["nghe-theu"], Role.STAND_IN, terms, by=province.board)
    terms = Terms(
        since=since,
        until=province.day(-60),
        post="Chánh Văn phòng",
        manner=Appointment.Manner.AUTHORIZED,
        stands_in_for=province.appointments["nghe-ren"],
        authorization_number="02/GUQ-MH",
        authorization_scope="Ký giao ước thi đua năm nay của khối.",
    )
    play("uy-quyen", province.units["nghe-ren"], Role.STAND_IN, terms, by=province.board)
