"""The look at a regulation's headings before they become its articles."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from thidua.paperwork.actions.brought import confirm_articles
from thidua.web.access import acting, bind, perform, signed_in
from thidua.web.brought.doors import found_paper
from thidua.web.brought.forms import ArticlesForm


@signed_in
def look(request: HttpRequest, cycle_pk: int, brought_pk: int) -> HttpResponse:
    """Show the headings that were found, to be ticked and put right."""
    paper = found_paper(request, cycle_pk, brought_pk, "paperwork.write_brought")
    if not paper.has_articles or paper.is_removed:
        raise Http404
    form = bind(ArticlesForm, request, paper=paper)
    if form.is_valid():
        kept = perform(form, confirm_articles, paper, form.facts(), by=acting(request))
        if kept:
            sentence = _("Đã ghi %(count)d điều của quy chế.") % {"count": len(kept)}
            messages.success(request, sentence)
            return redirect("brought:show", cycle_pk, brought_pk)
    told = {
        "form": form,
        "rows": list(form.rows()),
        "paper": paper,
        "cycle": paper.enrolment.cycle,
        "illustration": paper.is_illustration,
    }
    return render(request, "brought/articles.html", told, status=422 if form.is_bound else 200)
