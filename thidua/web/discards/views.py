"""What one's organisation deleted in the last month, each with the way back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.discards.actions import put_back
from thidua.discards.kinds import kind_of
from thidua.discards.queries import discards_for
from thidua.notifications.links import address_of
from thidua.web.access import acting, attempt, require, signed_in

A_PAGE = 30


@require_GET
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Show what was deleted, newest first."""
    page = Paginator(discards_for(acting(request)), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "discards/index.html", {"page": page})


@require_POST
@signed_in
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one back, for whoever may write in what it stood in."""
    who = acting(request)
    discard = get_object_or_404(discards_for(who), pk=pk)
    require(who, "discards.restore_discard", discard)
    kind = kind_of(discard.about_type)
    if kind is None:
        raise Http404
    within = get_object_or_404(kind.within, pk=discard.within_id)
    require(who, kind.permission, within)
    stood_in = attempt(request, put_back, discard, by=who)
    if stood_in is None:
        return redirect("discards:index")
    told = {"title": discard.title, "name": discard.within_name}
    sentence = _("Đã lấy lại “%(title)s” trong %(name)s; nó đứng ở cuối.")
    messages.success(request, sentence % told)
    return redirect(address_of(discard.within_type, discard.within_id) or "discards:index")
