"""Who sees whose marks, and when; what cannot be taken back after they were seen."""

import pytest

from tests import factories as make
from tests.scoring.factories import (
    a_result,
    a_self_score,
    a_table,
    card_of,
    sheet_of,
)
from tests.scoring.steps import a_check, an_appraisal, head, send_all
from thidua.accounts.models import Appointment
from thidua.core import clock
from thidua.core.errors import NoRight, WrongState
from thidua.scoring.actions.marking import send_sheet, take_back_sheet
from thidua.scoring.models import Layer, Sheet
from thidua.scoring.queries import (
    cards_for,
    visible_sheets,
)

pytestmark = pytest.mark.django_db


# What each may see of a card, before any result: (viewer, sheets sent) → layers seen.
SELF, ONE, TWO, LEAD = "self", "cross 0", "cross 1", "lead 0"
SEEN = [
    ("member", {}, {SELF}),
    ("member", {SELF, ONE, TWO, LEAD}, {SELF}),
    ("checker 1", {}, {TWO}),
    ("checker 1", {SELF, ONE}, {SELF, TWO}),
    ("checker 1", {SELF, ONE, TWO}, {SELF, ONE, TWO}),
    ("checker 1", {SELF, ONE, TWO, LEAD}, {SELF, ONE, TWO}),
    ("leader", {SELF, TWO}, {SELF, ONE, LEAD}),
    ("leader", {SELF, ONE, TWO}, {SELF, ONE, TWO, LEAD}),
    ("secretary of checker 1", {SELF, ONE}, {SELF, TWO}),
    ("board", {SELF, ONE}, {SELF, ONE}),
    ("another", {SELF, ONE, TWO, LEAD}, None),
]


def _viewers(world):
    """The leader checks too; the second checker's unit also has the bloc's secretary."""
    secretary = make.a_person_for(
        world.members[1], Appointment.Role.SECRETARY, bloc=world.bloc, year=world.cycle.year
    )
    return {
        "member": world.heads[2],
        "checker 1": world.heads[1],
        "leader": world.heads[0],
        "secretary of checker 1": secretary,
        "board": world.board,
        "another": world.heads[3],
    }


def _seen_by(acting, card):
    """Return what of a card somebody sees; None where not even the card."""
    found = cards_for(acting).filter(pk=card.pk).first()
    if found is None:
        return None
    number = {s.pk: n for n, s in enumerate(s for s in found.sheets.all() if s.layer.kind != SELF)}
    names = {s.pk: SELF if s.layer.kind == SELF else "" for s in found.sheets.all()}
    for sheet in found.sheets.all():
        if sheet.layer.kind != SELF:
            mine = [s for s in found.sheets.all() if s.layer_id == sheet.layer_id]
            names[sheet.pk] = f"{sheet.layer.kind} {mine.index(sheet)}"
    assert len(number) == 3
    return {names[s.pk] for s in visible_sheets(found, acting)}


@pytest.fixture
def world():
    return make.a_bloc(3)


def test_who_sees_whose_marks_and_when():
    """Blind until one's own are in; the member until the preliminary result; then all see all."""
    world = make.a_bloc(4)
    a_table(world)
    card, viewers = card_of(world, 2), _viewers(world)
    sheets = {SELF: sheet_of(world, 2), ONE: a_check(world, 2, 0), TWO: a_check(world, 2, 1)}
    layer = Layer.objects.get(cycle=world.cycle, kind="lead")
    sheets[LEAD] = Sheet.objects.create(card=card, layer=layer, organization=world.members[0])
    for viewer, sent, expected in SEEN:
        for name, sheet in sheets.items():
            told = {"state": "sent", "sent_at": clock.now(), "digest": "d"}
            kept = {"state": "open", "sent_at": None, "digest": ""}
            Sheet.objects.filter(pk=sheet.pk).update(**(told if name in sent else kept))
        assert _seen_by(viewers[viewer], card) == expected, (viewer, sent)

    Layer.objects.filter(kind="cross").update(is_blind=False)
    Sheet.objects.filter(pk=sheets[TWO].pk).update(state="open", sent_at=None, digest="")
    assert _seen_by(viewers["checker 1"], card) == {SELF, ONE, TWO}
    a_self_score(world, 1, I_1=1)
    a_result(world)
    for viewer in ("member", "checker 1", "another"):
        assert _seen_by(viewers[viewer], card) >= {SELF, ONE, LEAD}


def test_a_blind_check_is_not_taken_back_after_another_one_was_seen():
    world = make.a_bloc(4)
    a_table(world)
    a_self_score(world, 2, I_1=30)
    one, two = a_check(world, 2, 0), a_check(world, 2, 1)
    send_all(one, head(world, 0))
    take_back_sheet(Sheet.objects.get(pk=one.pk), by=head(world, 0))
    send_sheet(one, by=head(world, 0))

    send_all(two, head(world, 1))

    for sheet, by in ((one, 0), (two, 1)):
        with pytest.raises(WrongState, match="đã xem được"):
            take_back_sheet(Sheet.objects.get(pk=sheet.pk), by=head(world, by))


def test_a_lower_layer_is_not_taken_back_once_a_later_one_is_sent(world):
    a_table(world)
    own = a_self_score(world, 2, I_1=30)
    send_all(a_check(world, 2, 1), head(world, 1))

    with pytest.raises(WrongState, match="Lớp chấm sau"):
        take_back_sheet(own, by=head(world, 2))


def test_who_checks_a_card_appraises_it_only_after_the_check_is_sent(world):
    """Else the appraisal would show what the other checkers gave."""
    a_table(world)
    a_self_score(world, 2, I_1=30)
    check = a_check(world, 2, 0)

    with pytest.raises(WrongState, match="kiểm tra chéo rồi mới thẩm định"):
        an_appraisal(world, 2, head(world, 0))
    send_all(check, head(world, 0), I_1=30)

    assert an_appraisal(world, 2, head(world, 0)).layer.kind == "lead"


def test_the_secretary_of_a_checking_unit_writes_for_the_meeting_only_after_its_check_is_in():
    """Else the marks that stand would show what the other checkers gave."""
    world = make.a_bloc(4)
    a_table(world)
    a_self_score(world, 2, I_1=30)
    check, secretary = a_check(world, 2, 1), _viewers(world)["secretary of checker 1"]

    with pytest.raises(NoRight):
        an_appraisal(world, 2, secretary, "meeting")
    send_all(check, head(world, 1), I_1=30)

    assert an_appraisal(world, 2, secretary, "meeting").organization == world.members[0]
