"""Drawing a result up, and settling what it leaves tied."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from thidua.scoring.actions.drawing import drawable
from thidua.scoring.actions.results import draw_up_result, settle_ties
from thidua.scoring.readiness import readiness_of
from thidua.web.access import acting, bind, perform, signed_in
from thidua.web.results.doors import State, find_led, find_year, head_facts, refusal_of, why_over
from thidua.web.results.forms import ConfirmForm, TieForm
from thidua.web.results.ranking import ties_in
from thidua.web.results.year import now_of

LEAD = "scoring.draw_up_result"


@require_http_methods(["GET", "POST"])
@signed_in
def draw_up(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Show what is missing and who will be told, then draw the preliminary result up."""
    who, cycle = acting(request), find_year(request, cycle_pk, LEAD)
    form = bind(ConfirmForm, request)
    if request.method == "POST" and form.is_valid():
        result = perform(form, draw_up_result, cycle, by=who)
        if result:
            told = {"number": result.number, "count": len(cycle.current())}
            sentence = ngettext(
                "Đã lập kết quả sơ bộ, bản số %(number)d, và báo %(count)d đơn vị. "
                "Tiếp theo: các đơn vị xem điểm, gửi kiến nghị.",
                "Đã lập kết quả sơ bộ, bản số %(number)d, và báo %(count)d đơn vị. "
                "Tiếp theo: các đơn vị xem điểm, gửi kiến nghị.",
                told["count"],
            )
            messages.success(request, sentence % told)
            return redirect("results:show", result.pk)
    now = now_of(cycle, who)
    context = {
        "form": form,
        "cycle": cycle,
        "illustration": cycle.is_illustration,
        "now": now,
        "members": cycle.current(),
        "readiness": readiness_of(cycle, now.table) if now.table else None,
        "stopped": why_over(cycle) or refusal_of(drawable, cycle),
    }
    return render(request, "results/draw_up.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def settle(request: HttpRequest, pk: int, rank: int) -> HttpResponse:
    """Note the votes by which the meeting settled a tie, from its minutes."""
    result = find_led(request, pk, LEAD)
    tied = next((its for its in ties_in(result) if its[0].rank == rank), None)
    if tied is None:
        raise Http404
    if result.state != State.PRELIMINARY:
        messages.info(request, _("Chỉ phân định được khi kết quả còn là sơ bộ."))
        return redirect("results:show", pk)
    for standing in tied:
        standing.enrolment.cycle = result.cycle
    form = bind(TieForm, request, standings=tied)
    is_told = request.method == "POST" and form.is_valid()
    if is_told and perform(form, settle_ties, by=acting(request), **form.facts()):
        messages.success(
            request, _("Đã ghi số phiếu. Tiếp theo: lập lại kết quả để xếp hạng theo phiếu.")
        )
        return redirect("results:draw_up", result.cycle_id)
    context: dict[str, Any] = {
        **head_facts(result),
        "form": form,
        "rank": rank,
        "tied": tied,
        "back": reverse("results:show", args=[pk]),
    }
    return render(request, "results/settle.html", context, status=422 if form.errors else 200)
