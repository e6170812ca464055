"""The one page of a handover: what is open, what is kept, the days, the notes; and its acts."""

from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.core import clock
from thidua.core.text import day_text
from thidua.cycles.models import Cycle
from thidua.cycles.queries import cycles_for, with_parts
from thidua.files.names import clean_name
from thidua.handovers.actions import (
    hand_over,
    prepare_handover,
    receive_handover,
    take_back_handover,
)
from thidua.handovers.models import Handover
from thidua.handovers.queries import handover_of, handovers_for, may_receive, next_leader
from thidua.web.access import acting, attempt, bind, perform, require, signed_in
from thidua.web.handovers.forms import HandoverForm, ReceiveForm
from thidua.web.handovers.pack import open_work_of, pack_of, zipped


@signed_in
def of_cycle(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Show the handover of a year, or write it while it is not made yet."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=cycle_pk)
    found = handover_of(cycle, who)
    if found is not None and (found.is_handed or request.method != "POST"):
        return redirect("handovers:show", found.pk)
    require(who, "handovers.follow_handover", cycle)
    return _written(request, cycle, found)


@signed_in
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was prepared or handed over; its writer may still change what is a draft."""
    handover = _found(request, pk)
    return _written(request, handover.cycle, handover)


def _written(request: HttpRequest, cycle: Cycle, handover: Handover | None) -> HttpResponse:
    """Answer with the page; a post of whoever may prepare writes the draft."""
    who = acting(request)
    writes = who.has_perm("handovers.prepare_handover", cycle)
    form = None
    if writes and (handover is None or handover.is_draft):
        initial = _suggested(cycle) if handover is None else _told(handover)
        receivers = may_receive(cycle).exclude(pk=who.organization_id or 0)
        form = bind(HandoverForm, request, receivers=receivers, initial=initial)
        if form.is_valid():
            kept = perform(form, prepare_handover, cycle, form.facts(), by=who)
            if kept:
                messages.success(request, _("Đã lưu bản bàn giao. Xem lại, rồi bấm Bàn giao."))
                return redirect("handovers:show", kept.pk)
    elif request.method == "POST":
        require(who, "handovers.prepare_handover", cycle)
        messages.error(request, _("Đã bàn giao rồi nên không sửa được nữa."))
        return redirect("handovers:of_cycle", cycle.pk)
    context: dict[str, Any] = {
        "cycle": cycle,
        "handover": handover,
        "form": form,
        "pack": pack_of(cycle),
        "open_work": _open_work(request, cycle, handover),
        "illustration": cycle.is_illustration,
    }
    if handover is not None and who.has_perm("handovers.receive_handover", handover):
        context["receive_form"] = ReceiveForm()
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "handovers/show.html", context, status=status)


@require_POST
@signed_in
def hand(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the year over with what is still open."""
    handover, who = _found(request, pk), acting(request)
    require(who, "handovers.hand_handover", handover)
    left = open_work_of(handover.cycle, who)
    if attempt(request, hand_over, handover, by=who, open_work=left):
        told = {"receiver": handover.receiver.name, "day": day_text(handover.reads_from)}
        sentence = _(
            "Đã bàn giao. %(receiver)s được báo và sẽ xác nhận; "
            "từ ngày %(day)s đơn vị bạn chỉ còn đọc năm này."
        )
        messages.success(request, sentence % told)
    return redirect("handovers:show", pk)


@require_POST
@signed_in
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the handover back while nobody has received it."""
    handover, who = _found(request, pk), acting(request)
    require(who, "handovers.take_back_handover", handover)
    if attempt(request, take_back_handover, handover, by=who):
        messages.success(request, _("Đã rút lại bản bàn giao. Bên nhận đã được báo."))
    return redirect("handovers:show", pk)


@require_POST
@signed_in
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that the year was received."""
    handover, who = _found(request, pk), acting(request)
    require(who, "handovers.receive_handover", handover)
    form = bind(ReceiveForm, request)
    if form.is_valid():
        remark = form.cleaned_data["remark"]
        if attempt(request, receive_handover, handover, by=who, remark=remark):
            messages.success(request, _("Đã xác nhận nhận bàn giao. Bên giao đã được báo."))
    else:
        messages.error(request, _("Ý kiến dài quá 500 chữ. Hãy viết gọn lại."))
    return redirect("handovers:show", pk)


@require_GET
@signed_in
def download(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Answer with everything as one ZIP, made while it goes."""
    handover = _found(request, pk)
    answer = StreamingHttpResponse(
        zipped(handover, pack_of(handover.cycle)), content_type="application/zip"
    )
    name = clean_name(f"ban-giao-{handover.cycle.year}-{handover.cycle.bloc.short_name}.zip")
    ascii_name = f"ban-giao-{handover.cycle.year}.zip"
    answer["Content-Disposition"] = (
        f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name)}"
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def _found(request: HttpRequest, pk: int) -> Handover:
    """Return a handover that the person may see, with the year's parts; else answer 404."""
    handover = get_object_or_404(handovers_for(acting(request)), pk=pk)
    handover.cycle = with_parts(Cycle.objects.filter(pk=handover.cycle_id)).get()
    return handover


def _open_work(
    request: HttpRequest, cycle: Cycle, handover: Handover | None
) -> list[dict[str, Any]]:
    """Return what was open when it was handed over; before that, what is open now."""
    if handover is not None and handover.is_handed:
        rows = handover.left_open
        days = [date.fromisoformat(r["due"]) if r["due"] else None for r in rows]
        return [{**row, "due": day} for row, day in zip(rows, days, strict=True)]
    found = open_work_of(cycle, acting(request))
    return [{"title": w.title, "due": w.due, "note": w.note} for w in found]


def _suggested(cycle: Cycle) -> dict[str, Any]:
    """The next leader, and the end of March of the next year: by then a year is usually closed."""
    usual = date(cycle.year + 1, 3, 31)
    return {"receiver": next_leader(cycle), "reads_from": max(usual, clock.today())}


def _told(handover: Handover) -> dict[str, Any]:
    return {
        "receiver": handover.receiver_id,
        "reads_from": handover.reads_from,
        "notes": handover.notes,
    }
