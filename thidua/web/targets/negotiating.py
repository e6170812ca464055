"""Between the member and its reviewer: send, take back, answer, finish, accept."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.targets.actions.negotiation import (
    accept_proposal,
    answer_target,
    finish_answers,
    send_set,
    take_back_set,
)
from thidua.targets.models import Target, TargetSet
from thidua.targets.queries import MEMBERS, sets_for
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.targets.forms import AnswerForm
from thidua.web.targets.page import member_of
from thidua.web.targets.wording import reviewers_named
from thidua.web.targets.writing import found_target, own_target, understood

State = TargetSet.State


def _found(request: HttpRequest, pk: int, permission: str) -> TargetSet:
    """Return a set that the person may see and do this with; else answer 404 or 403.

    It carries the year's members: what the set says is read by the deed.
    """
    who = acting(request)
    lean = sets_for(who).prefetch_related(None).prefetch_related(MEMBERS)
    target_set = get_object_or_404(lean, pk=pk)
    require(who, permission, target_set)
    return target_set


@require_POST
@signed_in
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the registration to whoever answers it."""
    target_set = send_set(_found(request, pk, "targets.send_targetset"), by=acting(request))
    if target_set.state == State.LOCKED:
        sentence = _("Đã gửi. Hai bên đã thống nhất mọi chỉ tiêu nên bản đăng ký được khóa.")
    else:
        names = reviewers_named(target_set.enrolment.cycle, member_of(target_set))
        sentence = _("Đã gửi, %(names)s đã được báo. Chưa ai trả lời thì còn rút lại được.")
        sentence %= {"names": names}
    messages.success(request, sentence)
    return redirect("targets:show", pk)


@require_POST
@signed_in
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was just sent."""
    take_back_set(_found(request, pk, "targets.send_targetset"), by=acting(request))
    messages.success(request, _("Đã rút lại bản đăng ký. Sửa xong thì gửi lại."))
    return redirect("targets:show", pk)


@signed_in
def answer(request: HttpRequest, target_pk: int) -> HttpResponse:
    """Agree to a target, or propose a change with a reason."""
    target = found_target(request, target_pk)
    who = acting(request)
    require(who, "targets.answer_targetset", target.target_set)
    if request.method == "GET" and target.target_set.state != State.SENT:
        return redirect("targets:show", target.target_set_id)
    form = bind(AnswerForm, request, initial=_seen(target))
    if form.is_valid() and perform(form, answer_target, target, by=who, **form.facts()):
        messages.success(request, _("Đã trả lời chỉ tiêu “%(name)s”.") % {"name": target.name})
        return redirect(f"{_page_of(target)}#chi-tieu-{target.pk}")
    return _answer_page(request, form, target)


def _seen(target: Target) -> dict[str, int]:
    """Return what whoever answers has before them."""
    return {"revision": target.revision, "answers": len(target.answers.all())}


def _page_of(target: Target) -> str:
    return reverse("targets:show", args=[target.target_set_id])


def _answer_page(request: HttpRequest, form: AnswerForm, target: Target) -> HttpResponse:
    """Show the target as it now stands; whoever answers again has then seen that."""
    if form.is_bound:
        target = found_target(request, target.pk)
        typed = request.POST.copy()
        for name, value in _seen(target).items():
            typed[name] = str(value)
        form.data = typed
    cycle = target.target_set.enrolment.cycle
    told = {
        "form": form,
        "target": target,
        "target_set": target.target_set,
        "name": member_of(target.target_set).name,
        "cycle": cycle,
        "illustration": target.target_set.is_illustration,
    }
    return render(request, "targets/answer.html", told, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """End this round of answers: lock, or return to the member."""
    target_set = _found(request, pk, "targets.answer_targetset")
    target_set = finish_answers(target_set, by=acting(request))
    if target_set.state == State.LOCKED:
        sentence = _("Hai bên đã thống nhất, bản đăng ký được khóa. Đơn vị đã được báo.")
    else:
        sentence = _("Đã trả lại để đơn vị xem các chỉ tiêu được đề nghị sửa. Đơn vị đã được báo.")
    messages.success(request, sentence)
    return redirect("targets:show", pk)


@require_POST
@signed_in
def accept(request: HttpRequest, target_pk: int) -> HttpResponse:
    """Take the number that was proposed."""
    target = own_target(request, target_pk)
    accepted = accept_proposal(target, by=acting(request))
    told = {"name": accepted.name}
    sentence = _("Đã nhận con số được đề nghị cho “%(name)s”.") % told
    messages.success(request, f"{sentence} {understood(accepted)}")
    return redirect(f"{_page_of(target)}#chi-tieu-{target.pk}")
