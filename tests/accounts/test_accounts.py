"""Accounts: opening them, their passwords, the password asked again before a signature."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress

from tests import factories as make
from thidua.accounts.acting import NOBODY
from thidua.accounts.actions import (
    TRIES,
    Newcomer,
    Terms,
    TooManyTries,
    WrongPassword,
    appoint,
    change_email,
    confirm_password,
    end_appointment,
    open_account,
    open_and_appoint,
)
from thidua.accounts.models import Appointment, User
from thidua.accounts.queries import users_named
from thidua.audit.models import Entry
from thidua.core.errors import AlreadyDone, Invalid
from thidua.organizations.actions import enter_person
from thidua.organizations.models import Person

pytestmark = pytest.mark.django_db
OFFICER = Appointment.Role.OFFICER
TERMS = Terms(date(2026, 1, 1))


def an_account(username="an", email=""):
    return open_account(
        enter_person("Nguyễn Văn An", by=NOBODY), by=NOBODY, username=username, email=email
    )


def test_an_account_without_a_password_opens_to_nobody():
    user = an_account()

    assert not user.has_usable_password()
    assert Entry.objects.get(code="account.opened").subject_name == "Nguyễn Văn An"


def test_user_name_and_email_are_kept_in_small_letters():
    user = an_account(" Nguyen.Van-An ", "An@DonVi.vn")

    assert (user.username, user.email) == ("nguyen.van-an", "an@donvi.vn")


@pytest.mark.parametrize("name", ["", "văn an", "an@donvi.vn", "an b", "a" * 151, "<b>", "ａｎ"])
def test_a_user_name_is_of_plain_letters(name):
    with pytest.raises(Invalid) as refusal:
        an_account(name)

    assert refusal.value.field == "username"
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("username", "email", "field"),
    [("AN", "", "username"), ("binh", "AN@donvi.vn", "email")],
)
def test_a_taken_name_or_email_is_refused_in_any_case(username, email, field):
    an_account("an", "an@donvi.vn")

    with pytest.raises(AlreadyDone) as refusal:
        an_account(username, email)

    assert refusal.value.field == field


def test_a_newcomer_gets_account_and_right_together_and_no_password():
    unit = make.an_organization()
    newcomer = Newcomer("Trần Thị Bình", "binh")
    user = open_and_appoint(newcomer, unit, by=NOBODY, role=OFFICER, terms=TERMS)

    assert not user.has_usable_password()
    assert user.appointments.get().organization == unit
    assert user.name == "Trần Thị Bình"


def test_a_right_that_is_refused_leaves_no_account_and_no_person():
    people = Person.objects.count()
    backwards = Terms(date(2026, 1, 1), date(2025, 1, 1))

    with pytest.raises(Invalid):
        open_and_appoint(
            Newcomer("Trần Thị Bình", "binh"),
            make.an_organization(),
            by=NOBODY,
            role=OFFICER,
            terms=backwards,
        )

    assert not User.objects.filter(username="binh").exists()
    assert Person.objects.count() == people


def test_only_who_staffs_all_organisations_of_a_person_sets_their_password():
    unit, elsewhere = make.an_organization(), make.an_organization()
    head, officer = make.head(unit), make.user_of(make.officer(unit))
    may = "accounts.set_password_user"
    assert head.has_perm(may, officer)
    assert not head.has_perm(may, make.user_of(head))
    assert not make.officer(unit).has_perm(may, officer)

    given = appoint(officer, elsewhere, by=NOBODY, role=OFFICER, terms=TERMS)
    assert not head.has_perm(may, officer)
    assert not make.head(elsewhere).has_perm(may, officer)

    end_appointment(given, by=NOBODY, on=date(2026, 1, 2), reason="Chuyển công tác")
    assert head.has_perm(may, officer)


def test_a_wrong_password_20_times_pauses_this_account_alone():
    """A wrong password 20 times, typed again before a signature."""
    unit = make.an_organization()
    user, other = make.user_of(make.head(unit)), make.user_of(make.head(unit))
    refusals = []
    for _n in range(20):
        with pytest.raises((WrongPassword, TooManyTries)) as refusal:
            confirm_password(user, "sai")
        refusals.append(type(refusal.value))

    assert refusals == [WrongPassword] * TRIES + [TooManyTries] * (20 - TRIES)
    with pytest.raises(TooManyTries, match="15 phút"):
        confirm_password(user, make.PASSWORD)
    confirm_password(other, make.PASSWORD)


def test_the_right_password_takes_back_the_wrong_tries():
    user = make.user_of(make.head(make.an_organization()))
    for _round in range(3):
        for _n in range(TRIES - 1):
            with pytest.raises(WrongPassword):
                confirm_password(user, "sai")
        confirm_password(user, make.PASSWORD)


def test_changing_the_email_needs_the_password_and_forgets_the_old_one():
    user = make.user_of(make.head(make.an_organization()))
    EmailAddress.objects.create(user=user, email="cu@donvi.vn")
    an_account("an", "an@donvi.vn")

    with pytest.raises(WrongPassword):
        change_email(user, by=NOBODY, email="moi@donvi.vn", password="sai")
    with pytest.raises(AlreadyDone):
        change_email(user, by=NOBODY, email="AN@donvi.vn", password=make.PASSWORD)
    changed = change_email(user, by=NOBODY, email="Moi@donvi.vn", password=make.PASSWORD)

    assert changed.email == "moi@donvi.vn"
    assert not EmailAddress.objects.filter(user=user).exists()
    assert change_email(user, by=NOBODY, email="", password=make.PASSWORD).email == ""


def test_people_are_found_by_folded_name_or_whole_user_name():
    user = an_account("an.nguyen")

    assert list(users_named("nguyen van an")) == [user]
    assert list(users_named("AN.nguyen")) == [user]
    assert list(users_named("  ")) == []
    assert list(users_named("!!!")) == []
