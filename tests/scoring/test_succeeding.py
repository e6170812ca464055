"""A member's marks when its organisation merges in the middle of the year."""

from datetime import date

import pytest

from tests import factories as make
from tests.scoring.factories import a_result, a_self_score, a_table, card_of, sheet_of
from tests.scoring.factories import given as marks_for
from thidua.core import clock
from thidua.cycles.actions.succeeding import key_of
from thidua.organizations.actions import Decision, Newborn, merge_organizations
from thidua.organizations.models import Organization
from thidua.scoring.actions.checks import assign_check, declare_conflict
from thidua.scoring.actions.marking import save_marks
from thidua.scoring.facts import find_fact
from thidua.scoring.models import Conflict, Sheet

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)


@pytest.fixture
def world():
    with clock.at(date(2026, 8, 3)):
        yield make.a_bloc(4, year=2026)


def merged(world):
    """Merge the third member and a unit outside the bloc; its part goes on under the new one."""
    choices = {key_of(world.enrolments[2]): "carry:0"}
    old = [world.members[2], make.an_organization()]
    merge_organizations(old, Newborn("Hội mới"), Decision(DAY, choices=choices), by=world.board)
    return Organization.objects.get(name="Hội mới")


def test_marks_that_were_given_stay_and_the_successor_goes_on(world):
    a_table(world)
    a_self_score(world, 2, I_1=30)
    given = list(sheet_of(world, 2).marks.values_list("points", flat=True))

    new = merged(world)

    sheet = sheet_of(world, 2)
    assert (sheet.organization, sheet.is_sent) == (new, True)
    assert list(sheet.marks.values_list("points", flat=True)) == given
    assert card_of(world, 2).enrolment.former_names == [world.members[2].name]


def test_the_successor_checks_whom_the_old_unit_was_asked_to_check_and_keeps_its_conflicts(world):
    a_table(world)
    check = assign_check(card_of(world, 3), world.members[2].pk, by=world.heads[0])
    declare_conflict(world.enrolments[1], by=world.heads[2], reason="cùng một nhà")

    new = merged(world)
    head = make.head(new)

    assert Sheet.objects.get(pk=check.pk).organization == new
    assert Conflict.objects.get().organization == new
    sheet = Sheet.objects.get(pk=check.pk)
    save_marks(sheet, marks_for(sheet, {"I.1": 10}), by=head)


def test_what_was_signed_by_the_old_unit_counts_as_signed_by_the_member(world):
    make.in_force(world)

    merged(world)
    part = world.fresh_cycle().current()[2]

    assert find_fact("covenant_on_time", part).value == 1


def test_a_result_that_was_drawn_up_keeps_the_name_of_its_day(world):
    a_table(world)
    a_self_score(world, 2, I_1=30)
    result = a_result(world)
    former = world.members[2].name

    merged(world)

    standing = result.standings.get(enrolment=world.enrolments[2])
    assert standing.unit_name == former
