"""What a host presses, the way from the screen to a signature, and what stands afterwards."""

import json

import pytest
from django.urls import reverse

from tests import factories as make
from tests.ceremonies.halls import a_hall, at, kept_of_signing
from thidua.accounts.actions import Terms, appoint
from thidua.accounts.models import Appointment
from thidua.ceremonies.actions.hosting import (
    begin_ceremony,
    close_ceremony,
)
from thidua.ceremonies.models import Ceremony
from thidua.core import clock
from thidua.covenants.actions.freezing import unfreeze_covenant
from thidua.documents.models import Signature

pytestmark = pytest.mark.django_db


# What the host presses


def test_an_act_from_the_screen_is_answered_in_json_with_the_sentence_of_a_refusal(client):
    hall = a_hall(2, begun=False)
    client.force_login(make.user_of(hall.host))
    asked = {"headers": {"accept": "application/json"}}

    refused = client.post(at(hall, "host"), {"act": "next"}, **asked)
    begun = client.post(at(hall, "host"), {"act": "begin"}, **asked)

    assert (refused.status_code, begun.status_code) == (409, 200)
    assert "không làm được" in json.loads(refused.content)["told"]
    assert hall.again().begun_at


@pytest.mark.parametrize("act", ["", "sign", "drop table"])
def test_an_act_that_is_none_is_refused_in_a_sentence(client, act):
    hall = a_hall(2)
    client.force_login(make.user_of(hall.host))

    answer = client.post(at(hall, "host"), {"act": act}, follow=True)

    assert "Không có việc này." in answer.text


@pytest.mark.parametrize("version", ["", "abc", "9" * 30])
def test_a_form_that_names_no_version_opens_nothing(client, version):
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    client.force_login(make.user_of(world.heads[0]))
    opening = reverse("ceremonies:open", args=[covenant.pk])

    answer = client.post(opening, {"version": version}, follow=True)

    assert "vừa được chốt lại" in answer.text
    assert not Ceremony.objects.exists()


def test_without_javascript_a_host_opens_begins_calls_and_closes(client):
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    client.force_login(make.user_of(world.heads[0]))
    page = client.post(
        reverse("ceremonies:open", args=[covenant.pk]),
        {"version": covenant.version_id},
        follow=True,
    )
    assert "Đã mở lễ ký." in page.text
    ceremony = Ceremony.objects.get()

    for act in ("begin", "next", "dark", "close"):
        page = client.post(
            reverse("ceremonies:host", args=[ceremony.address]), {"act": act}, follow=True
        )
        assert page.status_code == 200

    ceremony.refresh_from_db()
    assert ceremony.is_over
    assert "Lễ ký, hình lưu lại" in page.text


def test_the_list_on_paper_has_every_member_and_the_way_to_sign(client):
    hall = a_hall(3)
    client.force_login(make.user_of(hall.host))

    page = client.get(at(hall, "paper"))

    assert all(member.name in page.text for member in hall.world.members)
    assert at(hall, "sign") in page.text
    assert hall.covenant.version.shown_code in page.text


# The way to a signature


def test_the_code_on_the_screen_leads_a_head_through_sign_in_to_the_page_that_signs(client):
    hall = a_hall(3)
    asked = client.get(at(hall, "sign"))
    assert asked["Location"].startswith(reverse("account_login"))

    login = {"login": make.user_of(hall.world.heads[1]).username, "password": make.PASSWORD}
    page = client.post(asked["Location"], login, follow=True)

    signing = reverse("covenants:sign", args=[hall.covenant.pk])
    assert [address for address, _status in page.redirect_chain] == [at(hall, "sign"), signing]
    assert f"Ký cho {hall.world.members[1].name}" in page.text


def sign_here(client, hall, member: int):
    """Sign for the member as its page would, and go where that leads."""
    return client.post(
        reverse("covenants:sign", args=[hall.covenant.pk]),
        {
            "digest": hall.covenant.version.digest,
            "organization": hall.world.members[member].pk,
            "password": make.PASSWORD,
        },
        follow=True,
    )


def test_who_came_from_the_screen_is_sent_to_look_at_it_after_signing(client):
    hall = a_hall(3)
    client.force_login(make.user_of(hall.world.heads[1]))
    client.get(at(hall, "sign"))

    page = sign_here(client, hall, 1)

    assert page.redirect_chain[-1][0] == at(hall, "signed")
    assert "Đã ký. Mời nhìn lên màn hình" in page.text
    assert Signature.objects.count() == 1


def test_who_did_not_come_from_the_screen_goes_to_the_covenant_as_ever(client):
    hall = a_hall(3)
    client.force_login(make.user_of(hall.world.heads[1]))

    page = sign_here(client, hall, 1)

    assert page.redirect_chain[-1][0] == reverse("covenants:show", args=[hall.covenant.pk])


def test_who_has_signed_already_is_told_so_by_the_code(client):
    hall = a_hall(3)
    make.sign(hall.covenant, hall.world.heads[1])
    client.force_login(make.user_of(hall.world.heads[1]))

    assert "Mời nhìn lên màn hình" in client.get(at(hall, "sign"), follow=True).text


