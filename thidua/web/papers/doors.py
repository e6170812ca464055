"""The door of one paper: found only by whoever may see it."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from thidua.paperwork.models import Draft
from thidua.paperwork.queries import of_its_year, whole
from thidua.web.access import acting, require


def found_draft(request: HttpRequest, pk: int, permission: str = "") -> Draft:
    """Return the paper with all that its page reads; 404 for whoever may not see it.

    With a ``permission`` also 403 for whoever sees it and may not do that.
    """
    who = acting(request)
    draft = of_its_year(get_object_or_404(whole(Draft.objects.all()), pk=pk))
    if not who.has_perm("paperwork.view_draft", draft):
        raise Http404  # with the year in hand this costs no query; `drafts_for` would cost five
    if permission:
        require(who, permission, draft)
    return draft
