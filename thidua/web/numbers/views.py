"""Pages of the book of outgoing papers: read it, take a number, cancel one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.documents.actions import cancel_number, take_number
from thidua.documents.models import Number
from thidua.documents.queries import books_of, numbers_for
from thidua.lawbook.papers import kind_name, titled
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.numbers.asked import asked_of, found, own_issuer, years_and_kinds
from thidua.web.numbers.forms import CancelForm, NumberForm
from thidua.web.trail import trail_lines

PAGE = 50


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the book of the organisation worked for now: a year's, found by kind and words."""
    asked = asked_of(request)
    years, kinds = years_and_kinds(request)
    page = Paginator(found(request, asked), PAGE).get_page(request.GET.get("page"))
    told = {
        "asked": asked,
        "illustration": asked.issuer.is_illustration,
        "years": years,
        "kinds": kinds,
        "page": page,
        "lines": [(number, titled(number.kind, number.title)) for number in page],
    }
    return render(request, "numbers/index.html", told)


@signed_in
def take(request: HttpRequest) -> HttpResponse:
    """Take a number for a paper that was made outside the program."""
    issuer = own_issuer(request)
    form = bind(NumberForm, request, books=list(books_of(issuer)))
    if form.is_valid():
        number = perform(form, take_number, issuer, by=acting(request), **form.told())
        if number:
            messages.success(request, _("Đã lấy số %(symbol)s.") % {"symbol": number.symbol})
            return redirect("numbers:show", number.pk)
    told = {"form": form, "issuer": issuer}
    return render(request, "numbers/take.html", told, status=422 if form.is_bound else 200)


@signed_in
@require_GET
def show(request: HttpRequest, number_pk: int) -> HttpResponse:
    """Show one line of the book."""
    number = _found(request, number_pk)
    told = {
        "number": number,
        "illustration": number.issuer.is_illustration,
        "kind": kind_name(number.kind),
        "entries": trail_lines(number, everything=True),
    }
    return render(request, "numbers/show.html", told)


@signed_in
def cancel(request: HttpRequest, number_pk: int) -> HttpResponse:
    """Ask why, then cancel a number: it stays in the book and is never given again."""
    number = _found(request, number_pk)
    require(acting(request), "documents.cancel_number", number)
    form = bind(CancelForm, request)
    if form.is_valid() and perform(
        form, cancel_number, number, by=acting(request), **form.cleaned_data
    ):
        messages.success(request, _("Đã hủy số %(symbol)s.") % {"symbol": number.symbol})
        return redirect("numbers:show", number_pk)
    told = {"form": form, "number": number}
    return render(request, "numbers/cancel.html", told, status=422 if form.is_bound else 200)


def _found(request: HttpRequest, number_pk: int) -> Number:
    seen = numbers_for(acting(request)).select_related("issuer", "taken_by__person")
    return get_object_or_404(seen, pk=number_pk)
