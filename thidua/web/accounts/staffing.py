"""Pages of who acts for an organisation: open accounts, give and end rights."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.accounts.acting import Acting
from thidua.accounts.actions import (
    appoint,
    end_appointment,
    open_and_appoint,
)
from thidua.accounts.models import Appointment, User
from thidua.accounts.queries import appointments_for, open_invitations, users_named
from thidua.organizations.models import Organization
from thidua.organizations.queries import organizations
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.accounts.forms import AppointForm, CreateForm, EndForm
from thidua.web.accounts.listing import state_of
from thidua.web.accounts.views import by_standing
from thidua.web.trail import trail_lines

PAGE, MOST_FOUND = 30, 20


@signed_in
@require_GET
def people(request: HttpRequest, org_pk: int) -> HttpResponse:
    """Show who acts for the organisation, who will, and who did."""
    organization, who = _staffed(request, org_pk)
    appointments = (
        Appointment.objects.filter(organization=organization)
        .select_related("organization", "user__person", "bloc", "stands_in_for__user__person")
        .prefetch_related(open_invitations("user__"))
        .order_by("user__person__sort_key", "-since", "pk")
    )
    standing = by_standing(appointments)
    told = {
        "organization": organization,
        "illustration": organization.is_illustration,
        "may_enter": who.has_perm("covenants.enter_contact", organization),
        "rows": [
            {
                "appointment": appointment,
                "may_end": who.has_perm("accounts.end_appointment", appointment),
                "is_own": appointment.user_id == who.actor_id,
                "kind": state[0],
                "state": state[1],
            }
            for appointment in [*standing["now"], *standing["coming"]]
            for state in [state_of(appointment.user)]
        ],
        "coming": standing["coming"],
        "page": Paginator(standing["ended"], PAGE).get_page(request.GET.get("page")),
        "entries": trail_lines(organization, everything=True),
    }
    return render(request, "accounts/people.html", told)


def _staffed(request: HttpRequest, org_pk: int) -> tuple[Organization, Acting]:
    organization = get_object_or_404(organizations(), pk=org_pk)
    who = acting(request)
    require(who, "organizations.staff_organization", organization)
    return organization, who


@signed_in
def create(request: HttpRequest, org_pk: int) -> HttpResponse:
    """Open an account for somebody new, and lead on to inviting them."""
    organization, who = _staffed(request, org_pk)
    form = bind(CreateForm, request, organization=organization, by=who)
    if form.is_valid():
        opened = perform(
            form,
            open_and_appoint,
            form.newcomer(who),
            organization,
            by=who,
            role=form.cleaned_data["role"],
            terms=form.terms(),
        )
        if opened:
            sentence = _("Đã mở tài khoản cho %(name)s. Tiếp theo: mời người này vào.")
            messages.success(request, sentence % {"name": opened.name})
            return redirect("accounts:account", opened.pk)
    return _page(request, "accounts/create.html", form, organization)


@signed_in
def give_right(request: HttpRequest, org_pk: int, user_pk: int | None = None) -> HttpResponse:
    """Give somebody who has an account a right: find them by name, then say which."""
    organization, who = _staffed(request, org_pk)
    if user_pk is None:
        q = request.GET.get("q", "")[:200]
        told = {"organization": organization, "q": q, "users": users_named(q)[:MOST_FOUND]}
        return render(request, "accounts/find.html", told)
    user = get_object_or_404(User.objects.select_related("person"), pk=user_pk, is_active=True)
    form = bind(AppointForm, request, organization=organization, by=who)
    if form.is_valid() and perform(
        form,
        appoint,
        user,
        organization,
        by=who,
        role=form.cleaned_data["role"],
        terms=form.terms(),
    ):
        messages.success(
            request,
            _("Đã giao quyền cho %(name)s. Người này thấy việc của đơn vị ngay khi đăng nhập.")
            % {"name": user.name},
        )
        return redirect("accounts:people", org_pk)
    return _page(request, "accounts/appoint.html", form, organization, owner=user)


@signed_in
def end(request: HttpRequest, appointment_pk: int) -> HttpResponse:
    """End a right with its last day and a reason."""
    who = acting(request)
    appointment = get_object_or_404(appointments_for(who), pk=appointment_pk)
    require(who, "accounts.end_appointment", appointment)
    form = bind(EndForm, request)
    if form.is_valid() and perform(form, end_appointment, appointment, by=who, **form.facts()):
        sentence = _("Đã ghi ngày hết quyền của %(name)s. Những gì người này đã ký vẫn giữ nguyên.")
        if form.cleaned_data["at_once"]:
            sentence = _("%(name)s hết quyền từ bây giờ. Những gì người này đã ký vẫn giữ nguyên.")
        messages.success(request, sentence % {"name": appointment.user.name})
        return redirect("accounts:people", appointment.organization_id)
    return _page(
        request, "accounts/end.html", form, appointment.organization, appointment=appointment
    )


def _page(
    request: HttpRequest,
    template: str,
    form: AppointForm | EndForm,
    organization: Organization,
    **told: object,
) -> HttpResponse:
    told |= {
        "form": form,
        "organization": organization,
        "illustration": organization.is_illustration,
    }
    return render(request, template, told, status=422 if form.is_bound else 200)
