"""The round's pages: in order, expired and extended, declined and answered, nudged, amended."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories as make
from tests.covenants.links import a_contact, a_link
from tests.many import more_like
from tests.web.counting import cost_of
from thidua.core import clock
from thidua.core.text import day_text
from thidua.covenants.actions.freezing import begin_addendum, draft_digest
from thidua.covenants.actions.signing import decline_covenant
from thidua.covenants.models import Covenant, DeclineAnswer, Extension, PassedTurn, Reminder, Turn
from thidua.documents.models import Signature

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def works(client):
    """Return a function that signs a person in."""

    def works(acting):
        client.force_login(make.user_of(acting))
        return acting

    return works


def at(name, covenant, *more):
    """Return the address of a covenant's page."""
    return reverse(f"covenants:{name}", args=[covenant.pk, *more])


def read(client, address):
    """Return the text of the page."""
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def after(client, response):
    """Return the text of the page that an act leads to."""
    assert response.status_code == 302
    return client.get(response.url, follow=True).content.decode()


def freezing(covenant, **told):
    """Return what the page of freezing sends."""
    return {"sign_by": clock.today().isoformat(), "seen_digest": draft_digest(covenant), **told}


@pytest.mark.parametrize(
    ("manner", "order"), [("last", [2, 1, 0]), ("first", [0, 2, 1]), ("numbered", [0, 2, 1])]
)
def test_the_leader_chooses_an_order_when_freezing(world, client, works, manner, order):
    works(world.heads[0])
    covenant = make.a_draft_covenant(world)
    assert "ký theo thứ tự" in read(client, at("freeze", covenant)).lower()
    numbers = dict(zip([e.pk for e in world.enrolments], (1, 3, 2), strict=True))
    told = {f"place_{pk}": number for pk, number in numbers.items()}

    client.post(at("freeze", covenant), freezing(covenant, manner=manner, **told))

    assert make.reread(covenant).is_in_turn
    turns = list(Turn.objects.values_list("enrolment", flat=True))
    assert turns == [world.enrolments[n].pk for n in order]


def test_nothing_chosen_means_that_all_sign_together(world, client, works):
    works(world.heads[0])
    covenant = make.a_draft_covenant(world)

    client.post(at("freeze", covenant), freezing(covenant))

    assert make.reread(covenant).state == Covenant.State.SIGNING
    assert not Turn.objects.exists()


def test_a_wrong_number_gets_a_sentence_beside_it_and_freezes_nothing(world, client, works):
    works(world.heads[0])
    covenant = make.a_draft_covenant(world)
    told = freezing(covenant, manner="last", **{f"place_{world.enrolments[1].pk}": "hai"})

    response = client.post(at("freeze", covenant), told)

    assert response.status_code == 422
    assert "Số thứ tự là số nguyên" in response.content.decode()
    assert make.reread(covenant).is_editable


def test_before_its_turn_the_page_says_whose_turn_it_is_and_has_no_button(world, client, works):
    covenant = make.a_round_in_order(world, [1, 2, 0])
    works(world.heads[2])

    page = read(client, at("show", covenant))

    assert f"đang đến lượt {world.members[1].name}" in page
    assert f'href="{at("sign", covenant)}"' not in page
    said = after(client, client.get(at("sign", covenant)))
    assert f"đang đến lượt {world.members[1].name}" in said


def test_the_desk_tells_of_the_turn_too(world, client, works):
    make.a_round_in_order(world, [1, 2, 0])
    works(world.heads[2])

    assert "đang đến lượt" in read(client, reverse("work:index"))


def test_the_leader_lets_a_turn_pass_on_with_a_reason(world, client, works):
    covenant = make.a_round_in_order(world, [1, 2, 0])
    works(world.heads[0])
    address = at("pass_turn", covenant, world.enrolments[1].pk)
    assert address in read(client, at("round", covenant))
    assert client.post(address, {"reason": " "}).status_code == 422

    said = after(client, client.post(address, {"reason": "Chủ tịch đi công tác"}))

    assert PassedTurn.objects.get().reason == "Chủ tịch đi công tác"
    assert "Đã chuyển lượt: Chủ tịch đi công tác" in said


def test_an_expired_round_says_so_everywhere_and_signs_nothing(world, client, works):
    covenant = make.a_frozen_covenant(world)
    head = works(world.heads[1])
    day = day_text(clock.today())
    told = {"digest": covenant.version.digest, "organization": head.organization_id}
    with clock.at(clock.now() + DAY):
        page = read(client, at("show", covenant))
        said = after(client, client.post(at("sign", covenant), {**told, "password": make.PASSWORD}))
        desk = read(client, reverse("work:index"))

    assert f"Vòng ký đã hết hạn ngày {day}" in page
    assert f"Vòng ký đã hết hạn ngày {day}" in said
    assert f"Vòng ký đã hết hạn ngày {day}" in desk
    assert not Signature.objects.exists()


def test_the_leader_extends_it_and_the_member_signs(world, client, works):
    covenant = make.a_frozen_covenant(world)
    works(world.heads[0])
    with clock.at(clock.now() + DAY):
        assert at("extend", covenant) in read(client, at("round", covenant))
        until = (clock.today() + 5 * DAY).isoformat()
        told = {"sign_by": until, "reason": "Chờ Hội Nông dân"}
        said = after(client, client.post(at("extend", covenant), told))
        make.sign(covenant, world.heads[1])

    assert "Chờ Hội Nông dân" in said
    assert Extension.objects.count() == 1


