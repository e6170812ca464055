"""The round's own pages: who is missing and why, nudge, pass a turn, extend, answer."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.core import clock
from thidua.core.text import day_text
from thidua.covenants.actions.reminding import remind_unsigned
from thidua.covenants.actions.running import answer_decline, extend_round
from thidua.covenants.actions.turns import pass_turn
from thidua.covenants.models import Covenant, Decline
from thidua.covenants.queries import parties_of
from thidua.cycles.models import Enrolment
from thidua.web.access import acting, attempt, bind, perform, signed_in
from thidua.web.covenants.doors import WRITE, find_for, find_round, head_facts
from thidua.web.covenants.round_forms import AnswerForm, ExtendForm, PassForm
from thidua.web.covenants.seats import seats_of
from thidua.web.covenants.steps import round_of, time_left, what_comes_next

FOLLOW, LEAD = "covenants.follow_covenant", "covenants.freeze_covenant"
USUAL_EXTENSION = timedelta(days=7)


def member_of(covenant: Covenant, enrolment_pk: int) -> Enrolment:
    """Return the member's part in the covenant's year, or answer 404."""
    members = Enrolment.objects.filter(cycle=covenant.cycle_id)
    return get_object_or_404(members.select_related("organization"), pk=enrolment_pk)


@require_GET
@signed_in
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show each member of the round: signed or not, why not, who will, and what can be done."""
    covenant = find_round(request, pk, FOLLOW)
    if covenant.version is None:
        messages.info(request, _("Nội dung chưa chốt nên chưa có vòng ký."))
        return redirect("covenants:show", pk)
    who, parties = acting(request), parties_of(covenant)
    now = round_of(covenant, parties)
    leads = who.has_perm(LEAD, covenant)
    context = {
        **head_facts(covenant),
        "now": now,
        "next": what_comes_next(covenant, now),
        "time_left": time_left(now) if covenant.state == Covenant.State.SIGNING else "",
        "seats": seats_of(covenant, who, parties),
        "extensions": covenant.extensions.select_related("by__person", "organization"),
        "may_extend": leads and covenant.state == Covenant.State.SIGNING,
        "may_declare": leads and covenant.is_expired and bool(now.signed),
        "may_remind": who.has_perm(WRITE, covenant)
        and covenant.state == Covenant.State.SIGNING
        and bool(now.due),
    }
    return render(request, "covenants/round.html", context)


@require_POST
@signed_in
def remind_one(request: HttpRequest, pk: int, enrolment_pk: int) -> HttpResponse:
    """Remind one member that has not signed."""
    covenant = find_for(request, pk, WRITE)
    member = member_of(covenant, enrolment_pk)
    if attempt(request, remind_unsigned, covenant, by=acting(request), only=member):
        told = {"unit": member.name}
        messages.success(request, _("Đã nhắc %(unit)s. Hôm nay không nhắc lại nữa.") % told)
    return redirect("covenants:round", pk)


@require_http_methods(["GET", "POST"])
@signed_in
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the round a later last day, with a reason."""
    covenant = find_for(request, pk, LEAD)
    form = bind(ExtendForm, request, initial={"sign_by": _usual_day(covenant)})
    if request.method == "POST" and form.is_valid():
        if perform(form, extend_round, covenant, by=acting(request), **form.cleaned_data):
            told = {"day": day_text(form.cleaned_data["sign_by"])}
            messages.success(
                request, _("Đã gia hạn ký đến hết ngày %(day)s và báo các đơn vị.") % told
            )
            return redirect("covenants:round", pk)
    elif covenant.state != Covenant.State.SIGNING:
        messages.info(request, _("Chỉ gia hạn được vòng đang ký."))
        return redirect("covenants:show", pk)
    context = {**head_facts(covenant), "form": form}
    return render(request, "covenants/extend.html", context, status=422 if form.errors else 200)


def _usual_day(covenant: Covenant) -> object:
    return max(clock.today(), covenant.sign_by or clock.today()) + USUAL_EXTENSION


@require_http_methods(["GET", "POST"])
@signed_in
def give_turn_on(request: HttpRequest, pk: int, enrolment_pk: int) -> HttpResponse:
    """Let a member's turn pass to the next, with a reason."""
    covenant = find_for(request, pk, LEAD)
    member = member_of(covenant, enrolment_pk)
    form = bind(PassForm, request)
    if request.method == "POST" and form.is_valid():
        if perform(form, pass_turn, covenant, member, by=acting(request), **form.cleaned_data):
            told = {"unit": member.name}
            messages.success(
                request, _("Đã chuyển lượt của %(unit)s. Đơn vị tiếp theo đã được báo.") % told
            )
            return redirect("covenants:round", pk)
    elif covenant.state != Covenant.State.SIGNING or not covenant.is_in_turn:
        messages.info(request, _("Chỉ chuyển lượt được trong vòng đang ký theo thứ tự."))
        return redirect("covenants:show", pk)
    context = {**head_facts(covenant), "form": form, "member": member}
    return render(request, "covenants/pass_turn.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def answer(request: HttpRequest, decline_pk: int) -> HttpResponse:
    """Answer a member that declined to sign."""
    declines = Decline.objects.select_related("organization", "by__person")
    decline = get_object_or_404(declines, pk=decline_pk)
    covenant = find_for(request, decline.covenant_id, LEAD)
    form = bind(AnswerForm, request)
    if (
        request.method == "POST"
        and form.is_valid()
        and perform(form, answer_decline, decline, by=acting(request), **form.cleaned_data)
    ):
        told = {"unit": decline.organization.label}
        messages.success(request, _("Đã trả lời và báo %(unit)s.") % told)
        return redirect("covenants:round", covenant.pk)
    context = {**head_facts(covenant), "form": form, "decline": decline}
    return render(request, "covenants/answer.html", context, status=422 if form.errors else 200)
