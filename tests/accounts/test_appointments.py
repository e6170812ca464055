"""Rights come from appointments: who gives them, for which days, and what ends them."""

from datetime import date, timedelta

import pytest

from tests import factories as make
from thidua.accounts.acting import NOBODY, acting_of
from thidua.accounts.actions import Terms, appoint, end_appointment, held_today
from thidua.accounts.models import Appointment
from thidua.accounts.queries import appointments_for, people_of, roles_to_give
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, NoRight

pytestmark = pytest.mark.django_db
Role, Manner = Appointment.Role, Appointment.Manner
START = date(2026, 1, 1)


@pytest.fixture
def unit():
    return make.an_organization("Hội Chữ thập đỏ")


def stand_in(unit, principal, **terms):
    """Give a new person the right to stand in for ``principal``."""
    user = make.user_of(make.officer(unit))
    terms = {"since": START, "post": "Phó Chủ tịch", "manner": Manner.FOR, **terms}
    given = Terms(stands_in_for=principal, **terms)
    return appoint(user, unit, by=NOBODY, role=Role.STAND_IN, terms=given)


@pytest.fixture
def principal(unit):
    return make.head(unit).appointments[0]


def test_an_appointment_holds_from_its_first_to_its_last_day(unit):
    since, until = date(2026, 3, 1), date(2026, 3, 31)
    user = make.user_of(make.head(unit, since=since, until=until))
    held = {}
    for day in (since - timedelta(1), since, until, until + timedelta(1)):
        with clock.at(day):
            held[day] = acting_of(user).organization

    assert list(held.values()) == [None, unit, unit, None]


def test_an_ended_appointment_gives_no_right_from_the_day_after_on(unit, principal):
    ended = end_appointment(principal, by=NOBODY, on=clock.today(), reason="Nghỉ hưu")
    acting = acting_of(principal.user)
    assert acting.has_role(Role.HEAD)

    with clock.at(clock.today() + timedelta(1)):
        assert acting_of(principal.user).organization is None
        assert list(people_of([unit.pk])) == []
        with pytest.raises(NoRight):
            held_today(acting, Role.HEAD)
    assert ended.until == clock.today()
    assert Entry.objects.get(code="appointment.ended").facts["reason"] == "Nghỉ hưu"


def test_an_appointment_that_ended_since_the_page_was_opened_is_refused_in_the_deed(unit):
    acting = make.head(unit)
    yesterday = clock.today() - timedelta(1)
    end_appointment(acting.appointments[0], by=NOBODY, on=yesterday, reason="Chuyển công tác")

    with pytest.raises(NoRight, match="hết hạn"):
        held_today(acting, Role.HEAD)


@pytest.mark.parametrize(
    ("on", "reason", "field"),
    [
        (date(1999, 12, 31), "Nghỉ hưu", "on"),
        (date(2026, 6, 1), " ", "reason"),
    ],
    ids=["before it began", "without a reason"],
)
def test_ending_needs_a_day_after_its_beginning_and_a_reason(principal, on, reason, field):
    with pytest.raises(Invalid) as refusal:
        end_appointment(principal, by=NOBODY, on=on, reason=reason)

    assert refusal.value.field == field


def test_an_appointment_is_not_ended_later_than_it_was(principal):
    end_appointment(principal, by=NOBODY, on=date(2026, 5, 1), reason="Nghỉ hưu")

    with pytest.raises(AlreadyDone):
        end_appointment(principal, by=NOBODY, on=date(2026, 6, 1), reason="Nghỉ hưu")


def test_an_appointment_does_not_end_before_it_begins(unit):
    user = make.user_of(make.officer(unit))

    with pytest.raises(Invalid) as refusal:
        appoint(user, unit, by=NOBODY, role=Role.HEAD, terms=Terms(START, date(2025, 12, 31)))

    assert refusal.value.field == "until"


def test_a_form_sent_twice_gives_one_right(unit):
    """A form sent twice."""
    user = make.user_of(make.head(unit))
    terms = Terms(START, date(2026, 12, 31), post="Phó Chủ tịch")
    appoint(user, make.an_organization(), by=NOBODY, role=Role.OFFICER, terms=terms)
    appoint(user, unit, by=NOBODY, role=Role.OFFICER, terms=terms)

    with pytest.raises(AlreadyDone, match="đã được giao quyền này"):
        appoint(user, unit, by=NOBODY, role=Role.OFFICER, terms=terms)

    next_year = Terms(date(2027, 1, 1), post="Phó Chủ tịch")
    assert appoint(user, unit, by=NOBODY, role=Role.OFFICER, terms=next_year).pk


def test_a_secretary_is_of_a_bloc_and_a_year(unit):
    user = make.user_of(make.officer(unit))

    with pytest.raises(Invalid) as refusal:
        appoint(user, unit, by=NOBODY, role=Role.SECRETARY, terms=Terms(START))

    assert refusal.value.field == "bloc"


