"""The first account: who has the code that was printed founds the managing body and signs in."""

import hmac
from dataclasses import dataclass

from django.utils.translation import gettext as _

from thidua.accounts.acting import NOBODY, Acting, acting_of
from thidua.accounts.actions import Terms, appoint, open_account
from thidua.accounts.codes import digest_of, fresh_code
from thidua.accounts.models import Appointment, User
from thidua.accounts.queries import current_appointments
from thidua.audit.actions import record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, DomainError, Invalid
from thidua.core.text import one_line
from thidua.house.actions.row import keep, locked_house
from thidua.house.queries import awaits_setup
from thidua.organizations.actions import (
    OrganizationFacts,
    Particulars,
    edit_organization,
    enter_person,
    found_organization,
)
from thidua.organizations.models import Organization


@dataclass(frozen=True)
class Beginning:
    """The managing body, the body above it if told, and the first operator's own account."""

    body_name: str
    level: str
    full_name: str
    username: str
    email: str
    password: str
    body_short_name: str = ""
    place: str = ""
    above_name: str = ""


@deed()
def new_code() -> str:
    """Return a fresh set-up code; the one before opens nothing any more. Only its digest is kept.

    Refused once somebody has an account: from then on people sign in.
    """
    house = locked_house()
    _refuse_begun()
    code = fresh_code()
    house.code_digest, house.code_made_at = digest_of(code), clock.now()
    keep(house, "code_digest", "code_made_at")
    return code


def _refuse_begun() -> None:
    if not awaits_setup():
        raise AlreadyDone(
            _("Nơi này đã có tài khoản đầu tiên, mã thiết lập không còn dùng được. Hãy đăng nhập.")
        )


@deed()
def begin(told: Beginning, *, code: str) -> User:
    """Found the managing body, open the first account as its operator and board; use the code up.

    Whoever comes second, even at the same moment, is refused: they wait for the row's lock.
    """
    house = locked_house()
    _refuse_begun()
    if not house.code_digest or not hmac.compare_digest(house.code_digest, digest_of(code)):
        raise Invalid(
            _(
                "Mã thiết lập không đúng hoặc đã được thay bằng mã mới. Hãy lấy mã in ra ở máy chủ "
                "lần khởi động gần nhất."
            ),
            field="code",
        )
    body = _found_body(told)
    person = enter_person(told.full_name, by=NOBODY)
    user = open_account(
        person, by=NOBODY, username=told.username, email=told.email, password=told.password
    )
    for role in (Appointment.Role.OPERATOR, Appointment.Role.BOARD):
        appoint(user, body, by=NOBODY, role=role, terms=Terms(since=clock.today()))
    acting = acting_of(user)
    if told.above_name:
        _put_above(body, told, by=acting)
    house.managing_body, house.code_digest, house.code_made_at = body, "", None
    keep(house, "managing_body", "code_digest", "code_made_at")
    record("house.begun", by=acting, on=house)
    return user


def _found_body(told: Beginning) -> Organization:
    facts = OrganizationFacts(
        name=told.body_name,
        short_name=told.body_short_name,
        kind=Organization.Kind.BOARD,
        level=told.level,
        place=told.place,
    )
    return _found(facts, by=NOBODY, field="body_name")


def _put_above(body: Organization, told: Beginning, *, by: Acting) -> None:
    """Found the body above and set the managing body under it, which then may edit both."""
    if one_line(told.above_name) == body.name:
        raise Invalid(_("Cơ quan cấp trên phải khác cơ quan quản lý."), field="above_name")
    facts = OrganizationFacts(
        name=told.above_name, kind=Organization.Kind.STATE, level=told.level, place=told.place
    )
    above = _found(facts, by=by, field="above_name")
    particulars = Particulars(kind=body.kind, level=body.level, parent=above, place=body.place)
    edit_organization(body, particulars, by=by)


def _found(facts: OrganizationFacts, *, by: Acting, field: str) -> Organization:
    """Found it; a refusal of its name belongs beside the field that the form has for it."""
    try:
        return found_organization(facts, by=by)
    except DomainError as refusal:
        refusal.field = field
        raise


@deed()
def make_operator(user: User) -> Organization:
    """Appoint ``user`` as operator from the shell and return the managing body.

    Where the house has none yet (an installation from before there were operators) it is the one
    whose board the account is. Who has the shell has everything, so nothing is asked of them.
    """
    house = locked_house()
    body = house.managing_body
    if body is None:
        boards = current_appointments().filter(user=user, role=Appointment.Role.BOARD)
        held = boards.order_by("pk").first()
        if held is None:
            raise Invalid(
                _("Tài khoản này không thuộc ban, phòng thi đua - khen thưởng của cơ quan nào.")
            )
        body = house.managing_body = held.organization
        keep(house, "managing_body")
    terms = Terms(since=clock.today())
    appoint(user, body, by=NOBODY, role=Appointment.Role.OPERATOR, terms=terms)
    return body
