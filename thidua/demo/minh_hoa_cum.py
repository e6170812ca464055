"""The cluster of tỉnh Minh Họa: last year closed, this year registering, a draft going round."""

from dataclasses import replace
from decimal import Decimal

from thidua.accounts.actions import Terms
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.covenants.actions.drafting import (
    circulate_covenant,
    comment_on_covenant,
    reply_to_comment,
)
from thidua.covenants.actions.freezing import freeze_covenant
from thidua.covenants.models import Covenant
from thidua.cycles.actions.years import close_cycle
from thidua.cycles.models import Cycle, Phase
from thidua.demo.acts import agree_on, at_hour, send_targets, sign_in_turn
from thidua.demo.cast import Role, acting_as, play
from thidua.demo.minh_hoa import CLUSTER, MARK, PLACE, Province
from thidua.demo.minh_hoa_years import (
    Story,
    agree_last_year,
    begin_last_year,
    begin_this_year,
    draft_last_covenant,
    member_of,
    promise_of,
    renew_draft,
    smaller_promises,
)
from thidua.lawbook.honours import Subject
from thidua.movements.actions import join_movement
from thidua.organizations.actions import BlocFacts
from thidua.organizations.models import Bloc, Level
from thidua.targets.actions.drafting import (
    TargetFacts,
    begin_set,
    register_honour,
    set_common_target,
    write_target,
)
from thidua.targets.actions.negotiation import answer_target, finish_answers

Kind = Phase.Kind
WINDOWS = {
    Kind.PREPARATION: (45, 21),
    Kind.REGISTRATION: (20, -20),
    Kind.COVENANT: (10, -40),
    Kind.PERFORMANCE: (20, -200),
    Kind.INTERIM: (-90, -110),
    Kind.SELF_SCORING: (-200, -215),
    Kind.ASSESSMENT: (-216, -230),
}
MOVEMENTS_CLAUSE = "Triển khai các phong trào thi đua"


def build(province: Province) -> None:
    """Build last year to its end, then this year up to the jobs that wait for a visitor."""
    story = Story(
        facts=BlocFacts(
            name="các hội quần chúng tỉnh Minh Họa",
            short_name="hội quần chúng",
            kind=Bloc.Kind.CLUSTER,
            number="3",
            level=Level.PROVINCE,
            managing_body=province.body,
            decision_number="45/QĐ-MH",
            decision_on=province.day(80, years=1),
            decision_by="Ủy ban nhân dân tỉnh Minh Họa",
            place=PLACE,
            source=MARK,
        ),
        units=tuple(CLUSTER),
        windows=WINDOWS,
        last_theme="Gọn việc, gần dân, giữ lời",
        theme="Nói rõ, làm đủ, giúp nhau",
    )
    with deed():
        last = begin_last_year(province, story, ago=60)
        agree_last_year(province, last, sent=15, answered=12)
        covenant = draft_last_covenant(province, last, leader="hat-ru", ago=9)
    with deed():
        _sign_last(province, last, covenant)
        cycle = begin_this_year(province, story, last, ago=38)
        _register(province, cycle)
        _discuss(province, renew_draft(province, cycle, leader="trong-cay", ago=5))
        _take_part(province, cycle)


def _sign_last(province: Province, cycle: Cycle, covenant: Covenant) -> None:
    leader = province.head("hat-ru")
    with clock.at(province.day(8, years=1)):
        covenant = circulate_covenant(covenant, by=leader)
    with clock.at(province.day(6, years=1)):
        covenant = freeze_covenant(covenant, by=leader, sign_by=province.day(-10, years=1))
    signers = province.heads(CLUSTER)
    sign_in_turn(covenant, signers, since=at_hour(province.day(4, years=1), 9))
    with clock.at(province.day(40)):
        close_cycle(cycle, by=province.board)


