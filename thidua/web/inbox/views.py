"""The inbox: what a person should know, what of it is new, and where it leads."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.accounts.models import User
from thidua.notifications.actions import mark_all_read, mark_read
from thidua.notifications.queries import notices_for
from thidua.web.access import signed_in

A_PAGE = 30
NEW = "moi"  # ?loc=moi shows what is new alone


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Show the inbox, newest first; a POST marks everything in it as read."""
    user = one_of(request)
    if request.method == "POST":
        count = mark_all_read(user)
        messages.success(request, _("Đã ghi %(count)d thông báo là đã đọc.") % {"count": count})
        return redirect("inbox:index")
    only_new = request.GET.get("loc") == NEW
    found = notices_for(user).filter(read_at=None) if only_new else notices_for(user)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "inbox/index.html", {"page": page, "only_new": only_new})


@require_GET
@signed_in
def follow(request: HttpRequest, notice_pk: int) -> HttpResponse:
    """Go where a notice leads; it counts as read from then on."""
    notice = get_object_or_404(notices_for(one_of(request)), pk=notice_pk)
    mark_read(notice)
    return redirect(notice.link or reverse("inbox:index"))


@require_POST
@signed_in
def read(request: HttpRequest, notice_pk: int) -> HttpResponse:
    """Mark one notice as read, and stay where one was in the list."""
    notice = get_object_or_404(notices_for(one_of(request)), pk=notice_pk)
    mark_read(notice)
    return redirect(reverse("inbox:index") + _back(request))


def _back(request: HttpRequest) -> str:
    page = request.POST.get("page", "")
    wanted = [f"loc={NEW}"] if request.POST.get("loc") == NEW else []
    wanted += [f"page={page}"] if page.isascii() and page.isdigit() else []
    return "?" + "&".join(wanted) if wanted else ""


def one_of(request: HttpRequest) -> User:
    """Return who is signed in."""
    assert isinstance(request.user, User)  # noqa: S101  (behind @signed_in)
    return request.user
