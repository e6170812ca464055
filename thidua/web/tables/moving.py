"""Putting a draft to use, beginning the next version, throwing a draft away."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thidua.core.errors import DomainError
from thidua.scoring.actions.adoption import adopt_table, draft_next_version
from thidua.scoring.actions.tables import discard_table
from thidua.scoring.differences import changes_between, digest_of, sheets_opened_again
from thidua.scoring.models import ScoringTable
from thidua.scoring.queries import table_in_use
from thidua.scoring.warnings import why_results_stand
from thidua.web.access import (
    acting,
    attempt,
    signed_in,
)
from thidua.web.discards.words import gone
from thidua.web.tables.doors import ADOPT, WRITE, find, head_facts
from thidua.web.tables.editor import to_reading, why_not_written
from thidua.web.tables.rows import laid_out


@require_http_methods(["GET", "POST"])
@signed_in
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what putting the draft to use does and whom it tells, then do just that.

    The digest goes along with the form: a draft that changed meanwhile is shown anew.
    """
    table = find(request, pk, ADOPT)
    if request.method == "GET" and (why := why_not_written(table)):
        return to_reading(request, table, why)
    refusal = ""
    if request.method == "POST":
        try:
            adopt_table(table, by=acting(request), seen_digest=request.POST.get("seen_digest", ""))
        except DomainError as refused:
            refusal = refused.sentence
        else:
            count = {"count": len(table.cycle.current())}
            told = _("Đã đưa bảng điểm vào dùng và báo %(count)d đơn vị. Ai cũng có phiếu điểm.")
            messages.success(request, told % count)
            return redirect("tables:show", pk)
    return _adopt_page(request, table, refusal)


def _adopt_page(request: HttpRequest, table: ScoringTable, refusal: str) -> HttpResponse:
    before = table_in_use(table.cycle)
    changes = changes_between(before, table) if before else None
    laid = laid_out(table, warned=True)
    prefetch_related_objects([table], "cycle__enrolments__organization__names")
    context = {
        **head_facts(table),
        "laid": laid,
        "refusal": refusal,
        "stands": why_results_stand(table.cycle),
        "before": before,
        "changes": changes,
        "opened_again": sheets_opened_again(changes) if changes else 0,
        "members": table.cycle.current(),
        "digest": digest_of(table),
    }
    return render(request, "tables/adopt.html", context, status=422 if refusal else 200)


@require_POST
@signed_in
def next_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version as a copy of this one."""
    table = find(request, pk, WRITE)
    draft = attempt(request, draft_next_version, table, by=acting(request))
    if draft is None:
        return redirect("tables:of_cycle", table.cycle_id)
    told = {"number": draft.number}
    messages.success(
        request,
        _("Đã chép sang bản số %(number)d để sửa. Bản đang dùng giữ nguyên đến khi thay.") % told,
    )
    return redirect("tables:edit", draft.pk)


@require_http_methods(["GET", "POST"])
@signed_in
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then throw the draft away."""
    table = find(request, pk, WRITE)
    if request.method == "GET":
        if why := why_not_written(table):
            return to_reading(request, table, why)
        context = {**head_facts(table), "laid": laid_out(table)}
        return render(request, "tables/discard.html", context)
    cycle_pk, name = table.cycle_id, table.name
    if attempt(request, _discarded, table, by=acting(request)):
        messages.success(request, gone(name))
    return redirect("tables:of_cycle", cycle_pk)


def _discarded(table: ScoringTable, *, by: object) -> bool:
    discard_table(table, by=by)  # type: ignore[arg-type]
    return True
