"""The split screen: one criterion at a time, its evidence beside its mark; saved while typing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.reporting.queries import attachable
from thidua.scoring.actions.agreeing import agree_rest
from thidua.scoring.actions.marking import Saved
from thidua.scoring.models import Card, Criterion, Proof, Sheet
from thidua.scoring.working import MISSING, OPEN, Work
from thidua.web.access import acting, bind, perform, signed_in
from thidua.web.marking.doors import (
    MARK,
    found_leaf,
    found_sheet,
    found_work,
    seen_sheet,
)
from thidua.web.marking.forms import MarkForm
from thidua.web.marking.page import item_of, mark_url, mark_urls, split_page, total_of
from thidua.web.marking.saving import save_one, told_of
from thidua.web.reporting.doors import wants_json
from thidua.web.reporting.evidence_form import EvidenceForm


@signed_in
@require_GET
def sheet(request: HttpRequest, sheet_pk: int) -> HttpResponse:
    """Go to the first criterion that is still to be marked; whoever only looks, to the card."""
    found, who = seen_sheet(request, sheet_pk), acting(request)
    if not who.has_perm(MARK, found):
        return redirect("marking:card", found.card_id)
    work = found_work(request, sheet_pk)
    waiting = [leaf for leaf in work.mine if work.state_of(leaf) in (MISSING, OPEN)]
    first = next(iter([*waiting, *work.mine, *work.leaves]), None)
    if first is None or found.is_sent:
        return redirect("marking:whole", sheet_pk)
    return redirect(mark_url(found, first))


@signed_in
def mark(request: HttpRequest, sheet_pk: int, leaf_pk: int) -> HttpResponse:
    """Show one criterion with its evidence and marks, and keep the mark."""
    work = found_work(request, sheet_pk)
    leaf = found_leaf(work, leaf_pk)
    form = mark_form(request, work, leaf)
    saved = None
    if form.is_valid():
        saved = _kept(request, form, work, leaf)
    if request.method == "POST" and wants_json(request):
        return _answer(request, form, saved, work, leaf)
    if saved is not None:
        for sentence in told_of(saved, work.criteria):
            messages.warning(request, sentence)
        return redirect(_onward(request, work, leaf))
    context = split_page(work, leaf, form, acting(request)) | bring_form(request, work, leaf)
    return render(request, "marking/split.html", context, status=422 if form.is_bound else 200)


def mark_form(request: HttpRequest, work: Work, leaf: Criterion) -> MarkForm:
    """Return the form of one mark, with what was posted or what is kept."""
    form: MarkForm = bind(
        MarkForm,
        request,
        criterion=leaf,
        layer=work.sheet.layer.kind,
        mark=work.own.get(leaf.pk),
    )
    return form


def _kept(request: HttpRequest, form: MarkForm, work: Work, leaf: Criterion) -> Saved | None:
    """Keep what the form says if that is new; None where it was refused."""
    if not form.says_anew(work.own.get(leaf.pk)):
        return Saved()
    given, by = form.given(), acting(request)
    saved: Saved | None = perform(form, save_one, work.sheet, leaf, given, by=by)
    return saved


def _onward(request: HttpRequest, work: Work, leaf: Criterion) -> str:
    """Return where the pressed button leads: the next criterion, after the last one to sending."""
    leaves = work.leaves
    place, go = leaves.index(leaf), request.POST.get("go")
    if go == "next" and place + 1 < len(leaves):
        return mark_url(work.sheet, leaves[place + 1])
    if go == "next":
        return reverse("marking:whole", args=[work.sheet.pk])
    if go == "previous" and place:
        return mark_url(work.sheet, leaves[place - 1])
    return mark_url(work.sheet, leaf)


def _answer(
    request: HttpRequest, form: MarkForm, saved: Saved | None, before: Work, leaf: Criterion
) -> JsonResponse:
    """Say that it was saved and what came of it, or what is wrong beside which field."""
    if saved is None:
        wrong = {name or "": [str(e) for e in errors] for name, errors in form.errors.items()}
        wrong[""] = wrong.pop("__all__", [])
        told = _("Chưa lưu được: xem chỗ báo lỗi.")
        return JsonResponse({"told": told, "errors": wrong}, status=422)
    work = found_work(request, before.sheet.pk)
    item, total = item_of(work, leaf, mark_urls(work.sheet)), total_of(work.come_to())
    own = work.own.get(leaf.pk)
    answer: dict[str, Any] = {
        "told": _("Đã lưu %(time)s") % {"time": date_format(timezone.localtime(), "H:i")},
        "number": own.number if own else 0,
        "points": item.points,
        "word": item.word,
        "kind": item.kind,
        "need": work.missing.get(leaf.pk, ""),
        "total": total.points,
        "percent": total.percent,
        "done": work.done,
        "overtaken": told_of(saved, work.criteria),
    }
    return JsonResponse(answer)


def bring_form(
    request: HttpRequest, work: Work, leaf: Criterion, form: EvidenceForm | None = None
) -> dict[str, Any]:
    """Return the form by which the unit brings evidence for a criterion of its own open sheet."""
    if form is None and not may_prove(request, work.sheet):
        return {}
    url = reverse("marking:prove", args=[work.sheet.pk, leaf.pk])
    form = form or bind(EvidenceForm, request, enrolment=work.sheet.card.enrolment, at=url)
    offer(form, work.sheet.card, leaf)
    return {"add_form": form, "add_url": url}


def offer(form: EvidenceForm, card: Card, leaf: Criterion) -> None:
    """Offer what the unit has kept in the year and not put here yet."""
    there = Proof.objects.filter(card=card, criterion=leaf).values("evidence")
    kept = attachable(card.enrolment).exclude(pk__in=there)
    form.fields["evidence"].queryset = kept  # type: ignore[attr-defined]


def may_prove(request: HttpRequest, sheet: Sheet) -> bool:
    """Say whether the person may put evidence behind the criteria of this sheet now."""
    is_open = sheet.layer.kind == "self" and not sheet.is_sent
    return is_open and acting(request).has_perm("scoring.prove_card", sheet.card)


@require_POST
@signed_in
def agree(request: HttpRequest, sheet_pk: int) -> HttpResponse:
    """Take what stands below for every criterion that has no mark yet."""
    saved = agree_rest(found_sheet(request, sheet_pk), by=acting(request))
    told = {"count": len(saved.marks)}
    sentence = _("Đã lấy điểm của lớp trước cho %(count)d tiêu chí. Xem lại rồi gửi.") % told
    messages.success(request, sentence)
    return redirect("marking:whole", sheet_pk)
