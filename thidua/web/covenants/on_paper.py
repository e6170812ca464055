"""Signing on paper: print the sheet, bring the photograph, look at it beside what is expected."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.core.text import fold
from thidua.covenants.actions.on_paper import bring_sheet, confirm_sheet, return_sheet
from thidua.covenants.models import Covenant
from thidua.covenants.queries import sheets_for, unsigned_members
from thidua.documents.actions.printing import set_for_reading
from thidua.documents.codes import address_of
from thidua.documents.models import PaperSheet, Signature
from thidua.documents.verifying import LEGAL
from thidua.organizations.models import Organization
from thidua.typesetting.official import Mark
from thidua.typesetting.papers import signing_sheet
from thidua.web.access import acting, attempt, bind, fresh_second_factor, perform, signed_in
from thidua.web.covenants.doors import find_for, head_facts, why_nothing_is_taken
from thidua.web.covenants.sheet_forms import ReturnForm, SheetForm, UnitForm
from thidua.web.covenants.standing import signers_for, why_no_second_person
from thidua.web.files import NOTHING, file_preview

BRING, COMPARE = "covenants.bring_covenant", "covenants.compare_covenant"
FOLLOW, WRITE = "covenants.follow_covenant", "covenants.write_covenant"
TAGS = {"brought": "wait", "confirmed": "done", "returned": "late"}


@require_http_methods(["GET", "POST"])
@signed_in
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how a head signs by hand, give the sheet to print, and take its photograph."""
    covenant = find_for(request, pk, BRING)
    if why := _why_not(covenant):
        messages.info(request, why)
        return redirect("covenants:show", pk)
    units = _units(covenant, acting(request))
    unit = _chosen(request, units)
    if unit is None:
        messages.info(request, _("Đơn vị bạn đã ký, hoặc không tham gia giao ước này."))
        return redirect("covenants:show", pk)
    form = bind(SheetForm, request, unit=unit, signers=signers_for(unit.pk))
    if request.method == "POST" and form.is_valid():
        facts = form.facts(request.POST.get("digest", ""))
        if sheet := perform(form, bring_sheet, covenant, facts, by=acting(request)):
            messages.success(request, _("Đã nộp ảnh. Tiếp theo: người thứ hai đối chiếu."))
            return redirect("covenants:sheet", pk, sheet.pk)
    return _bring_page(request, covenant, form, units)


def _why_not(covenant: Covenant) -> str:
    if not covenant.takes_signatures or covenant.version is None or not covenant.version.code:
        return _("Chỉ ký trên giấy được khi giao ước đang mở ký và có mã tra cứu.")
    return why_nothing_is_taken(covenant.cycle)


def _units(covenant: Covenant, who: Acting) -> list[Organization]:
    """Return the units whose sheet this person may bring now."""
    due = [member.organization for member in unsigned_members(covenant)]
    if who.has_perm(WRITE, covenant):
        return due
    return [unit for unit in due if unit.pk == who.organization_id]


def _chosen(request: HttpRequest, units: list[Organization]) -> Organization | None:
    """Return the unit that the page is for: the one asked for, else one's own, else the first."""
    asked = request.POST.get("organization") or request.GET.get("don_vi", "")
    own = str(acting(request).organization_id)
    by_key = {str(unit.pk): unit for unit in units}
    if request.method == "POST":
        return by_key.get(asked)
    return by_key.get(asked) or by_key.get(own) or next(iter(units), None)


def _bring_page(
    request: HttpRequest, covenant: Covenant, form: SheetForm, units: list[Organization]
) -> HttpResponse:
    several = UnitForm(initial={"don_vi": form.unit.pk}, units=units) if len(units) > 1 else None
    context = {
        **head_facts(covenant),
        "form": form,
        "unit": form.unit,
        "unit_form": several,
        "sheets": sheets_for(acting(request), covenant).filter(organization=form.unit)[:5],
        "tags": TAGS,
        "legal": LEGAL[Signature.Method.PAPER],
    }
    status = 422 if form.errors else 200
    return render(request, "covenants/on_paper.html", context, status=status)


