"""Entering an honour that was decided, correcting it, taking it out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from thidua.commendations.actions.awards import correct_award, enter_award, remove_award
from thidua.commendations.models import Award
from thidua.commendations.queries import awards_for, units_to_honour
from thidua.organizations.models import Organization
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.awards.forms import AwardForm, RemoveForm, told_before


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Enter an honour of one of the units that one's board is over."""
    who = acting(request)
    require(who, "commendations.begin_award")
    return _enter(request, bind(AwardForm, request, among=units_to_honour(who)))


@signed_in
def new_for(request: HttpRequest, org_pk: int) -> HttpResponse:
    """Enter an honour of this unit."""
    unit = get_object_or_404(Organization.objects.select_related("parent"), pk=org_pk)
    require(acting(request), "organizations.edit_organization", unit)
    return _enter(request, bind(AwardForm, request), unit)


def _enter(request: HttpRequest, form: AwardForm, unit: Organization | None = None) -> HttpResponse:
    if form.is_valid():
        who = acting(request)
        award = perform(
            form,
            enter_award,
            unit or form.cleaned_data["organization"],
            form.facts(),
            by=who,
            is_illustration=who.is_illustration,
        )
        if award:
            messages.success(request, _("Đã ghi khen thưởng. Trang đơn vị cũng hiện từ bây giờ."))
            return redirect("awards:show", award.pk)
    status = 422 if form.is_bound else 200
    return render(request, "awards/new.html", {"form": form, "unit": unit}, status=status)


@signed_in
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is told of an honour."""
    award = _found(request, pk)
    form = bind(AwardForm, request, initial=told_before(award))
    if form.is_valid() and perform(form, correct_award, award, form.facts(), by=acting(request)):
        messages.success(request, _("Đã sửa. Điều ghi trước đây còn trong dấu vết."))
        return redirect("awards:show", pk)
    status = 422 if form.is_bound else 200
    return render(request, "awards/correct.html", {"form": form, "award": award}, status=status)


@signed_in
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then take out what was entered wrongly."""
    award = _found(request, pk)
    form = bind(RemoveForm, request)
    if form.is_valid():
        perform(form, remove_award, award, by=acting(request), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, _("Đã bỏ. Dấu vết ở trang đơn vị giữ điều đã ghi và lý do."))
            return redirect("organizations:show", award.organization_id)
    status = 422 if form.is_bound else 200
    return render(request, "awards/remove.html", {"form": form, "award": award}, status=status)


def _found(request: HttpRequest, pk: int) -> Award:
    award = get_object_or_404(awards_for(acting(request)), pk=pk)
    require(acting(request), "commendations.write_award", award)
    return award