def test_a_day_that_is_no_extension_gets_a_sentence_and_keeps_what_was_typed(world, client, works):
    covenant = make.a_frozen_covenant(world)
    works(world.heads[0])

    told = {"sign_by": clock.today().isoformat(), "reason": "Chờ Hội Nông dân"}
    response = client.post(at("extend", covenant), told)

    assert response.status_code == 422
    assert "Hạn mới phải sau hạn cũ" in response.content.decode()
    assert "Chờ Hội Nông dân" in response.content.decode()


def test_the_leader_sees_who_declined_and_why_and_answers(world, client, works):
    covenant = make.a_frozen_covenant(world)
    decline = decline_covenant(
        covenant, by=world.heads[1], organization_id=world.members[1].pk, reason="Chỉ tiêu cao"
    )
    works(world.heads[0])
    address = reverse("covenants:answer", args=[decline.pk])
    page = read(client, at("round", covenant))
    assert "Chỉ tiêu cao" in page
    assert address in page
    assert "Chỉ tiêu cao" in read(client, address)

    client.post(address, {"body": "Đã hạ trong phụ lục"})

    assert DeclineAnswer.objects.get().body == "Đã hạ trong phụ lục"
    works(world.heads[1])
    assert "Đã hạ trong phụ lục" in read(client, at("show", covenant))


def test_one_member_is_nudged_once_a_day(world, client, works):
    covenant = make.a_frozen_covenant(world)
    works(world.heads[0])
    address = at("remind_one", covenant, world.enrolments[2].pk)

    assert "Đã nhắc" in after(client, client.post(address))
    assert "đã được nhắc rồi" in after(client, client.post(address))

    assert Reminder.objects.get().organization == world.members[2]


def test_members_see_the_round_without_the_leaders_buttons(world, client, works):
    covenant = make.a_round_in_order(world, [1, 2, 0])
    works(world.heads[2])

    page = read(client, at("round", covenant))

    assert "đang đến lượt" in page
    for name in ("remind_one", "pass_turn"):
        assert at(name, covenant, world.enrolments[1].pk) not in page
    assert client.post(at("extend", covenant)).status_code == 403


def test_an_addendum_stands_on_the_page_of_what_it_amends_also_for_visitors(world, client, works):
    covenant = make.in_force(world)
    works(world.heads[0])
    assert at("addendum", covenant) in read(client, at("show", covenant))
    said = after(client, client.post(at("addendum", covenant), {"reason": "Thêm chỉ tiêu"}))
    assert "Đã lập phụ lục số 1" in said
    addendum = Covenant.objects.get(kind="addendum")
    clause = {"kind": "text", "heading": "Chuyển đổi số", "body": "Mỗi đơn vị 1 mô hình."}
    client.post(at("new_clause", addendum), clause)
    client.post(at("freeze", addendum), freezing(make.reread(addendum)))
    for head in world.heads:
        make.sign(make.reread(addendum), head)
    client.logout()

    year = reverse("cycles:show", args=[world.cycle.pk])
    for page in (read(client, at("show", covenant)), read(client, year)):
        assert "Bản này có 1 phụ lục đang có hiệu lực" in page
        assert at("show", addendum) in page
    paper = read(client, at("show", addendum))
    assert f"Đây là phụ lục của {covenant.title}" in paper
    assert covenant.version.shown_code in paper
    code = make.reread(addendum).version.shown_code
    assert "Phụ lục số 1" in read(client, reverse("verifying:show", args=[code]))


def test_an_addendum_that_is_only_drafted_is_not_there_for_visitors(world, client, works):
    covenant = make.in_force(world)
    addendum = begin_addendum(covenant, by=world.heads[0], reason="Thêm chỉ tiêu")

    assert client.get(at("show", addendum)).status_code == 404
    assert "Phụ lục số 1" not in read(client, at("show", covenant))


def test_the_round_costs_the_same_for_three_members_and_for_nine(client, works):
    world = make.a_bloc(3)
    covenant = make.a_frozen_covenant(world)
    a_link(world, covenant, member=0)
    decline_covenant(
        covenant, by=world.heads[1], organization_id=world.members[1].pk, reason="Chỉ tiêu cao"
    )
    works(world.heads[0])
    for_three = cost_of(client, at("round", covenant))
    more_like(world, 2, 6)

    assert cost_of(client, at("round", covenant)) == for_three <= 15
    assert read(client, at("round", covenant)).count(world.members[2].name) >= 7


def test_the_list_of_contacts_costs_the_same_for_one_and_for_three(world, client, works):
    works(world.heads[1])
    address = reverse("covenants:contacts", args=[world.members[1].pk])
    a_contact(world, 1)
    for_one = cost_of(client, address)
    for n in range(2):
        told = {"name": f"Lê Ví Dụ {n}", "post": "Phó Chủ tịch", "address": f"p{n}@hoi.example"}
        client.post(address, told)

    assert cost_of(client, address) == for_one
