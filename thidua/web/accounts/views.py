"""Pages of one's own account: signing in, for whom one works, e-mail."""

from collections.abc import Iterable

from allauth.account.views import login
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.accounts.actions import change_email
from thidua.accounts.actions.guarding import sign_out_everywhere
from thidua.accounts.models import Appointment, User
from thidua.core import clock
from thidua.web.access import LEFT, acting, bind, perform, signed_in
from thidua.web.accounts.forms import EmailForm
from thidua.web.middleware import CHOSEN


def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in; what a visitor's form had sent is shown here once, and kept no longer."""
    request.left_typing = request.session.pop(LEFT, None)  # type: ignore[attr-defined]
    response: HttpResponse = login(request)
    return response


@signed_in
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show one's account: for whom one works, how one signs in."""
    user = _user(request)
    appointments = user.appointments.select_related(
        "organization", "bloc", "stands_in_for__user__person"
    ).order_by("-since", "pk")
    keys = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    who = acting(request)
    told = {
        "owner": user,
        "illustration": who.is_illustration,
        "standing": by_standing(appointments),
        "has_app": Authenticator.Type.TOTP in keys,
        "key_count": keys.count(Authenticator.Type.WEBAUTHN),
        "may_list": who.has_perm("accounts.list_user"),
        "may_staff": bool(who.organization)
        and who.has_perm("organizations.staff_organization", who.organization),
    }
    return render(request, "accounts/show.html", told)


def by_standing(appointments: Iterable[Appointment]) -> dict[str, list[Appointment]]:
    """Return the appointments as ``now``, ``coming`` and ``ended`` ones."""
    today = clock.today()
    standing: dict[str, list[Appointment]] = {"now": [], "coming": [], "ended": []}
    for appointment in appointments:
        if appointment.since > today:
            standing["coming"].append(appointment)
        else:
            standing["now" if appointment.holds(today) else "ended"].append(appointment)
    return standing


@require_POST
@signed_in
def switch(request: HttpRequest) -> HttpResponse:
    """Choose for whom one works, among the organisations one acts for today."""
    wanted = request.POST.get("organization", "")
    chosen = next((o for o in acting(request).organizations if str(o.pk) == wanted), None)
    if chosen is None:
        raise Http404
    request.session[CHOSEN] = chosen.pk
    messages.success(request, _("Từ bây giờ bạn làm việc cho %(name)s.") % {"name": chosen.name})
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return redirect("work:index")
    return HttpResponseRedirect(target)


@require_POST
@signed_in
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End every session of one's account but this one."""
    user = sign_out_everywhere(_user(request), by=acting(request))
    update_session_auth_hash(request, user)
    messages.success(request, _("Mọi máy khác đã bị đăng xuất. Ở đây bạn vẫn đang đăng nhập."))
    return redirect("accounts:show")


@signed_in
def email(request: HttpRequest) -> HttpResponse:
    """Change one's own e-mail: the account keeps one, or none."""
    user = _user(request)
    form = bind(EmailForm, request, initial={"email": user.email})
    if form.is_valid() and perform(
        form, change_email, user, by=acting(request), **form.cleaned_data
    ):
        messages.success(request, _("Đã ghi thư điện tử của tài khoản."))
        return redirect("accounts:show")
    return render(
        request, "accounts/email.html", {"form": form}, status=422 if form.is_bound else 200
    )


def _user(request: HttpRequest) -> User:
    user = acting(request).user
    if user is None:
        raise Http404
    return user
