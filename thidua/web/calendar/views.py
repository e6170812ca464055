"""The calendar as a page: of one bloc-year, and of a person over all theirs."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.core import clock
from thidua.core.text import join_names
from thidua.cycles.queries import cycles_for
from thidua.notifications.actions.choosing import end_calendar, renew_calendar
from thidua.notifications.actions.reminding import days_of, plan_reminders, plans
from thidua.notifications.models import CalendarAddress
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.calendar.events import events_of, months_of, years_of
from thidua.web.calendar.feed import actings_of, path_of
from thidua.web.calendar.forms import PlanForm, words
from thidua.web.inbox.views import one_of

A_PAGE = 60  # a board may have thousands of days before it


@require_GET
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Show the days that count in all years of one's organisations; what is past on demand."""
    user = one_of(request)
    actings = actings_of(user)
    years = years_of(actings)
    own = [a.organization_id for a in actings if a.organization_id]
    events = events_of([cycle for cycle, _acting in years], own)
    with_past = request.GET.get("loc") == "ca-nam"
    shown = events if with_past else [event for event in events if event.left >= 0]
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    address = CalendarAddress.objects.filter(user=user).first()
    told = {
        "page": page,
        "months": months_of(page.object_list),
        "with_past": with_past,
        "past": sum(event.left < 0 for event in events),
        "years": [cycle for cycle, _acting in years],
        "illustration": any(cycle.is_illustration for cycle, _acting in years),
        "address": address,
        "today": clock.today(),
        **(_links(address) if address else {}),
    }
    return render(request, "calendar/mine.html", told)


def _links(address: CalendarAddress) -> dict[str, str]:
    path = reverse("calendar:feed", args=path_of(address))
    url = settings.PUBLIC_URL + path
    return {"feed_url": url, "webcal_url": "webcal://" + url.partition("://")[2]}


@require_POST
@signed_in
def renew(request: HttpRequest) -> HttpResponse:
    """Give one's calendar a private address, or another one."""
    user = one_of(request)
    told = _("Đã tạo địa chỉ lịch riêng. Ai có nó thì xem được lịch: đừng gửi cho người khác.")
    if CalendarAddress.objects.filter(user=user).exists():
        told = _("Đã đổi địa chỉ lịch. Địa chỉ cũ hết dùng: hãy đưa địa chỉ mới vào máy.")
    renew_calendar(user)
    messages.success(request, told)
    return redirect(reverse("calendar:mine") + "#dia-chi")


@require_POST
@signed_in
def end(request: HttpRequest) -> HttpResponse:
    """Take the private address away."""
    if end_calendar(one_of(request)):
        messages.success(request, _("Đã bỏ địa chỉ lịch. Máy nào đang dùng sẽ không cập nhật nữa."))
    return redirect("calendar:mine")


@require_GET
@signed_in
def of_cycle(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Show the calendar of one bloc's year, and when its people are reminded."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=cycle_pk)
    require(who, "cycles.follow_cycle", cycle)
    mine = [who.organization_id] if cycle.enrolment_of(who.organization_id) else []
    told = {
        "cycle": cycle,
        "illustration": cycle.is_illustration,
        "months": months_of(events_of([cycle], [pk for pk in mine if pk])),
        "reminded": _said(days_of(cycle.bloc_id, plans())),
        "may_plan": who.has_perm("cycles.schedule_cycle", cycle) and not cycle.is_over,
        "today": clock.today(),
    }
    return render(request, "calendar/of_cycle.html", told)


def _said(days: object) -> str:
    chosen = sorted(days, reverse=True)  # type: ignore[call-overload]
    return join_names([words(day) for day in chosen], _("và"))


@signed_in
def reminders(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Choose how many days before a deadline the people of the bloc are reminded."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=cycle_pk)
    require(who, "cycles.schedule_cycle", cycle)
    known = list(days_of(cycle.bloc_id, plans()))
    form = bind(PlanForm, request, known=known, initial={"days": known})
    if form.is_valid() and perform(form, plan_reminders, cycle.bloc, by=who, **form.cleaned_data):
        messages.success(
            request, _("Đã ghi. Từ nay nhắc theo lịch này, cho mọi năm của khối, cụm.")
        )
        return redirect("calendar:of_cycle", cycle.pk)
    told = {"form": form, "cycle": cycle, "illustration": cycle.is_illustration}
    return render(request, "calendar/reminders.html", told, status=422 if form.is_bound else 200)
