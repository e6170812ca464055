"""The result on the desk: to draw up, to look at, to answer, to adopt, to publish."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests import factories as make
from tests.scoring.factories import (
    a_published_result,
    a_result,
    a_scored_world,
    an_adopted_result,
    card_of,
    criterion,
)
from tests.web.counting import cost_of
from tests.web.desk import due
from thidua.core import clock
from thidua.cycles.actions.years import set_phase
from thidua.scoring.actions.correcting import correct_mark
from thidua.scoring.actions.results import answer_objection, object_to_result
from thidua.scoring.given import MarkGiven

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> make.World:
    return a_scored_world()


def about_result(acting) -> list[str]:
    """Return the titles of the tasks that lead to pages of results."""
    start = reverse("results:of_cycle", args=[1]).partition("nam")[0]
    return [task.title for task in due(acting) if task.url.startswith(start)]


def test_the_leader_draws_up_once_the_meetings_phase_is_open(world):
    assert about_result(world.heads[0]) == []
    today = clock.today()
    set_phase(
        world.cycle,
        by=world.board,
        kind="assessment",
        opens_on=date(today.year, 1, 1),
        due_on=today,
    )

    (task,) = [t for t in due(world.heads[0]) if t.title.startswith("Lập kết quả sơ bộ")]

    assert (task.url, task.due) == (reverse("results:draw_up", args=[world.cycle.pk]), today)
    assert about_result(world.heads[2]) == []


def test_a_preliminary_result_is_the_members_to_look_at_and_the_leaders_to_take_on(world):
    year = world.cycle.year
    result = a_result(world)
    assert about_result(world.heads[0]) == [f"Ghi hội nghị thông qua kết quả năm {year}"]
    assert about_result(world.heads[2]) == [f"Xem kết quả sơ bộ năm {year}"]
    assert about_result(make.officer(world.members[2])) == [f"Xem kết quả sơ bộ năm {year}"]

    own = object_to_result(result, by=world.heads[0], text="Thiếu")
    said = object_to_result(result, by=world.heads[2], text="Thiếu")
    name = world.members[2].name
    assert about_result(world.heads[2]) == []
    assert about_result(world.heads[0]) == [f"Trả lời kiến nghị của {name} về kết quả sơ bộ"]
    leaders = f"Trả lời kiến nghị của {world.members[0].name} về kết quả sơ bộ"
    assert leaders in about_result(world.heads[1])

    for objection, reviewer in ((own, world.heads[1]), (said, world.heads[0])):
        answer_objection(objection, by=reviewer, answer="Đủ rồi", is_upheld=False)
    assert about_result(world.heads[0]) == [f"Ghi hội nghị thông qua kết quả năm {year}"]


def test_what_is_adopted_is_the_leaders_to_publish_and_so_is_a_correction(world):
    year = world.cycle.year
    an_adopted_result(world)
    assert about_result(world.heads[0]) == [f"Công bố kết quả thi đua năm {year}"]
    assert about_result(world.heads[2]) == []


def test_after_publication_only_a_correction_is_left_to_publish(world):
    result = a_published_result(world)
    assert about_result(world.heads[0]) == []

    given = MarkGiven(Decimal(4), reason="Nhập nhầm")
    correct_mark(card_of(world, 2), criterion(result.table, "I.1"), given, by=world.heads[0])

    assert about_result(world.heads[0]) == [
        f"Công bố bản đính chính kết quả năm {world.cycle.year}"
    ]


def test_the_desk_costs_the_same_for_one_objection_and_for_three(client):
    costs = []
    world = a_scored_world(4)
    result = a_result(world)
    for heads in (world.heads[1:2], world.heads[2:]):
        for head in heads:
            object_to_result(result, by=head, text="Thiếu")
        client.force_login(make.user_of(world.heads[0]))
        costs.append(cost_of(client, reverse("work:index")))
    assert costs[0] == costs[1]