def _register(province: Province, cycle: Cycle) -> None:
    """Leave each member's registration at another step; Hội Đi bộ has not begun."""
    leader, year = province.head("trong-cay"), cycle.year
    green, kind, _own = cycle.adoptions.all()
    with clock.at(province.day(18)):
        common = set_common_target(
            cycle,
            TargetFacts(name="Trồng cây mới trong cả cụm", unit="cây", number=Decimal(8000)),
            by=leader,
        )
    planting = promise_of("trong-cay", year, is_new=True, adoption=green, common=common)
    helping = replace(
        promise_of("trong-cay", year, is_new=True, adoption=green, common=common),
        number=Decimal(600),
        baseline=None,
    )

    with clock.at(province.day(9)):
        deputy = province.head("doc-sach")
        agreed = begin_set(member_of(cycle, province, "doc-sach"), by=deputy)
        unit = Subject.UNIT.value
        register_honour(agreed, by=deputy, honour="ttldxs", subject=unit)
        person = Subject.PERSON.value
        name = "Nguyễn Trang (minh họa)"
        register_honour(agreed, by=deputy, honour="cstd_cs", subject=person, subject_name=name)
    promises = [promise_of("doc-sach", year, is_new=True, adoption=kind), helping]
    member = member_of(cycle, province, "doc-sach")
    agreed = send_targets(member, promises, by=deputy, on=province.day(8))
    agree_on(agreed, by=leader, on=province.day(7))

    send_targets(
        member_of(cycle, province, "trong-cay"),
        [planting, *smaller_promises(year)],
        by=leader,
        on=province.day(6),
    )
    send_targets(
        member_of(cycle, province, "tha-dieu"),
        [promise_of("tha-dieu", year, is_new=True), *smaller_promises(year)],
        by=province.head("tha-dieu"),
        on=province.day(2),
    )
    _return_one(province, cycle)
    _leave_a_draft(province, cycle)


def _return_one(province: Province, cycle: Cycle) -> None:
    """Hội Hát ru gets one target back with another number and a reason."""
    leader = province.head("trong-cay")
    promises = [promise_of("hat-ru", cycle.year, is_new=True), *smaller_promises(cycle.year)]
    member = member_of(cycle, province, "hat-ru")
    sent = send_targets(member, promises, by=province.head("hat-ru"), on=province.day(5))
    with clock.at(province.day(3)):
        first, *others = sent.targets.all()
        reason = "Hội vừa có thêm hai câu lạc bộ, số này có thể cao hơn."
        answer_target(first, by=leader, agrees=False, number=Decimal(75), reason=reason)
        for target in others:
            answer_target(target, by=leader, agrees=True)
        finish_answers(sent, by=leader)


def _leave_a_draft(province: Province, cycle: Cycle) -> None:
    """Hội Nuôi ong's officer has written one target and not sent it."""
    with clock.at(province.day(1)):
        officer = acting_as("can-bo.nuoi-ong", province.units["nuoi-ong"])
        draft = begin_set(member_of(cycle, province, "nuoi-ong"), by=officer)
        write_target(draft, promise_of("nuoi-ong", cycle.year, is_new=True), by=officer)


def _discuss(province: Province, covenant: Covenant) -> None:
    """Send the draft round; one comment is taken up, one is not, one waits for an answer."""
    leader = province.head("trong-cay")
    with clock.at(province.day(4)):
        covenant = circulate_covenant(covenant, by=leader)
    with clock.at(province.day(3)):
        officer = acting_as("can-bo.nuoi-ong", province.units["nuoi-ong"])
        first = comment_on_covenant(
            covenant,
            by=officer,
            about="Giúp nhau",
            body="Nên ghi rõ tháng nào đơn vị nào sang giúp để khỏi trùng.",
        )
        second = comment_on_covenant(
            covenant, by=province.head("hat-ru"), body="Đề nghị bỏ điều khoản báo cáo."
        )
    with clock.at(province.day(2)):
        taken_up = "Cụm sẽ kèm lịch từng tháng."
        reply_to_comment(first, by=leader, is_taken_up=True, body=taken_up)
        reason = "Không báo cáo thì không có số liệu để sơ kết."
        reply_to_comment(second, by=leader, is_taken_up=False, body=reason)
    with clock.at(province.day(1)):
        comment_on_covenant(
            covenant,
            by=province.head("doc-sach"),
            about=MOVEMENTS_CLAUSE,
            body="Nên thêm phong trào “Học chữ số cùng người cao tuổi”.",
        )


def _take_part(province: Province, cycle: Cycle) -> None:
    """Some members join some movements, and the cluster's secretary begins to help."""
    green, kind, _own = cycle.adoptions.all()
    plans = (
        (green, "trong-cay", "Trồng cây ở mọi trường học chưa có bóng mát."),
        (green, "doc-sach", "Mỗi tủ sách một chậu cây."),
        (kind, "hat-ru", "Hát cho các cụ ở trung tâm dưỡng lão mỗi tháng một buổi."),
    )
    with clock.at(province.day(6)):
        for adoption, unit, plan in plans:
            head = province.head(unit)
            join_movement(adoption, by=head, organization=province.units[unit], plan=plan)
        since = province.day(38)
        terms = Terms(since=since, post="Thư ký", bloc=cycle.bloc, year=cycle.year)
        play("thu-ky.cum", province.units["trong-cay"], Role.SECRETARY, terms, by=province.board)
