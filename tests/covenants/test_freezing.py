"""Freezing a covenant, opening it again, a new version: what stands, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.kept import kept
from tests.tampering import alter
from thidua.audit.queries import head_digest
from thidua.core import clock
from thidua.core.digest import digest_text
from thidua.core.errors import AlreadyDone, Invalid, OutOfTime, WrongState
from thidua.covenants.actions.drafting import draft_covenant, remove_clause, write_frame
from thidua.covenants.actions.freezing import (
    amend_covenant,
    draft_digest,
    freeze_covenant,
    unfreeze_covenant,
)
from thidua.covenants.models import Covenant
from thidua.cycles.actions.members import join_cycle, leave_cycle
from thidua.cycles.actions.years import close_cycle, set_phase
from thidua.documents.actions import ChangedText
from thidua.documents.models import Signature, Version
from thidua.notifications.models import Notice

pytestmark = pytest.mark.django_db
State = Covenant.State


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
@kept
def draft(world):
    return draft_covenant(world.cycle, by=world.heads[0])


def freeze(covenant: Covenant, world: make.World, **told: Any) -> Covenant:
    """Freeze as the leader, for a round until today unless told otherwise."""
    return freeze_covenant(covenant, by=world.heads[0], **{"sign_by": clock.today(), **told})


def test_freezing_keeps_the_exact_text_its_digest_and_the_head_of_the_chain(world, draft):
    before = head_digest(f"bloc:{world.bloc.pk}")
    seen = draft_digest(draft)

    freeze(draft, world, seen_digest=seen)

    covenant = make.reread(draft)
    assert covenant.state == State.SIGNING
    assert covenant.version.digest == seen == digest_text(covenant.version.text)
    assert covenant.version.chain_head == before
    assert covenant.matches
    assert Notice.objects.filter(sentence__contains="mời đơn vị ký").count() == 3


def test_a_draft_that_changed_since_it_was_seen_is_not_frozen(world, draft):
    seen = draft_digest(draft)
    write_frame(draft, by=world.heads[0], bases="", opening="Thêm lời.")

    with pytest.raises(ChangedText, match="vừa thay đổi"):
        freeze(draft, world, seen_digest=seen)

    assert make.reread(draft).state == State.DRAFT
    assert not Version.objects.exists()


def test_a_movement_of_the_year_that_changed_counts_as_a_change(world, draft):
    seen = draft_digest(draft)
    join_cycle(world.cycle, make.an_organization(), by=world.board)

    with pytest.raises(ChangedText):
        freeze(draft, world, seen_digest=seen)


def test_a_covenant_without_clauses_is_not_frozen(world, draft):
    for clause in draft.clauses.all():
        remove_clause(clause, by=world.heads[0])

    with pytest.raises(Invalid, match="ít nhất một điều khoản"):
        freeze(draft, world)


def test_a_covenant_without_members_is_not_frozen(world, draft):
    for enrolment in world.enrolments:
        leave_cycle(enrolment, by=world.board, on=clock.today(), reason="giải thể")

    with pytest.raises(Invalid, match="Chưa có đơn vị"):
        freeze(draft, world)


def test_the_day_to_sign_by_is_not_in_the_past(world, draft):
    with pytest.raises(Invalid) as refused:
        freeze(draft, world, sign_by=clock.today() - timedelta(days=1))

    assert refused.value.field == "sign_by"


def test_what_is_frozen_is_not_frozen_again(world, draft):
    """a form sent twice: freezing."""
    freeze(draft, world)

    with pytest.raises(WrongState):
        freeze(draft, world)

    assert Version.objects.count() == 1


def test_nothing_is_frozen_before_the_phase_opens_or_in_a_closed_year(world, draft):
    opens = clock.today() + timedelta(days=5)
    set_phase(world.cycle, by=world.board, kind="covenant", opens_on=opens)
    with pytest.raises(OutOfTime, match="mở từ ngày"):
        freeze(draft, world)

    close_cycle(world.fresh_cycle(), by=world.board)

    with pytest.raises(WrongState):
        freeze(draft, world)


def test_opening_again_needs_a_reason_and_leaves_it_behind(world, draft):
    freeze(draft, world)
    with pytest.raises(Invalid) as refused:
        unfreeze_covenant(draft, by=world.heads[0], reason="  ")
    assert refused.value.field == "reason"

    unfreeze_covenant(draft, by=world.heads[0], reason="Sai tên đơn vị")

    covenant = make.reread(draft)
    assert (covenant.state, covenant.version, covenant.sign_by) == (State.DRAFT, None, None)
    assert covenant.unfreezings.get().version == Version.objects.get()
    assert len([n for n in Notice.objects.all() if n.text.endswith("Sai tên đơn vị")]) == 3


def test_what_somebody_has_signed_is_not_opened_again(world):
    covenant = make.a_frozen_covenant(world)
    make.sign(covenant, world.heads[1])

    with pytest.raises(WrongState, match="lập bản mới"):
        unfreeze_covenant(covenant, by=world.heads[0], reason="Sai")

    assert make.reread(covenant).state == State.SIGNING


def test_a_draft_is_neither_opened_again_nor_amended(world, draft):
    for act in (unfreeze_covenant, amend_covenant):
        with pytest.raises(WrongState):
            act(draft, by=world.heads[0], reason="Sai")


def test_nobody_having_signed_it_is_opened_again_rather_than_amended(world):
    covenant = make.a_frozen_covenant(world)

    with pytest.raises(WrongState, match="Chưa ai ký"):
        amend_covenant(covenant, by=world.heads[0], reason="Sai")


def test_a_new_version_names_the_old_one_and_all_sign_it_anew(world):
    old = make.in_force(world)

    new = amend_covenant(old, by=world.heads[0], reason="Thêm phong trào")

    assert (new.number, new.previous, new.amend_reason) == (2, old, "Thêm phong trào")
    assert [c.heading for c in new.clauses.all()] == [c.heading for c in old.clauses.all()]
    freeze(new, world)
    for head in world.heads[:2]:
        make.sign(new, head)
    assert make.reread(old).state == State.IN_FORCE
    make.sign(new, world.heads[2])
    assert make.reread(old).state == State.SUPERSEDED
    assert make.reread(new).state == State.IN_FORCE
    assert make.reread(new).version.previous == old.version
    assert Signature.objects.filter(version=old.version).count() == 3


def test_a_new_version_needs_a_reason_and_begins_once(world):
    """a form sent twice: a new version."""
    old = make.in_force(world)
    with pytest.raises(Invalid) as refused:
        amend_covenant(old, by=world.heads[0], reason="")
    assert refused.value.field == "reason"
    amend_covenant(old, by=world.heads[0], reason="Sai")

    with pytest.raises(AlreadyDone, match="bản mới hơn"):
        amend_covenant(old, by=world.heads[0], reason="Sai")


def test_a_round_that_still_runs_ends_with_the_new_version(world):
    covenant = make.a_frozen_covenant(world)
    make.sign(covenant, world.heads[1])

    amend_covenant(covenant, by=world.heads[0], reason="Sai")

    assert make.reread(covenant).state == State.SUPERSEDED
    with pytest.raises(WrongState):
        make.sign(covenant, world.heads[2])


def test_changing_the_digest_along_with_the_text_does_not_match_what_was_signed(world):
    """a covenant text changed behind the frozen digest (every page then says that it no longer
    matches): even when the digest was changed along with it."""
    covenant = make.in_force(world)
    other = covenant.version.text.replace("Đoàn kết", "Chia rẽ")
    assert other != covenant.version.text

    alter(covenant.version_id, text=other, digest=digest_text(other))

    assert make.reread(covenant).matches is False
