"""Việc của tôi."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thidua.accounts.acting import acting_of
from thidua.accounts.models import User
from thidua.web.access import acting, signed_in
from thidua.web.work.ahead import coming_in, short_steps_of, waiting_in
from thidua.web.work.desk import years_of
from thidua.web.work.idle import ended_appointments, who_can_appoint
from thidua.web.work.tasks import tasks_of

A_PAGE = 30
MOST_YEARS = 6  # a board may run hundreds: the desk shows a few, the list of blocs all


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  (behind @signed_in)
    return request.user


@require_GET
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Show what is due for the organisation worked for now, and where its years stand."""
    user, mine = _user(request), acting(request)
    if not mine.appointments:
        ended = ended_appointments(user)
        helpers = who_can_appoint(a.organization_id for a in ended)
        return render(request, "work/nobody.html", {"ended": ended, "helpers": helpers})
    others = [acting_of(user, o.pk) for o in mine.organizations if o != mine.organization]
    years = years_of([mine, *others])
    own = [year for year in years if year.concerns(mine)]
    elsewhere = [(other, len(tasks_of(other, years))) for other in others]
    context = {
        "page": Paginator(tasks_of(mine, years), A_PAGE).get_page(request.GET.get("page")),
        "waiting": waiting_in(mine, own),
        "coming": coming_in(own),
        "years": [(year.cycle, short_steps_of(year.cycle)) for year in own[:MOST_YEARS]],
        "more_years": max(0, len(own) - MOST_YEARS),
        "elsewhere": [(other.organization, count) for other, count in elsewhere if count],
        "illustration": any(year.cycle.is_illustration for year in own),
    }
    return render(request, "work/index.html", context)