@require_GET
@signed_in
def blank(request: HttpRequest, pk: int, org_pk: int) -> HttpResponse:
    """Give the sheet of one unit to print: code, QR, digest, and blanks for the hand."""
    covenant = find_for(request, pk, BRING)
    units = {unit.pk: unit for unit in _units(covenant, acting(request))}
    version = covenant.version
    if version is None or not version.code or org_pk not in units:
        raise Http404
    facts = signing_sheet.SheetFacts(
        title=version.title,
        of=covenant.cycle.bloc.title,
        unit=units[org_pk].name,
        digest=version.digest,
        mark=Mark(version.shown_code, address_of(version.code)),
        made_on=clock.today(),
        is_illustration=covenant.is_illustration,
    )
    content = set_for_reading(signing_sheet.compose(facts))
    name = fold(_("phiếu ký %(unit)s") % {"unit": units[org_pk].name}).replace(" ", "-")[:80]
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Content-Security-Policy"] = NOTHING
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@signed_in
def show(request: HttpRequest, pk: int, paper_pk: int) -> HttpResponse:
    """Show the photograph beside what is expected, with the answer where it is this person's."""
    return _sheet_page(request, *_found(request, pk, paper_pk), ReturnForm())


def _found(request: HttpRequest, pk: int, paper_pk: int) -> tuple[Covenant, PaperSheet]:
    covenant = find_for(request, pk, FOLLOW)
    sheet = get_object_or_404(sheets_for(acting(request), covenant), pk=paper_pk)
    return covenant, sheet


def _sheet_page(
    request: HttpRequest, covenant: Covenant, sheet: PaperSheet, form: ReturnForm
) -> HttpResponse:
    who = acting(request)
    why_not = why_no_second_person(sheet, who)
    context: dict[str, Any] = {
        **head_facts(covenant),
        "sheet": sheet,
        "tag": TAGS[sheet.state],
        "form": form,
        "may_answer": who.has_perm(COMPARE, covenant) and not why_not,
        "why_not": why_not,
        "is_open": sheet.state == PaperSheet.State.BROUGHT,
    }
    return render(request, "covenants/sheet.html", context, status=422 if form.errors else 200)


@require_GET
@signed_in
def photograph(request: HttpRequest, pk: int, paper_pk: int) -> HttpResponseBase:
    """Give the photograph to be shown on the page of its sheet."""
    _covenant, sheet = _found(request, pk, paper_pk)
    return file_preview(request, sheet.blob, sheet.file_name)


@require_POST
@signed_in
@fresh_second_factor
def confirm(request: HttpRequest, pk: int, paper_pk: int) -> HttpResponse:
    """Confirm that the head signed by hand."""
    covenant = find_for(request, pk, COMPARE)
    sheet = get_object_or_404(sheets_for(acting(request), covenant), pk=paper_pk)
    if signature := attempt(request, confirm_sheet, sheet, by=acting(request)):
        told = {"unit": signature.organization_name}
        messages.success(request, _("Đã xác nhận %(unit)s ký trên giấy.") % told)
        return redirect("covenants:show", pk)
    return redirect("covenants:sheet", pk, paper_pk)


@require_POST
@signed_in
def give_back(request: HttpRequest, pk: int, paper_pk: int) -> HttpResponse:
    """Return the sheet to the unit, with a reason."""
    covenant = find_for(request, pk, COMPARE)
    sheet = get_object_or_404(sheets_for(acting(request), covenant), pk=paper_pk)
    form = ReturnForm(request.POST)
    facts = {"by": acting(request), **(form.cleaned_data if form.is_valid() else {})}
    if form.is_valid() and perform(form, return_sheet, sheet, **facts) is not None:
        messages.success(request, _("Đã trả lại phiếu và báo đơn vị."))
        return redirect("covenants:show", pk)
    return _sheet_page(request, covenant, sheet, form)
