"""The freezing pages: freeze what was seen, open again with a reason, begin a new version."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories as make
from thidua.core import clock
from thidua.core.text import day_text
from thidua.covenants.actions.drafting import draft_covenant, write_frame
from thidua.covenants.actions.freezing import draft_digest
from thidua.covenants.models import Covenant
from thidua.cycles.actions.years import set_phase
from thidua.documents.models import Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def leader(world, client):
    client.force_login(make.user_of(world.heads[0]))
    return world.heads[0]


@pytest.fixture
def draft(world, leader):
    return draft_covenant(world.cycle, by=leader)


def at(name, covenant):
    """Return the address of a covenant's page."""
    return reverse(f"covenants:{name}", args=[covenant.pk])


def test_the_page_shows_the_exact_text_its_digest_who_signs_and_who_has_no_targets(
    world, client, draft
):
    make.a_locked_set(world, 2)

    text = client.get(at("freeze", draft)).content.decode()

    assert draft_digest(make.reread(draft)) in text
    assert "BẢN GIAO ƯỚC THI ĐUA NĂM" in text
    assert "3 đơn vị sẽ ký:" in text
    assert "2 đơn vị chưa thống nhất chỉ tiêu" in text


def test_freezing_opens_the_round(client, draft):
    day = clock.today() + timedelta(days=7)
    told = {"sign_by": day.strftime("%d/%m/%Y"), "seen_digest": draft_digest(draft)}

    response = client.post(at("freeze", draft), told, follow=True)

    covenant = make.reread(draft)
    assert (covenant.state, covenant.sign_by) == (Covenant.State.SIGNING, day)
    assert "Đã chốt nội dung và mời 3 đơn vị ký." in response.content.decode()
    assert client.get(at("freeze", draft)).url == at("show", draft)


def test_a_draft_that_changed_meanwhile_is_shown_anew_and_not_frozen(client, draft, leader):
    told = {"sign_by": clock.today().isoformat(), "seen_digest": draft_digest(draft)}
    write_frame(draft, by=leader, bases="", opening="Lời thêm vào")

    response = client.post(at("freeze", draft), told)

    assert response.status_code == 422
    text = response.content.decode()
    assert "Dự thảo vừa thay đổi." in text
    assert "Lời thêm vào" in text
    assert f'name="seen_digest" value="{draft_digest(make.reread(draft))}"' in text
    assert not Version.objects.exists()


@pytest.mark.parametrize("day", ["", "hôm nào", "31/02/2026", "2001-01-01", "9999-99-99"])
def test_a_day_that_cannot_be_gets_a_sentence(client, draft, day):
    told = {"sign_by": day, "seen_digest": draft_digest(draft)}

    response = client.post(at("freeze", draft), told)

    assert response.status_code == 422
    assert "field__errors" in response.content.decode()
    assert not Version.objects.exists()


def test_without_the_digest_of_what_was_seen_nothing_is_frozen(client, draft):
    response = client.post(at("freeze", draft), {"sign_by": clock.today().isoformat()})

    assert response.status_code == 422
    assert not Version.objects.exists()


def test_before_its_phase_the_button_says_when_it_opens(world, client, draft):
    opens = clock.today() + timedelta(days=3)
    set_phase(world.cycle, by=world.board, kind="covenant", opens_on=opens)

    text = client.get(at("freeze", draft)).content.decode()

    assert f"mở từ ngày {day_text(opens)}" in text
    assert 'aria-disabled="true"' in text


def test_opening_again_tells_the_members_why(world, client, leader):
    covenant = make.a_frozen_covenant(world)
    assert client.get(at("unfreeze", covenant)).status_code == 200
    assert client.post(at("unfreeze", covenant), {"reason": " "}).status_code == 422

    response = client.post(at("unfreeze", covenant), {"reason": "Sai tên"})

    assert response.url == at("edit", covenant)
    assert make.reread(covenant).state == Covenant.State.DRAFT


def test_what_was_signed_meanwhile_is_not_opened_again_and_the_reason_is_not_lost(
    world, client, leader
):
    covenant = make.a_frozen_covenant(world)
    make.sign(covenant, world.heads[1])

    response = client.post(at("unfreeze", covenant), {"reason": "Sai tên đơn vị"})

    assert response.status_code == 422
    assert "Hãy lập bản mới." in response.content.decode()
    assert "Sai tên đơn vị" in response.content.decode()


def test_a_new_version_is_begun_with_a_reason_once(world, client, leader):
    """a form sent twice: a new version."""
    old = make.in_force(world)
    assert client.get(at("amend", old)).status_code == 200

    first = client.post(at("amend", old), {"reason": "Thêm phong trào"})
    again = client.post(at("amend", old), {"reason": "Thêm phong trào"})

    new = Covenant.objects.get(number=2)
    assert first.url == at("edit", new)
    assert again.status_code == 422
    assert "Đã có bản mới hơn" in again.content.decode()
    assert make.reread(old).state == Covenant.State.IN_FORCE


def test_a_draft_has_nothing_to_open_again_or_to_amend(client, draft):
    for name in ("unfreeze", "amend"):
        assert client.get(at(name, draft)).url == at("show", draft)
