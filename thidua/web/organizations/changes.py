"""Pages of acts that were done: the newest, one with all that followed, correcting, undoing."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from thidua.cycles.queries import settled_by
from thidua.organizations.actions import (
    correct_reorganization,
    undo_reorganization,
    why_not_undone,
)
from thidua.organizations.models import Reorganization
from thidua.organizations.queries import reorganizations
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.fields import BodyField, DayField, LineField

PAGE = 30
CORRECT = "organizations.correct_reorganization"


class PaperForm(forms.Form):
    """What is told of the paper."""

    number = LineField(label=gettext_lazy("Số quyết định"), max_length=300)
    decided_on = DayField(label=gettext_lazy("Ngày quyết định"), required=False)
    issuer = LineField(label=gettext_lazy("Cơ quan ban hành"), max_length=300, required=False)
    note = BodyField(label=gettext_lazy("Ghi chú"), max_length=5000, required=False)


class UndoForm(forms.Form):
    """Why an act is taken back."""

    reason = LineField(label=gettext_lazy("Lý do"), max_length=500)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the acts by which organisations changed, newest first."""
    page = Paginator(reorganizations(), PAGE).get_page(request.GET.get("page"))
    return render(request, "organizations/changes.html", {"page": page})


@require_GET
def show(request: HttpRequest, change_pk: int) -> HttpResponse:
    """Show one act: its paper, its units, and what became of the members of open years."""
    change, who = _found(change_pk), acting(request)
    told = {
        "change": change,
        "illustration": any(unit.is_illustration for unit in change.units()),
        "settled": settled_by(change, who),
        "why_not": why_not_undone(change) if who.has_perm(CORRECT, change) else "",
    }
    return render(request, "organizations/change.html", told)


def _found(change_pk: int) -> Reorganization:
    return get_object_or_404(reorganizations(), pk=change_pk)


@signed_in
def correct(request: HttpRequest, change_pk: int) -> HttpResponse:
    """Correct number, day and issuer of the paper."""
    change, who = _found(change_pk), acting(request)
    require(who, CORRECT, change)
    initial = {name: getattr(change, name) for name in PaperForm.base_fields}
    form = bind(PaperForm, request, initial=initial)
    if form.is_valid() and perform(
        form, correct_reorganization, change, by=who, **form.cleaned_data
    ):
        messages.success(request, _("Đã sửa. Điều ghi trước đây còn trong dấu vết."))
        return redirect("organizations:change", change_pk)
    told = {"form": form, "change": change}
    status = 422 if form.is_bound else 200
    return render(request, "organizations/correct_change.html", told, status=status)


@signed_in
def undo(request: HttpRequest, change_pk: int) -> HttpResponse:
    """Take an act back while nothing depends on it."""
    change, who = _found(change_pk), acting(request)
    require(who, CORRECT, change)
    form = bind(UndoForm, request)
    if form.is_valid() and perform(form, undo_reorganization, change, by=who, **form.cleaned_data):
        messages.success(request, _("Đã gỡ việc ghi nhầm. Các đơn vị trở lại như trước."))
        return redirect("organizations:change", change_pk)
    told = {"form": form, "change": change, "why_not": why_not_undone(change)}
    status = 422 if form.is_bound else 200
    return render(request, "organizations/undo_change.html", told, status=status)
