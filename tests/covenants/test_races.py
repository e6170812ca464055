"""What happens at the same instant: real threads, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection

from tests import factories as make
from tests.covenants.links import a_code, a_link
from thidua.audit.models import Entry
from thidua.audit.verification import verify
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, DomainError
from thidua.covenants.actions.by_link import sign_by_link
from thidua.covenants.models import Covenant
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import locked

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 30


def at_once(*acts: Callable[[], object]) -> list[DomainError | None]:
    """Do each act in a thread of its own, all let go together; return how each was refused."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> DomainError | None:
        try:
            gate.wait(PATIENCE)
            act()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts, timeout=PATIENCE))


def test_two_heads_at_the_same_instant_both_sign_and_it_comes_in_force_once():
    """Two heads signing at the same instant."""
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)

    refusals = at_once(
        lambda: make.sign(covenant, world.heads[0]), lambda: make.sign(covenant, world.heads[1])
    )

    assert refusals == [None, None]
    covenant = make.reread(covenant)
    assert covenant.state == Covenant.State.IN_FORCE
    assert {s.organization_id for s in covenant.version.signatures.all()} == {
        o.pk for o in world.members
    }
    codes = list(Entry.objects.order_by("pk").values_list("code", flat=True))
    assert codes.count("covenant.signed") == 2
    assert codes.count("covenant.in_force") == 1
    assert codes[-1] == "covenant.in_force"
    assert verify([])[1] == []


def test_a_whole_hall_signing_at_the_same_instant_keeps_every_signature():
    """Two heads signing at the same instant: here eight of them."""
    world = make.a_bloc(8)
    covenant = make.a_frozen_covenant(world)

    refusals = at_once(*[lambda h=head: make.sign(covenant, h) for head in world.heads])

    assert refusals == [None] * 8
    covenant = make.reread(covenant)
    assert covenant.state == Covenant.State.IN_FORCE
    assert covenant.version.signatures.count() == 8


def test_one_head_pressing_twice_at_once_signs_once():
    """one signing twice; a form sent twice."""
    world = make.a_bloc(3)
    covenant = make.a_frozen_covenant(world)

    refusals = at_once(
        lambda: make.sign(covenant, world.heads[0]), lambda: make.sign(covenant, world.heads[0])
    )

    assert sorted(type(refusal) for refusal in refusals if refusal) == [AlreadyDone]
    assert make.reread(covenant).version.signatures.count() == 1
    assert Entry.objects.filter(code="covenant.signed").count() == 1


def test_signing_while_a_member_leaves_waits_and_both_are_done():
    """a member that leaves between freezing and signing."""
    world = make.a_bloc(3)
    covenant = make.a_frozen_covenant(world)
    make.sign(covenant, world.heads[0])
    left = world.enrolments[2]

    with ThreadPoolExecutor(1) as pool:
        with deed():
            locked(world.cycle)
            signing = pool.submit(_sign_and_close, covenant, world.heads[1])
            _wait_until_somebody_waits()
            leave_cycle(left, by=world.board, on=left.joined_on, reason="giải thể")
        signing.result(PATIENCE)

    covenant = make.reread(covenant)
    assert covenant.state == Covenant.State.IN_FORCE
    assert covenant.version.signatures.count() == 2


def _sign_and_close(covenant: Covenant, acting: make.Acting) -> None:
    try:
        make.sign(covenant, acting)
    finally:
        connection.close()


def _wait_until_somebody_waits() -> None:
    """Return once another connection waits for a lock (PostgreSQL; SQLite lets nobody in)."""
    if connection.vendor != "postgresql":
        return
    for _n in range(500):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        Event().wait(0.02)
    pytest.fail("nobody waited")


def test_one_link_used_twice_at_once_signs_once():
    """Twice at once: the same link and code in two windows."""
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    link, _token = a_link(world, covenant)
    code, digest = a_code(link), link.version.digest

    refusals = at_once(*[lambda: sign_by_link(link, code=code, digest=digest)] * 2)

    assert len([refusal for refusal in refusals if refusal]) == 1
    assert make.reread(covenant).version.signatures.count() == 1
    assert Entry.objects.filter(code="link.used").count() == 1


def test_two_members_finishing_at_the_same_instant_the_last_by_a_link():
    """two members finishing at the same instant in turn and side by side (both count)."""
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    link, _token = a_link(world, covenant)
    code, digest = a_code(link), link.version.digest

    refusals = at_once(
        lambda: make.sign(covenant, world.heads[0]),
        lambda: sign_by_link(link, code=code, digest=digest),
    )

    assert refusals == [None, None]
    assert make.reread(covenant).state == Covenant.State.IN_FORCE
    assert Entry.objects.filter(code="covenant.in_force").count() == 1


def test_two_members_whose_turns_follow_each_other_at_the_same_instant():
    """two members finishing at the same instant in turn and side by side (both count)."""
    world = make.a_bloc(2)
    covenant = make.a_round_in_order(world, [0, 1])

    first, second = at_once(
        lambda: make.sign(covenant, world.heads[0]), lambda: make.sign(covenant, world.heads[1])
    )

    assert first is None
    if second is not None:  # it came a moment before its turn, was told so, and tries again
        assert "đang đến lượt" in second.sentence
        make.sign(covenant, world.heads[1])
    assert make.reread(covenant).state == Covenant.State.IN_FORCE
    assert make.reread(covenant).version.signatures.count() == 2
