"""The covenant on the desk: drafting, comments, freezing, the signing round, the declaration."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests import factories as make
from tests.covenants.sheets import a_sheet
from tests.tampering import alter
from tests.web.desk import due, titles
from thidua.core import clock
from thidua.covenants.actions.drafting import (
    circulate_covenant,
    comment_on_covenant,
    draft_covenant,
    reply_to_comment,
)
from thidua.covenants.actions.on_paper import confirm_sheet
from thidua.covenants.actions.signing import (
    declare_in_force,
    decline_covenant,
    remind_unsigned,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
SOON = TODAY + timedelta(5)


@pytest.fixture(autouse=True)
def _on_a_day_in_march():
    with clock.at(TODAY):
        yield


def settled(members: int = 3) -> make.World:
    """Make a bloc whose members have agreed targets, so that only the covenant is left."""
    world = make.a_bloc(members)
    for member in range(members):
        make.a_locked_set(world, member)
    return world


def test_the_covenant_goes_from_drafting_over_comments_to_freezing():
    world = settled()
    leader, member = world.heads[0], world.heads[2]
    (begin,) = due(leader)
    assert (begin.title, begin.is_post) == ("Soạn giao ước thi đua năm 2026", True)
    assert titles(member) == []

    covenant = draft_covenant(world.cycle, by=leader)
    assert titles(leader) == ["Soạn dự thảo Giao ước thi đua năm 2026"]

    circulate_covenant(covenant, by=leader)
    assert titles(member) == ["Góp ý dự thảo Giao ước thi đua năm 2026"]
    assert titles(leader) == ["Chốt Giao ước thi đua năm 2026 và mở ký"]
    assert "chốt" in due(make.officer(world.members[1]))[0].why

    comment = comment_on_covenant(covenant, by=member, body="Nên rõ hơn")
    assert titles(member) == []
    assert titles(leader) == ["Trả lời ý kiến về dự thảo Giao ước thi đua năm 2026"]

    reply_to_comment(comment, by=leader, is_taken_up=True, body="")
    assert titles(leader) == ["Chốt Giao ước thi đua năm 2026 và mở ký"]


def test_freezing_says_how_many_members_have_no_agreed_targets():
    world = make.a_bloc()
    covenant = draft_covenant(world.cycle, by=world.heads[0])
    circulate_covenant(covenant, by=world.heads[0])

    notes = [task.note for task in due(world.heads[0])]

    assert "Còn 3 đơn vị chưa thống nhất chỉ tiêu." in notes


def test_the_head_signs_and_the_officer_is_told_so():
    world = settled()
    covenant = make.a_frozen_covenant(world, sign_by=SOON)
    make.sign(covenant, world.heads[1])

    (task,) = due(world.heads[2])
    (seen,) = due(make.officer(world.members[2]))

    assert (task.title, task.label) == ("Ký Giao ước thi đua năm 2026", "Đọc và ký")
    assert (task.due, task.note) == (SOON, "1/3 đơn vị đã ký.")
    assert task.url == reverse("covenants:sign", args=[covenant.pk])
    assert (seen.why, seen.label) == ("Lãnh đạo đơn vị ký.", "Xem giao ước")
    assert titles(world.heads[1]) == []


def test_who_declined_may_still_sign_and_is_told_so():
    world = settled()
    covenant = make.a_frozen_covenant(world)
    organization_id = world.members[2].pk
    decline_covenant(covenant, by=world.heads[2], organization_id=organization_id, reason="Chờ họp")

    (task,) = due(world.heads[2])

    assert task.note == "Đơn vị đã ghi lý do chưa ký; vẫn có thể ký."


def test_the_leader_reminds_in_the_last_week_and_once_a_day():
    world = settled()
    covenant = make.a_frozen_covenant(world, sign_by=TODAY + timedelta(30))
    make.sign(covenant, world.heads[0])
    assert titles(world.heads[0]) == []

    with clock.at(TODAY + timedelta(24)):
        (task,) = due(world.heads[0])
        assert (task.label, task.is_post) == ("Gửi lời nhắc", True)
        assert task.note == "2 đơn vị chưa ký."

        remind_unsigned(covenant, by=world.heads[0])
        assert titles(world.heads[0]) == []


def test_after_the_day_for_signing_the_leader_may_declare():
    world = settled()
    covenant = make.a_frozen_covenant(world, sign_by=TODAY)
    make.sign(covenant, world.heads[0])

    with clock.at(TODAY + timedelta(1)):
        (task,) = due(world.heads[0])
        (late,) = due(world.heads[2])
        reasons = {member.pk: "Đang họp" for member in world.members[1:]}
        declare_in_force(covenant, by=world.heads[0], reasons=reasons)
        (afterwards,) = due(world.heads[2])

    assert task.title == "Tuyên bố Giao ước thi đua năm 2026 có hiệu lực"
    assert task.url == reverse("covenants:declare", args=[covenant.pk])
    assert (late.title, late.due) == ("Ký Giao ước thi đua năm 2026", TODAY)
    assert (afterwards.title, afterwards.due) == ("Ký bổ sung Giao ước thi đua năm 2026", None)


def test_nobody_is_asked_to_sign_a_text_that_is_not_what_was_frozen():
    """a covenant text changed behind the frozen digest (every page then says that it no longer
    matches)"""
    world = settled()
    covenant = make.a_frozen_covenant(world)
    alter(covenant.version_id, text="Văn bản khác")

    for acting in (world.heads[0], world.heads[2]):
        (task,) = due(acting)
        assert task.title == "Đừng ký: văn bản Giao ước thi đua năm 2026 không còn khớp"
        assert task.url == reverse("covenants:show", args=[covenant.pk])
        assert not task.is_mine


def test_a_sheet_signed_by_hand_waits_on_the_desk_of_a_second_person():
    world = settled(4)
    covenant = make.a_frozen_covenant(world, sign_by=SOON)
    own = make.officer(world.members[2])
    sheet = a_sheet(covenant, world.members[2], by=own)
    waiting = f"Đối chiếu phiếu ký giấy của {world.members[2].name}"

    for second in (world.heads[0], world.heads[1], world.board):
        assert waiting in titles(second)
    for other in (own, world.heads[2], world.heads[3]):
        assert waiting not in titles(other)
    confirm_sheet(sheet, by=world.board)
    assert waiting not in titles(world.heads[0])
