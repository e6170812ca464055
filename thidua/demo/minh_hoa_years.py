"""What both blocs of tỉnh Minh Họa have alike: a last year that ran, and this year begun from it.

Days are counted back from the first start, so that the stories are always fresh.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from thidua.core import clock
from thidua.covenants.actions.drafting import draft_covenant, write_clause, write_frame
from thidua.covenants.models import Clause, Covenant
from thidua.covenants.queries import current_covenant
from thidua.cycles.actions.members import (
    Lead,
    begin_next_year,
    hand_lead,
    join_together,
    proposed_rotation,
)
from thidua.cycles.actions.years import CycleFacts, edit_cycle, found_cycle, open_cycle, set_phase
from thidua.cycles.models import Cycle, Enrolment, Phase
from thidua.cycles.queries import with_parts
from thidua.demo.acts import adopt_all, agree_on, send_targets
from thidua.demo.minh_hoa import MARK, Province
from thidua.movements.actions import MovementFacts, adopt_movement, launch_movement
from thidua.movements.models import Adoption
from thidua.organizations.actions import BlocFacts, found_bloc
from thidua.targets.actions.drafting import TargetFacts
from thidua.targets.models import CommonTarget, Direction

PROMISES = {  # what is counted, in which unit, how many last year
    "trong-cay": ("Trồng cây mới", "cây", 5000),
    "doc-sach": ("Mở tủ sách ở thôn, xóm", "tủ sách", 20),
    "di-bo": ("Tổ chức ngày đi bộ vì sức khỏe", "ngày", 10),
    "nuoi-ong": ("Dạy nghề nuôi ong", "người", 150),
    "tha-dieu": ("Mở lớp làm diều cho thiếu nhi", "lớp", 20),
    "hat-ru": ("Ghi lại bài hát ru cổ", "bài", 60),
    "nghe-gom": ("Truyền nghề cho thợ trẻ", "người", 40),
    "nghe-moc": ("Sửa bàn ghế cho trường học", "bộ", 300),
    "nghe-theu": ("Mở lớp thêu", "lớp", 10),
    "nghe-dan": ("Đan giỏ thay túi nhựa", "giỏ", 8000),
    "nghe-in": ("In sách chữ nổi", "cuốn", 500),
    "nghe-ren": ("Rèn lại nông cụ cho hộ nghèo", "bộ", 220),
}
OPENING = "MINH HỌA: đơn vị, con người và số liệu trong giao ước này đều là hư cấu."
REGULATION = (
    "Các đơn vị bàn bạc dân chủ, công khai.\n"
    "Đơn vị trưởng và phó luân phiên mỗi năm.\n"
    "Chỉ tiêu của đơn vị trưởng do đơn vị phó xem xét."
)


@dataclass(frozen=True)
class Story:
    """One fictional bloc: its facts, its members in order, its windows as days before today.

    ``windows`` are of this year (opens, due); a negative number is a day to come.
    """

    facts: BlocFacts
    units: tuple[str, ...]
    windows: Mapping[Phase.Kind, tuple[int, int]]
    last_theme: str
    theme: str


def begin_last_year(province: Province, story: Story, *, ago: int) -> Cycle:
    """Found the bloc and open its last year: the last member leads, the first is deputy."""
    board, year = province.board, province.today.year - 1
    with clock.at(province.day(ago, years=1)):
        bloc = found_bloc(story.facts, by=board, is_illustration=True)
        facts = CycleFacts(theme=story.last_theme, regulation=REGULATION, source=MARK)
        cycle = found_cycle(bloc, by=board, year=year, facts=facts, is_illustration=True)
        units = [province.units[unit] for unit in story.units]
        enrolled = join_together(cycle, units, by=board, basis=story.facts.decision_number)
        hand_lead(cycle, by=board, leaders=enrolled[-1:], deputies=enrolled[:1])
        for kind, (opens, due) in story.windows.items():
            opens_on, due_on = province.day(opens, years=1), province.day(due, years=1)
            set_phase(cycle, by=board, kind=kind, opens_on=opens_on, due_on=due_on)
        adopt_all(cycle, province.movements[:2], by=board)
        return fresh(open_cycle(cycle, by=board))


def agree_last_year(province: Province, cycle: Cycle, *, sent: int, answered: int) -> None:
    """Let every member of the last year send its target, and its reviewer agree to it."""
    units = {unit.pk: slug for slug, unit in province.units.items()}
    for member in cycle.current():
        slug = units[member.organization_id]
        reviewer = units[cycle.reviewers_of(member)[0].organization_id]
        promise = promise_of(slug, cycle.year)
        target_set = send_targets(
            member, [promise], by=province.head(slug), on=province.day(sent, years=1)
        )
        agree_on(target_set, by=province.head(reviewer), on=province.day(answered, years=1))


def draft_last_covenant(province: Province, cycle: Cycle, *, leader: str, ago: int) -> Covenant:
    """Draft the last year's covenant from its data, with a clause of the bloc's own."""
    with clock.at(province.day(ago, years=1)):
        head = province.head(leader)
        covenant = draft_covenant(cycle, by=head)
        write_frame(covenant, by=head, bases=covenant.bases, opening=OPENING)
        write_clause(
            covenant,
            by=head,
            heading="Giúp nhau",
            body="Mỗi quý, mỗi đơn vị sang giúp một đơn vị khác ít nhất một ngày.",
            kind=Clause.Kind.TEXT,
        )
        return covenant


def begin_this_year(province: Province, story: Story, last: Cycle, *, ago: int) -> Cycle:
    """Copy the last year, let the deputy move up, set the theme, adopt a movement more, open."""
    board = province.board
    with clock.at(province.day(ago)):
        lead = Lead(*proposed_rotation(fresh(last)))
        cycle = begin_next_year(last, lead, by=board, year=province.today.year)
        facts = CycleFacts(theme=story.theme, regulation=REGULATION, source=MARK)
        edit_cycle(cycle, facts, by=board)
        own = launch_movement(
            MovementFacts(
                name=f"Ngày thứ bảy vì {story.facts.short_name}",
                level="bloc",
                launcher=cycle.bloc.title,
                first_year=cycle.year,
                period_source=MARK,
                parent=province.movements[1],
                bloc=cycle.bloc,
                source=MARK,
            ),
            by=board,
            owner=province.body,
            is_illustration=True,
        )
        linked = cycle.adoptions.get(movement=province.movements[1])
        adopt_movement(cycle, own, by=board, linked_to=linked)
        return fresh(open_cycle(cycle, by=board))


def renew_draft(province: Province, cycle: Cycle, *, leader: str, ago: int) -> Covenant:
    """Write this year's theme into the clauses that were copied from last year."""
    with clock.at(province.day(ago)):
        head = province.head(leader)
        covenant = current_covenant(cycle, province.board)
        if covenant is None:
            raise ValueError("copying a year drafts its covenant")
        theme = covenant.clauses.all()[0]
        write_clause(
            covenant,
            by=head,
            heading=theme.heading,
            body=f"Chủ đề của năm: “{cycle.theme}”.",
            kind=Clause.Kind.TEXT,
            clause=theme,
        )
        return write_frame(covenant, by=head, bases=covenant.bases, opening=OPENING)


