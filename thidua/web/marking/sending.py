"""Sending a sheet and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.core.errors import DomainError
from thidua.scoring.actions.marking import send_sheet, take_back_sheet
from thidua.scoring.errors import MarksRefused
from thidua.scoring.models import Criterion, Sheet
from thidua.scoring.working import Work
from thidua.web.access import acting, require, signed_in
from thidua.web.marking.doors import SEND, found_sheet, found_work
from thidua.web.marking.page import head_of, mark_url
from thidua.web.marking.wording import is_late, what_next
from thidua.web.targets.wording import reviewers_named


@signed_in
def send(request: HttpRequest, sheet_pk: int) -> HttpResponse:
    """Show what is still missing and what sending means; send."""
    work = found_work(request, sheet_pk)
    if request.method == "GET":
        if work.sheet.is_sent:
            return redirect("marking:whole", sheet_pk)
        return _page(request, work, work.missing, "")
    require(acting(request), SEND, work.sheet)
    try:
        sent = send_sheet(work.sheet, by=acting(request))
    except MarksRefused as refusal:
        return _page(request, work, refusal.by_criterion, refusal.sentence)
    except DomainError as refusal:
        return _page(request, work, work.missing, refusal.sentence)
    messages.success(request, _sent(sent))
    return redirect("marking:card", sent.card_id)


def _sent(sheet: Sheet) -> str:
    """Say what happened, who was told, what comes next."""
    enrolment = sheet.card.enrolment
    told = {"who": reviewers_named(sheet.layer.cycle, enrolment)}
    late = _("Bảng chấm được ghi là gửi muộn.") if sheet.is_late else ""
    if sheet.layer.kind in ("self", "cross"):
        sentence = _("Đã gửi điểm, %(who)s đã được báo. Lớp sau chưa gửi thì còn rút lại được.")
        return f"{sentence % told} {late}".strip()
    sentence = _("Đã gửi điểm. Kết quả chưa được thông qua thì còn rút lại được.")
    return f"{sentence} {late}".strip()


def _page(request: HttpRequest, work: Work, missing: dict[int, str], refusal: str) -> HttpResponse:
    who = acting(request)
    context: dict[str, Any] = head_of(work, who) | {
        "missing": _listed(work, missing),
        "refusal": refusal,
        "is_late": is_late(work.sheet),
        "what_next": what_next(work.sheet),
        "needs_self": _needs_self(work),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "marking/send.html", context, status=status)


def _listed(work: Work, missing: dict[int, str]) -> list[tuple[Criterion, str, str]]:
    """Return (criterion, what it lacks, where it is mended) in the table's order."""
    return [
        (leaf, missing[leaf.pk], mark_url(work.sheet, leaf))
        for leaf in work.leaves
        if leaf.pk in missing
    ]


def _needs_self(work: Work) -> bool:
    """Say whether a cross-check waits for the member's own marks."""
    card = work.sheet.card
    sent = any(s.layer.kind == "self" and s.is_sent for s in card.sheets.all())
    return work.sheet.layer.kind == "cross" and not sent


@require_POST
@signed_in
def take_back(request: HttpRequest, sheet_pk: int) -> HttpResponse:
    """Take back what was sent, to mend it."""
    take_back_sheet(found_sheet(request, sheet_pk, SEND), by=acting(request))
    messages.success(request, _("Đã rút lại điểm. Sửa xong thì gửi lại."))
    return redirect("marking:sheet", sheet_pk)
