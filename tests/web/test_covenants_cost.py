"""The covenant's pages cost the same for few members and for many."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories as make
from tests.many import more_like
from tests.web.counting import cost_of
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


def costs_of(client, acting, covenant, *names):
    """Return how many queries each of these pages makes for a person (None: a visitor)."""
    client.logout()
    if acting is not None:
        client.force_login(make.user_of(acting))
    pages = {name: reverse(f"covenants:{name}", args=[covenant.pk]) for name in names}
    return {name: cost_of(client, page) for name, page in pages.items()}


def a_talked_over_draft():
    """Make a draft of three members: locked sets, and comments of all but the leader."""
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
    return world, covenant


def costs_of_a_draft(client, world, covenant):
    """Return what each page of a draft costs its leader."""
    return costs_of(client, world.heads[0], covenant, "show", "edit", "new_clause", "freeze")


def costs_of_a_round(client, world, covenant):
    """Return what each page costs while some have signed and some have not, and a day later."""
    costs = [
        costs_of(client, world.officer, covenant, "show"),
        costs_of(client, world.heads[0], covenant, "sign"),
    ]
    with clock.at(clock.now() + timedelta(days=1)):
        return [*costs, costs_of(client, world.heads[0], covenant, "show", "declare")]


def costs_in_force(client, world, covenant):
    """Return what the page costs the leader and a visitor."""
    return [costs_of(client, acting, covenant, "show") for acting in (world.heads[0], None)]


def test_each_page_costs_the_same_for_few_members_and_for_many(client):
    """From three members of a draft to nine of a covenant in force, of whom six signed."""
    world, covenant = a_talked_over_draft()
    world.officer = make.officer(world.members[1])
    draft = costs_of_a_draft(client, world, covenant)
    more_like(world, 2, 2)
    assert costs_of_a_draft(client, world, covenant) == draft

    freeze_covenant(covenant, by=world.heads[0], sign_by=clock.today())
    make.sign(covenant, world.heads[2])
    talks = costs_of_a_round(client, world, covenant)
    more_like(world, 2, 2)
    assert costs_of_a_round(client, world, covenant) == talks

    reasons = {organization.pk: "Chưa họp" for organization in world.members}
    with clock.at(clock.now() + timedelta(days=1)):
        declare_in_force(covenant, by=world.heads[0], reasons=reasons)
    in_force = costs_in_force(client, world, covenant)
    more_like(world, 2, 2)
    assert len(parties_of(make.reread(covenant))) == 9
    assert costs_in_force(client, world, covenant) == in_force

    assert max(cost for costs in (draft, *talks, *in_force) for cost in costs.values()) <= MOST
