"""Rankings of years that the program did not mark: told once, for the bloc's own people."""

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.commendations.factories import a_merger, a_ranking
from tests.scoring.factories import a_published_result, a_scored_world
from thidua.accounts.acting import NOBODY
from thidua.audit.models import Entry
from thidua.commendations.actions.rankings import (
    RankingFacts,
    correct_ranking,
    enter_ranking,
    remove_ranking,
)
from thidua.commendations.models import PastRanking
from thidua.commendations.queries import rankings_for
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.organizations.models import Bloc

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(2)


def test_a_unit_stands_once_in_a_year_of_a_bloc(world):
    ranking = a_ranking(world, points=98550, maximum=100000, class_name="Xuất sắc")

    with pytest.raises(AlreadyDone, match=r"hạng 1; 985,5/1\.000 điểm; Xuất sắc"):
        a_ranking(world, rank=2)
    ranking.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        ranking.save(force_insert=True)
    a_ranking(world, member=1, rank=1)  # two may share a place


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"rank": None}, "rank"),
        ({"rank": 0}, "rank"),
        ({"maximum": 100}, "maximum"),
        ({"points": 100, "maximum": 0}, "maximum"),
        ({"year": 1900}, "year"),
        ({"year": clock.today().year + 1}, "year"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(world, told, field):
    with pytest.raises(Invalid) as refused:
        a_ranking(world, **told)

    assert refused.value.field == field


def test_a_year_whose_result_the_program_published_is_refused():
    world = a_scored_world(2)
    earlier = a_ranking(world, year=world.cycle.year)
    a_published_result(world, audience="members")

    with pytest.raises(WrongState, match="đã công bố ngay trong hệ thống"):
        a_ranking(world, 1, year=world.cycle.year)
    assert earlier not in rankings_for(world.heads[0])  # the published one stands


def test_a_correction_and_a_removal_leave_what_was_said_in_the_trail(world):
    ranking = a_ranking(world)

    correct_ranking(ranking, RankingFacts(2024, rank=3), by=world.board)
    with pytest.raises(Invalid):
        remove_ranking(ranking, by=world.board, reason="")
    remove_ranking(ranking, by=world.board, reason="Ghi nhầm")

    corrected = Entry.objects.get(code="ranking.corrected")
    removed = Entry.objects.get(code="ranking.removed", subject_id=world.bloc.pk)
    assert corrected.facts["before"].endswith("hạng 1")
    assert removed.facts["before"].endswith("hạng 3")
    assert PastRanking.objects.count() == 0


def test_the_blocs_people_see_it_and_the_permission_says_the_same(world):
    left = make.an_organization(parent=world.body)
    old = enter_ranking(world.bloc, left, RankingFacts(2020, rank=1), by=world.board)
    heir = a_merger("Hội mới", left, make.an_organization(parent=world.body), by=world.board)
    everyone = {
        "visitor": (NOBODY, False),
        "stranger": (make.a_visitor_with_account(), False),
        "board": (world.board, True),
        "member": (world.heads[1], True),
        "who came after a member": (make.officer(heir), True),
        "operator": (make.a_person_for(make.an_organization(), "operator"), True),
    }

    for name, (acting, sees) in everyone.items():
        row = PastRanking.objects.get(pk=old.pk)
        assert rankings_for(acting).filter(pk=old.pk).exists() == sees, name
        assert acting.has_perm("commendations.view_pastranking", row) == sees, name
        may_write = acting.has_perm("commendations.write_pastranking", row)
        assert may_write == (name == "board"), name


def test_no_year_after_the_bloc_was_closed(world):
    Bloc.objects.filter(pk=world.bloc.pk).update(closed_on=clock.today().replace(year=2023))
    world.bloc.refresh_from_db()

    with pytest.raises(Invalid, match="năm xếp hạng không thể sau đó"):
        a_ranking(world)