def promise_of(
    unit: str,
    year: int,
    *,
    is_new: bool = False,
    adoption: Adoption | None = None,
    common: CommonTarget | None = None,
) -> TargetFacts:
    """Return a unit's main target: last year's number, or (``is_new``) a tenth more than that."""
    name, measure, number = PROMISES[unit]
    return TargetFacts(
        name=name,
        unit=measure,
        number=Decimal(number) * (11 if is_new else 10) / 10,
        baseline=Decimal(number) if is_new else None,
        due_on=date(year, 12, 15),
        adoption=adoption,
        common=common,
    )


def smaller_promises(year: int) -> list[TargetFacts]:
    """Return three targets of the other directions: less, exactly, yes or no."""
    return [
        TargetFacts(
            name="Đơn thư trả lời muộn",
            direction=Direction.LESS,
            unit="đơn",
            number=Decimal(2),
            baseline=Decimal(5),
            due_on=date(year, 12, 31),
        ),
        TargetFacts(
            name="Kỳ sinh hoạt hội viên",
            direction=Direction.EXACTLY,
            unit="kỳ",
            number=Decimal(4),
            due_on=date(year, 12, 31),
        ),
        TargetFacts(name="Có góc truyền thống của hội", direction=Direction.YES_NO),
    ]


def member_of(cycle: Cycle, province: Province, unit: str) -> Enrolment:
    """Return a unit's enrolment in the year."""
    return next(e for e in cycle.current() if e.organization_id == province.units[unit].pk)


def fresh(cycle: Cycle) -> Cycle:
    """Return the year read again with its parts."""
    return with_parts(Cycle.objects.filter(pk=cycle.pk)).get()
