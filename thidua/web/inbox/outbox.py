"""The operator's outbox: what waits, what failed and why, what nobody can be sure of."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from thidua.notifications.actions.mailing import drop_mail, send_again, send_all_again
from thidua.notifications.models import Mail, Outage
from thidua.notifications.queries import mail_tally, mails_for, without_address
from thidua.web.access import acting, attempt, require, signed_in

A_PAGE = 30
State = Mail.State
SHOWN = {
    "hong": [State.FAILED],
    "khong-chac": [State.UNSURE],
    "cho": [State.QUEUED, State.TAKEN, State.HANDING],
}
MAY = "notifications.run_mail"


@require_GET
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Show the mail that did not arrive by itself; ``?loc=`` chooses which."""
    who = acting(request)
    require(who, MAY)
    tally = mail_tally()
    shown = request.GET.get("loc", "")
    if shown not in SHOWN:
        shown = "hong" if tally.failed else "khong-chac" if tally.unsure else "cho"
    mails = mails_for(who).filter(state__in=SHOWN[shown]).prefetch_related("notices")
    told = {
        "shown": shown,
        "tally": tally,
        "page": Paginator(mails, A_PAGE).get_page(request.GET.get("page")),
        "outage": Outage.objects.first(),
        "unreachable": without_address().values("user").distinct().count(),
    }
    return render(request, "inbox/outbox.html", told)


@require_GET
@signed_in
def unreachable(request: HttpRequest) -> HttpResponse:
    """Show who has no e-mail: whatever concerns them waits in their inbox alone."""
    require(acting(request), MAY)
    page = Paginator(without_address(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "inbox/unreachable.html", {"page": page})


@require_POST
@signed_in
def again(request: HttpRequest, mail_pk: int) -> HttpResponse:
    """Send one mail again."""
    who = acting(request)
    require(who, MAY)
    mail = get_object_or_404(mails_for(who), pk=mail_pk)
    if attempt(request, send_again, mail, by=who):
        told = {"address": mail.address}
        messages.success(request, _("Thư tới %(address)s sẽ được gửi trong ít phút.") % told)
    return redirect("inbox:outbox")


@require_POST
@signed_in
def all_again(request: HttpRequest) -> HttpResponse:
    """Send every failed mail again."""
    who = acting(request)
    require(who, MAY)
    count = attempt(request, send_all_again, by=who)
    if count:
        told = ngettext(
            "%(count)d thư sẽ được gửi lại trong ít phút.",
            "%(count)d thư sẽ được gửi lại trong ít phút.",
            count,
        )
        messages.success(request, told % {"count": count})
    return redirect("inbox:outbox")


@require_POST
@signed_in
def drop(request: HttpRequest, mail_pk: int) -> HttpResponse:
    """Give one mail up."""
    who = acting(request)
    require(who, MAY)
    mail = get_object_or_404(mails_for(who), pk=mail_pk)
    if attempt(request, drop_mail, mail, by=who):
        messages.success(
            request, _("Đã bỏ thư. Thông báo vẫn nằm trong chương trình của người ấy.")
        )
    return redirect("inbox:outbox")
