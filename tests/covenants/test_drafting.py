"""Drafting a covenant from the year's data, and the members' comments on it."""

import unicodedata
from typing import Any

import pytest
from django.utils.translation import override

from tests import factories as make
from tests.kept import kept
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.covenants.actions.drafting import (
    circulate_covenant,
    comment_on_covenant,
    draft_covenant,
    move_clause,
    remove_clause,
    reply_to_comment,
    write_clause,
    write_frame,
)
from thidua.covenants.models import Clause, Comment, Covenant
from thidua.covenants.papers import covenant_text
from thidua.covenants.queries import members_without_targets
from thidua.cycles.actions.years import close_cycle, copy_cycle
from thidua.movements.actions import adopt_movement

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def leader(world):
    return world.heads[0]


@pytest.fixture
@kept
def draft(world, leader):
    return draft_covenant(world.cycle, by=leader)


def headings(covenant: Covenant) -> list[str]:
    """Return the clauses' headings in their order."""
    return list(covenant.clauses.values_list("heading", flat=True))


def write(covenant: Covenant, leader: make.Acting, **told: Any) -> Clause:
    """Write a clause of free text."""
    facts = {"heading": "Đoàn kết", "body": "Giúp nhau.", "kind": "text", **told}
    return write_clause(covenant, by=leader, **facts)


def test_a_draft_is_made_of_theme_movements_locked_targets_and_members(world, leader):
    movement = make.a_movement(world, "Cả nước xây dựng nông thôn mới", first_year=2021)
    adopt_movement(world.cycle, movement, by=leader)
    make.a_locked_set(world, 2)

    text = covenant_text(draft_covenant(world.cycle, by=leader)).as_text()

    assert text.startswith(f"BẢN GIAO ƯỚC THI ĐUA NĂM {world.cycle.year}\n{world.bloc.title}\n\n")
    assert "Chủ đề của năm: “Đoàn kết”." in text
    assert "- Phong trào thi đua “Cả nước xây dựng nông thôn mới”" in text
    assert [f"{n}. {o.name}" in text for n, o in enumerate(world.members, 1)] == [True] * 3
    assert f"{world.members[2].name}\n- Kết nạp hội viên: ít nhất 120 hội viên" in text
    assert f"{world.members[1].name}\n(chưa thống nhất chỉ tiêu)" in text
    assert members_without_targets(world.fresh_cycle()) == world.enrolments[:2]


def test_the_paper_is_vietnamese_whatever_the_readers_language(draft):
    with override("en"):
        assert covenant_text(draft).as_text().startswith("BẢN GIAO ƯỚC THI ĐUA NĂM")


def test_a_year_has_one_draft(world, leader, draft):
    """a form sent twice: beginning the covenant."""
    with pytest.raises(AlreadyDone, match="đã có giao ước"):
        draft_covenant(world.cycle, by=leader)

    assert Covenant.objects.count() == 1


def test_a_closed_year_takes_no_draft(world, leader):
    close_cycle(world.cycle, by=world.board)

    with pytest.raises(WrongState):
        draft_covenant(world.cycle, by=leader)


def test_bases_and_opening_stand_composed_at_the_top(leader, draft):
    decomposed = unicodedata.normalize("NFD", "Căn cứ Luật Thi đua, khen thưởng")

    write_frame(draft, by=leader, bases=f"{decomposed}\r\n\r\nCăn cứ hai", opening="Chúng tôi.")

    lines = covenant_text(make.reread(draft)).as_text().split("\n")
    assert lines[3:7] == ["Căn cứ Luật Thi đua, khen thưởng", "Căn cứ hai", "", "Chúng tôi."]


