"""Who acts for an organisation: opening accounts, giving and ending rights, fresh passwords."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories as make
from thidua.accounts.acting import NOBODY, acting_of
from thidua.accounts.models import Appointment, User
from thidua.core import clock
from thidua.organizations.actions import enter_office, enter_person
from thidua.organizations.models import Person

pytestmark = pytest.mark.django_db
Role = Appointment.Role
TODAY = clock.today()
NEW = {"full_name": "Trần Thị Bình", "username": "binh", "role": "officer", "since": str(TODAY)}


@pytest.fixture
def unit():
    return make.an_organization("Hội Chữ thập đỏ")


@pytest.fixture
def head(unit):
    return make.head(unit)


@pytest.fixture
def staff(client, head):
    client.force_login(make.user_of(head))
    return client


def at(name, unit, *more):
    return reverse(f"accounts:{name}", args=[unit.pk, *more])


def rights(unit):
    return Appointment.objects.filter(organization=unit).count()


@pytest.mark.parametrize("name", ["people", "create", "appoint"])
def test_only_the_head_and_the_boards_above_see_who_acts_for_a_unit(client, unit, name):
    child = make.an_organization(parent=unit)
    cast = {
        200: [make.head(child), make.board(child), make.board(unit)],
        403: [make.officer(child), make.head(unit), make.officer(unit)],
    }
    cast[403] += [make.a_visitor_with_account(), make.board(make.an_organization())]
    for status, people in cast.items():
        for who in people:
            client.force_login(make.user_of(who))
            assert client.get(at(name, child)).status_code == status
            done = {200, 302, 405, 422} if status == 200 else {403, 405}
            assert client.post(at(name, child), NEW).status_code in done
    assert not User.objects.filter(username="ai-do").exists()
    client.logout()
    assert client.get(at(name, child)).url.startswith("/tai-khoan/login/")
    client.force_login(make.user_of(cast[200][0]))
    assert client.get(reverse(f"accounts:{name}", args=[10**9])).status_code == 404


def test_the_list_shows_who_acts_now_will_and_did(staff, unit):
    make.a_person_for(unit, Role.OFFICER, name="Người Đương Nhiệm")
    make.a_person_for(unit, Role.OFFICER, name="Người Sắp Đến", since=TODAY + timedelta(9))
    make.a_person_for(unit, Role.OFFICER, name="Người Đã Thôi", until=TODAY - timedelta(9))
    page = staff.get(at("people", unit)).content.decode()
    now, ended = page.split("<h2>Đã hết quyền</h2>")

    assert "Người Đương Nhiệm" in now
    assert "Người Sắp Đến" in now
    assert "chưa bắt đầu" in now
    assert "Người Đã Thôi" in ended
    assert "giao quyền cho Người Đương Nhiệm" in ended


def test_the_list_asks_as_much_for_one_person_as_for_three(
    staff, unit, django_assert_max_num_queries
):
    make.officer(unit)
    with django_assert_max_num_queries(20) as few:
        staff.get(at("people", unit))
    for _n in range(2):
        make.officer(unit)
    with django_assert_max_num_queries(len(few)):
        page = staff.get(at("people", unit)).content.decode()
    assert page.count("chưa mời") == 3


def test_a_new_account_has_no_password_and_leads_on_to_inviting_its_owner(staff, unit):
    response = staff.post(at("create", unit), {**NEW, "email": "Binh@donvi.vn"})
    user = User.objects.get(username="binh")

    assert response.url == reverse("accounts:account", args=[user.pk])
    page = staff.get(response.url).content.decode()
    assert "Đã mở tài khoản cho Trần Thị Bình." in page
    assert "In phiếu" in page
    assert not user.has_usable_password()
    assert acting_of(user).is_for(unit.pk, Role.OFFICER)


def test_the_same_form_sent_twice_opens_one_account(staff, unit):
    """A form sent twice."""
    staff.post(at("create", unit), NEW)
    response = staff.post(at("create", unit), {**NEW, "person": "new"})

    assert response.status_code == 422
    assert "đã có người dùng" in response.content.decode()
    assert "Trần Thị Bình" in response.content.decode()
    assert User.objects.filter(username="binh").count() == 1


def test_somebody_of_the_same_name_is_offered_before_a_second_account_is_opened(staff, unit):
    known = make.officer(make.an_organization("Hội Khuyến học"))
    Person.objects.filter(pk=known.user.person_id).update(full_name=NEW["full_name"])
    known.user.person.refresh_from_db()
    known.user.person.save()

    page = staff.post(at("create", unit), NEW).content.decode()
    assert "Đã có tài khoản mang tên này" in page
    assert at("appoint", unit, known.actor_id) in page
    assert not User.objects.filter(username="binh").exists()

    assert staff.post(at("create", unit), {**NEW, "person": "new"}).status_code == 302
    assert User.objects.get(username="binh").person_id != known.user.person_id


def test_somebody_known_by_office_gets_the_account_as_that_person(staff, unit):
    person = enter_person(NEW["full_name"], by=NOBODY)
    enter_office(person, unit, by=NOBODY, post="Phó Chủ tịch")
    page = staff.post(at("create", unit), NEW).content.decode()
    assert "Phó Chủ tịch, Hội Chữ thập đỏ" in page

    staff.post(at("create", unit), {**NEW, "person": person.pk})
    assert User.objects.get(username="binh").person == person


@pytest.mark.parametrize(
    "wrong",
    [
        {"full_name": ""},
        {"full_name": "A" * 300},
        {"username": "bình"},
        {"username": ""},
        {"email": "x"},
        {"role": ""},
        {"role": "board"},
        {"role": "secretary"},
        {"role": "head", "post": ""},
        {"role": "stand_in", "post": "Phó", "stands_in_for": "999999"},
        {"since": "hôm nay"},
        {"since": "2026-02-30"},
        {"until": "2000-01-01"},
    ],
    ids=str,
)
def test_bad_input_gets_a_sentence_and_loses_nothing(staff, unit, wrong):
    """A name in decomposed Unicode, of 300 letters, with markup."""
    data = {**NEW, "email": "binh@donvi.vn", "post": "Cán bộ <b>", **wrong}
    response = staff.post(at("create", unit), data)
    page = response.content.decode()

    assert response.status_code == 422
    assert "error-summary" in page
    if "post" not in wrong:
        assert "Cán bộ &lt;b&gt;" in page
    assert not User.objects.filter(username="binh").exists()


def test_a_name_in_decomposed_unicode_is_kept_composed(staff, unit):
    decomposed = "Tra\u0302\u0300n Thi\u0323 Bi\u0300nh"
    staff.post(at("create", unit), {**NEW, "full_name": decomposed})

    assert User.objects.get(username="binh").name == "Trần Thị Bình"


def test_who_has_an_account_is_found_and_given_a_stand_ins_right(staff, unit, head):
    other = make.a_person_for(make.an_organization(), Role.OFFICER, name="Lê Văn Đức")
    page = staff.get(at("appoint", unit), {"q": "le van duc"}).content.decode()
    address = at("appoint", unit, other.actor_id)
    assert address in page
    assert "Chưa thấy ai" in staff.get(at("appoint", unit), {"q": "xyz"}).content.decode()

    data = {"role": "stand_in", "post": "Phó Chủ tịch", "since": str(TODAY), "manner": "TUQ."}
    data["stands_in_for"] = head.appointments[0].pk
    refused = staff.post(address, data)
    assert refused.status_code == 422
    assert "TUQ. cần số giấy ủy quyền." in refused.content.decode()

    data |= {"authorization_number": "12/GUQ", "authorization_scope": "Ký giao ước"}
    data["until"] = str(TODAY + timedelta(30))
    assert staff.post(address, data).url == at("people", unit)
    page = staff.get(at("people", unit)).content.decode()
    assert f"Thừa ủy quyền (TUQ.) cho {head.actor_name}" in page
    assert "giấy ủy quyền số 12/GUQ" in page


def test_a_secretary_is_named_only_for_a_year_that_the_unit_leads(client):
    world, stranger = make.a_bloc(3), make.a_bloc(3)
    leader, member = world.heads[0], world.heads[2]
    data = {"role": "secretary", "since": str(TODAY), "bloc": world.cycle.pk}
    for who, year, expected in (
        (leader, stranger.cycle.pk, 422),
        (member, world.cycle.pk, 422),
        (leader, world.cycle.pk, 302),
    ):
        officer = make.officer(who.organization)
        client.force_login(make.user_of(who))
        address = at("appoint", who.organization, officer.actor_id)
        assert client.post(address, {**data, "bloc": year}).status_code == expected

    assert acting_of(officer.user).is_secretary_of(world.bloc.pk, world.cycle.year)


def test_a_right_is_ended_with_day_and_reason(staff, unit):
    officer = make.officer(unit)
    address = reverse("accounts:end", args=[officer.appointments[0].pk])
    assert officer.actor_name in staff.get(address).content.decode()
    assert staff.post(address, {"on": str(TODAY), "reason": ""}).status_code == 422

    data = {"on": str(TODAY - timedelta(1)), "reason": "Nghỉ hưu"}
    assert staff.post(address, data).url == at("people", unit)
    assert acting_of(officer.user).organization is None
    assert "Nghỉ hưu" in staff.get(at("people", unit)).content.decode()


def test_a_right_is_ended_at_once_whatever_day_stands_there(staff, unit):
    officer = make.officer(unit)
    address = reverse("accounts:end", args=[officer.appointments[0].pk])
    assert staff.post(address, {"on": "", "reason": "x"}).status_code == 422

    data = {"on": str(TODAY), "at_once": "on", "reason": "Nghỉ việc"}
    assert staff.post(address, data).url == at("people", unit)

    assert acting_of(officer.user).organization is None
    assert "hết quyền từ bây giờ" in staff.get(at("people", unit)).content.decode()


def test_an_operator_ends_a_right_in_any_organisation(client, unit, head):
    operator = make.a_person_for(make.an_organization(kind="board"), Role.OPERATOR)
    client.force_login(make.user_of(operator))
    address = reverse("accounts:end", args=[head.appointments[0].pk])
    assert address in client.get(at("people", unit)).content.decode()

    assert client.get(address).status_code == 200
    assert (
        client.post(address, {"on": str(TODAY), "at_once": "on", "reason": "x"}).status_code == 302
    )

    assert acting_of(head.user).organization is None


def test_nobody_ends_what_is_not_theirs_to_end(client, unit, head):
    officer = make.officer(unit)
    address = reverse("accounts:end", args=[head.appointments[0].pk])
    own = reverse("accounts:end", args=[officer.appointments[0].pk])
    data = {"on": str(TODAY), "reason": "x"}
    client.force_login(make.user_of(officer))
    assert client.post(address, data).status_code == 404
    assert client.post(own, data).status_code == 403
    client.force_login(make.user_of(make.a_visitor_with_account()))
    assert client.post(own, data).status_code == 404


@pytest.mark.parametrize("name", ["people", "create", "appoint"])
def test_the_pages_are_there_in_english(staff, unit, name):
    staff.cookies["django_language"] = "en"

    assert 'lang="en"' in staff.get(at(name, unit), {"q": "a"}).content.decode()
