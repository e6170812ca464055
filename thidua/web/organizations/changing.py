"""Pages of an act by which organisations change: choose it, tell it, see what follows, do it."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.accounts.acting import Acting
from thidua.organizations.models import Organization, Reorganization
from thidua.organizations.queries import organizations, with_fate
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.organizations.acts import FORMS, ActForm, Plan
from thidua.web.organizations.following import Following, FollowingForm, following, rehearse

REARRANGE = "organizations.reorganize_organization"


@require_GET
@signed_in
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer what a decision can say of an organisation."""
    organization = _found(request, pk)
    return render(request, "organizations/rearrange.html", {"organization": organization})


def _found(request: HttpRequest, pk: int) -> Organization:
    organization = get_object_or_404(with_fate(organizations()), pk=pk)
    require(acting(request), REARRANGE, organization)
    return organization


@signed_in
def act(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Tell an act; then show all that follows from it; then do it.

    What was typed goes along from step to step in the form itself, so nothing is done by half.
    """
    organization, who = _found(request, pk), acting(request)
    if organization.ended_on:
        messages.error(request, _("Đơn vị này đã kết thúc nên không sắp xếp được nữa."))
        return redirect("organizations:show", pk)
    form = bind(FORMS[kind], request, organization=organization, acting=who)
    step = request.POST.get("step", "preview")
    if not form.is_valid() or step == "back":
        return _form_page(request, form, kind, status=422 if form.errors else 200)
    plan = form.plan()
    found = following(plan)
    if perform(form, _tried, plan, found, who) is None:
        return _form_page(request, form, kind, status=422)
    posted = request.POST if step == "do" else None
    chosen = FollowingForm(posted, plan=plan, found=found, acting=who)
    if chosen.is_valid() and (done := perform(chosen, plan.do, chosen.told(), who)):
        return _done(request, done)
    return _preview(request, form, chosen, found)


def _tried(plan: Plan, found: Following, who: Acting) -> bool:
    rehearse(plan, found, who)
    return True


def _done(request: HttpRequest, done: Reorganization) -> HttpResponse:
    sentence = _("Đã ghi: %(told)s. Tên cũ vẫn tìm thấy và vẫn đứng ở các năm đã qua.")
    messages.success(request, sentence % {"told": done.told})
    return redirect("organizations:change", done.pk)


def _form_page(request: HttpRequest, form: ActForm, kind: str, *, status: int) -> HttpResponse:
    told = {
        "form": form,
        "organization": form.organization,
        "illustration": form.organization.is_illustration,
        "label": Reorganization.Act(kind).label,
        "kind": kind,
    }
    return render(request, "organizations/act.html", told, status=status)


def _preview(
    request: HttpRequest, form: ActForm, chosen: FollowingForm, found: Following
) -> HttpResponse:
    plan = chosen.plan
    told = {
        "form": form,
        "typed": [_hidden(field) for field in form],
        "chosen": chosen,
        "found": found,
        "plan": plan,
        "decision": plan.decision,
        "organization": form.organization,
        "illustration": form.organization.is_illustration,
        "label": Reorganization.Act(plan.kind).label,
        "new": [heir for heir in plan.heirs if not isinstance(heir, Organization)],
        "there": [heir for heir in plan.heirs if isinstance(heir, Organization)],
        "into": plan.heirs[0].name if plan.heirs else "",
    }
    return render(
        request, "organizations/preview.html", told, status=422 if chosen.is_bound else 200
    )


def _hidden(field: forms.BoundField) -> str:
    return field.as_hidden()
