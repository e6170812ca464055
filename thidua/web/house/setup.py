"""The steps of the set-up. Afterwards the same pages change what was set, without the stepper."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.accounts.acting import Acting
from thidua.accounts.models import User
from thidua.core.text import one_line
from thidua.house.actions.beginning import begin
from thidua.house.actions.looks import finish_setup, keep_emblem, keep_look, set_slogan
from thidua.house.checks import State, examine, is_ready
from thidua.house.findings import has_second_factor
from thidua.house.queries import awaits_setup, house
from thidua.web.access import acting, attempt, bind, perform, require, signed_in
from thidua.web.house.forms import BeginForm, LookForm, SloganForm
from thidua.web.house.steps import onward, steps_for


def operator(request: HttpRequest) -> Acting:
    """Return who asks, once it is known that they run the house."""
    who = acting(request)
    require(who, "house.run_house")
    return who


def page(request: HttpRequest, template: str, here: str, **told: Any) -> HttpResponse:
    """Show a step: with the stepper until the set-up is over, then as one of the system's pages."""
    is_setup = house().set_up_at is None
    steps = steps_for(acting(request), here) if is_setup else None
    status = 422 if any(isinstance(it, BaseForm) and it.is_bound for it in told.values()) else 200
    context = {"steps": steps, "is_setup": is_setup, "here": here, **told}
    return render(request, template, context, status=status)


def go_on(request: HttpRequest, after: str) -> HttpResponse:
    """Go to the next step, or back to the system's page once the set-up is over."""
    if house().set_up_at is None:
        return redirect(onward(acting(request), after))
    return redirect("house:index")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Open the first account, for whoever has the code; lead those who have one to where it is."""
    if request.user.is_authenticated:
        return redirect(onward(operator(request)))
    if not awaits_setup():
        messages.info(request, _("Nơi này đã có tài khoản đầu tiên. Hãy đăng nhập để làm tiếp."))
        return redirect_to_login(reverse("setup:start"))
    form = bind(BeginForm, request, initial={"code": one_line(request.GET.get("ma", ""))[:60]})
    if form.is_valid():
        user = perform(form, begin, form.beginning(), code=form.cleaned_data["code"])
        if user is not None:
            return _sign_in(request, user)
    return page(request, "house/start.html", "setup:start", form=form)


def _sign_in(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in with the password that was just typed, which the second factor need not ask again."""
    login = Login(user=user, redirect_url=reverse("setup:guard"))
    response: HttpResponse = perform_password_login(request, {"username": user.username}, login)
    reauthenticate_by_password(request)
    return response


@never_cache
@signed_in
@require_GET
def guard(request: HttpRequest) -> HttpResponse:
    """Lead to the second factor, and say whether it is there."""
    who = operator(request)
    has_one = has_second_factor(who.user) if who.user else False
    told = {"has_one": has_one, "next": onward(who, "setup:guard")}
    return page(request, "house/guard.html", "setup:guard", **told)


@signed_in
def look(request: HttpRequest) -> HttpResponse:
    """Set name, emblem and contact."""
    who, now = operator(request), house()
    form = bind(LookForm, request, has_emblem=now.emblem is not None, initial=_look_now(who))
    if form.is_valid():
        told = form.cleaned_data
        emblem = perform(form, keep_emblem, told["file"], by=who) if told["file"] else None
        drop = bool(told.get("drop"))
        if form.is_valid() and perform(
            form, keep_look, form.look(), by=who, emblem=emblem, drop=drop
        ):
            messages.success(request, _("Đã ghi. Tên và liên hệ đã hiện trên mọi trang."))
            return go_on(request, "setup:look")
    return page(request, "house/look.html", "setup:look", form=form)


def _look_now(who: Acting) -> dict[str, str]:
    """Return what stands there; before anything does, what is likely."""
    now = house()
    kept = {n: getattr(now, n) for n in ("name", "contact_name", "contact_phone", "contact_email")}
    body = now.managing_body
    if now.name or body is None:
        return kept
    likely = {
        "name": _("Thi đua %(place)s") % {"place": body.place} if body.place else "",
        "contact_name": body.label,
        "contact_email": who.user.email if who.user else "",
    }
    return {name: kept[name] or likely.get(name, "") for name in kept}


@signed_in
def slogan(request: HttpRequest) -> HttpResponse:
    """Set the slogan of the year."""
    who, now = operator(request), house()
    initial = {"slogan": now.slogan, "year": now.slogan_year} if now.slogan else {}
    form = bind(SloganForm, request, initial=initial)
    if form.is_valid():
        told = form.cleaned_data
        if perform(form, set_slogan, told["slogan"], told["year"], by=who):
            messages.success(request, _("Đã ghi chủ đề năm."))
            return go_on(request, "setup:slogan")
    return page(request, "house/slogan.html", "setup:slogan", form=form)


@signed_in
@require_GET
def check(request: HttpRequest) -> HttpResponse:
    """Say what is still missing before others are invited, each with what mends it."""
    operator(request)
    found = examine()
    told = {
        "missing": [one for one in found if one.finding.state is State.MISSING],
        "to_look_at": [one for one in found if one.finding.state is State.LOOK],
        "fine": [one for one in found if one.finding.state is State.FINE],
        "is_ready": is_ready(found),
    }
    return page(request, "house/check.html", "setup:check", **told)


@signed_in
@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Say that the set-up is over."""
    who = operator(request)
    if attempt(request, finish_setup, by=who):
        messages.success(
            request,
            _("Thiết lập đã xong. Việc tiếp theo: nhập các đơn vị, lập khối, cụm, rồi mời người."),
        )
    return redirect("house:index")
