"""Organisations, people, offices and blocs: what happens, and what is refused."""

from datetime import date

import pytest

from tests import factories as make
from thidua.accounts.acting import NOBODY
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid
from thidua.organizations.actions import (
    BlocFacts,
    OrganizationFacts,
    Particulars,
    edit_bloc,
    edit_organization,
    enter_holder,
    enter_office,
    enter_person,
    found_bloc,
    found_organization,
    rename_organization,
)
from thidua.organizations.models import Bloc, Office, Organization, Person
from thidua.organizations.queries import matching, namesakes, people_named

pytestmark = pytest.mark.django_db


def rename(organization, name, since=date(2025, 7, 1)):
    return rename_organization(
        organization, by=NOBODY, name=name, since=since, basis="QĐ 12/QĐ-UBND"
    )


def facts_of(body, **told):
    usual = {"name": "các hội", "kind": "cum", "level": "province"}
    return BlocFacts(managing_body=body, **usual | told)


def test_a_founded_organisation_bears_its_first_name_from_a_day_nobody_told():
    organization = make.an_organization("Hội Người cao tuổi")

    (name,) = organization.names.all()

    assert (name.name, name.known_since, name.until) == ("Hội Người cao tuổi", None, None)
    assert Entry.objects.get(code="organization.founded").subject_id == organization.pk


@pytest.mark.parametrize("name", ["", "   ", "\u00a0"])
def test_an_organisation_without_a_name_is_refused(name):
    with pytest.raises(Invalid) as refusal:
        found_organization(OrganizationFacts(name, kind="social", level="province"), by=NOBODY)

    assert refusal.value.field == "name"
    assert Organization.objects.count() == 0


def test_the_same_name_in_another_unicode_form_is_the_same_organisation():
    make.an_organization("Hội Nông dân")
    decomposed = "Hô\u0323i Nông dân"

    with pytest.raises(AlreadyDone):
        make.an_organization(decomposed)

    assert Organization.objects.count() == 1


def test_a_new_name_leaves_the_old_one_findable_and_dated():
    organization = make.an_organization("Tỉnh đoàn Nam Định")

    rename(organization, "Tỉnh đoàn Ninh Bình")

    organization = Organization.objects.get()
    assert organization.name == "Tỉnh đoàn Ninh Bình"
    assert organization.name_on(date(2025, 6, 30)) == "Tỉnh đoàn Nam Định"
    assert organization.name_on(date(2025, 7, 1)) == "Tỉnh đoàn Ninh Bình"
    assert list(Organization.objects.filter(matching("tinh doan nam dinh"))) == [organization]


@pytest.mark.parametrize(
    ("name", "since", "field"),
    [
        ("Hội A", date(2025, 7, 1), "name"),
        ("Hội B", date(2999, 1, 1), "since"),
        ("Hội B", date(1900, 1, 1), "since"),
    ],
)
def test_a_name_that_is_no_change_or_has_no_right_day_is_refused(name, since, field):
    organization = make.an_organization("Hội A")

    with pytest.raises(Invalid) as refusal:
        rename(organization, name, since)

    assert refusal.value.field == field
    assert [n.name for n in organization.names.all()] == ["Hội A"]


def test_an_organisation_never_stands_under_itself_however_far_above():
    top = make.an_organization("Trên")
    below = make.an_organization("Dưới", parent=top)
    told = Particulars(kind="social", level="province", parent=below)

    with pytest.raises(Invalid) as refusal:
        edit_organization(top, told, by=NOBODY)

    assert refusal.value.field == "parent"
    assert Organization.objects.get(pk=top.pk).parent is None


def test_editing_changes_what_is_told_and_not_the_name():
    organization = make.an_organization("Hội A")

    edit_organization(
        organization, Particulars(kind="front", level="commune", place="Huế"), by=NOBODY
    )

    organization = Organization.objects.get()
    assert (organization.name, organization.kind, organization.place) == ("Hội A", "front", "Huế")


def test_an_office_may_be_without_days_and_never_ends_before_it_begins():
    organization, person = make.an_organization(), enter_person("Đoàn Văn Minh Họa", by=NOBODY)

    enter_office(person, organization, by=NOBODY, post="Chủ tịch", source="bản tin")
    with pytest.raises(Invalid) as refusal:
        enter_office(
            person,
            organization,
            by=NOBODY,
            post="Phó Chủ tịch",
            since=date(2025, 2, 1),
            until=date(2025, 1, 1),
        )

    assert refusal.value.field == "until"
    assert [o.post for o in Office.objects.all()] == ["Chủ tịch"]


def test_a_refused_office_leaves_no_person_behind():
    with pytest.raises(Invalid):
        enter_holder(
            "Người Minh Họa",
            make.an_organization(),
            by=NOBODY,
            post="Chủ tịch",
            since=date(2025, 2, 1),
            until=date(2025, 1, 1),
        )

    assert Person.objects.count() == 0


def test_people_are_found_by_name_without_marks_but_not_by_a_part_of_it():
    person = enter_person("Nguyễn Thị Minh Họa", by=NOBODY)

    assert list(people_named("nguyen thi  minh hoa")) == [person]
    assert list(people_named("Nguyễn Thị")) == []


def test_namesakes_hold_all_words_and_a_name_of_signs_has_none():
    farmers = make.an_organization("Hội Nông dân tỉnh Nam Định")
    make.an_organization("Hội Phụ nữ tỉnh Nam Định")

    assert list(namesakes("hoi nong dan")) == [farmers]
    assert list(namesakes("!!!")) == []


def test_the_noun_follows_the_kind():
    body = make.an_organization(kind="board")

    cluster = found_bloc(facts_of(body, number="7"), by=NOBODY)
    bloc = found_bloc(facts_of(body, kind="khoi"), by=NOBODY)

    assert (cluster.title, cluster.leader_noun) == ("Cụm thi đua số 7 các hội", "cụm trưởng")
    assert (bloc.title, bloc.deputy_noun) == ("Khối thi đua các hội", "khối phó")


@pytest.mark.parametrize(
    ("told", "error", "field"),
    [
        ({"name": " "}, Invalid, "name"),
        ({"decision_on": date(2999, 1, 1)}, Invalid, "decision_on"),
        ({}, AlreadyDone, "name"),
    ],
)
def test_a_bloc_that_cannot_be_is_refused_when_founded_and_when_edited(told, error, field):
    body = make.an_organization(kind="board")
    found_bloc(facts_of(body), by=NOBODY)
    other = found_bloc(facts_of(body, number="2"), by=NOBODY)

    with pytest.raises(error) as founding:
        found_bloc(facts_of(body, **told), by=NOBODY)
    with pytest.raises(error) as editing:
        edit_bloc(other, facts_of(body, **told), by=NOBODY)

    assert (founding.value.field, editing.value.field) == (field, field)
    assert sorted(b.number for b in Bloc.objects.all()) == ["", "2"]


def test_editing_a_bloc_keeps_what_stood_before_in_the_trail():
    body = make.an_organization(kind="board")
    bloc = found_bloc(facts_of(body), by=NOBODY)

    edit_bloc(bloc, facts_of(body, name="các đoàn thể", decision_on=clock.today()), by=NOBODY)

    entry = Entry.objects.get(code="bloc.edited")
    assert entry.facts == {"before": "Cụm thi đua các hội"}
    assert entry.chain == f"bloc:{bloc.pk}"
