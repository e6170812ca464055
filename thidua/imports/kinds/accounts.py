"""Accounts with appointments. They have no password: invitations and slips let people in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db.models import Model

from thidua.accounts.acting import Acting
from thidua.accounts.actions.appointing import Terms, appoint
from thidua.accounts.actions.opening import USERNAME, open_account
from thidua.accounts.models import Appointment, User
from thidua.accounts.permissions import may_make_board
from thidua.accounts.queries import accounts_for
from thidua.core import clock
from thidua.core.text import fold
from thidua.imports.kinds.base import (
    KEEP,
    MAKE,
    Asking,
    Kind,
    Made,
    Plan,
    Row,
    Step,
    Tick,
    register,
    sure,
)
from thidua.imports.kinds.finding import Known, UnitCells, Units
from thidua.imports.kinds.persons import People, Someone
from thidua.organizations.actions.people import enter_person
from thidua.organizations.models import Organization, Person

Role = Appointment.Role


@dataclass
class Account:
    """An account of the house, or one that comes with a row and perhaps with others."""

    someone: Someone
    username: str
    email: str
    first_row: int = 0
    user: User | None = None


@dataclass
class Right:
    """What a step does: an account may act for a unit in a role."""

    row: Row
    account: Account
    unit: int


@register
class Accounts(Kind):
    """The sheet "Tài khoản và quyền"."""

    key = "accounts"
    order = 40
    makes = ("organizations.person", "accounts.user", "accounts.appointment")

    def plan(self, rows: Sequence[Row], *, by: Acting, choices: dict[str, str]) -> Plan:
        """Find the unit, the person and the account of each row."""
        return _Planner(by, choices).plan(rows)

    def write(self, plan: Plan, *, by: Acting, tick: Tick) -> Iterator[Made]:
        """Open what is new without a password, then give each its right."""
        people: dict[int, Person] = {}
        for done, step in enumerate(plan.steps):
            right: Right = step.facts
            if step.act == MAKE:
                yield from _open(step.row, right.account, by, people)
                yield _give(right, by)
            tick(done + 1, len(plan.steps))

    def undo_refusal(self, things: Sequence[Model]) -> str:
        """Whoever has signed in uses the account."""
        users = [thing.pk for thing in things if isinstance(thing, User)]
        used = User.objects.filter(pk__in=users, last_login__isnull=False)
        found = used.select_related("person").first()
        return found.name if found else ""

    def exported(self, by: Acting) -> Iterator[dict[str, Any]]:
        """Yield the rights given in units that one staffs. An address is shown only of accounts
        that act nowhere else: the others' are not one's own to hand out."""
        seen = (
            accounts_for(by).select_related("person").prefetch_related("appointments__organization")
        )
        for user in seen.order_by("person__sort_key", "pk"):
            mine = [a for a in user.appointments.all() if a.holds(clock.today())]
            here = [a for a in mine if a.role in (Role.OFFICER, Role.HEAD, Role.BOARD)]
            shown = by.has_perm("accounts.set_password_user", user) or user.pk == by.actor_id
            for right in here:
                if not by.has_perm("accounts.end_appointment", right):
                    continue
                yield {
                    "full_name": user.person.full_name,
                    "organization": right.organization.name,
                    "username": user.username if shown else "",
                    "email": user.email if shown else "",
                    **{n: getattr(right, n) for n in ("role", "post", "collective")},
                    **{n: getattr(right, n) for n in ("since", "until")},
                }


def _open(row: int, account: Account, by: Acting, people: dict[int, Person]) -> Iterator[Made]:
    if account.user is not None:
        return
    someone = account.someone
    if someone.pk is None and id(someone) not in people:
        people[id(someone)] = enter_person(someone.name, by=by, is_illustration=by.is_illustration)
        yield Made(row, MAKE, people[id(someone)])
    person = people.get(id(someone)) or Person.objects.get(pk=sure(someone.pk))
    account.user = open_account(person, by=by, username=account.username, email=account.email)
    yield Made(row, MAKE, account.user)


def _give(right: Right, by: Acting) -> Made:
    row = right.row
    terms = Terms(
        since=row.since or clock.today(), until=row.until, post=row.post, collective=row.collective
    )
    organization = Organization.objects.get(pk=right.unit)
    given = appoint(sure(right.account.user), organization, by=by, role=row.role, terms=terms)
    return Made(row.at, MAKE, given)


class _Planner:
    def __init__(self, by: Acting, choices: dict[str, str]) -> None:
        self.by = by
        self.result = Plan()
        self.asking = Asking(self.result, choices)
        units = Units()
        self.cells = UnitCells(units, self.result, self.asking, by)
        self.people = People(units)
        users = list(User.objects.select_related("person").order_by("pk"))
        self.by_email = {user.email: user for user in users if user.email}
        self.by_username = {user.username: user for user in users}
        self.by_pk = {user.pk: user for user in users}
        self.accounts: dict[int, Account] = {}
        self.emails: dict[str, Account] = {}
        self.usernames: dict[str, Account] = {}
        self.given = {
            (a.user_id, a.organization_id, a.role)
            for a in Appointment.objects.all()
            if a.is_current(clock.today()) or a.since > clock.today()
        }
        self.told: dict[tuple[int, int, str], int] = {}

    def plan(self, rows: Sequence[Row]) -> Plan:
        for row in rows:
            unit = self.cells.find(row, "organization", row.organization)
            if row.since and row.until and row.until < row.since:
                self.result.wrong(row, "until", "days_in_wrong_order")
            if unit is not None and self._may_give(row, unit):
                account = self._account(row, unit)
                if account is not None:
                    self._add(row, account, unit)
        return self.result

    def _may_give(self, row: Row, unit: Known) -> bool:
        """Refuse the board's role where one may not give it."""
        if row.role == Role.BOARD and not may_make_board(
            self.by, Organization.objects.get(pk=unit.pk)
        ):
            self.result.wrong(row, "role", "role_not_given", name=unit.name)
            return False
        return True

    def _account(self, row: Row, unit: Known) -> Account | None:
        """Return the account a row means: by its address or name, else by the person."""
        told = self._told_account(row)
        if told is not None:
            if fold(told.someone.name) == fold(row.full_name):
                return told
            self._refuse_other_name(row, told)
            return None
        someone = self.people.find(row, unit, self.asking)
        if someone is None:
            return None
        account = self.accounts.get(id(someone)) or self._of(someone, row)
        if account and row.email and not account.user and account.email != row.email:
            if account.email:
                self.result.wrong(row, "email", "email_differs", other=account.first_row)
                return None
            account.email = row.email
            self.emails[row.email] = account
        return account

    def _told_account(self, row: Row) -> Account | None:
        username = row.username.lower()
        account = self.emails.get(row.email) or self.usernames.get(username)
        if account is not None:
            return account
        user = self.by_email.get(row.email) or self.by_username.get(username)
        return self._known(user) if user else None

    def _known(self, user: User) -> Account:
        someone = self.people.who(user.person_id)
        account = Account(someone, user.username, user.email, user=user)
        self._keep(account)
        return account

    def _refuse_other_name(self, row: Row, told: Account) -> None:
        """Say that an address or a name stands twice; of whom in the house is not told."""
        column = "email" if row.email and row.email == told.email else "username"
        if told.first_row:
            value = row.email if column == "email" else row.username
            self.result.wrong(row, column, f"{column}_twice", other=told.first_row, value=value)
        else:
            self.result.wrong(row, column, f"{column}_taken")

    def _of(self, someone: Someone, row: Row) -> Account | None:
        """Return the person's account, or a new one."""
        if someone.user:
            return self._known(self.by_pk[someone.user])
        username = row.username.lower() or self._fresh_name(row.full_name)
        if not USERNAME.fullmatch(username):
            self.result.wrong(row, "username", "bad_username", value=row.username[:60])
            return None
        account = Account(someone, username, row.email, row.at)
        self._keep(account)
        return account

    def _keep(self, account: Account) -> None:
        self.accounts[id(account.someone)] = account
        self.usernames[account.username] = account
        if account.email:
            self.emails[account.email] = account

    def _fresh_name(self, full_name: str) -> str:
        """Return the given name with the first letters of the others: "Nguyễn Văn An" → annv."""
        words = fold(full_name).split()
        stem = (words[-1] + "".join(word[0] for word in words[:-1]))[:100] if words else "nguoi"
        names = (stem if n == 1 else f"{stem}{n}" for n in count(1))
        return next(n for n in names if n not in self.usernames and n not in self.by_username)

    def _add(self, row: Row, account: Account, unit: Known) -> None:
        key = (id(account.someone), unit.pk, row.role)
        other = self.told.setdefault(key, row.at)
        if other != row.at:
            self.result.wrong(row, "role", "right_twice", other=other, name=row.full_name)
            return
        has = account.user is not None and (account.user.pk, unit.pk, row.role) in self.given
        what = f"{row.full_name}, {unit.short_name or unit.name}"
        step = Step(row.at, KEEP if has else MAKE, what, Right(row, account, unit.pk))
        self.result.steps.append(step)
