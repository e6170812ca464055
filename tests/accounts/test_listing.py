"""The list of accounts: whose are in it, how it is searched, who has never come."""

from datetime import date, timedelta

import pytest

from tests import factories as make
from thidua.accounts.acting import NOBODY, acting_of
from thidua.accounts.actions.guarding import close_account
from thidua.accounts.actions.inviting import invite
from thidua.accounts.models import User
from thidua.accounts.queries import (
    Standing,
    accounts_for,
    accounts_found,
    standing_as,
    with_ways_in,
)
from thidua.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.user_of(make.officer(make.an_organization()))


def a_slip(user):
    return invite([user], by=NOBODY, way="slip")[0]


def test_the_list_holds_whom_one_staffs_and_for_an_operator_everyone():
    body = make.an_organization(kind="board")
    unit, away = make.an_organization(parent=body), make.an_organization()
    officer = make.user_of(make.officer(unit))
    ended = make.user_of(make.a_person_for(unit, "officer", until=date(2001, 1, 1)))
    left = make.a_person_for(unit, "officer", until=date(2001, 1, 1))
    make.appoint(left.user, away, by=NOBODY, role="officer", terms=make.Terms(date(2026, 1, 1)))
    head, board = make.head(unit), make.board(body)
    operator = make.a_person_for(body, "operator")
    mine = {officer, ended, make.user_of(head)}

    assert set(accounts_for(head)) == mine
    assert set(accounts_for(board)) == mine | {make.user_of(board), make.user_of(operator)}
    assert set(accounts_for(operator)) == set(User.objects.all())
    assert not accounts_for(acting_of(officer)).exists()
    assert not accounts_for(NOBODY).exists()


def test_the_list_is_searched_by_name_unit_user_name_and_address():
    unit = make.an_organization("Hội Chữ thập đỏ")
    user = make.user_of(make.a_person_for(unit, "officer", name="Trần Thị Bình"))
    User.objects.filter(pk=user.pk).update(email="binh@donvi.vn")
    make.officer(make.an_organization("Hội Khuyến học"))
    everyone = User.objects.all()

    for text in ("tran binh", "chu thap do", user.username.upper(), "Binh@don"):
        assert list(accounts_found(everyone, text)) == [user]
    assert accounts_found(everyone, "  ").count() == 2
    assert not accounts_found(everyone, "!!!").exists()


def test_who_has_never_signed_in_is_told_from_who_has(officer):
    unit = make.an_organization()
    fresh, waiting, closed, late = (make.user_of(make.officer(unit)) for _n in range(4))
    User.objects.filter(pk=officer.pk).update(last_login=clock.now())
    a_slip(waiting)
    with clock.at(clock.now() - timedelta(days=60)):
        a_slip(late)
    close_account(closed, by=NOBODY, reason="Nhầm")

    found = {name: set(standing_as(User.objects.all(), name)) for name in [*Standing, "x"]}
    assert found[Standing.NEVER] == {fresh, waiting, late}
    assert found[Standing.UNINVITED] == {fresh, late}
    assert found[Standing.INVITED] == {waiting}
    assert found[Standing.CLOSED] == {closed}
    assert len(found["x"]) == 5
    shown = {user.pk: user.open_invitations for user in with_ways_in(User.objects.all())}
    assert {pk for pk, ones in shown.items() if ones} == {waiting.pk, late.pk}