def test_the_word_of_thanks_is_for_who_has_signed_alone(client):
    hall = a_hall(3)
    client.force_login(make.user_of(hall.world.heads[1]))

    page = client.get(at(hall, "signed"), follow=True)

    assert page.redirect_chain[-1][0] == reverse("covenants:sign", args=[hall.covenant.pk])


@pytest.mark.parametrize("who", ["officer", "stranger", "board"])
def test_who_cannot_sign_is_told_why_and_may_watch(client, who):
    hall = a_hall(3)
    person = {
        "officer": make.officer(hall.world.members[1]),
        "stranger": make.a_visitor_with_account(),
        "board": hall.world.board,
    }[who]
    client.force_login(make.user_of(person))

    page = client.get(at(hall, "sign"))

    assert page.status_code == 200
    assert "Bạn không ký ở đây" in page.text
    assert at(hall) in page.text


def test_a_head_of_two_units_is_shown_the_one_that_has_not_signed(client):
    hall = a_hall(3)
    other = make.head(hall.world.members[1])

    terms = Terms(since=clock.today(), post="Chủ tịch")
    mine = hall.world.heads[2]
    appoint(
        make.user_of(mine),
        other.organization,
        by=hall.world.board,
        role=Appointment.Role.HEAD,
        terms=terms,
    )
    make.sign(hall.covenant, mine)
    client.force_login(make.user_of(mine))
    client.post(reverse("accounts:switch"), {"organization": hall.world.members[2].pk})

    page = client.get(at(hall, "sign"), follow=True)

    assert "Mời nhìn lên màn hình" in page.text
    assert hall.world.members[1].name in page.text


def test_the_code_of_a_rehearsal_leads_to_no_signature(client):
    hall = a_hall(3, is_rehearsal=True)
    before = kept_of_signing()
    client.force_login(make.user_of(hall.world.heads[1]))

    page = client.get(at(hall, "sign"), follow=True)

    assert "diễn tập không ghi chữ ký nào" in page.text
    assert page.redirect_chain == []
    assert kept_of_signing() == before


def test_the_code_of_a_text_that_was_frozen_anew_does_not_lead_to_sign_it(client):
    hall = a_hall(3)
    unfreeze_covenant(hall.covenant, by=hall.host, reason="sửa lỗi")
    client.force_login(make.user_of(hall.world.heads[1]))

    page = client.get(at(hall, "sign"))

    assert page.status_code == 200
    assert "Bạn không ký ở đây" in page.text


# Afterwards


def test_afterwards_everyone_finds_picture_paper_and_signing_file_at_the_year(client):
    hall = a_hall(2)
    for head in hall.world.heads:
        make.sign(hall.covenant, head)
    close_ceremony(hall.ceremony, by=hall.host)
    picture = reverse("ceremonies:picture", args=[hall.ceremony.pk])
    paper = reverse("covenants:printing", args=[hall.covenant.pk, "pdf"])
    file = reverse("covenants:signing_file", args=[hall.covenant.pk, "pdf"])

    for name, pk in (("cycles:show", hall.world.cycle.pk), ("covenants:show", hall.covenant.pk)):
        page = client.get(reverse(name, args=[pk])).text
        assert all(address in page for address in (picture, paper, file))
    answer = client.get(picture)
    assert answer["Content-Type"] == "image/png"
    assert b"".join(answer)[:4] == b"\x89PNG"


def test_the_picture_of_a_covenant_not_yet_in_force_is_for_the_bloc_alone(client):
    hall = a_hall(2)
    close_ceremony(hall.ceremony, by=hall.host)
    picture = reverse("ceremonies:picture", args=[hall.ceremony.pk])

    assert client.get(picture).status_code == 404
    client.force_login(make.user_of(make.a_visitor_with_account()))
    assert client.get(picture).status_code == 404
    client.logout()
    client.force_login(make.user_of(hall.world.heads[1]))
    answer = client.get(picture)
    assert answer.status_code == 200
    b"".join(answer)


def test_a_rehearsal_is_on_no_public_page(client):
    hall = a_hall(2, is_rehearsal=True)
    for head in hall.world.heads:
        make.sign(hall.covenant, head)

    for name, pk in (("cycles:show", hall.world.cycle.pk), ("covenants:show", hall.covenant.pk)):
        page = client.get(reverse(name, args=[pk])).text
        assert hall.ceremony.address not in page
        assert 'id="le-ky"' not in page


def test_the_pages_of_a_draft_say_nothing_of_a_ceremony_and_later_offer_it(client):
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    address = reverse("covenants:show", args=[covenant.pk])
    client.force_login(make.user_of(world.heads[1]))
    assert "Tổ chức lễ ký hoặc diễn tập" in client.get(address).text
    unfreeze_covenant(covenant, by=world.heads[0], reason="sửa lỗi")

    assert 'id="le-ky"' not in client.get(address).text


def test_while_it_goes_on_the_bloc_finds_the_screen_and_the_public_does_not(client):
    hall = a_hall(2, begun=False)
    begin_ceremony(hall.ceremony, by=hall.host)
    year = reverse("cycles:show", args=[hall.world.cycle.pk])
    assert hall.ceremony.address not in client.get(year).text
    client.force_login(make.user_of(hall.world.heads[1]))

    assert hall.ceremony.address in client.get(year).text
