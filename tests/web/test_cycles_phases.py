"""Pages of a year's phases: their days, and opening or closing one by hand."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories as make
from tests.web.counting import cost_of
from thidua.core import clock
from thidua.cycles.actions.years import act_on_phase, close_cycle, set_phase
from thidua.cycles.models import Phase

pytestmark = pytest.mark.django_db
DAYS = {"kind": "covenant", "opens_on": "2026-02-01", "due_on": "15/03/2026", "closes_on": ""}


@pytest.fixture
def world(client):
    """A year with three members; the head of the one that leads is signed in."""
    world = make.a_bloc(3, year=2026)
    client.force_login(make.user_of(world.heads[0]))
    return world


def page_of(world):
    return reverse("cycles:phases", args=[world.cycle.pk])


def text(response):
    return " ".join(response.content.decode().split())


def a_phase(world, kind="covenant", **days):
    days.setdefault("opens_on", date(2026, 2, 1))
    return set_phase(world.cycle, by=world.board, kind=kind, **days)


def test_the_page_costs_the_same_for_one_phase_and_for_three(client, world):
    costs = []
    for kinds in (Phase.Kind.values[:1], Phase.Kind.values[1:3]):
        for kind in kinds:
            phase = a_phase(world, kind)
            act_on_phase(phase, by=world.board, opens=not phase.accepts, reason="thử")
        costs.append(cost_of(client, page_of(world)))

    assert costs[0] == costs[1] <= 15


def test_the_leader_sets_the_days_of_a_phase(client, world):
    assert "Đặt ngày: giai đoạn giao ước" in text(client.get(page_of(world), {"kind": "covenant"}))

    assert client.post(page_of(world), DAYS).url == page_of(world)

    phase = world.fresh_cycle().phase("covenant")
    assert (phase.opens_on, phase.due_on, phase.closes_on) == (
        date(2026, 2, 1),
        date(2026, 3, 15),
        None,
    )
    form = client.get(page_of(world), {"kind": "covenant"}).context["form"]
    assert 'value="2026-03-15"' in str(form["due_on"])


def test_one_goes_on_to_the_next_phase(client, world):
    answer = client.post(page_of(world), {**DAYS, "and_next": "1"})
    last = client.post(page_of(world), {**DAYS, "kind": "archive", "and_next": "1"})

    assert answer.url == f"{page_of(world)}?kind=performance"
    assert last.url == page_of(world)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"kind": "party"}, "kind"),
        ({"opens_on": ""}, "opens_on"),
        ({"opens_on": "mai"}, "opens_on"),
        ({"due_on": "31/02/2026"}, "due_on"),
        ({"due_on": "2026-01-31"}, "due_on"),
        ({"closes_on": "2026-02-15"}, "closes_on"),
        ({"closes_on": "9999-12-31"}, "closes_on"),
    ],
)
def test_days_that_cannot_be_get_a_sentence_and_stay_typed(client, world, told, field):
    answer = client.post(page_of(world), {**DAYS, **told})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert all(value in text(answer) for value in told.values() if field != "kind")
    assert world.fresh_cycle().phase("covenant") is None


def test_a_phase_is_left_out_unless_it_was_opened_by_hand(client, world):
    a_phase(world)
    drop = {"kind": "covenant", "leave_out": "1"}

    assert client.post(page_of(world), drop).url == page_of(world)
    assert world.fresh_cycle().phase("covenant") is None

    with clock.at(date(2026, 1, 5)):
        act_on_phase(a_phase(world), by=world.heads[0], opens=True, reason="sớm")
    refused = client.post(page_of(world), drop)
    assert "bằng tay nên không bỏ được" in text(refused)
    assert world.fresh_cycle().phase("covenant") is not None


def test_leaving_out_what_is_no_phase_is_refused(client, world):
    answer = client.post(page_of(world), {"kind": "zzz", "leave_out": "1"})

    assert answer.status_code == 422


def test_opening_by_hand_takes_a_reason_and_a_second_press_changes_nothing(client, world):
    phase = a_phase(world)
    address = reverse("cycles:phase_act", args=[phase.pk])
    told = {"opens": "1", "reason": "hội nghị sớm hơn"}

    with clock.at(date(2026, 1, 5)):
        assert "Mở giai đoạn giao ước" in text(client.get(address))
        empty = client.post(address, {"opens": "1", "reason": " "})
        assert list(empty.context["form"].errors) == ["reason"]
        assert client.post(address, told).url == page_of(world)
        again = client.post(address, told)
        assert "đang ở đúng trạng thái đó rồi" in text(again)

    (act,) = world.fresh_cycle().phase("covenant").acts.all()
    assert (act.opens, act.reason, act.by) == (True, "hội nghị sớm hơn", world.heads[0].user)
    assert "hội nghị sớm hơn" in text(client.get(page_of(world)))


def test_closing_by_hand_closes_at_once(client, world):
    phase = a_phase(world)

    with clock.at(date(2026, 2, 5)):
        client.post(reverse("cycles:phase_act", args=[phase.pk]), {"opens": "0", "reason": "đủ cả"})
        assert not world.fresh_cycle().phase("covenant").accepts


def test_members_read_the_phases_and_set_none(client, world):
    phase = a_phase(world)

    for acting, reads in ((world.heads[2], 200), (make.a_visitor_with_account(), 403)):
        client.force_login(make.user_of(acting))
        read = client.get(page_of(world), {"kind": "covenant"})
        assert read.status_code == reads
        assert client.post(page_of(world), DAYS).status_code == 403
        act = reverse("cycles:phase_act", args=[phase.pk])
        assert client.post(act, {"opens": "0", "reason": "x"}).status_code == 403
    assert world.fresh_cycle().phase("covenant").due_on is None


def test_in_a_closed_year_no_phase_is_set_or_opened(client, world):
    phase = a_phase(world)
    close_cycle(world.cycle, by=world.board)

    assert client.get(page_of(world), {"kind": "covenant"}).context["form"] is None
    for address, told in (
        (page_of(world), DAYS),
        (reverse("cycles:phase_act", args=[phase.pk]), {"opens": "0", "reason": "x"}),
    ):
        assert "không thay đổi được nữa" in text(client.post(address, told))


def test_a_phase_of_a_draft_year_is_not_there_for_others(client, world):
    draft = make.a_bloc(2, is_open=False)
    phase = a_phase(draft)

    assert client.get(page_of(draft)).status_code == 404
    assert client.get(reverse("cycles:phase_act", args=[phase.pk])).status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_are_there_in_both_languages(client, world, language):
    phase = a_phase(world)
    client.cookies["django_language"] = language

    for address in (
        page_of(world),
        f"{page_of(world)}?kind=interim",
        reverse("cycles:phase_act", args=[phase.pk]),
    ):
        assert client.get(address).status_code == 200
