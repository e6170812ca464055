"""Correcting one value after publication: what would come of it is shown before it is done."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from thidua.scoring.actions.correcting import (
    correct_mark,
    correctable,
    preview_correction,
    value_counting,
)
from thidua.scoring.given import LONGEST_REASON, MarkGiven
from thidua.scoring.models import Card, Criterion, Mark, Standing
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.fields import BodyField
from thidua.web.marking.forms import WITH_TARGET, MeasuredField, value_field
from thidua.web.results.doors import find_standing, head_facts, refusal_of, why_over
from thidua.web.results.opened import opened
from thidua.web.results.standing import card_of


class CorrectForm(forms.Form):
    """The right value of one criterion, given as its kind asks, and why it is corrected."""

    is_na = forms.BooleanField(label=gettext_lazy("Không áp dụng cho đơn vị này"), required=False)
    reason = BodyField(
        label=gettext_lazy("Lý do đính chính"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Đứng trên bản đính chính, ai xem kết quả cũng đọc được."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, criterion: Criterion, mark: Mark | None, **options: Any) -> None:
        told = {name: getattr(mark, name) for name in ("value", "target", "is_na")} if mark else {}
        options["initial"] = {**told, **options.get("initial", {})}
        super().__init__(*args, **options)
        value = value_field(criterion, gettext_lazy("– chọn –"), is_compact=False)
        value.label, value.required = gettext_lazy("Giá trị đúng"), not criterion.allows_na
        fields = {"value": value}
        if criterion.kind in WITH_TARGET:
            label = gettext_lazy("Chỉ tiêu")
            fields["target"] = MeasuredField(label=label, required=False)
        if not criterion.allows_na:
            del self.fields["is_na"]
        self.fields = {**fields, **self.fields}

    def given(self) -> MarkGiven:
        """Return what was given, for `correct_mark`."""
        told = self.cleaned_data
        is_na = bool(told.get("is_na"))
        value: Decimal | None = None if is_na else told["value"]
        target = None if is_na else told.get("target")
        return MarkGiven(value, target, is_na, told["reason"])


@require_http_methods(["GET", "POST"])
@signed_in
def correct(request: HttpRequest, standing_pk: int, leaf_pk: int) -> HttpResponse:
    """Ask for the right value, show who would move, and only then correct it."""
    who, standing = acting(request), find_standing(request, standing_pk)
    card = card_of(standing)
    criterion = get_object_or_404(Criterion, pk=leaf_pk, table=standing.result.table_id)
    if card is None or criterion.is_group:
        raise Http404
    require(who, "scoring.correct_card", card)
    criterion.table = card.table
    seen = _newest(standing)
    mark = value_counting(card, criterion)
    initial = {"seen": seen}
    form = bind(CorrectForm, request, initial=initial, criterion=criterion, mark=mark)
    preview = None
    if request.method == "POST" and form.is_valid() and "edit" not in request.POST:
        if "confirm" in request.POST:
            number = form.cleaned_data["seen"]
            told = (card, criterion, form.given())
            new = perform(form, correct_mark, *told, by=who, seen=number)
            if new:
                return _corrected(request, new.pk, new.number, standing.result.number)
        else:
            preview = perform(form, preview_correction, card, criterion, form.given(), by=who)
    context = {
        **_page(standing, card, criterion),
        "form": form,
        "preview": preview,
        "seen": seen,
        "given": form.given() if preview else None,
    }
    return render(request, "results/correct.html", context, status=422 if form.errors else 200)


def _newest(standing: Standing) -> int:
    """Return the number of the year's newest result: what the person has before them."""
    numbers = standing.result.cycle.results.values_list("number", flat=True)
    return max(numbers)


def _corrected(request: HttpRequest, pk: int, number: int, old: int) -> HttpResponse:
    told = {"number": number, "old": old}
    sentence = _(
        "Đã lập bản đính chính số %(number)d. Tiếp theo: công bố; đến lúc đó các đơn vị vẫn xem "
        "bản số %(old)d."
    )
    messages.success(request, sentence % told)
    return redirect("results:show", pk)


def _page(standing: Standing, card: Card, criterion: Criterion) -> dict[str, Any]:
    rows = opened(standing, ()).rows
    row = next((row for row in rows if row.line["criterion"] == criterion.pk), None)
    return {
        **head_facts(standing.result),
        "standing": standing,
        "criterion": criterion,
        "row": row,
        "stopped": why_over(standing.result.cycle) or refusal_of(correctable, card, criterion),
    }
