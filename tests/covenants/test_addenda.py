"""An addendum (phụ lục): names the version it changes, is signed by all, and holds beside it."""

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.kept import kept
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.covenants.actions.drafting import write_clause
from thidua.covenants.actions.freezing import amend_covenant, begin_addendum, freeze_covenant
from thidua.covenants.models import Covenant
from thidua.covenants.queries import current_covenant
from thidua.typesetting.official import from_data

pytestmark = pytest.mark.django_db
State = Covenant.State


@pytest.fixture
def world():
    return make.a_bloc(2)


@pytest.fixture
def covenant(world):
    return make.in_force(world)


@kept
def an_addendum(world, covenant) -> Covenant:
    """Begin an addendum with one clause."""
    addendum = begin_addendum(covenant, by=world.heads[0], reason="Thêm chỉ tiêu chuyển đổi số")
    write_clause(
        addendum,
        by=world.heads[0],
        heading="Chuyển đổi số",
        body="Mỗi đơn vị 1 mô hình.",
        kind="text",
    )
    return make.reread(addendum)


@kept
def frozen(world, covenant) -> Covenant:
    """Freeze an addendum for signing today."""
    addendum = an_addendum(world, covenant)
    freeze_covenant(addendum, by=world.heads[0], sign_by=clock.today())
    return make.reread(addendum)


def test_it_names_the_version_it_changes_by_number_day_and_code(world, covenant):
    addendum = frozen(world, covenant)

    text = addendum.version.text
    assert text.startswith(f"PHỤ LỤC SỐ 1 CỦA BẢN GIAO ƯỚC THI ĐUA NĂM {covenant.cycle.year}\n")
    assert f"sửa đổi, bổ sung {covenant.title}, bản số 1, chốt ngày" in text
    assert covenant.version.shown_code in text
    assert "1. Chuyển đổi số\nMỗi đơn vị 1 mô hình." in text


def test_its_paper_is_the_covenants_with_its_own_words_and_code(world, covenant):
    addendum = frozen(world, covenant)

    paper = from_data(addendum.version.official)
    assert paper.type_name.startswith("PHỤ LỤC SỐ 1")
    assert [one.party for one in paper.signatories] == [o.name for o in world.members]
    assert addendum.version.code
    assert addendum.version.code != covenant.version.code


def test_all_sign_it_and_it_comes_in_force_beside_the_covenant(world, covenant):
    addendum = frozen(world, covenant)
    for head in world.heads:
        make.sign(addendum, head)

    assert make.reread(addendum).state == State.IN_FORCE
    assert make.reread(covenant).state == State.IN_FORCE
    assert current_covenant(world.cycle, world.heads[0]) == covenant


def test_it_is_begun_only_on_a_covenant_in_force_with_a_reason_and_one_at_a_time(world, covenant):
    """a form sent twice: beginning an addendum."""
    with pytest.raises(Invalid):
        begin_addendum(covenant, by=world.heads[0], reason=" ")
    addendum = an_addendum(world, covenant)
    with pytest.raises(AlreadyDone, match="chưa ký xong"):
        begin_addendum(covenant, by=world.heads[0], reason="Thêm nữa")
    with pytest.raises(WrongState):
        begin_addendum(addendum, by=world.heads[0], reason="Phụ lục của phụ lục")


def test_a_covenant_that_is_still_signed_has_no_addendum(world):
    covenant = make.a_frozen_covenant(world)

    with pytest.raises(WrongState):
        begin_addendum(covenant, by=world.heads[0], reason="Thêm")


def test_a_new_whole_version_ends_the_addenda_of_the_old_one(world, covenant):
    addendum = frozen(world, covenant)
    for head in world.heads:
        make.sign(addendum, head)
    new = amend_covenant(covenant, by=world.heads[0], reason="Viết lại cả bản")
    freeze_covenant(make.reread(new), by=world.heads[0], sign_by=clock.today())
    for head in world.heads:
        make.sign(new, head)

    assert new.number == 2
    assert make.reread(new).state == State.IN_FORCE
    assert make.reread(addendum).state == State.SUPERSEDED


def test_an_addendum_to_what_no_longer_holds_is_not_frozen(world, covenant):
    addendum = an_addendum(world, covenant)
    new = amend_covenant(covenant, by=world.heads[0], reason="Viết lại cả bản")
    freeze_covenant(make.reread(new), by=world.heads[0], sign_by=clock.today())
    for head in world.heads:
        make.sign(new, head)

    with pytest.raises(WrongState, match="không còn hiệu lực"):
        freeze_covenant(make.reread(addendum), by=world.heads[0], sign_by=clock.today())


def test_an_addendum_is_itself_written_anew_after_it_was_signed(world, covenant):
    addendum = frozen(world, covenant)
    for head in world.heads:
        make.sign(addendum, head)

    second = amend_covenant(addendum, by=world.heads[0], reason="Sai số")

    assert (second.kind, second.number, second.amends) == ("addendum", 2, covenant)
    freeze_covenant(make.reread(second), by=world.heads[0], sign_by=clock.today())
    for head in world.heads:
        make.sign(second, head)
    assert make.reread(addendum).state == State.SUPERSEDED
    assert make.reread(covenant).state == State.IN_FORCE


def test_the_database_lets_no_addendum_stand_alone(world, covenant):
    with pytest.raises(IntegrityError), transaction.atomic():
        Covenant.objects.create(cycle=world.cycle, kind="addendum", number=9)
    with pytest.raises(IntegrityError), transaction.atomic():
        Covenant.objects.create(cycle=world.cycle, number=9, amends=covenant)
