"""Deleting a name on lawful request: asked by one, confirmed by another."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.keeping.actions.erasing import ask_erasure, confirm_erasure, drop_erasure
from thidua.keeping.models import Erasure
from thidua.keeping.persons import still_named
from thidua.keeping.queries import erasures_for
from thidua.organizations.models import Person
from thidua.web.access import acting, bind, fresh_second_factor, perform, require, signed_in
from thidua.web.keeping.forms import AskForm, DropForm, SureForm

A_PAGE = 30


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the requests, those that wait first."""
    who = acting(request)
    require(who, "keeping.view_erasure")
    page = Paginator(erasures_for(who).order_by("state", "-asked_at", "-pk"), A_PAGE)
    told = {"page": page.get_page(request.GET.get("page")), "is_operator": who.is_operator}
    return render(request, "keeping/erasures.html", told)


@signed_in
@fresh_second_factor
def ask(request: HttpRequest, person_pk: int) -> HttpResponse:
    """Ask for a name to be deleted."""
    who = acting(request)
    person = get_object_or_404(Person, pk=person_pk)
    require(who, "keeping.ask_erasure", person)
    form = bind(AskForm, request)
    if form.is_valid() and perform(form, ask_erasure, person, by=who, **form.cleaned_data):
        messages.success(
            request,
            _("Đã ghi đề nghị. Một người khác phải xác nhận thì tên mới bị xóa."),
        )
        return redirect("personal:erasures")
    told = {
        "person": person,
        "illustration": person.is_illustration,
        "form": form,
        "left": list(still_named(person, person.full_name)),
    }
    return render(request, "keeping/ask.html", told, status=422 if form.is_bound else 200)


@signed_in
@fresh_second_factor
def confirm(request: HttpRequest, erasure_pk: int) -> HttpResponse:
    """Show a request; let another person confirm it."""
    who = acting(request)
    erasure = _erasure(request, erasure_pk)
    may = who.has_perm("keeping.confirm_erasure", erasure)
    if request.method == "POST":
        require(who, "keeping.confirm_erasure", erasure)
    form = bind(SureForm, request)
    if form.is_valid() and perform(form, confirm_erasure, erasure, by=who):
        messages.success(
            request,
            _("Đã xóa tên, đóng tài khoản, kết thúc mọi quyền. Hãy trả lời người yêu cầu."),
        )
        return redirect("personal:erasures")
    is_waiting = erasure.state == Erasure.State.ASKED
    person = erasure.person
    told = {
        "erasure": erasure,
        "illustration": person.is_illustration,
        "title": capfirst(str(erasure)),
        "form": form,
        "is_waiting": is_waiting,
        "may_confirm": may,
        "may_drop": is_waiting and who.has_perm("keeping.drop_erasure", erasure),
        "left": list(still_named(person, person.full_name)) if is_waiting else [],
    }
    return render(request, "keeping/confirm.html", told, status=422 if form.is_bound else 200)


@signed_in
def drop(request: HttpRequest, erasure_pk: int) -> HttpResponse:
    """Give a request up."""
    who = acting(request)
    erasure = _erasure(request, erasure_pk)
    require(who, "keeping.drop_erasure", erasure)
    form = bind(DropForm, request)
    if form.is_valid() and perform(form, drop_erasure, erasure, by=who, **form.cleaned_data):
        messages.success(request, _("Đã bỏ đề nghị. Chưa có gì bị xóa."))
        return redirect("personal:erasures")
    told = {"erasure": erasure, "form": form}
    return render(request, "keeping/drop.html", told, status=422 if form.is_bound else 200)


def _erasure(request: HttpRequest, pk: int) -> Erasure:
    require(acting(request), "keeping.view_erasure")
    return get_object_or_404(erasures_for(acting(request)), pk=pk)
