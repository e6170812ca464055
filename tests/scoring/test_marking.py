"""Marking: what is kept, what is refused, whose mark stands when two were at it."""

from decimal import Decimal

import pytest

from tests import factories as make
from tests.scoring.factories import (
    POINT,
    a_draft_table,
    a_self_score,
    a_table,
    card_of,
    criterion,
    sheet_of,
)
from tests.scoring.steps import a_check, an_appraisal, head, mark
from thidua.accounts.models import Appointment
from thidua.core import clock
from thidua.core.errors import NoRight, WrongState
from thidua.cycles.actions.members import leave_cycle
from thidua.scoring.actions.adoption import adopt_table, draft_next_version
from thidua.scoring.actions.checks import open_sheet
from thidua.scoring.actions.marking import save_marks, send_sheet, take_back_sheet
from thidua.scoring.actions.tables import CriterionFacts, add_criterion, write_criterion
from thidua.scoring.errors import MarksRefused
from thidua.scoring.given import MarkGiven
from thidua.scoring.models import Mark, Sheet
from thidua.scoring.queries import (
    missing_before_sending,
)

pytestmark = pytest.mark.django_db
STEPS = [{"label": "Tốt", "points": 800}, {"label": "Kém", "points": 0, "knocks_out": True}]
BANDS = [
    {"at_least": "80", "below": None, "points": 400},
    {"at_least": "60", "below": "80", "points": 300},
    {"at_least": None, "below": "60", "points": 200},
]
# kind, maximum, parameters, value, target → hundredths kept, whether it knocks out.
KINDS = [
    ("manual", 40, {}, "12.5", None, 1250, False),
    ("pass_fail", 8, {"failed": -800}, "0", None, -800, False),
    ("graded", 8, {"steps": STEPS}, "0", None, 800, False),
    ("graded", 8, {"steps": STEPS}, "1", None, 0, True),
    ("banded", 4, {"bands": BANDS}, "79.5", None, 300, False),
    ("proportional", 10, {"percent": "10"}, "75", "100", 750, False),
    ("leader_relative", 10, {}, "120", "100", None, False),
    ("count", 10, {"each": 200}, "3", None, 600, False),
    ("deduct", 10, {"each": 50, "floor": 850}, "9", None, 850, False),
    ("penalty", None, {"each": 200}, "2", None, 400, False),
    ("knockout", None, {}, "1", None, 0, True),
]


@pytest.fixture
def world():
    return make.a_bloc(3)


def test_each_kind_keeps_what_was_given_and_the_points_it_comes_to(world):
    table = a_draft_table(world, step=1)
    for n, (kind, most, parameters, *_rest) in enumerate(KINDS):
        points = None if most is None else most * POINT
        facts = CriterionFacts(f"X.{n}", f"Tiêu chí {n}", kind, points, parameters)
        add_criterion(table, facts, by=head(world, 0), parent=criterion(table, "II"))
    write_criterion(criterion(table, "II"), CriterionFacts("II", "Thi đua"), by=head(world, 0))
    adopt_table(table, by=head(world, 0))
    sheet = sheet_of(world, 2)
    told = {
        criterion(table, f"X.{n}").pk: MarkGiven(Decimal(value), target and Decimal(target))
        for n, (*_facts, value, target, _points, _knocked) in enumerate(KINDS)
    }

    saved = save_marks(sheet, told, by=head(world, 2))

    kept = {m.criterion.code: (m.points, m.knocks_out) for m in saved.marks}
    assert kept == {f"X.{n}": row[-2:] for n, row in enumerate(KINDS)}


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("40.25", "Cao hơn điểm tối đa 40."),
        ("12.345", "hai chữ số sau dấu phẩy"),
        ("12.1", "theo bước 0,25"),
        ("NaN", "không phải là một số"),
        ("Infinity", "không phải là một số"),
        ("-1", "không được nhỏ hơn 0"),
    ],
)
def test_points_that_cannot_be_are_refused_beside_their_criterion(world, value, sentence):
    """Marks “over the maximum”, of “three decimals”, “off the table's step”, “NaN”: each gets its
    sentence, and of all that was sent with it nothing is kept."""
    table = a_table(world)
    sheet, leaf = sheet_of(world, 2), criterion(table, "I.1")
    other = criterion(table, "II.1")

    with pytest.raises(MarksRefused) as refusal:
        save_marks(
            sheet,
            {leaf.pk: MarkGiven(Decimal(value)), other.pk: MarkGiven(Decimal(1))},
            by=head(world, 2),
        )

    assert sentence in refusal.value.by_criterion[leaf.pk]
    assert list(refusal.value.by_criterion) == [leaf.pk]
    assert not Mark.objects.exists()


