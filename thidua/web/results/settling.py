"""The meeting's adoption, and publication: what was settled becomes what stands."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thidua.core.text import nfc
from thidua.scoring.actions.results import adopt_result, publish_result, refuse_unadoptable
from thidua.scoring.models import Result, Standing
from thidua.scoring.papers import result_text
from thidua.web.access import acting, bind, fresh_second_factor, perform, signed_in
from thidua.web.results.doors import State, find_led, head_facts, refusal_of, why_over
from thidua.web.results.forms import AdoptForm, PublishForm
from thidua.web.results.ranking import leader_on_top, ranking_of

PUBLISH = "scoring.publish_result"


@require_http_methods(["GET", "POST"])
@signed_in
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the meeting adopted the result: its minutes and its day."""
    who, result = acting(request), find_led(request, pk, PUBLISH)
    form = bind(AdoptForm, request)
    if request.method == "POST" and form.is_valid():
        if perform(form, adopt_result, result, by=who, **form.cleaned_data):
            messages.success(request, _("Đã ghi hội nghị thông qua. Tiếp theo: công bố kết quả."))
            return redirect("results:publish", pk)
    elif result.state != State.PRELIMINARY:
        messages.info(request, _("Kết quả này đã được thông qua, hoặc đã có bản mới."))
        return redirect("results:show", pk)
    context = {
        **head_facts(result),
        "form": form,
        "ranking": ranking_of(result.standings.all(), who, opens=True),
        "on_top": leader_on_top(result),
        "stopped": why_over(result.cycle) or refusal_of(refuse_unadoptable, result),
    }
    return render(request, "results/adopt.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
@fresh_second_factor
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what will stand and who will see it, then freeze and publish it."""
    who, result = acting(request), find_led(request, pk, PUBLISH)
    form = bind(PublishForm, request, initial={"audience": result.audience})
    if request.method == "POST" and form.is_valid():
        if perform(form, publish_result, result, by=who, **form.cleaned_data):
            told = {"count": len(result.cycle.current())}
            sentence = _("Đã công bố và báo %(count)d đơn vị. Mã băm của bản công bố ở dưới.")
            messages.success(request, sentence % told)
            return redirect("results:show", pk)
    elif result.state != State.ADOPTED:
        messages.info(request, _("Chỉ công bố kết quả mà hội nghị đã thông qua."))
        return redirect("results:show", pk)
    context = {
        **head_facts(result),
        "form": form,
        "ranking": ranking_of(result.standings.all(), who, opens=True),
        "on_top": leader_on_top(result),
        "members": result.cycle.current(),
        "text": text_of(result),
        "stopped": why_over(result.cycle),
    }
    return render(request, "results/publish.html", context, status=422 if form.errors else 200)


def text_of(result: Result) -> str:
    """Return the exact text: the frozen one, or how it would be frozen now."""
    if result.version is not None:
        return str(result.version.text)
    return nfc(result_text(result, list(Standing.objects.filter(result=result))))
