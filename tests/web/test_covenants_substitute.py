"""From the signing page to naming who signs instead, and the link of a head without an account."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories as make
from tests.covenants.links import ADDRESS, a_contact
from thidua.core import clock
from thidua.covenants.models import Contact, SigningLink, Substitute

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"/ky/([\w-]{43})/")


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def covenant(world):
    return make.a_frozen_covenant(world)


def at(name, covenant, *more):
    """Return the address of a covenant's page."""
    return reverse(f"covenants:{name}", args=[covenant.pk, *more])


def read(client, address):
    """Return the text of the page."""
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_from_the_signing_page_the_head_names_a_stand_in(world, covenant, client):
    deputy = make.officer(world.members[1])
    client.force_login(make.user_of(world.heads[1]))
    address = at("substitute", covenant)
    assert address in read(client, at("sign", covenant))
    assert make.user_of(deputy).name in read(client, address)

    told = {"person": f"u{deputy.actor_id}", "manner": "KT.", "post": "Phó Chủ tịch"}
    response = client.post(address, told)

    assert response.url == at("show", covenant)
    assert Substitute.objects.get().appointment.user == deputy.user
    assert f"Người sẽ ký thay: {make.user_of(deputy).name}" in read(client, at("round", covenant))
    client.force_login(make.user_of(deputy))
    assert "PHÓ CHỦ TỊCH" in read(client, at("sign", covenant))


def test_what_is_missing_is_said_beside_its_field(world, covenant, client):
    deputy = make.officer(world.members[1])
    client.force_login(make.user_of(world.heads[1]))
    told = {"person": f"u{deputy.actor_id}", "manner": "TUQ.", "post": "Phó Chủ tịch"}

    response = client.post(at("substitute", covenant), told)

    assert response.status_code == 422
    assert "TUQ. cần số giấy ủy quyền." in response.content.decode()


def test_a_unit_without_anybody_else_is_led_to_its_people(world, covenant, client):
    client.force_login(make.user_of(world.heads[1]))

    page = read(client, at("substitute", covenant))

    assert reverse("accounts:people", args=[world.members[1].pk]) in page


def test_nobody_of_another_unit_can_be_named(world, covenant, client):
    client.force_login(make.user_of(world.heads[1]))
    told = {"person": f"u{world.heads[2].actor_id}", "manner": "KT.", "post": "Phó Chủ tịch"}

    assert client.post(at("substitute", covenant), told).status_code == 422
    assert not Substitute.objects.exists()


def test_an_officer_names_nobody(world, covenant, client):
    client.force_login(make.user_of(make.officer(world.members[1])))

    assert client.get(at("substitute", covenant)).status_code == 403


def test_the_head_takes_it_back_with_one_button(world, covenant, client):
    deputy = make.officer(world.members[1])
    client.force_login(make.user_of(world.heads[1]))
    told = {"person": f"u{deputy.actor_id}", "manner": "KT.", "post": "Phó Chủ tịch"}
    client.post(at("substitute", covenant), told)

    client.post(at("drop_substitute", covenant))

    assert Substitute.objects.get().ended_at is not None


def test_the_leader_makes_a_link_that_is_shown_once(world, covenant, client):
    contact = a_contact(world, 1)
    client.force_login(make.user_of(world.heads[0]))
    address = at("link", covenant, world.enrolments[1].pk)
    assert address in read(client, at("round", covenant))
    assert ADDRESS not in read(client, address)

    response = client.post(address, {"contact": str(contact.pk), "hours": "24"})

    text = response.content.decode()
    assert SECRET.search(text)
    assert "no-store" in response["Cache-Control"]
    assert "mới ghi" not in text
    page = read(client, at("round", covenant))
    assert "Đang có đường dẫn ký riêng cho Nguyễn Thị Ví Dụ" in page
    assert not SECRET.search(page)


def test_an_address_typed_on_the_spot_is_said_to_be_new(world, covenant, client):
    client.force_login(make.user_of(world.heads[0]))
    told = {"contact": "new", "hours": "4", "name": "Lê Ví Dụ", "post": "Giám đốc"}
    address = at("link", covenant, world.enrolments[1].pk)
    assert client.post(address, told).status_code == 422

    response = client.post(address, {**told, "address": "le@so.example"})

    assert "Địa chỉ nhận mã mới ghi" in response.content.decode()
    assert SigningLink.objects.get().is_newly_given
    assert "chưa được đăng ký trước" in read(client, at("round", covenant))


def test_a_unit_makes_links_for_its_own_head_alone(world, covenant, client):
    client.force_login(make.user_of(make.officer(world.members[2])))

    assert client.get(at("link", covenant, world.enrolments[2].pk)).status_code == 200
    assert client.get(at("link", covenant, world.enrolments[1].pk)).status_code == 403


def test_who_made_it_or_runs_the_year_takes_it_back(world, covenant, client):
    contact = a_contact(world, 1)
    client.force_login(make.user_of(world.heads[0]))
    told = {"contact": str(contact.pk), "hours": "24"}
    client.post(at("link", covenant, world.enrolments[1].pk), told)
    address = reverse("covenants:revoke_link", args=[SigningLink.objects.get().pk])
    client.force_login(make.user_of(world.heads[2]))
    assert client.post(address).status_code == 403

    client.force_login(make.user_of(world.heads[0]))
    client.post(address)

    assert SigningLink.objects.get().ended_at is not None


def test_after_the_last_day_no_link_is_made_and_the_page_says_so(world, covenant, client):
    client.force_login(make.user_of(world.heads[0]))
    with clock.at(clock.now() + timedelta(days=1)):
        response = client.get(at("link", covenant, world.enrolments[1].pk), follow=True)

    assert "Chỉ tạo đường dẫn ký khi giao ước đang nhận chữ ký" in response.content.decode()


def test_an_officer_enters_the_address_beforehand_and_ends_it(world, client):
    client.force_login(make.user_of(make.officer(world.members[1])))
    address = reverse("covenants:contacts", args=[world.members[1].pk])
    told = {"name": "Lê Ví Dụ", "post": "Giám đốc", "address": "khong-phai"}
    assert client.post(address, told).status_code == 422
    client.post(address, {**told, "address": "le@so.example"})
    contact = Contact.objects.get()
    assert "le@so.example" in read(client, address)

    client.post(reverse("covenants:end_contact", args=[contact.pk]))

    assert "le@so.example" not in read(client, address)


def test_nobody_else_enters_or_reads_addresses(world, client):
    client.force_login(make.user_of(world.heads[2]))

    address = reverse("covenants:contacts", args=[world.members[1].pk])
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403
