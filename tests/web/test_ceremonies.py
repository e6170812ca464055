"""The screen of a ceremony: who finds it, and what it is told each second."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories as make
from tests.ceremonies.halls import a_hall, a_secretary, at, desk, told
from tests.many import more_like
from tests.web.counting import cost_of
from thidua.ceremonies.actions.hosting import (
    begin_ceremony,
    call_member,
    close_ceremony,
    darken_screen,
    light_called,
    reset_rehearsal,
)
from thidua.ceremonies.models import Ceremony
from thidua.covenants.actions.freezing import unfreeze_covenant
from thidua.web.ceremonies import screen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_breath(monkeypatch):
    """Let each answer be made for its asker; else many share one for a moment."""
    monkeypatch.setattr(screen, "BREATH", 0)


# Who finds what


def test_whoever_has_the_address_sees_the_screen_and_nobody_else_keeps_or_lists_it(client):
    hall = a_hall()

    page = client.get(at(hall))

    assert page.status_code == 200
    assert hall.world.members[2].name in page.text
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex"
    assert "data-host" not in page.text


@pytest.mark.parametrize("name", ["screen", "state"])
def test_an_address_that_is_none_is_not_there(client, name):
    a_hall()

    assert client.get(reverse(f"ceremonies:{name}", args=["khong-co"])).status_code == 404


def people(hall) -> dict[str, make.Acting]:
    return {
        "leader": hall.world.heads[0],
        "deputy": hall.world.heads[1],
        "secretary": a_secretary(hall.world),
        "board": hall.world.board,
        "member": hall.world.heads[2],
        "stranger": make.a_visitor_with_account(),
    }


@pytest.mark.parametrize("who", ["leader", "deputy", "secretary", "board"])
def test_leader_deputy_secretary_and_board_have_the_desk_and_the_buttons(client, who):
    hall = a_hall()
    client.force_login(make.user_of(people(hall)[who]))

    assert client.get(desk(hall)).status_code == 200
    assert "data-host" in client.get(at(hall)).text
    assert client.post(at(hall, "host"), {"act": "next"}).status_code == 302
    assert hall.again().called_id == hall.world.enrolments[0].pk


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("stranger", 404)])
def test_another_member_and_a_stranger_neither_open_nor_steer(client, who, status):
    hall = a_hall()
    client.force_login(make.user_of(people(hall)[who]))

    assert client.get(desk(hall)).status_code == status
    opening = reverse("ceremonies:open", args=[hall.covenant.pk])
    assert client.post(opening, {"version": hall.covenant.version_id}).status_code == status
    assert client.post(at(hall, "host"), {"act": "close"}).status_code == 403
    assert client.get(at(hall, "paper")).status_code == 403
    assert Ceremony.objects.count() == 1
    assert not hall.again().is_over


def test_a_visitor_is_asked_to_sign_in_before_steering(client):
    hall = a_hall()

    answer = client.post(at(hall, "host"), {"act": "close"})

    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]
    assert not hall.again().is_over


# What the screen is told


def test_the_state_says_who_is_lit_with_name_office_and_time(client):
    hall = a_hall(2)
    signature = make.sign(hall.covenant, hall.world.heads[1])

    state = told(client, hall).json()

    first, second = hall.world.enrolments
    assert state["stage"] == "signing"
    assert state["seats"][0] == [first.pk, []]
    pk, words = state["seats"][1]
    assert (pk, words[:2]) == (second.pk, [signature.signer_name, "CHỦ TỊCH"])


def test_nothing_new_is_answered_304_and_any_change_is_told(client):
    hall = a_hall(2)
    call_member(hall.ceremony, by=hall.host)
    changes = [
        lambda: call_member(hall.ceremony, by=hall.host),
        lambda: darken_screen(hall.ceremony, by=hall.host, is_dark=True),
        lambda: make.sign(hall.covenant, hall.world.heads[0]),
        lambda: make.sign(hall.covenant, hall.world.heads[1]),
        lambda: close_ceremony(hall.ceremony, by=hall.host),
    ]

    for change in changes:
        tag = told(client, hall)["ETag"]
        for known in (tag, f"W/{tag}", f'"alt", {tag}'):
            again = told(client, hall, if_none_match=known)
            assert (again.status_code, again.content) == (304, b"")
        change()
        assert told(client, hall, if_none_match=tag).status_code == 200


@pytest.mark.parametrize("more", [0, 22])
def test_the_state_costs_three_queries_and_one_when_nothing_is_new(client, more, monkeypatch):
    hall = a_hall(3)
    make.sign(hall.covenant, hall.world.heads[2])
    if more:
        more_like(hall.world, 2, more)
    client.force_login(make.user_of(hall.host))  # and whoever asks is not asked who they are

    assert len(told(client, hall).json()["seats"]) == 3 + more
    monkeypatch.setattr(screen, "_told", {})
    assert cost_of(client, at(hall, "state")) == 3
    tag = told(client, hall)["ETag"]
    with CaptureQueriesContext(connection) as captured:
        assert told(client, hall, if_none_match=tag).status_code == 304
    assert len(captured) == 1


def test_all_who_ask_within_one_breath_share_an_answer_that_nobody_asks_for(client, monkeypatch):
    monkeypatch.setattr(screen, "BREATH", 60)
    hall = a_hall(2)
    first = told(client, hall)

    make.sign(hall.covenant, hall.world.heads[1])

    assert cost_of(client, at(hall, "state")) == 0
    assert told(client, hall).content == first.content
    monkeypatch.setattr(screen, "_told", {})
    assert told(client, hall).content != first.content


def test_another_member_lit_after_a_reset_is_told_though_their_number_is_the_same(client):
    hall = a_hall(2, is_rehearsal=True)
    host = {"by": hall.host}
    call_member(hall.ceremony, **host)
    light_called(hall.ceremony, **host)
    call_member(hall.ceremony, **host)
    tag = told(client, hall)["ETag"]

    reset_rehearsal(hall.ceremony, **host)
    begin_ceremony(hall.ceremony, **host)
    call_member(hall.ceremony, **host)
    call_member(hall.ceremony, **host)
    light_called(hall.ceremony, **host)

    assert told(client, hall, if_none_match=tag).status_code == 200


def test_the_screen_costs_the_same_for_few_members_and_for_many(client):
    hall = a_hall(3)
    make.sign(hall.covenant, hall.world.heads[2])
    few = cost_of(client, at(hall))

    more_like(hall.world, 2, 6)

    assert cost_of(client, at(hall)) == few <= 10


def test_the_screen_turns_with_the_great_moment_and_stays_so_after_the_end(client):
    hall = a_hall(2)
    stages = [told(client, hall).json()["stage"]]

    for head in hall.world.heads:
        make.sign(hall.covenant, head)
    stages.append(told(client, hall).json()["stage"])
    close_ceremony(hall.ceremony, by=hall.host)
    stages.append(told(client, hall).json()["stage"])

    assert stages == ["signing", "in_force", "in_force"]
    assert 'data-stage="in_force"' in client.get(at(hall)).text


def test_a_screen_whose_text_was_opened_again_says_so(client):
    hall = a_hall(2)

    unfreeze_covenant(hall.covenant, by=hall.host, reason="sửa lỗi")

    assert told(client, hall).json()["stage"] == "stopped"
    assert "không còn được ký" in client.get(at(hall)).text


def test_a_rehearsal_says_so_on_the_screen_and_a_real_ceremony_does_not(client):
    rehearsed, real = a_hall(is_rehearsal=True), a_hall()

    assert "không có chữ ký nào được ghi" in client.get(at(rehearsed)).text
    assert "DIỄN TẬP" not in client.get(at(real)).text
