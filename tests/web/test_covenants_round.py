"""The pages around signing: decline, remind, declare in force; and who may not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories as make
from thidua.core import clock
from thidua.core.text import day_text
from thidua.covenants.models import Covenant, Declaration, Decline, Reminder

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def covenant(world):
    return make.a_frozen_covenant(world)


@pytest.fixture
def works(client):
    """Return a function that signs a person in."""

    def works(acting):
        client.force_login(make.user_of(acting))
        return acting

    return works


def at(name, covenant):
    """Return the address of a covenant's page."""
    return reverse(f"covenants:{name}", args=[covenant.pk])


def test_a_head_declines_with_a_reason(world, covenant, client, works):
    head = works(world.heads[1])
    assert client.get(at("decline", covenant)).status_code == 200

    told = {"organization": head.organization_id, "reason": "Chỉ tiêu quá cao"}
    response = client.post(at("decline", covenant), told)

    assert response.url == at("show", covenant)
    assert Decline.objects.get().reason == "Chỉ tiêu quá cao"
    assert "Đã ghi lý do và báo khối trưởng" in client.get(response.url).content.decode()


def test_declining_without_a_reason_or_twice_gets_a_sentence_and_keeps_the_words(
    world, covenant, client, works
):
    """a form sent twice: declining."""
    head = works(world.heads[1])
    told = {"organization": head.organization_id, "reason": " "}
    response = client.post(at("decline", covenant), told)
    assert (response.status_code, "Hãy điền mục này." in response.content.decode()) == (422, True)

    told["reason"] = "Chỉ tiêu <b>quá</b> cao"
    client.post(at("decline", covenant), told)
    response = client.post(at("decline", covenant), told)

    assert response.status_code == 422
    assert "đã ghi lý do từ chối rồi" in response.content.decode()
    assert "Chỉ tiêu &lt;b&gt;quá&lt;/b&gt; cao" in response.content.decode()
    assert Decline.objects.count() == 1


def test_declining_for_another_organization_is_refused(world, covenant, client, works):
    """signing for another organization: nor declining."""
    works(world.heads[1])

    told = {"organization": world.members[2].pk, "reason": "Không"}
    response = client.post(at("decline", covenant), told)

    assert response.status_code == 422
    assert not Decline.objects.exists()


def test_one_click_reminds_those_who_have_not_signed_and_says_how_many(
    world, covenant, client, works
):
    """a form sent twice: reminding."""
    make.sign(covenant, world.heads[0])
    works(world.heads[0])

    first = client.post(at("remind", covenant), follow=True).content.decode()
    again = client.post(at("remind", covenant), follow=True).content.decode()

    assert "Đã nhắc 2 đơn vị chưa ký." in first
    assert f"Lần nhắc gần nhất: ngày {day_text(clock.today())}." in first
    assert "Hôm nay các đơn vị chưa ký đều đã được nhắc." in again
    assert Reminder.objects.count() == 2


def test_the_leader_declares_it_in_force_after_the_day_with_a_reason_for_each(
    world, covenant, client, works
):
    make.sign(covenant, world.heads[0])
    works(world.heads[0])
    first, second = (f"reason_{o.pk}" for o in world.members[1:])

    with clock.at(clock.now() + timedelta(days=1)):
        page = client.get(at("declare", covenant)).content.decode()
        assert (first in page, second in page) == (True, True)
        half = client.post(at("declare", covenant), {first: "Đi công tác", second: ""})
        assert half.status_code == 422
        assert "Đi công tác" in half.content.decode()
        told = {first: "Đi công tác", second: "Chờ họp"}
        response = client.post(at("declare", covenant), told, follow=True)

    assert "Giao ước có hiệu lực." in response.content.decode()
    assert make.reread(covenant).state == Covenant.State.IN_FORCE
    assert Declaration.objects.get().missing.count() == 2


def test_it_is_not_declared_before_the_day_is_over(world, covenant, client, works):
    make.sign(covenant, world.heads[0])
    works(world.heads[0])

    assert "sau khi hết hạn ký" in client.get(at("declare", covenant), follow=True).content.decode()
    told = {f"reason_{o.pk}": "Bận" for o in world.members[1:]}
    response = client.post(at("declare", covenant), told)

    assert response.status_code == 422
    assert not Declaration.objects.exists()


def test_a_member_that_signs_while_it_is_declared_needs_no_reason(world, covenant, client, works):
    make.sign(covenant, world.heads[0])
    works(world.heads[0])
    make.sign(covenant, world.heads[1])

    with clock.at(clock.now() + timedelta(days=1)):
        told = {f"reason_{o.pk}": "Bận" for o in world.members[1:]}
        client.post(at("declare", covenant), told)

    missing = Declaration.objects.get().missing.values_list("organization", flat=True)
    assert list(missing) == [world.members[2].pk]


POSTED = ["sign", "decline", "remind", "declare", "freeze", "unfreeze", "amend", "frame"]


@pytest.mark.parametrize("name", [*POSTED, "circulate", "comment", "new_clause", "edit"])
def test_a_stranger_finds_nothing_and_after_publishing_may_nothing(world, client, works, name):
    covenant = make.a_frozen_covenant(world)
    works(make.a_visitor_with_account())
    act = client.get if name == "edit" else client.post
    assert act(at(name, covenant)).status_code == 404

    for head in world.heads:
        make.sign(covenant, head)

    assert act(at(name, covenant)).status_code == 403


@pytest.mark.parametrize("name", ["sign", "decline", *POSTED[2:], "circulate", "new_clause"])
def test_an_officer_of_a_member_neither_signs_nor_runs_the_round(
    world, covenant, client, works, name
):
    works(make.officer(world.members[2]))

    assert client.post(at(name, covenant)).status_code == 403


@pytest.mark.parametrize("name", ["declare", "freeze", "unfreeze", "amend"])
def test_whoever_only_prepares_does_not_bind_the_bloc(world, covenant, client, works, name):
    works(make.officer(world.members[0]))

    assert client.post(at(name, covenant)).status_code == 403


@pytest.mark.parametrize("name", ["circulate", "remind", "frame", "comment"])
def test_what_only_posts_is_not_opened_by_a_link(world, covenant, client, works, name):
    works(world.heads[0])

    assert client.get(at(name, covenant)).status_code == 405


def test_a_visitor_is_asked_who_they_are(covenant, client):
    for name in ("sign", "edit", "freeze"):
        assert reverse("account_login") in client.get(at(name, covenant)).url
