"""Inviting one or many: choose, look once more, then print slips or queue mails."""

from collections.abc import Callable
from dataclasses import dataclass

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from thidua.accounts.acting import Acting
from thidua.accounts.actions.inviting import Invited, invite
from thidua.accounts.models import Invitation, User
from thidua.accounts.queries import accounts_for, with_ways_in
from thidua.core.errors import DomainError
from thidua.notifications.actions.inviting import invite_by_mail
from thidua.web.access import acting, require, signed_in
from thidua.web.accounts.listing import LIST, Row, chosen_accounts, invitation_of, row_of

Way = Invitation.Way
MOST_AT_ONCE = 500
MAY = "accounts.set_password_user"


@dataclass(frozen=True)
class Chosen:
    """Whom one chose: who can be invited this way, and who cannot, with the reason."""

    way: str
    ready: list[Row]
    left_out: list[tuple[User, str]]

    @property
    def invited_before(self) -> int:
        """How many have an open code, which dies."""
        return sum(invitation_of(row.user) is not None for row in self.ready)

    @property
    def already_in(self) -> int:
        """How many have signed in before: for them it is a new password."""
        return sum(bool(row.user.last_login) for row in self.ready)


@dataclass(frozen=True)
class Slip:
    """What is printed for one person: nothing of it is kept."""

    user: User
    units: str
    code: str
    last_day: object
    qr: str


@require_POST
@signed_in
def choose(request: HttpRequest) -> HttpResponse:
    """Show whom the ticks of the list come to, before anything is made."""
    chosen = _chosen(request)
    if isinstance(chosen, HttpResponse):
        return chosen
    told = {
        "chosen": chosen,
        "is_mail": chosen.way == Way.MAIL,
        "days": settings.INVITATION_DAYS,
        "illustration": any(row.user.person.is_illustration for row in chosen.ready),
    }
    return render(request, "accounts/choose.html", told)


@never_cache
@require_POST
@signed_in
def slips(request: HttpRequest) -> HttpResponse:
    """Make the slips and show them once, in the answer: to be printed and cut."""

    # No redirect: the codes would have to be kept somewhere readable until the next request.
    def printed(chosen: Chosen, who: Acting) -> HttpResponse:
        units = {row.user.pk: row.units for row in chosen.ready}
        invited = invite([row.user for row in chosen.ready], by=who, way=Way.SLIP)
        told = {
            "slips": [_slip(one, units[one.user.pk]) for one in invited],
            "entrance": settings.PUBLIC_URL + reverse("accounts:enter"),
            "illustration": any(one.user.person.is_illustration for one in invited),
        }
        return render(request, "accounts/slips.html", told)

    return _invite(request, printed)


@require_POST
@signed_in
def mails(request: HttpRequest) -> HttpResponse:
    """Queue a mail to each."""

    def queued(chosen: Chosen, who: Acting) -> HttpResponse:
        count = invite_by_mail([row.user for row in chosen.ready], by=who)
        sentence = ngettext(
            "Đã xếp %(count)d thư mời vào hàng gửi. Người nhận mở thư rồi tự đặt mật khẩu.",
            "Đã xếp %(count)d thư mời vào hàng gửi. Người nhận mở thư rồi tự đặt mật khẩu.",
            count,
        )
        messages.success(request, sentence % {"count": count})
        return redirect("accounts:list")

    return _invite(request, queued)


def _invite(request: HttpRequest, act: Callable[[Chosen, Acting], HttpResponse]) -> HttpResponse:
    chosen = _chosen(request)
    if isinstance(chosen, HttpResponse):
        return chosen
    try:
        return act(chosen, acting(request))
    except DomainError as refusal:  # an account was closed since the page before
        messages.error(request, refusal.sentence)
        return redirect("accounts:list")


def _slip(one: Invited, units: str) -> Slip:
    link = settings.PUBLIC_URL + reverse("accounts:enter_by", args=[one.user.username, one.code])
    picture = segno.make(link, error="m", micro=False).png_data_uri(scale=6, border=2)
    return Slip(one.user, units, one.code, one.invitation.last_day, picture)


def _chosen(request: HttpRequest) -> Chosen | HttpResponse:
    """Return whom the form names; or lead back to the list with the reason when it is nobody."""
    who = acting(request)
    require(who, LIST)
    users = accounts_for(who)
    if request.POST.get("everyone"):
        users = chosen_accounts(who, request.POST)
    else:
        ticked = [pk for pk in request.POST.getlist("user") if pk.isdecimal() and len(pk) < 19]
        users = users.filter(pk__in=ticked[: MOST_AT_ONCE + 1])
    rows = [row_of(user) for user in with_ways_in(users)[: MOST_AT_ONCE + 1]]
    way = Way.MAIL if request.POST.get("way") == Way.MAIL else Way.SLIP
    reasons = [(row, _why_not(row.user, who, way)) for row in rows]
    chosen = Chosen(
        way,
        [row for row, reason in reasons if not reason],
        [(row.user, reason) for row, reason in reasons if reason],
    )
    wrong = _wrong_with(chosen, len(rows))
    if not wrong:
        return chosen
    messages.error(request, wrong)
    return redirect("accounts:list")


def _wrong_with(chosen: Chosen, count: int) -> str:
    if count > MOST_AT_ONCE:
        return _("Mỗi lần tối đa %(most)d người. Hãy tìm hoặc lọc bớt rồi làm từng phần.") % {
            "most": MOST_AT_ONCE
        }
    if not count:
        return _("Chưa chọn ai. Hãy đánh dấu ít nhất một người trong danh sách.")
    if not chosen.ready:
        user, reason = chosen.left_out[0]
        return _("Chưa mời được ai. %(name)s: %(reason)s") % {"name": user.name, "reason": reason}
    return ""


def _why_not(user: User, who: Acting, way: str) -> str:
    if not user.is_active:
        return _("tài khoản đang tạm dừng.")
    if user.pk == who.actor_id:
        return _("là tài khoản của bạn: hãy đổi mật khẩu ở trang “Tài khoản của tôi”.")
    if not who.has_perm(MAY, user):
        return _("còn làm việc cho đơn vị khác: hãy nhờ người quản trị hệ thống.")
    if way == Way.MAIL and not user.email:
        return _("chưa có thư điện tử: hãy in phiếu.")
    return ""
