"""The list of accounts: who is in, who was invited, who has never come; and whom to choose."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment, Invitation, User
from thidua.accounts.queries import (
    Standing,
    accounts_for,
    accounts_found,
    standing_as,
    with_ways_in,
)
from thidua.core import clock
from thidua.core.text import day_text
from thidua.web.access import acting, require, signed_in

PAGE = 50
LIST = "accounts.list_user"


@dataclass(frozen=True)
class Row:
    """One account in a list: how far its owner has come, in words, and where they act."""

    user: User
    kind: str
    state: str
    rights: list[Appointment]

    @property
    def units(self) -> str:
        """The organisations, each once."""
        return "; ".join(dict.fromkeys(right.organization.label for right in self.rights))


def row_of(user: User) -> Row:
    """Return the row of an account that was read by `with_ways_in`."""
    today = clock.today()
    rights = [
        right
        for right in user.appointments.all()
        if right.holds(today) or (right.since > today and right.stopped_at is None)
    ]
    return Row(user, *state_of(user), rights)


def invitation_of(user: User) -> Invitation | None:
    """Return the open invitation that was read with the account, expired or not."""
    return next(iter(getattr(user, "open_invitations", [])), None)


def state_of(user: User) -> tuple[str, str]:
    """Return the kind of tag and the words for how far the owner of an account has come."""
    invitation = invitation_of(user)
    if not user.is_active:
        return "quiet", _("tạm dừng")
    if user.last_login:
        return "done", _("đang dùng")
    if invitation is None:
        return "late", _("chưa mời")
    told = {"day": day_text(invitation.last_day)}
    if invitation.is_living(clock.now()):
        return "wait", _("đã mời, hạn %(day)s") % told
    return "late", _("mời đã hết hạn %(day)s") % told


def chosen_accounts(who: Acting, asked: QueryDict) -> QuerySet[User]:
    """Return the accounts that search and filter of a list leave of those that one may see."""
    users = standing_as(accounts_for(who), asked.get("loc", ""))
    return accounts_found(users, asked.get("q", "")[:200])


@signed_in
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts that one sees to, to be searched, narrowed down, and invited together."""
    who = acting(request)
    require(who, LIST)
    users = chosen_accounts(who, request.GET)
    page = Paginator(with_ways_in(users), PAGE).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "rows": [row_of(user) for user in page],
        "q": request.GET.get("q", "")[:200],
        "standing": request.GET.get("loc", ""),
        "standings": Standing.choices,
        "illustration": any(user.person.is_illustration for user in page),
    }
    return render(request, "accounts/list.html", told)
