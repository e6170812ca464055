"""The door of one paper: found only by whoever may see it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from thidua.paperwork.models import Draft
from thidua.paperwork.queries import drafts_for, whole
from thidua.web.access import acting, require


def found_draft(request: HttpRequest, pk: int, permission: str = "") -> Draft:
    """Return the paper with all that its page reads; 404 for whoever may not see it.

    With a ``permission`` also 403 for whoever sees it and may not do that.
    """
    who = acting(request)
    draft = get_object_or_404(whole(drafts_for(who)), pk=pk)
    if permission:
        require(who, permission, draft)
    return draft
