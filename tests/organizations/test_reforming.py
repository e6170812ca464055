"""Blocs that are formed anew from older ones."""

from datetime import date

import pytest

from tests import factories as make
from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.organizations.actions import reform_bloc
from thidua.organizations.models import Bloc

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)


def test_a_bloc_formed_anew_names_the_old_ones_which_open_no_new_year():
    world = make.a_bloc(2, year=2025)
    told = {"name": world.bloc.name, "kind": "khoi", "level": "province"}
    facts = make.BlocFacts(managing_body=world.body, number="7", **told)

    new = reform_bloc(facts, [world.bloc], by=world.board, since=DAY)

    old = Bloc.objects.get(pk=world.bloc.pk)
    assert old.closed_on == date(2025, 6, 30)
    assert [s.predecessor for s in new.origins.all()] == [old]
    assert old.cycles.get() == world.cycle
    with pytest.raises(WrongState):
        make.found_cycle(old, by=world.board, year=2026, facts=make.CycleFacts())
    with pytest.raises(AlreadyDone):
        reform_bloc(facts, [old], by=world.board, since=clock.today())


@pytest.mark.parametrize(
    ("chosen", "since", "field"),
    [(0, DAY, "predecessors"), (1, date(2999, 1, 1), "since"), (1, date(2020, 1, 1), "since")],
)
def test_a_bloc_is_not_formed_anew_from_nothing_nor_before_the_old_one(chosen, since, field):
    body = make.an_organization(kind="board")
    facts = make.BlocFacts("các hội", "cum", "province", body, decision_on=date(2020, 1, 1))
    old = make.found_bloc(facts, by=NOBODY)

    with pytest.raises(Invalid) as refusal:
        reform_bloc(facts, [old][:chosen], by=NOBODY, since=since)

    assert refusal.value.field == field
    assert Bloc.objects.get().closed_on is None
