"""Objecting to a preliminary result, and answering an objection."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thidua.core.text import join_names
from thidua.scoring.actions.results import answer_objection, object_to_result
from thidua.scoring.models import Result
from thidua.scoring.queries import objections_for
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.results.doors import State, find, head_facts, why_over
from thidua.web.results.forms import AnswerForm, ObjectionForm
from thidua.web.results.ranking import mine_in


@require_http_methods(["GET", "POST"])
@signed_in
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what one's own unit has against a preliminary result."""
    who, result = acting(request), find(request, pk)
    require(who, "scoring.object_to_result", result)
    chosen = request.GET.get("tieu-chi", "")
    initial = {"criterion": chosen if chosen.isdigit() else None}
    form = bind(ObjectionForm, request, result=result, initial=initial)
    if request.method == "POST" and form.is_valid():
        if perform(form, object_to_result, result, by=who, **form.cleaned_data):
            told = {"names": _who_answers(result, who.organization_id)}
            sentence = _("Đã gửi kiến nghị và báo %(names)s. Câu trả lời sẽ hiện ở trang này.")
            messages.success(request, sentence % told)
            return redirect(f"{reverse('results:show', args=[pk])}#kien-nghi")
    elif result.state != State.PRELIMINARY:
        messages.info(request, _("Chỉ kiến nghị được khi kết quả còn là sơ bộ."))
        return redirect("results:show", pk)
    context = {
        **head_facts(result),
        "form": form,
        "mine": mine_in(result, who),
        "who_answers": _who_answers(result, who.organization_id),
        "stopped": why_over(result.cycle),
    }
    return render(request, "results/object.html", context, status=422 if form.errors else 200)


def _who_answers(result: Result, organization_id: int | None) -> str:
    """Return the names of who answers this unit: never the unit itself."""
    cycle = result.cycle
    mine = cycle.enrolment_of(organization_id)
    reviewers = cycle.reviewers_of(mine) if mine else []
    names = [reviewer.name for reviewer in reviewers] or [cycle.bloc.managing_body.name]
    return join_names(names, _("và"))


@require_http_methods(["GET", "POST"])
@signed_in
def answer(request: HttpRequest, objection_pk: int) -> HttpResponse:
    """Answer an objection, once, in words."""
    who = acting(request)
    objection = get_object_or_404(objections_for(who), pk=objection_pk)
    require(who, "scoring.answer_objection", objection)
    back = f"{reverse('results:show', args=[objection.result_id])}#kien-nghi"
    form = bind(AnswerForm, request)
    if request.method == "POST" and form.is_valid():
        if perform(form, answer_objection, objection, by=who, **form.cleaned_data):
            sentence = _("Đã trả lời và báo %(unit)s.")
            if form.cleaned_data["is_upheld"]:
                sentence = _(
                    "Đã trả lời và báo %(unit)s. Tiếp theo: chấm lại tiêu chí đó ở lớp hội nghị, "
                    "rồi lập lại kết quả."
                )
            messages.success(request, sentence % {"unit": objection.enrolment.organization.name})
            return redirect(back)
    elif objection.answered_at is not None:
        messages.info(request, _("Kiến nghị này đã được trả lời rồi."))
        return redirect(back)
    result = find(request, objection.result_id)
    context = {**head_facts(result), "form": form, "objection": objection, "back": back}
    return render(request, "results/answer.html", context, status=422 if form.errors else 200)