def test_clauses_are_added_rewritten_moved_and_taken_out(leader, draft):
    there = headings(draft)
    clause = write(draft, leader)
    assert headings(draft) == [*there, "Đoàn kết"]

    write(draft, leader, heading="Đoàn kết, giúp nhau", clause=clause)
    move_clause(clause, by=leader, up=True)
    assert headings(draft) == [*there[:-1], "Đoàn kết, giúp nhau", there[-1]]
    move_clause(draft.clauses.first(), by=leader, up=True)
    assert headings(draft)[0] == there[0]
    remove_clause(clause, by=leader)

    assert headings(draft) == there
    assert list(draft.clauses.values_list("place", flat=True)) == list(range(1, len(there) + 1))


@pytest.mark.parametrize(
    ("told", "field"), [({"heading": "  "}, "heading"), ({"body": " \n "}, "body")]
)
def test_a_clause_of_text_needs_heading_and_words(leader, draft, told, field):
    with pytest.raises(Invalid) as refused:
        write(draft, leader, **told)

    assert refused.value.field == field


def test_what_is_drawn_from_the_data_stands_once(leader, draft):
    with pytest.raises(AlreadyDone) as refused:
        write(draft, leader, kind="targets", body="")

    assert refused.value.field == "kind"


def test_the_same_clause_sent_again_is_not_added_again(leader, draft):
    """a form sent twice: a clause."""
    write(draft, leader)

    with pytest.raises(AlreadyDone, match="đã có điều khoản này"):
        write(draft, leader)

    assert headings(draft).count("Đoàn kết") == 1


def test_nothing_is_written_into_a_frozen_text(world, leader):
    covenant = make.a_frozen_covenant(world)
    clause = covenant.clauses.first()

    for act in (
        lambda: write(covenant, leader),
        lambda: write_frame(covenant, by=leader, bases="", opening="x"),
        lambda: remove_clause(clause, by=leader),
        lambda: move_clause(clause, by=leader, up=False),
        lambda: circulate_covenant(covenant, by=leader),
        lambda: comment_on_covenant(covenant, by=world.heads[1], body="x"),
    ):
        with pytest.raises(WrongState):
            act()

    assert make.reread(covenant).matches


def test_a_draft_without_clauses_is_not_sent_round(leader, draft):
    for clause in draft.clauses.all():
        remove_clause(clause, by=leader)

    with pytest.raises(Invalid):
        circulate_covenant(draft, by=leader)


def test_comments_come_while_it_is_sent_round_and_are_answered_once(world, leader, draft):
    with pytest.raises(WrongState, match="lấy ý kiến"):
        comment_on_covenant(draft, by=world.heads[1], body="Bớt chỉ tiêu")
    circulate_covenant(draft, by=leader)
    with pytest.raises(Invalid) as refused:
        comment_on_covenant(draft, by=world.heads[1], body=" ")
    assert refused.value.field == "body"
    comment = comment_on_covenant(draft, by=world.heads[1], body="Bớt chỉ tiêu", about="1. Chung")

    with pytest.raises(Invalid) as refused:
        reply_to_comment(comment, by=leader, is_taken_up=False, body="")
    assert refused.value.field == "body"
    answer = reply_to_comment(comment, by=leader, is_taken_up=True, body="")

    assert (answer.replies_to, answer.is_taken_up) == (comment, True)
    for answered in (comment, answer):
        with pytest.raises(AlreadyDone):
            reply_to_comment(answered, by=leader, is_taken_up=True, body="")


def test_the_same_comment_sent_again_is_not_kept_again(world, leader, draft):
    """a form sent twice: a comment."""
    circulate_covenant(draft, by=leader)
    comment_on_covenant(draft, by=world.heads[1], body="Bớt chỉ tiêu")

    with pytest.raises(AlreadyDone, match="đã được gửi"):
        comment_on_covenant(draft, by=world.heads[1], body="Bớt chỉ tiêu")

    comment_on_covenant(draft, by=world.heads[2], body="Bớt chỉ tiêu")
    assert Comment.objects.count() == 2


def test_a_copied_year_takes_the_clauses_along(world, leader, draft):
    write(draft, leader)

    new = copy_cycle(world.cycle, by=world.board, year=world.cycle.year + 1)

    assert headings(Covenant.objects.get(cycle=new)) == headings(draft)
