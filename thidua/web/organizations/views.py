"""Pages of organisations: find, read, enter, rename, say who holds which office."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.cycles.queries import enrolments_seen
from thidua.organizations.actions import (
    edit_organization,
    enter_holder,
    enter_office,
    found_organization,
    rename_organization,
)
from thidua.organizations.models import Office, Organization
from thidua.organizations.queries import (
    changes_of,
    matching,
    organizations,
    predecessors_of,
    with_fate,
)
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.awards.shown import record_of
from thidua.web.organizations.forms import (
    OfficeForm,
    OrganizationForm,
    ParticularsForm,
    RenameForm,
)
from thidua.web.trail import trail_lines

PAGE, CHILDREN, CHANGES = 30, 100, 50


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the organisations, found by folded name and by kind."""
    q, kind = request.GET.get("q", "")[:200], request.GET.get("kind", "")
    found = with_fate(organizations()).filter(matching(q))
    if kind in Organization.Kind.values:
        found = found.filter(kind=kind)
    told = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "q": q,
        "kind": kind,
        "kinds": Organization.Kind.choices,
    }
    return render(request, "organizations/index.html", told)


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an organisation: its names, offices, and the years it took part in."""
    organization = get_object_or_404(with_fate(organizations()), pk=pk)
    who = acting(request)
    works_there = who.is_for(pk) or who.has_perm("organizations.edit_organization", organization)
    told = {
        "organization": organization,
        "illustration": organization.is_illustration,
        "names": list(organization.names.order_by("-since")),
        "children": organization.children.filter(ended_on=None)[:CHILDREN],
        "origins": predecessors_of(organization),
        "changes": changes_of(organization)[:CHANGES],
        "offices": organization.offices.select_related("person"),
        "enrolments": enrolments_seen(who, organization),
        "blocs": organization.blocs.all(),
        "record": record_of(organization, who),
        "entries": trail_lines(organization, everything=works_there),
    }
    return render(request, "organizations/show.html", told)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Enter an organisation, after what is nearly the same was offered."""
    who = acting(request)
    require(who, "organizations.found_organization")
    form = bind(OrganizationForm, request)
    if form.is_valid():
        organization = perform(
            form, found_organization, form.facts(), by=who, is_illustration=who.is_illustration
        )
        if organization:
            messages.success(
                request, _("Đã nhập đơn vị. Tiếp theo: ghi người giữ chức vụ, mở tài khoản.")
            )
            return redirect("organizations:show", organization.pk)
    return _page(request, form, "organizations/new.html")


@signed_in
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is told of an organisation, apart from its name."""
    organization = get_object_or_404(organizations(), pk=pk)
    who = acting(request)
    require(who, "organizations.edit_organization", organization)
    form = bind(ParticularsForm, request, initial=_particulars(organization))
    if form.is_valid() and perform(
        form, edit_organization, organization, form.particulars(), by=who
    ):
        messages.success(request, _("Đã sửa. Điều ghi trước đây còn trong dấu vết."))
        return redirect("organizations:show", pk)
    return _page(request, form, "organizations/edit.html", organization=organization)


def _particulars(organization: Organization) -> dict[str, object]:
    return {name: getattr(organization, name) for name in ParticularsForm.base_fields}


@signed_in
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an organisation a new name from a day on."""
    organization = get_object_or_404(organizations(), pk=pk)
    who = acting(request)
    require(who, "organizations.edit_organization", organization)
    form = bind(RenameForm, request)
    if form.is_valid() and perform(
        form, rename_organization, organization, by=who, **form.cleaned_data
    ):
        messages.success(request, _("Đã đổi tên. Tên cũ vẫn tìm thấy và vẫn đứng ở các năm trước."))
        return redirect("organizations:show", pk)
    return _page(request, form, "organizations/rename.html", organization=organization)


@signed_in
def new_office(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter who holds which post in an organisation."""
    organization = get_object_or_404(organizations(), pk=pk)
    who = acting(request)
    require(who, "organizations.staff_organization", organization)
    form = bind(OfficeForm, request)
    if form.is_valid() and (office := _enter(form, organization, request)):
        told = {"person": office.person.full_name, "post": office.post}
        messages.success(request, _("Đã ghi %(person)s, %(post)s.") % told)
        return redirect("organizations:show", pk)
    return _page(request, form, "organizations/new_office.html", organization=organization)


def _enter(form: OfficeForm, organization: Organization, request: HttpRequest) -> Office | None:
    who = acting(request)
    told = {name: form.cleaned_data[name] for name in ("post", "since", "until", "source")}
    known = form.known()
    if known:
        return perform(form, enter_office, known, organization, by=who, **told)
    return perform(
        form,
        enter_holder,
        form.cleaned_data["full_name"],
        organization,
        by=who,
        is_illustration=who.is_illustration,
        **told,
    )


def _page(
    request: HttpRequest,
    form: OrganizationForm | ParticularsForm | RenameForm | OfficeForm,
    template: str,
    **told: object,
) -> HttpResponse:
    return render(request, template, {"form": form, **told}, status=422 if form.is_bound else 200)
