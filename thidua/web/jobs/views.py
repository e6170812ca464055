"""What runs in the background, what waits, what failed and why; try again, give up."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from thidua.accounts.acting import Acting
from thidua.jobs import queries
from thidua.jobs.actions import give_up, try_again, try_all_again
from thidua.jobs.models import Lease
from thidua.web.access import acting, attempt, require, signed_in
from thidua.web.jobs.lines import lines_of, planned

A_PAGE, MOST_SHOWN = 30, 50


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show all that runs, waits, failed, and comes due by itself."""
    _operator(request)
    page = Paginator(queries.failed(), A_PAGE).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "failed": lines_of(page),
        "running": lines_of(queries.running()[:MOST_SHOWN]),
        "put_off": lines_of(queries.put_off()[:MOST_SHOWN]),
        "waiting": queries.waiting(),
        "planned": planned(),
        "is_unattended": queries.is_unattended(),
    }
    return render(request, "jobs/index.html", told)


@signed_in
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a job that failed, or waits for its next try, begin at once."""
    who, lease = _operator(request), _lease(pk)
    if attempt(request, try_again, lease, by=who):
        sentence = _("Đã cho chạy lại “%(work)s”. Việc sẽ bắt đầu trong vài giây.")
        messages.success(request, sentence % {"work": lease})
    return redirect("jobs:index")


@signed_in
@require_POST
def all_again(request: HttpRequest) -> HttpResponse:
    """Let all that failed begin anew."""
    count = attempt(request, try_all_again, by=_operator(request))
    if count:
        sentence = ngettext(
            "Đã cho chạy lại %(count)d việc.", "Đã cho chạy lại %(count)d việc.", count
        )
        messages.success(request, sentence % {"count": count})
    return redirect("jobs:index")


@signed_in
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then take a job that failed out of the list for good."""
    who, lease = _operator(request), _lease(pk)
    if request.method != "POST":
        return render(request, "jobs/drop.html", {"lease": lease})
    work = attempt(request, give_up, lease, by=who)
    if work:
        messages.success(request, _("Đã bỏ “%(work)s”.") % {"work": work})
    return redirect("jobs:index")


def _operator(request: HttpRequest) -> Acting:
    who = acting(request)
    require(who, "jobs.run_lease")
    return who


def _lease(pk: int) -> Lease:
    return get_object_or_404(Lease.objects.select_related("task"), pk=pk)