def test_a_mark_for_a_criterion_of_another_version_is_refused(world):
    """A mark “for a criterion of another version” of the table, or on its card, is refused."""
    old = a_table(world)
    sheet, leaf = sheet_of(world, 2), criterion(old, "I.1")
    new = adopt_table(draft_next_version(old, by=head(world, 0)), by=head(world, 0))

    with pytest.raises(WrongState, match="bản mới"):
        save_marks(sheet, {leaf.pk: MarkGiven(Decimal(1))}, by=head(world, 2))
    with pytest.raises(MarksRefused) as refusal:
        save_marks(
            sheet_of(world, 2, card__table=new), {leaf.pk: MarkGiven(Decimal(1))}, by=head(world, 2)
        )

    assert "bảng điểm đang dùng" in refusal.value.by_criterion[leaf.pk]
    assert not Mark.objects.exists()


def test_whoever_has_no_right_at_a_layer_marks_and_sends_nothing_there(world):
    """Marks “by someone without the right at that layer” are refused with a sentence."""
    a_table(world)
    own, check = sheet_of(world, 2), a_check(world, 2, 1)
    a_self_score(world, 2, I_1=30)
    lead = an_appraisal(world, 2, head(world, 0))
    officer = make.officer(world.members[1])

    take_back_sheet(Sheet.objects.get(pk=own.pk), by=head(world, 2))

    for sheet, by in ((own, head(world, 1)), (check, head(world, 2)), (lead, head(world, 1))):
        with pytest.raises(NoRight, match="không có quyền"):
            mark(sheet, "I.1", 3, by=by)
    mark(check, "I.1", 30, by=officer)
    with pytest.raises(NoRight):
        send_sheet(check, by=officer)


def test_nobody_marks_their_own_card_above_the_self_score(world):
    """Not even as the secretary who writes down what the meeting agreed."""
    a_table(world)
    secretary = make.a_person_for(
        world.members[0],
        Appointment.Role.SECRETARY,
        bloc=world.bloc,
        year=world.cycle.year,
    )
    of_another = an_appraisal(world, 2, secretary, "meeting")

    mark(of_another, "I.1", 30, by=secretary)

    card = card_of(world, 0)
    card.enrolment.cycle = world.fresh_cycle()
    with pytest.raises(NoRight):
        open_sheet(card, "meeting", by=secretary)


def test_two_scorers_at_once_keep_both_marks_and_the_second_is_told(world):
    """Here meet “two scorers at once on one card (both kept, the second is told)”."""
    a_table(world)
    sheet, officer = sheet_of(world, 2), make.officer(world.members[2])

    mark(sheet, "I.1", 30, by=head(world, 2), seen=0)
    saved = mark(sheet, "I.1", 35, by=officer, seen=0)

    (other,) = saved.overtaken
    assert (other.points, other.by) == (3000, head(world, 2).user)
    rows = Mark.objects.filter(sheet=sheet).order_by("number")
    assert [(m.number, m.points, m.is_current) for m in rows] == [
        (1, 3000, False),
        (2, 3500, True),
    ]
    assert mark(sheet, "I.1", 36, by=officer, seen=2).overtaken == []
    assert Mark.objects.filter(sheet=sheet).count() == 2


def test_who_saw_the_other_mark_overtakes_nobody(world):
    a_table(world)
    sheet, officer = sheet_of(world, 2), make.officer(world.members[2])
    mark(sheet, "I.1", 30, by=head(world, 2), seen=0)

    saved = mark(sheet, "I.1", 35, by=officer, seen=1)

    assert saved.overtaken == []
    assert Mark.objects.filter(sheet=sheet).count() == 2


def test_nothing_typed_leaves_no_row_and_what_is_taken_out_again_stays_as_empty(world):
    a_table(world)
    sheet = sheet_of(world, 2)

    assert mark(sheet, "I.1", by=head(world, 2)).marks == []
    mark(sheet, "I.1", 30, by=head(world, 2))
    mark(sheet, "I.1", by=head(world, 2), reason="Chưa chắc")

    (row,) = Mark.objects.filter(sheet=sheet)
    assert (row.points, row.value, row.reason) == (None, None, "Chưa chắc")
    assert criterion(sheet.card.table, "I.1").pk in missing_before_sending(sheet)


def test_a_unit_that_left_is_marked_no_more_and_its_marks_stay(world):
    """Of “a unit that left” nothing more is marked, nor does it mark others; what stands stays."""
    a_table(world)
    check, own = a_check(world, 0, 2), sheet_of(world, 2)
    a_self_score(world, 0, I_1=30)
    mark(check, "I.1", 20, by=head(world, 2))
    mark(own, "I.1", 20, by=head(world, 2))

    leave_cycle(world.enrolments[2], by=world.board, on=clock.today(), reason="Sáp nhập")

    for sheet in (check, own):
        with pytest.raises(WrongState, match="đã rời"):
            mark(sheet, "I.1", 25, by=head(world, 2))
        with pytest.raises(WrongState, match="đã rời"):
            send_sheet(sheet, by=head(world, 2))
    assert sorted(m.points for m in Mark.objects.all() if m.criterion.code == "I.1") == [
        2000,
        2000,
        3000,
    ]
