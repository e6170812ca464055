"""Pages of organisations: found, read, entered, renamed, staffed with names."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories as make
from tests.web.counting import cost_of
from thidua.accounts.acting import NOBODY
from thidua.cycles.actions.members import join_cycle
from thidua.organizations.actions import enter_office, enter_person, rename_organization
from thidua.organizations.models import Office, Organization, Person

pytestmark = pytest.mark.django_db
FORM = {"kind": "social", "level": "province", "header": "state"}
INDEX, NEW = "/don-vi/", "/don-vi/moi/"


@pytest.fixture
def board(client):
    """A person of a board, signed in."""
    acting = make.board(make.an_organization("Ban Thi đua tỉnh", kind="board"))
    client.force_login(make.user_of(acting))
    return acting


def show(organization):
    return reverse("organizations:show", args=[organization.pk])


def text(response):
    return " ".join(response.content.decode().split())


def test_the_list_costs_the_same_for_one_and_for_three(client):
    above = make.an_organization("Trên")
    one = cost_of(client, INDEX)

    for n in range(3):
        make.an_organization(f"Dưới {n}", parent=above)

    assert cost_of(client, INDEX) == one <= 15


def test_the_page_costs_the_same_for_one_year_and_for_three(client):
    organization = make.an_organization("Hội Nông dân")
    person = enter_person("Người Minh Họa", by=NOBODY)

    costs = []
    for years in ((2023,), (2024, 2025)):
        for year in years:
            world = make.a_bloc(1, year=year)
            join_cycle(world.cycle, organization, by=world.board)
            enter_office(person, organization, by=NOBODY, post=f"Chủ tịch {year}")
        costs.append(cost_of(client, show(organization)))

    assert costs[0] == costs[1] <= 15


def test_one_is_found_without_marks_and_by_kind(client):
    make.an_organization("Hội Nông dân", kind="socio_political")
    make.an_organization("Hội Người mù", kind="social")

    by_name = client.get(INDEX, {"q": "hoi nong"})
    by_kind = client.get(INDEX, {"q": "hội", "kind": "social"})
    nobody = client.get(INDEX, {"q": "zzz", "page": "abc", "kind": "<b>"})

    assert [o.name for o in by_name.context["page"]] == ["Hội Nông dân"]
    assert [o.name for o in by_kind.context["page"]] == ["Hội Người mù"]
    assert "Chưa thấy đơn vị nào" in text(nobody)


def test_the_page_shows_names_offices_with_their_source_and_the_years(client):
    world = make.a_bloc(3, kind="cum", year=2025)
    organization = world.members[0]
    rename_organization(
        organization, by=NOBODY, name="Hội Mới", since=date(2025, 7, 1), basis="QĐ 5"
    )
    person = enter_person("Đoàn Văn Minh Họa", by=NOBODY)
    enter_office(person, organization, by=NOBODY, post="Chủ tịch", source="bản tin tỉnh")

    page = text(client.get(show(organization)))

    for told in ("Hội Mới", "tên cũ", "QĐ 5", "Đoàn Văn Minh Họa", "bản tin tỉnh", "Cụm trưởng"):
        assert told in page
    assert f'href="/nam/{world.cycle.pk}/"' in page
    assert "đổi tên đơn vị" in page
    assert "Đổi tên đơn vị</a>" not in page


def test_a_year_in_preparation_shows_only_to_who_may_see_it(client):
    world = make.a_bloc(2, is_open=False)

    hidden = text(client.get(show(world.members[0])))
    client.force_login(make.user_of(world.heads[0]))
    shown = text(client.get(show(world.members[0])))

    assert (f"/nam/{world.cycle.pk}/" in hidden, f"/nam/{world.cycle.pk}/" in shown) == (
        False,
        True,
    )


def test_a_board_enters_an_organisation_under_its_own(client, board):
    form = {**FORM, "name": "Hội Làm vườn", "parent": "ban thi dua", "since": "17/03/2020"}

    answer = client.post(NEW, form)

    organization = Organization.objects.get(name="Hội Làm vườn")
    assert answer.url == show(organization)
    assert organization.parent == board.organization
    assert organization.names.get().since == date(2020, 3, 17)


def test_what_has_nearly_the_same_name_is_offered_before_it_is_entered(client, board):
    there = make.an_organization("Hội Nông dân tỉnh")
    form = {**FORM, "name": "Hội nông dân"}

    asked = client.post(NEW, form)
    assert asked.status_code == 422
    assert "Có phải là một trong các đơn vị đã có này không?" in text(asked)
    assert f'<a href="{show(there)}">Hội Nông dân tỉnh</a>' in text(asked)
    assert Organization.objects.filter(name="Hội nông dân").count() == 0

    client.post(NEW, {**form, "is_other": "on"})
    assert Organization.objects.filter(name="Hội nông dân").count() == 1


def test_a_form_sent_twice_enters_one_organisation(client, board):
    form = {**FORM, "name": "Hội Làm vườn", "is_other": "on"}

    client.post(NEW, form)
    again = client.post(NEW, form)

    assert again.status_code == 422
    assert "Đã có đơn vị mang tên này." in text(again)
    assert Organization.objects.filter(name="Hội Làm vườn").count() == 1


def test_no_name_is_too_strange_to_be_met_with_a_sentence(client, board):
    """a name in decomposed Unicode, of 300 letters, with markup."""
    decomposed = "H" + "o\u0323\u0302" + "i " + "a\u0301" * 296
    client.post(NEW, {**FORM, "name": decomposed})
    kept = Organization.objects.get(name__startswith="Hội á")
    assert len(kept.name) == 300

    longer = client.post(NEW, {**FORM, "name": "b" * 301})
    assert longer.status_code == 422
    assert "b" * 301 in text(longer)
    assert "Dài quá 300 chữ" in text(longer)

    client.post(NEW, {**FORM, "name": "<script>alert(1)</script>"})
    page = text(client.get(show(Organization.objects.get(name__startswith="<script>"))))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_choice_that_is_not_there_is_refused(client, board):
    answer = client.post(NEW, {**FORM, "name": "Câu lạc bộ", "level": "galaxy"})

    assert list(answer.context["form"].errors) == ["level"]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"name": " "}, "Hãy điền mục này."),
        ({"kind": ""}, "Hãy chọn một mục."),
        ({"parent": "không có thật"}, "Chưa thấy đơn vị nào có tên như vậy."),
        ({"parent": "hội"}, "Nhiều đơn vị có tên như vậy"),
        ({"since": "31/02/2025"}, "Chưa phải là một ngày có thật."),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_stays_typed(client, board, told, sentence):
    make.an_organization("Hội A")
    make.an_organization("Hội B")

    answer = client.post(NEW, {**FORM, "name": "Câu lạc bộ", **told})

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert all(value in text(answer) for value in told.values())
    assert Organization.objects.filter(name="Câu lạc bộ").count() == 0


def test_the_board_renames_and_corrects_what_is_under_it(client, board):
    under = make.an_organization("Hội A", parent=board.organization)
    told = {"name": "Hội B", "since": "2025-07-01", "basis": "QĐ 1"}

    renamed = client.post(reverse("organizations:rename", args=[under.pk]), told)
    edited = client.post(
        reverse("organizations:edit", args=[under.pk]), {**FORM, "place": "Huế", "kind": "front"}
    )

    assert (renamed.url, edited.url) == (show(under), show(under))
    under = Organization.objects.get(pk=under.pk)
    assert (under.name, under.place, under.kind) == ("Hội B", "Huế", "front")


def test_a_rename_on_a_day_to_come_is_refused_beside_its_field(client, board):
    under = make.an_organization("Hội A", parent=board.organization)
    told = {"name": "Hội B", "since": "2199-07-01", "basis": "QĐ 1"}

    answer = client.post(reverse("organizations:rename", args=[under.pk]), told)

    assert answer.context["form"].errors == {"since": ["Ngày đổi tên chưa tới."]}


def test_a_namesake_is_asked_about_before_an_office_is_entered(client, board):
    address = reverse("organizations:new_office", args=[board.organization.pk])
    known = enter_person("Trần Minh Họa", by=NOBODY)
    told = {"full_name": "Trần Minh Họa", "post": "Trưởng ban"}

    asked = client.post(address, told)
    assert asked.status_code == 422
    assert Office.objects.count() == 0

    client.post(address, {**told, "person": str(known.pk)})
    client.post(address, {**told, "person": "new", "post": "Phó ban"})
    assert [(o.post, o.person == known) for o in Office.objects.order_by("pk")] == [
        ("Trưởng ban", True),
        ("Phó ban", False),
    ]
    assert Person.objects.filter(full_name="Trần Minh Họa").count() == 2


def test_a_person_who_was_not_offered_is_not_taken(client, board):
    other = enter_person("Người khác", by=NOBODY)
    enter_person("Trần Minh Họa", by=NOBODY)
    told = {"full_name": "Trần Minh Họa", "post": "Trưởng ban", "person": str(other.pk)}

    answer = client.post(reverse("organizations:new_office", args=[board.organization.pk]), told)

    assert answer.status_code == 422
    assert Office.objects.count() == 0


@pytest.mark.parametrize("name", ["rename", "edit", "new_office"])
def test_another_board_may_read_but_not_write(client, board, name):
    other = make.an_organization("Hội của tỉnh khác")

    answer = client.post(reverse(f"organizations:{name}", args=[other.pk]), {"name": "X"})

    assert answer.status_code == 403
    assert client.get(show(other)).status_code == 200


@pytest.mark.parametrize("address", ["/don-vi/0/", "/don-vi/99999999999999999999/"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_are_there_in_both_languages(client, board, language):
    client.cookies["django_language"] = language
    pk = board.organization.pk

    for address in (
        INDEX,
        NEW,
        *(f"/don-vi/{pk}/{n}" for n in ("", "sua/", "doi-ten/", "chuc-vu/")),
    ):
        assert client.get(address).status_code == 200
