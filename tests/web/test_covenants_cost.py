"""The covenant's pages cost the same for three members and for nine."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories as make
from tests.many import more_like
from thidua.core import clock
from thidua.covenants.actions.drafting import (
    circulate_covenant,
    comment_on_covenant,
    draft_covenant,
    reply_to_comment,
)
from thidua.covenants.actions.freezing import freeze_covenant
from thidua.covenants.actions.signing import declare_in_force
from thidua.covenants.queries import parties_of
from thidua.cycles.actions.years import set_phase

pytestmark = pytest.mark.django_db
MOST = 15


def cost_of(client, name, covenant, acting=None):
    """Return how many queries a covenant's page makes for a person (None: a visitor)."""
    client.logout()
    if acting is not None:
        client.force_login(make.user_of(acting))
    with CaptureQueriesContext(connection) as captured:
        response = client.get(reverse(f"covenants:{name}", args=[covenant.pk]))
    assert response.status_code == 200
    return len(captured)


def a_talked_over_draft(more):
    """Make a draft with a phase, locked sets, and two comments of each member but the leader.

    There are three members, and ``more`` like the last.
    """
    world = make.a_bloc(3)
    leader = world.heads[0]
    set_phase(world.cycle, by=world.board, kind="covenant", opens_on=clock.today())
    for member in (1, 2):
        make.a_locked_set(world, member)
    covenant = draft_covenant(world.cycle, by=leader)
    circulate_covenant(covenant, by=leader)
    for head in world.heads[1:]:
        comment_on_covenant(covenant, by=head, body="Đồng ý")
        said = comment_on_covenant(covenant, by=head, body="Bớt chỉ tiêu")
        reply_to_comment(said, by=leader, is_taken_up=True, body="")
    more_like(world, 2, more)
    return world, covenant


def costs_of_a_year(client, members):
    """Return what each page costs as a covenant of ``members`` goes from draft to in force.

    There are three, and as many like the third before it signs as after.
    """
    world, covenant = a_talked_over_draft((members - 3) // 2)
    leader, officer = world.heads[0], make.officer(world.members[1])
    costs = {
        f"draft {name}": cost_of(client, name, covenant, leader)
        for name in ("show", "edit", "new_clause", "freeze")
    }
    freeze_covenant(covenant, by=leader, sign_by=clock.today())
    make.sign(covenant, world.heads[2])
    more_like(world, 2, (members - 3) // 2)
    costs["round sign"] = cost_of(client, "sign", covenant, leader)
    assert len(parties_of(make.reread(covenant))) == members
    costs["round officer"] = cost_of(client, "show", covenant, officer)
    with clock.at(clock.now() + timedelta(days=1)):
        costs["round leader"] = cost_of(client, "show", covenant, leader)
        costs["declare"] = cost_of(client, "declare", covenant, leader)
        reasons = {organization.pk: "Chưa họp" for organization in world.members}
        declare_in_force(covenant, by=leader, reasons=reasons)
    costs["in force leader"] = cost_of(client, "show", covenant, leader)
    costs["in force visitor"] = cost_of(client, "show", covenant)
    return costs


def test_each_page_costs_the_same_for_three_members_and_for_nine(client):
    for_three, for_many = (costs_of_a_year(client, members) for members in (3, 9))

    assert for_three == for_many
    assert {page: cost for page, cost in for_many.items() if cost > MOST} == {}
