"""Pages of imports: what can be brought, one import from its coming to its result."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.imports.actions.bringing import bring_sheet
from thidua.imports.actions.writing import why_not_written
from thidua.imports.kinds import kinds, the_kind
from thidua.imports.models import Import
from thidua.imports.queries import imports_for, rows_of
from thidua.jobs.queries import State as JobState
from thidua.jobs.queries import is_unattended, state_of
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.imports.doors import found_import, found_kind
from thidua.web.imports.forms import BringForm, ChoicesForm
from thidua.web.imports.show import columns_of, problems_of, remarks_of, result_lines
from thidua.web.reporting.doors import wants_json

PAGE, ROWS = 20, 100
State = Import.State


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the kinds of sheets, and what was brought so far."""
    who = acting(request)
    require(who, "imports.bring_import")
    brought = Paginator(imports_for(who), PAGE).get_page(request.GET.get("page"))
    lines = [(imported, the_kind(imported.kind).form.title) for imported in brought]
    told = {"kinds": list(kinds().values()), "page": brought, "lines": lines}
    return render(request, "imports/index.html", told)


@signed_in
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a kind of sheet asks for, and take one in."""
    kind = found_kind(request, slug)
    form = bind(BringForm, request)
    if form.is_valid():
        told = {"by": acting(request), "kind": kind.key}
        imported = perform(form, bring_sheet, form.cleaned_data["file"], **told)
        if imported:
            url = reverse("imports:show", args=[imported.pk])
            return JsonResponse({"url": url}) if wants_json(request) else redirect(url)
    if request.method == "POST" and wants_json(request):
        wrong = {name: [str(error) for error in found] for name, found in form.errors.items()}
        return JsonResponse({"wrong": wrong}, status=422)
    status = 422 if form.is_bound else 200
    return render(request, "imports/bring.html", {"form": form, "kind": kind}, status=status)


@signed_in
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an import as far as it has come."""
    imported = found_import(request, pk)
    kind = the_kind(imported.kind)
    told: dict[str, Any] = {"imported": imported, "kind": kind, "counts": {}}
    if imported.state in (State.BROUGHT, State.WRITING):
        told |= _waiting(imported)
    elif imported.state in (State.MAPPING, State.CHECKED):
        told |= _preview(imported)
    elif imported.state in (State.DONE, State.UNDONE):
        told |= _result(request, imported)
    return render(request, "imports/show.html", told)


def _waiting(imported: Import) -> dict[str, Any]:
    job = state_of(imported.job) if imported.job else JobState("gone")
    return {"job": job, "percent": 100 * job.done // job.of if job.of else 0,
            "is_unattended": job.word == "waiting" and is_unattended()}  # fmt: skip


def _preview(imported: Import) -> dict[str, Any]:
    form = the_kind(imported.kind).form
    missing = [form.column(name).heading for name in imported.found.get("missing", [])]
    return {
        "counts": imported.found["counts"],
        "remarks": remarks_of(imported),
        "columns": columns_of(imported),
        "missing": missing,
        "problems": problems_of(imported),
        "more_problems": imported.found["counts"]["problems"] - len(imported.found["problems"]),
        "choices": ChoicesForm(imported=imported),
        "more_questions": imported.found["counts"]["questions"] - len(imported.found["questions"]),
        "why_not": why_not_written(imported),
    }


def _result(request: HttpRequest, imported: Import) -> dict[str, Any]:
    page = Paginator(rows_of(imported), ROWS).get_page(request.GET.get("page"))
    return {
        "counts": imported.found["counts"],
        "page": page,
        "lines": result_lines(page, is_undone=imported.state == State.UNDONE),
    }


def told_about(request: HttpRequest, imported: Import) -> None:
    """Say what an act on an import came to."""
    if imported.refusal:
        messages.error(request, imported.refusal)
    elif imported.state == State.DONE:
        messages.success(request, _("Đã nhập xong. Dưới đây là kết quả của từng hàng."))
    elif imported.state == State.WRITING:
        messages.info(request, _("Đang nhập. Trang này tự cập nhật; bạn có thể rời đi."))
