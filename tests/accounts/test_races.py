"""Two who come in, or print, at the same instant: real threads, each with its own connection."""

import pytest

from tests import factories as make
from tests.covenants.test_races import at_once
from thidua.accounts.acting import NOBODY
from thidua.accounts.actions.inviting import (
    DeadCode,
    accept_invitation,
    find_invitation,
    invite,
)
from thidua.accounts.models import Invitation, User

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_browsers_at_the_same_instant_one_sets_the_password():
    user = make.user_of(make.officer(make.an_organization()))
    code = invite([user], by=NOBODY, way="slip")[0].code
    opened = [find_invitation(user.username, code) for _n in range(2)]
    passwords = ["hoa-sen-nam-canh", "cay-da-ben-nuoc"]

    refusals = at_once(
        lambda: accept_invitation(opened[0], password=passwords[0]),
        lambda: accept_invitation(opened[1], password=passwords[1]),
    )

    assert sorted(map(str, map(type, refusals))) == sorted(map(str, [DeadCode, type(None)]))
    winner = passwords[refusals.index(None)]
    assert User.objects.get(pk=user.pk).check_password(winner)


def test_of_slips_printed_at_the_same_instant_one_lives():
    users = [make.user_of(make.officer(make.an_organization())) for _n in range(3)]

    refusals = at_once(
        lambda: invite(users, by=NOBODY, way="slip"),
        lambda: invite(users[::-1], by=NOBODY, way="slip"),
    )

    assert refusals == [None, None]
    assert Invitation.objects.filter(used_at=None, ended_at=None).count() == len(users)
