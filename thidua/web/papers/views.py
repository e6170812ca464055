"""Pages of the papers of a year: the list, a draft beside its preview, what was issued, the ZIP."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.cycles.models import Cycle
from thidua.cycles.queries import cycles_for
from thidua.documents.codes import shown
from thidua.documents.models import Printing
from thidua.paperwork.actions.drafting import save_draft
from thidua.paperwork.gathering import issued_files, zipped
from thidua.paperwork.models import Draft
from thidua.web.access import acting, perform, require, signed_in
from thidua.web.files import file_response
from thidua.web.papers.doors import found_draft
from thidua.web.papers.editing import bound_form, draft_page, preview
from thidua.web.papers.forms import WithdrawForm
from thidua.web.papers.listing import rows_of


@require_GET
@signed_in
def of_cycle(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """List the papers of a year."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=cycle_pk)
    require(who, "paperwork.follow_papers", cycle)
    bloc, own, others = rows_of(cycle, who)
    context = {
        "cycle": cycle,
        "bloc": bloc,
        "own": own,
        "others": others,
        "is_any_issued": any(r.draft and r.draft.is_issued for r in [*bloc, *own, *others]),
        "illustration": cycle.is_illustration,
    }
    return render(request, "papers/list.html", context)


@signed_in
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draft to whoever may write it, and an issued paper; a POST saves the draft."""
    draft, who = found_draft(request, pk), acting(request)
    if draft.is_issued:
        return issued_page(request, draft, WithdrawForm())
    require(who, "paperwork.write_draft", draft)
    form = bound_form(request, draft)
    status = 200
    if request.method == "POST":
        saved: Draft | None = None
        if form.is_valid():
            seen = form.cleaned_data["revision"]
            saved = perform(form, save_draft, draft, form.facts(), by=who, revision=seen)
        if saved:
            if "and_issue" in request.POST:
                return redirect("papers:issue", pk)
            messages.success(request, _("Đã lưu. Bản in đã được làm mới."))
            return redirect("papers:show", pk)
        status = 422
    return render(request, "papers/edit.html", draft_page(request, draft, form), status=status)


def issued_page(request: HttpRequest, draft: Draft, form: WithdrawForm) -> HttpResponse:
    """Answer with what was issued; ``form`` asks why it is to be withdrawn."""
    who = acting(request)
    context: dict[str, Any] = {
        "draft": draft,
        "cycle": draft.cycle,
        "printings": {p.form: p for p in draft.version.printings.all()} if draft.version else {},
        "code": shown(draft.version.code) if draft.version else "",
        "may_withdraw": who.has_perm("paperwork.withdraw_draft", draft),
        "may_replace": who.has_perm("paperwork.write_draft", draft) and not draft.later.exists(),
        "withdraw_form": form,
        "illustration": draft.version is not None and draft.version.is_illustration,
    }
    status = 422 if form.is_bound else 200
    return render(request, "papers/issued.html", context, status=status)


@require_GET
@signed_in
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Answer with a page of the preview as a picture. 404 beyond the last page."""
    draft = found_draft(request, pk)
    pages = preview(draft)
    if not 1 <= number <= len(pages):
        raise Http404
    return HttpResponse(pages[number - 1], content_type="image/png")


@require_GET
@signed_in
def download(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Hand over the PDF or the Word file that was issued."""
    draft = found_draft(request, pk)
    printing = get_object_or_404(
        Printing.objects.select_related("blob"), version=draft.version_id or 0, form=form
    )
    return file_response(request, printing.blob, f"{draft.file_name}.{form}")


@require_GET
@signed_in
def all_of_cycle(request: HttpRequest, cycle_pk: int) -> FileResponse:
    """Hand over all papers of the year that this person may see, with an index."""
    who = acting(request)
    cycle: Cycle = get_object_or_404(cycles_for(who), pk=cycle_pk)
    require(who, "paperwork.follow_papers", cycle)
    files = issued_files(cycle, who)
    name = f"van-ban-{cycle.year}.zip"
    return FileResponse(zipped(files), as_attachment=True, filename=name)
