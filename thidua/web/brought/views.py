"""Pages on which papers that were written elsewhere are found and read."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thidua.core.errors import Invalid
from thidua.core.text import fold, one_line
from thidua.documents.file_words import WHY
from thidua.paperwork.brought_queries import brought_for, listed
from thidua.paperwork.models import Brought
from thidua.typesetting.reading import Unreadable
from thidua.web.access import acting, signed_in
from thidua.web.brought.doors import followed_cycle, found_paper
from thidua.web.brought.forms import RemoveForm
from thidua.web.files import file_response
from thidua.web.layout.checking import layout_of
from thidua.web.reporting.doors import why_over

A_PAGE, PARAGRAPHS, MOST_HITS = 50, 300, 30


@signed_in
@require_GET
def of_cycle(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """List the papers of a year that the person may read; search in their words."""
    cycle, who = followed_cycle(request, cycle_pk), acting(request)
    q = one_line(request.GET.get("q", ""))[:200]
    papers = listed(brought_for(who).filter(enrolment__cycle=cycle), q)
    part = cycle.enrolment_of(who.organization_id) if who.organization_id else None
    told = {
        "cycle": cycle,
        "illustration": cycle.is_illustration,
        "q": q,
        "page": Paginator(papers, A_PAGE).get_page(request.GET.get("page")),
        "may_bring": part is not None and not why_over(part),
    }
    return render(request, "brought/of_cycle.html", told)


@signed_in
@require_GET
def show(request: HttpRequest, cycle_pk: int, brought_pk: int) -> HttpResponse:
    """Show one paper as text, paragraph by paragraph, with where the words asked for stand."""
    paper = found_paper(request, cycle_pk, brought_pk)
    return paper_page(request, paper, RemoveForm())


def paper_page(request: HttpRequest, paper: Brought, form: RemoveForm) -> HttpResponse:
    """Return the page of a paper; ``form`` may hold a refusal to remove it."""
    who, cycle = acting(request), paper.enrolment.cycle
    q = one_line(request.GET.get("q", ""))[:200]
    lines = list(enumerate(paper.paragraphs, start=1))
    is_open = not paper.is_removed and not why_over(paper.enrolment)
    told = {
        "paper": paper,
        "cycle": cycle,
        "illustration": cycle.is_illustration or paper.is_illustration,
        "articles": paper.articles.all(),
        "page": Paginator(lines, PARAGRAPHS).get_page(request.GET.get("page")),
        "q": q,
        "hits": _hits(lines, q),
        "may_write": is_open and who.has_perm("paperwork.write_brought", paper),
        "may_send": is_open and who.has_perm("paperwork.send_brought", paper),
        "form": form,
    }
    return render(request, "brought/show.html", told, status=422 if form.is_bound else 200)


def _hits(lines: list[tuple[int, str]], q: str) -> list[tuple[int, int, str]]:
    """Return paragraphs that hold all the words, as (page, number, text): at most `MOST_HITS`."""
    words = fold(q).split()
    if not words:
        return []
    found = ((n, text) for n, text in lines if all(word in fold(text) for word in words))
    hits = [((n - 1) // PARAGRAPHS + 1, n, text) for n, text in found]
    return hits[:MOST_HITS]


@signed_in
@require_GET
def download(request: HttpRequest, cycle_pk: int, brought_pk: int) -> HttpResponseBase:
    """Give the file as it was brought."""
    paper = found_paper(request, cycle_pk, brought_pk)
    return file_response(request, paper.blob, paper.name)


@signed_in
@require_GET
def layout(request: HttpRequest, cycle_pk: int, brought_pk: int) -> HttpResponse:
    """Check how a PDF that was brought is set."""
    paper = found_paper(request, cycle_pk, brought_pk)
    checked, refusal = None, ""
    if paper.blob.is_pdf and not paper.blob.is_blanked:
        try:
            checked = layout_of(paper.blob)
        except (Unreadable, Invalid) as trouble:
            refusal = str(WHY[trouble.reason]) if isinstance(trouble, Unreadable) else ""
    told = {"paper": paper, "cycle": paper.enrolment.cycle, "checked": checked, "refusal": refusal}
    return render(request, "brought/layout.html", told)
