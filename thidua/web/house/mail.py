"""The step of the mail server: set it, try it out, or go on without for now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.accounts.acting import Acting
from thidua.house import mail as server
from thidua.house.actions.mail import MailRefused, put_off_mail, set_mail_server, try_mail
from thidua.house.queries import house
from thidua.web.access import bind, perform, signed_in
from thidua.web.house.forms import MailForm, PutOffForm, TryForm
from thidua.web.house.setup import go_on, operator, page
from thidua.web.house.steps import onward


@signed_in
def mail(request: HttpRequest) -> HttpResponse:
    """Set the server and send a message to oneself; say what the server answered."""
    who = operator(request)
    kept = server.kept_server()
    initial = {n: v for n, v in vars(kept).items() if n != "password"} if kept else {}
    has_password = bool(kept and kept.password)
    form = bind(MailForm, request, has_password=has_password, initial=initial)
    if form.is_valid() and perform(form, set_mail_server, form.server(), by=who):
        return _try_out(request, who, _own_address(who))
    return _page(request, who, form=form)


def _page(request: HttpRequest, who: Acting, **forms: object) -> HttpResponse:
    kept = server.kept_server()
    told = {
        "from_environment": server.is_from_environment(),
        "is_configured": server.is_configured(),
        "kept": kept,
        "form": MailForm(has_password=bool(kept and kept.password)),
        "try_form": TryForm(initial={"to": _own_address(who)}),
        "put_off_form": PutOffForm(initial={"reason": house().mail_put_off}),
        "next": onward(who, "setup:mail"),
        **forms,
    }
    return page(request, "house/mail.html", "setup:mail", **told)


def _own_address(who: Acting) -> str:
    return who.user.email if who.user else ""


def _try_out(request: HttpRequest, who: Acting, to: str) -> HttpResponse:
    """Send the test message; stay on the page when it does not go, go on when it does."""
    if not to:
        messages.info(request, _("Đã ghi. Hãy gõ một địa chỉ để gửi thư thử."))
        return redirect("setup:mail")
    try:
        try_mail(to, by=who)
    except MailRefused:
        return redirect("setup:mail")  # where what it answered stands until the next trial
    told = _("Máy chủ thư đã nhận thư thử gửi tới %(to)s. Hãy mở hộp thư xem đã tới chưa.")
    messages.success(request, told % {"to": to})
    return go_on(request, "setup:mail")


@signed_in
@require_POST
def try_out(request: HttpRequest) -> HttpResponse:
    """Send a test message by the server that holds."""
    who = operator(request)
    form = TryForm(request.POST)
    if form.is_valid():
        return _try_out(request, who, form.cleaned_data["to"])
    return _page(request, who, try_form=form)


@signed_in
@require_POST
def put_off(request: HttpRequest) -> HttpResponse:
    """Go on without mail, with a reason."""
    who = operator(request)
    form = PutOffForm(request.POST)
    kept = (
        perform(form, put_off_mail, form.cleaned_data["reason"], by=who) if form.is_valid() else 0
    )
    if kept:
        messages.success(request, _("Đã ghi lý do. Lúc nào cũng có thể quay lại đặt máy chủ thư."))
        return go_on(request, "setup:mail")
    return _page(request, who, put_off_form=form)
