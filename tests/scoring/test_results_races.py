"""Two persons at the same instant: one result, published once."""

import pytest

from tests import factories as make
from tests.covenants.test_races import at_once
from tests.scoring.factories import a_table, all_scored, an_adopted_result
from thidua.audit.models import Entry
from thidua.core.errors import AlreadyDone
from thidua.documents.models import Version
from thidua.scoring.actions.results import draw_up_result, publish_result
from thidua.scoring.models import Result

pytestmark = pytest.mark.django_db(transaction=True)


def a_scored_world() -> make.World:
    world = make.a_bloc(2)
    a_table(world)
    all_scored(world)
    return world


def test_two_persons_publishing_at_once_publish_once():
    world = a_scored_world()
    result = an_adopted_result(world)

    refusals = at_once(
        lambda: publish_result(result, by=world.heads[0], audience="members"),
        lambda: publish_result(result, by=world.board, audience="public"),
    )

    assert sorted(type(refusal) for refusal in refusals if refusal) == [AlreadyDone]
    assert Version.objects.filter(kind="result").count() == 1
    assert Entry.objects.filter(code="result.published").count() == 1


def test_two_persons_drawing_up_at_once_leave_one_in_the_making():
    world = a_scored_world()

    refusals = at_once(
        lambda: draw_up_result(world.cycle, by=world.heads[0]),
        lambda: draw_up_result(world.cycle, by=world.board),
    )

    assert refusals == [None, None]
    states = list(Result.objects.order_by("number").values_list("state", flat=True))
    assert states == ["set_aside", "preliminary"]
