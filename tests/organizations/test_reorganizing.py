"""When organisations change: what an act does, refuses and leaves findable."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from thidua.accounts.acting import NOBODY
from thidua.audit.models import Entry
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.organizations.actions import (
    Decision,
    Newborn,
    absorb_organizations,
    dissolve_organization,
    edit_organization,
    enter_holder,
    found_organization,
    merge_organizations,
    move_organization,
    rename_organization,
    split_organization,
)
from thidua.organizations.actions.founding import OrganizationFacts, Particulars
from thidua.organizations.models import (
    Bloc,
    Organization,
    Reorganization,
    Succession,
)
from thidua.organizations.queries import changes_of, living, matching, predecessors_of

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)
PAPER = Decision(DAY, number="QĐ 15", decided_on=date(2025, 6, 20), issuer="UBND tỉnh")


@pytest.fixture
def two():
    return make.an_organization("Hội A"), make.an_organization("Hội B")


def fresh(organization):
    return Organization.objects.get(pk=organization.pk)


def test_several_become_a_new_one_and_stay_findable_under_their_names(two):
    done = merge_organizations(two, Newborn("Hội C", place="Ninh Bình"), PAPER, by=NOBODY)

    new = Organization.objects.get(name="Hội C")
    assert [fresh(o).ended_on for o in two] == [date(2025, 6, 30)] * 2
    assert (new.kind, new.level, new.place, new.ended_on) == (
        "social",
        "province",
        "Ninh Bình",
        None,
    )
    assert new.names.get().since == DAY
    assert [s.former_name for s in predecessors_of(new)] == ["Hội A", "Hội B"]
    assert list(Organization.objects.filter(matching("hoi a"))) == [two[0]]
    assert list(living()) == [new]
    assert str(done) == "Hội A; Hội B hợp nhất thành Hội C"
    assert done.basis == "QĐ 15, ngày 20/6/2025, UBND tỉnh"
    assert Entry.objects.filter(code="organization.rearranged").count() == 3


def test_one_is_absorbed_and_what_stood_under_it_goes_along(two):
    gone, stays = two
    child = make.an_organization("Chi hội", parent=gone)
    body_of = make.an_organization("Ban", kind="board", parent=gone)
    Bloc.objects.create(name="các hội", kind="cum", level="province", managing_body=gone)

    done = absorb_organizations([gone], stays, PAPER, by=NOBODY)

    assert (fresh(child).parent, fresh(body_of).parent) == (stays, stays)
    assert Bloc.objects.get().managing_body == stays
    assert (fresh(stays).name, fresh(stays).ended_on) == ("Hội B", None)
    assert done.has_followed


def test_a_child_that_takes_its_parent_in_does_not_stand_under_itself():
    top = make.an_organization("Trên")
    parent = make.an_organization("Giữa", parent=top)
    child = make.an_organization("Dưới", parent=parent)

    absorb_organizations([parent], child, PAPER, by=NOBODY)

    assert fresh(child).parent == top


def test_one_is_divided_into_several_or_lets_some_part_from_it(two):
    divided, stays = two
    split_organization(divided, [Newborn("Hội A1"), Newborn("Hội A2")], PAPER, by=NOBODY)
    split_organization(stays, [Newborn("Hội B1")], PAPER, by=NOBODY, goes_on=True)

    assert fresh(divided).ended_on == date(2025, 6, 30)
    assert fresh(stays).ended_on is None
    assert {o.name for o in living()} == {"Hội A1", "Hội A2", "Hội B", "Hội B1"}
    assert [s.predecessor for s in Organization.objects.get(name="Hội B1").origins.all()] == [stays]


def test_a_unit_is_dissolved_and_what_was_under_it_stands_under_what_was_above():
    top = make.an_organization("Trên")
    middle = make.an_organization("Giữa", parent=top)
    child = make.an_organization("Dưới", parent=middle)

    dissolve_organization(middle, PAPER, by=NOBODY)

    assert fresh(child).parent == top
    assert Succession.objects.get().successor is None


def test_a_body_that_manages_blocs_is_not_dissolved_from_under_them():
    body = make.an_organization(kind="board")
    Bloc.objects.create(name="các hội", kind="cum", level="province", managing_body=body)

    with pytest.raises(WrongState):
        dissolve_organization(body, PAPER, by=NOBODY)

    assert fresh(body).ended_on is None


def test_a_unit_is_placed_under_another_parent_and_its_papers_bear_the_place_of_their_day():
    old, new = make.an_organization("Cũ"), make.an_organization("Mới")
    unit = make.an_organization("Hội", parent=old, place="Nam Định")

    done = move_organization(unit, new, PAPER, by=NOBODY, place="Ninh Bình")

    unit = fresh(unit)
    assert (unit.parent, unit.place) == (new, "Ninh Bình")
    assert unit.place_on(date(2025, 6, 30)) == "Nam Định"
    assert unit.place_on(DAY) == "Ninh Bình"
    assert (done.former_parent, done.parent) == (old, new)
    assert unit.name_on(DAY) == "Hội"


def test_a_new_name_is_an_act_too_and_may_bring_another_place():
    unit = make.an_organization("Hội tỉnh Nam Định", place="Nam Định")

    name = rename_organization(
        unit, by=NOBODY, name="Hội tỉnh Ninh Bình", since=DAY, place="Ninh Bình", decision=PAPER
    )

    unit = fresh(unit)
    assert (unit.place_on(date(2025, 6, 30)), unit.place_on(DAY)) == ("Nam Định", "Ninh Bình")
    assert (name.act.act, name.basis, name.act.subject) == ("rename", "QĐ 15", unit)
    assert [str(c) for c in changes_of(unit)] == [
        "Hội tỉnh Nam Định đổi tên thành Hội tỉnh Ninh Bình"
    ]


def nothing_changed(*organizations):
    return not Reorganization.objects.exists() and all(
        fresh(o).ended_on is None for o in organizations
    )


@pytest.mark.parametrize("day", [date(2025, 3, 1), date(2025, 1, 1)])
def test_before_the_founding(day):
    """“A merger dated before the founding”, or on its very day: a sentence, and nothing changes."""
    old = make.an_organization("Hội cũ")
    young = make.an_organization("Hội trẻ", since=date(2025, 3, 1))
    for act in (
        lambda: merge_organizations([old, young], Newborn("Hội C"), Decision(day), by=NOBODY),
        lambda: absorb_organizations([young], old, Decision(day), by=NOBODY),
        lambda: absorb_organizations([old], young, Decision(day), by=NOBODY),
        lambda: dissolve_organization(young, Decision(day), by=NOBODY),
        lambda: move_organization(young, old, Decision(day), by=NOBODY),
    ):
        with pytest.raises(Invalid) as refusal:
            act()
        assert refusal.value.field == "effective_on"
        assert "1/3/2025" in refusal.value.sentence

    assert nothing_changed(old, young)
    assert Organization.objects.count() == 2


def test_with_itself(two):
    """A merger “of a unit with itself” is refused, however it is told."""
    a, b = two
    for act, field in (
        (lambda: absorb_organizations([a], a, PAPER, by=NOBODY), "others"),
        (lambda: absorb_organizations([a, b], b, PAPER, by=NOBODY), "others"),
        (lambda: merge_organizations([a, a], Newborn("C"), PAPER, by=NOBODY), "others"),
        (lambda: merge_organizations([a, b, b], Newborn("C"), PAPER, by=NOBODY), "others"),
        (lambda: split_organization(a, [a, b], PAPER, by=NOBODY), "others"),
    ):
        with pytest.raises(Invalid) as refusal:
            act()
        assert refusal.value.field == field

    assert nothing_changed(a, b)
    done = merge_organizations([a, b], Newborn("C"), PAPER, by=NOBODY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.create(reorganization=done, predecessor=a, successor=a)


def test_a_circular_parent_is_refused_by_the_move_as_by_the_correction():
    """“A circular parent”, however far below."""
    top = make.an_organization("Trên")
    middle = make.an_organization("Giữa", parent=top)
    low = make.an_organization("Dưới", parent=middle)

    with pytest.raises(Invalid) as refusal:
        move_organization(top, low, PAPER, by=NOBODY)

    assert refusal.value.field == "parent"
    assert nothing_changed(top, middle, low)


@pytest.mark.parametrize(
    ("decision", "field"),
    [
        (Decision(date(2999, 1, 1)), "effective_on"),
        (Decision(DAY, decided_on=date(2999, 1, 1)), "decided_on"),
        (Decision(DAY, works_until=date(2025, 6, 1)), "works_until"),
    ],
)
def test_days_that_cannot_be_are_refused(two, decision, field):
    with pytest.raises(Invalid) as refusal:
        merge_organizations(two, Newborn("Hội C"), decision, by=NOBODY)

    assert refusal.value.field == field
    assert nothing_changed(*two)


def test_a_unit_ends_once_and_is_nobodys_parent_afterwards(two):
    a, b = two
    dissolve_organization(a, PAPER, by=NOBODY)

    for act in (
        lambda: dissolve_organization(a, PAPER, by=NOBODY),
        lambda: absorb_organizations([b], a, PAPER, by=NOBODY),
        lambda: rename_organization(a, by=NOBODY, name="Hội mới", since=DAY, basis="QĐ"),
        lambda: move_organization(b, a, PAPER, by=NOBODY),
    ):
        with pytest.raises(WrongState):
            act()
    a = fresh(a)
    facts = OrganizationFacts("Hội D", kind="social", level="province", parent=a)
    for correct in (
        lambda: found_organization(facts, by=NOBODY),
        lambda: edit_organization(b, Particulars("social", "province", parent=a), by=NOBODY),
    ):
        with pytest.raises(Invalid) as refusal:
            correct()
        assert refusal.value.field == "parent"
    with pytest.raises(Invalid):
        enter_holder("Người mới", a, by=NOBODY, post="Chủ tịch", since=DAY)

    assert Reorganization.objects.count() == 1


def test_the_new_unit_may_bear_the_name_of_an_old_one(two):
    merge_organizations(two, Newborn("Hội A"), PAPER, by=NOBODY)

    assert [o.name for o in living()] == ["Hội A"]
    assert Organization.objects.filter(name="Hội A").count() == 2


def test_a_name_that_another_unit_bears_is_refused_and_nothing_ends(two):
    make.an_organization("Hội C")

    with pytest.raises(AlreadyDone):
        merge_organizations(two, Newborn("Hội C"), PAPER, by=NOBODY)

    assert nothing_changed(*two)
