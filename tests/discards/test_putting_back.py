"""What was deleted while it was a draft can be put back for a month, by those who deleted it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import a_bloc, a_frozen_covenant, a_target_set, officer, user_of
from tests.scoring.factories import a_draft_table, criterion
from tests.web.counting import cost_of
from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.core.errors import AlreadyDone, DomainError, WrongState
from thidua.covenants.actions.drafting import draft_covenant, remove_clause
from thidua.discards.actions import KEPT_FOR, keep_discarded, put_back
from thidua.discards.models import Discard
from thidua.discards.queries import discards_for
from thidua.discards.tasks import prune
from thidua.lawbook.honours import Subject
from thidua.scoring.actions.tables import discard_table, remove_criterion
from thidua.targets.actions.drafting import (
    TargetFacts,
    register_honour,
    remove_target,
    withdraw_honour,
    write_target,
)
from thidua.targets.actions.negotiation import send_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return a_bloc(3)


def test_a_target_comes_back_as_it_was_behind_those_written_since(world):
    target_set, by = a_target_set(world), world.heads[2]
    target = target_set.targets.get()
    content = target.content()
    remove_target(target, by=by)
    write_target(target_set, TargetFacts(name="Chỉ tiêu mới", unit="người", number=3), by=by)

    put_back(Discard.objects.get(), by=by)

    names = [t.name for t in target_set.targets.order_by("place")]
    assert names == ["Chỉ tiêu mới", target.name]
    back = target_set.targets.get(name=target.name)
    assert back.content() == content


def test_an_honour_comes_back_unless_it_was_registered_anew(world):
    target_set, by = a_target_set(world), world.heads[2]
    facts = {"honour": "giay_khen", "subject": Subject.UNIT.value}
    withdraw_honour(register_honour(target_set, by=by, **facts), by=by)
    put_back(Discard.objects.get(), by=by)
    assert target_set.registrations.count() == 1

    withdraw_honour(target_set.registrations.get(), by=by)
    register_honour(target_set, by=by, **facts)
    with pytest.raises(DomainError, match="đã có cái khác"):
        put_back(Discard.objects.filter(restored_at=None).get(), by=by)
    assert target_set.registrations.count() == 1


def test_a_clause_and_a_group_of_criteria_come_back_with_all_that_hung_under_it(world):
    by = world.heads[0]
    covenant = draft_covenant(world.cycle, by=by)
    clause = covenant.clauses.first()
    remove_clause(clause, by=by)
    put_back(Discard.objects.get(), by=by)
    back = covenant.clauses.last()
    assert (back.heading, back.body) == (clause.heading, clause.body)

    table = a_draft_table(world)
    before = set(table.criteria.values_list("code", "parent"))
    remove_criterion(criterion(table, "I"), by=by)
    put_back(Discard.objects.filter(restored_at=None).get(), by=by)
    assert set(table.criteria.values_list("code", "parent")) == before


def test_a_whole_draft_of_a_table_comes_back_unless_another_was_begun(world):
    by = world.heads[0]
    table = a_draft_table(world)
    codes = set(table.criteria.values_list("code", flat=True))
    discard_table(table, by=by)
    put_back(Discard.objects.get(), by=by)
    again = world.cycle.scoring_tables.get()
    assert set(again.criteria.values_list("code", flat=True)) == codes

    discard_table(again, by=by)
    a_draft_table(world)
    with pytest.raises(AlreadyDone, match="một bảng điểm đang soạn"):
        put_back(Discard.objects.filter(restored_at=None).get(), by=by)


def test_nothing_comes_back_twice_nor_after_its_month_nor_into_what_was_sent(world):
    target_set, by = a_target_set(world), world.heads[2]
    first = target_set.targets.get()
    write_target(target_set, TargetFacts(name="Còn lại", unit="người", number=3), by=by)
    remove_target(first, by=by)
    gone = Discard.objects.get()

    with clock.at(clock.now() + KEPT_FOR + timedelta(minutes=1)), pytest.raises(WrongState):
        put_back(gone, by=by)
    put_back(gone, by=by)
    with pytest.raises(AlreadyDone):
        put_back(gone, by=by)

    remove_target(target_set.targets.get(name=first.name), by=by)
    send_set(target_set, by=by)
    with pytest.raises(WrongState, match="chưa sửa được"):
        put_back(Discard.objects.filter(restored_at=None).get(), by=by)


def test_a_clause_of_a_frozen_covenant_stays_away(world):
    by = world.heads[0]
    covenant = draft_covenant(world.cycle, by=by)
    remove_clause(covenant.clauses.last(), by=by)
    covenant.clauses.all().delete()
    covenant.delete()
    a_frozen_covenant(world)
    with pytest.raises(WrongState, match="không còn nữa"):
        put_back(Discard.objects.get(), by=by)


def test_what_the_program_deletes_is_not_kept_and_old_ones_go_for_good(world):
    target_set = a_target_set(world)
    assert keep_discarded([target_set], by=NOBODY, within=target_set, title="") is None

    remove_target(target_set.targets.get(), by=world.heads[2])
    assert prune() == 0
    with clock.at(clock.now() + KEPT_FOR + timedelta(minutes=1)):
        assert list(discards_for(world.heads[2])) == []
        assert prune() == 1


def test_only_the_own_unit_sees_and_restores_and_the_page_costs_the_same(world, client):
    target_set, by = a_target_set(world), world.heads[2]
    page = reverse("discards:index")
    for place, name in enumerate(["Thăm hội viên", "Trồng cây", "Hiến máu"]):
        target = write_target(target_set, TargetFacts(name=name, unit="x", number=1), by=by)
        remove_target(target, by=by)
        if place == 0:
            client.force_login(user_of(officer(world.members[2])))
            client.get(page)
            one = cost_of(client, page)
    assert cost_of(client, page) == one
    back = reverse("discards:restore", args=[Discard.objects.first().pk])

    client.force_login(user_of(world.heads[1]))
    assert "Thăm hội viên" not in client.get(page).content.decode()
    assert client.post(back).status_code == 404

    client.force_login(user_of(officer(world.members[2])))
    done = client.post(back, follow=True)
    assert "Đã lấy lại “Hiến máu”" in done.content.decode()
    assert target_set.targets.filter(name="Hiến máu").exists()