def test_a_stand_in_may_sign_with_the_capacity_of_the_one_stood_in_for(unit, principal):
    given = stand_in(unit, principal, collective="Ban Thường trực")
    acting = acting_of(given.user)

    assert acting.may_sign()
    assert held_today(acting, Role.STAND_IN) == given
    assert given.capacity == ["TM. BAN THƯỜNG TRỰC", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_a_stand_in_loses_the_right_with_the_one_stood_in_for(unit, principal):
    given = stand_in(unit, principal)
    acting = acting_of(given.user)
    end_appointment(principal, by=NOBODY, on=clock.today() - timedelta(1), reason="Nghỉ hưu")

    assert not acting_of(given.user).may_sign()
    with pytest.raises(NoRight):
        held_today(acting, Role.STAND_IN)


def test_nobody_stands_in_for_the_head_of_another_unit_an_officer_or_themselves(unit, principal):
    elsewhere = make.head(make.an_organization()).appointments[0]
    an_officer = make.officer(unit).appointments[0]
    for wrong in (None, elsewhere, an_officer):
        with pytest.raises(Invalid) as refusal:
            stand_in(unit, wrong)
        assert refusal.value.field == "stands_in_for"

    terms = Terms(START, manner=Manner.FOR, stands_in_for=principal)
    with pytest.raises(Invalid, match="chính mình"):
        appoint(principal.user, unit, by=NOBODY, role=Role.STAND_IN, terms=terms)


def test_a_stand_in_says_how(unit, principal):
    with pytest.raises(Invalid) as refusal:
        stand_in(unit, principal, manner="")

    assert refusal.value.field == "manner"


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"authorization_number": " "}, "authorization_number"),
        ({"authorization_scope": ""}, "authorization_scope"),
        ({"until": None}, "until"),
    ],
    ids=["number", "scope", "last day"],
)
def test_an_authorisation_has_number_scope_and_last_day(unit, principal, missing, field):
    """TUQ. without an authorisation or outside its dates: the first half."""
    whole = {
        "manner": Manner.AUTHORIZED,
        "until": date(2026, 12, 31),
        "authorization_number": "12/GUQ-HCTĐ",
        "authorization_scope": "Ký giao ước thi đua năm 2026",
    }
    with pytest.raises(Invalid) as refusal:
        stand_in(unit, principal, **{**whole, **missing})

    assert refusal.value.field == field


def test_an_authorisation_gives_no_right_outside_its_dates(unit, principal):
    """TUQ. without an authorisation or outside its dates: the second half."""
    given = stand_in(
        unit,
        principal,
        manner=Manner.AUTHORIZED,
        since=date(2026, 3, 1),
        until=date(2026, 3, 31),
        authorization_number="12/GUQ-HCTĐ",
        authorization_scope="Ký giao ước thi đua năm 2026",
    )
    with clock.at(date(2026, 3, 15)):
        acting = acting_of(given.user)
        assert held_today(acting, Role.STAND_IN) == given

    for day in (date(2026, 2, 28), date(2026, 4, 1)):
        with clock.at(day):
            assert not acting_of(given.user).may_sign()
            with pytest.raises(NoRight):
                held_today(acting, Role.STAND_IN)


def test_a_person_who_heads_two_organisations_works_for_one_at_a_time(unit):
    other = make.an_organization("Hội Khuyến học")
    user = make.user_of(make.head(unit))
    appoint(user, other, by=NOBODY, role=Role.OFFICER, terms=Terms(START))

    assert acting_of(user).organization == unit
    assert acting_of(user, other.pk).organization == other
    assert not acting_of(user, other.pk).has_role(Role.HEAD)
    assert acting_of(user, make.an_organization().pk).organization == unit


def test_what_may_be_ended_is_what_the_list_holds(unit):
    """The twin of ``accounts.end_appointment`` holds its appointments, and one's own."""
    child = make.an_organization(parent=unit)
    cast = [make.board(unit), make.head(unit), make.officer(unit)]
    cast += [make.head(child), make.officer(child), make.a_visitor_with_account(), NOBODY]
    appointments = list(Appointment.objects.select_related("organization"))

    for who in cast:
        may_end = {a for a in appointments if who.has_perm("accounts.end_appointment", a)}
        own = {a for a in appointments if who.user and a.user_id == who.actor_id}
        assert set(appointments_for(who)) == may_end | own


def test_the_head_of_a_plain_unit_makes_nobody_a_board(unit):
    body = make.an_organization(kind="board")

    assert Role.BOARD not in roles_to_give(make.head(unit), unit)
    assert Role.BOARD in roles_to_give(make.head(body), body)
    assert Role.BOARD in roles_to_give(make.board(unit), unit)
