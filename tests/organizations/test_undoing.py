"""An act entered by mistake is undone while nothing depends on it; its paper is corrected."""

from datetime import date

import pytest

from tests import factories as make
from thidua.accounts.acting import NOBODY
from thidua.audit.models import Entry
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.organizations.actions import (
    Decision,
    Newborn,
    absorb_organizations,
    correct_reorganization,
    dissolve_organization,
    enter_holder,
    merge_organizations,
    move_organization,
    rename_organization,
    split_organization,
    undo_reorganization,
)
from thidua.organizations.models import Organization, Reorganization
from thidua.organizations.queries import living

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)
PAPER = Decision(DAY, number="QĐ 15", decided_on=date(2025, 6, 20), issuer="UBND tỉnh")


@pytest.fixture
def two():
    return make.an_organization("Hội A"), make.an_organization("Hội B")


def fresh(organization):
    return Organization.objects.get(pk=organization.pk)


def test_what_nothing_depends_on_is_undone_and_its_sentence_stays(two):
    done = merge_organizations(two, Newborn("Hội C"), PAPER, by=NOBODY)

    undo_reorganization(done, by=NOBODY, reason="ghi nhầm")

    assert {o.name for o in living()} == {"Hội A", "Hội B"}
    assert Organization.objects.count() == 2
    assert Reorganization.objects.get().told == "Hội A; Hội B hợp nhất thành Hội C"
    assert Entry.objects.filter(code="organization.undone").count() == 3
    with pytest.raises(AlreadyDone):
        undo_reorganization(done, by=NOBODY, reason="lần nữa")


def test_a_name_or_a_move_is_undone_to_what_was_before():
    old, new = make.an_organization("Cũ"), make.an_organization("Mới")
    unit = make.an_organization("Hội A", parent=old, place="Nam Định")
    renamed = rename_organization(unit, by=NOBODY, name="Hội X", since=DAY, basis="QĐ", place="Huế")
    moved = move_organization(unit, new, Decision(date(2025, 8, 1)), by=NOBODY, place="Ninh Bình")

    with pytest.raises(WrongState):  # the newest first
        undo_reorganization(renamed.act, by=NOBODY, reason="nhầm")
    undo_reorganization(moved, by=NOBODY, reason="nhầm")
    undo_reorganization(renamed.act, by=NOBODY, reason="nhầm")

    unit = fresh(unit)
    assert (unit.name, unit.parent, unit.place) == ("Hội A", old, "Nam Định")
    assert (unit.former_names, [n.until for n in unit.names.all()]) == ("", [None])


def test_what_others_have_built_on_is_not_undone_and_one_is_told_what_to_do(two):
    child = make.an_organization("Chi hội", parent=two[0])
    followed = absorb_organizations([two[0]], two[1], PAPER, by=NOBODY)
    used = split_organization(child, [Newborn("Một"), Newborn("Hai")], PAPER, by=NOBODY)
    enter_holder("Người", Organization.objects.get(name="Một"), by=NOBODY, post="Chủ tịch")

    for done in (followed, used):
        with pytest.raises(WrongState) as refusal:
            undo_reorganization(done, by=NOBODY, reason="nhầm")
        assert "ghi" in refusal.value.sentence
    with pytest.raises(Invalid):
        undo_reorganization(used, by=NOBODY, reason=" ")

    assert Reorganization.objects.filter(undone_at=None).count() == 2


def test_the_paper_of_an_act_is_corrected_and_what_stood_there_is_kept(two):
    done = dissolve_organization(two[0], PAPER, by=NOBODY)

    correct_reorganization(done, by=NOBODY, number="QĐ 51", issuer="UBND tỉnh Ninh Bình")

    done = Reorganization.objects.get()
    assert (done.basis, done.effective_on) == ("QĐ 51, UBND tỉnh Ninh Bình", DAY)
    facts = Entry.objects.get(code="organization.paper_corrected").facts
    assert facts == {"before": "QĐ 15, ngày 20/6/2025, UBND tỉnh"}
    with pytest.raises(Invalid):
        correct_reorganization(done, by=NOBODY, number="1", decided_on=date(2999, 1, 1))
