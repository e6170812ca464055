"""The covenant's pages cost the same for three members and for twenty-five."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories as make
from thidua.core import clock
from thidua.covenants.actions.drafting import (
    circulate_covenant,
    comment_on_covenant,
    draft_covenant,
    reply_to_comment,
)
from thidua.covenants.actions.freezing import freeze_covenant
from thidua.covenants.actions.signing import declare_in_force
from thidua.cycles.actions.years import set_phase

pytestmark = pytest.mark.django_db
MOST = 15
SIZES = (3, 25)


@contextmanager
def counting(counts):
    """Add the number of queries made within the block to ``counts``."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        yield
    counts.append(len(captured))


def read(client, name, covenant):
    """Open a covenant's page; it must be there."""
    assert client.get(reverse(f"covenants:{name}", args=[covenant.pk])).status_code == 200


def a_talked_over_draft(members):
    """Make a draft with a phase, a locked set, and two comments for each member but the leader."""
    world = make.a_bloc(members)
    leader = world.heads[0]
    set_phase(world.cycle, by=world.board, kind="covenant", opens_on=clock.today())
    for member in (1, members - 1):
        make.a_locked_set(world, member)
    covenant = draft_covenant(world.cycle, by=leader)
    circulate_covenant(covenant, by=leader)
    for head in world.heads[1:]:
        comment_on_covenant(covenant, by=head, body="Đồng ý")
        said = comment_on_covenant(covenant, by=head, body="Bớt chỉ tiêu")
        reply_to_comment(said, by=leader, is_taken_up=True, body="")
    return world, covenant


def test_a_draft_costs_the_same_for_three_members_and_for_twenty_five(client):
    shown, edited, frozen = [], [], []
    for members in SIZES:
        world, covenant = a_talked_over_draft(members)
        client.force_login(make.user_of(world.heads[0]))
        for name, counts in (("show", shown), ("edit", edited), ("freeze", frozen)):
            with counting(counts):
                read(client, name, covenant)

    for counts in (shown, edited, frozen):
        assert counts[0] == counts[1] <= MOST


def test_a_round_costs_the_same_for_three_members_and_for_twenty_five(client):
    shown, signed, by_officer = [], [], []
    for members in SIZES:
        world, covenant = a_talked_over_draft(members)
        freeze_covenant(covenant, by=world.heads[0], sign_by=clock.today())
        make.sign(covenant, world.heads[1])
        officer = make.officer(world.members[2])
        client.force_login(make.user_of(world.heads[0]))
        with counting(shown):
            read(client, "show", covenant)
        with counting(signed):
            read(client, "sign", covenant)
        client.force_login(make.user_of(officer))
        with counting(by_officer):
            read(client, "show", covenant)

    for counts in (shown, signed, by_officer):
        assert counts[0] == counts[1] <= MOST


def test_in_force_it_costs_the_same_for_three_members_and_for_twenty_five(client):
    for_members, for_all = [], []
    for members in SIZES:
        world, covenant = a_talked_over_draft(members)
        freeze_covenant(covenant, by=world.heads[0], sign_by=clock.today())
        for head in world.heads[: members // 2]:
            make.sign(covenant, head)
        with clock.at(clock.now() + timedelta(days=1)):
            reasons = {o.pk: "Chưa họp" for o in world.members}
            declare_in_force(covenant, by=world.heads[0], reasons=reasons)
        client.logout()
        with counting(for_all):
            read(client, "show", covenant)
        client.force_login(make.user_of(world.heads[0]))
        with counting(for_members):
            read(client, "show", covenant)

    for counts in (for_members, for_all):
        assert counts[0] == counts[1] <= MOST
