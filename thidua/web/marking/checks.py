"""Cross-checks: who checks whose card, and who is kept from it by a conflict of interest."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from thidua.cycles.models import Cycle
from thidua.scoring.actions.checks import (
    assign_check,
    assign_in_turn,
    declare_conflict,
    unassign_check,
)
from thidua.scoring.models import Card, Conflict, Layer, Mark, Sheet
from thidua.scoring.queries import cards_in_use
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.marking.doors import followed_cycle, seen_sheet
from thidua.web.marking.forms import AssignForm, ConflictForm, TurnForm
from thidua.web.marking.views import ASSIGN, DECLARE


@dataclass(frozen=True)
class Row:
    """One card with who checks it, and which of them could still be taken from it."""

    card: Card
    checks: list[Sheet]


def _cards(cycle: Cycle) -> list[Card]:
    """Return the year's cards with their cross-checks, in the order of the members: two queries."""
    checks = (
        Sheet.objects.filter(layer__kind=Layer.Kind.CROSS)
        .select_related("organization")
        .annotate(has_marks=Exists(Mark.objects.filter(sheet=OuterRef("pk"))))
        .order_by("pk")
    )
    cards = list(
        cards_in_use(cycle)
        .order_by("enrolment__place", "pk")
        .prefetch_related(Prefetch("sheets", checks))
    )
    for card in cards:
        card.enrolment.cycle = cycle
    return cards


@signed_in
@require_GET
def checks(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Show who checks whom, and assign."""
    return _page(request, followed_cycle(request, cycle_pk, ASSIGN))


def _page(
    request: HttpRequest,
    cycle: Cycle,
    *,
    turn: TurnForm | None = None,
    by_hand: AssignForm | None = None,
) -> HttpResponse:
    cards = _cards(cycle)
    conflicts = Conflict.objects.filter(enrolment__cycle=cycle).select_related(
        "enrolment__organization", "organization", "by__person"
    )
    bound = turn or by_hand
    context = {
        "cycle": cycle,
        "illustration": cycle.is_illustration,
        "rows": [Row(card, list(card.sheets.all())) for card in cards],
        "turn": turn or TurnForm(),
        "by_hand": by_hand or AssignForm(**_choices(cycle, cards)),
        "conflicts": conflicts,
        "has_layer": cycle.layers.filter(kind=Layer.Kind.CROSS).exists(),
    }
    return render(request, "marking/checks.html", context, status=422 if bound else 200)


def _choices(cycle: Cycle, cards: list[Card]) -> dict[str, Any]:
    """Return whose cards there are, and who takes part and may check."""
    return {
        "cards": [(card.pk, str(card.enrolment.organization)) for card in cards],
        "checkers": [(e.organization_id, str(e.organization)) for e in cycle.current()],
    }


@require_POST
@signed_in
def in_turn(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Assign checkers to all cards in turn."""
    cycle = followed_cycle(request, cycle_pk, ASSIGN)
    form = bind(TurnForm, request)
    if form.is_valid():
        each = form.cleaned_data["each"]
        made = perform(form, assign_in_turn, cycle, by=acting(request), each=each)
        if made is not None:
            messages.success(request, _assigned(len(made)))
            return redirect("marking:checks", cycle_pk)
    return _page(request, cycle, turn=form)


def _assigned(count: int) -> str:
    if not count:
        return _("Phiếu nào cũng đã đủ đơn vị kiểm tra, không giao thêm.")
    sentence = ngettext(
        "Đã giao %(count)d lượt kiểm tra chéo, các đơn vị đã được báo.",
        "Đã giao %(count)d lượt kiểm tra chéo, các đơn vị đã được báo.",
        count,
    )
    return sentence % {"count": count}


@require_POST
@signed_in
def assign(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Assign one check by hand."""
    cycle = followed_cycle(request, cycle_pk, ASSIGN)
    cards = _cards(cycle)
    form = bind(AssignForm, request, **_choices(cycle, cards))
    if form.is_valid():
        card = next(c for c in cards if str(c.pk) == form.cleaned_data["card"])
        checker = int(form.cleaned_data["organization"])
        sheet = perform(form, assign_check, card, checker, by=acting(request))
        if sheet:
            told = {"checker": sheet.organization.name, "unit": card.enrolment.organization.name}
            sentence = _("Đã giao %(checker)s kiểm tra phiếu của %(unit)s; đơn vị đã được báo.")
            messages.success(request, sentence % told)
            return redirect("marking:checks", cycle_pk)
    return _page(request, cycle, by_hand=form)


@require_POST
@signed_in
def unassign(request: HttpRequest, sheet_pk: int) -> HttpResponse:
    """Take a check back from a unit that has marked nothing yet."""
    sheet = seen_sheet(request, sheet_pk)
    cycle = sheet.layer.cycle
    require(acting(request), ASSIGN, cycle)
    told = {"checker": sheet.organization.name, "unit": sheet.card.enrolment.organization.name}
    unassign_check(sheet, by=acting(request))
    sentence = _("%(checker)s không kiểm tra phiếu của %(unit)s nữa.")
    messages.success(request, sentence % told)
    return redirect("marking:checks", cycle.pk)


@signed_in
def conflict(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Declare that one's own unit should not check another, and why."""
    cycle, who = followed_cycle(request, cycle_pk, DECLARE), acting(request)
    others = [e for e in cycle.current() if e.organization_id != who.organization_id]
    form = bind(ConflictForm, request, members=others)
    if form.is_valid():
        told = form.cleaned_data
        enrolment = next(e for e in others if str(e.pk) == told["enrolment"])
        made = perform(form, declare_conflict, enrolment, by=who, reason=told["reason"])
        if made:
            sentence = _("Đã khai. Đơn vị sẽ không được giao kiểm tra phiếu của %(unit)s.")
            messages.success(request, sentence % {"unit": enrolment.organization.name})
            return redirect("marking:of_cycle", cycle_pk)
    mine = Conflict.objects.filter(enrolment__cycle=cycle, organization=who.organization)
    context = {
        "cycle": cycle,
        "form": form,
        "mine": mine.select_related("enrolment__organization"),
        "illustration": cycle.is_illustration,
    }
    return render(request, "marking/conflict.html", context, status=422 if form.is_bound else 200)
