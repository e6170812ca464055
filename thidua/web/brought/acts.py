"""Bringing a paper, sending it, taking it back, taking it away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thidua.paperwork.actions.brought import (
    bring_paper,
    remove_brought,
    send_brought,
    take_back_brought,
)
from thidua.paperwork.models import Brought
from thidua.web.access import acting, bind, perform, signed_in
from thidua.web.brought.doors import found_paper, own_part
from thidua.web.brought.forms import BringForm, RemoveForm
from thidua.web.brought.views import paper_page


@signed_in
def new(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Take a Word or PDF file in."""
    part = own_part(request, cycle_pk)
    form = bind(BringForm, request)
    if form.is_valid():
        paper = perform(form, bring_paper, part, form.facts(), by=acting(request))
        if paper:
            messages.success(request, _told(paper))
            return redirect("brought:show", cycle_pk, paper.pk)
    told = {"form": form, "cycle": part.cycle, "illustration": part.cycle.is_illustration}
    return render(request, "brought/new.html", told, status=422 if form.is_bound else 200)


def _told(paper: Brought) -> str:
    if not paper.text:
        return _("Đã nhận tệp. Tệp chỉ có hình quét nên không đọc và tìm được chữ bên trong.")
    if paper.has_articles:
        return _("Đã nhận tệp. Tiếp theo: xem lại các điều của quy chế, rồi gửi.")
    return _("Đã nhận tệp. Xem lại chữ đọc được bên dưới, rồi gửi.")


@require_http_methods(["POST"])
@signed_in
def send(request: HttpRequest, cycle_pk: int, brought_pk: int) -> HttpResponse:
    """Let those who follow the year read it."""
    paper = found_paper(request, cycle_pk, brought_pk, "paperwork.send_brought")
    send_brought(paper, by=acting(request))
    messages.success(request, _("Đã gửi. Những người theo dõi năm thi đua đọc được văn bản này."))
    return redirect("brought:show", cycle_pk, brought_pk)


@require_http_methods(["POST"])
@signed_in
def take_back(request: HttpRequest, cycle_pk: int, brought_pk: int) -> HttpResponse:
    """Let only the unit see it again."""
    paper = found_paper(request, cycle_pk, brought_pk, "paperwork.send_brought")
    take_back_brought(paper, by=acting(request))
    messages.success(request, _("Đã rút lại. Chỉ người của đơn vị còn thấy văn bản này."))
    return redirect("brought:show", cycle_pk, brought_pk)


@require_http_methods(["POST"])
@signed_in
def remove(request: HttpRequest, cycle_pk: int, brought_pk: int) -> HttpResponse:
    """Take it away, with a reason."""
    paper = found_paper(request, cycle_pk, brought_pk, "paperwork.write_brought")
    form = bind(RemoveForm, request)
    if form.is_valid():
        gone = perform(form, remove_brought, paper, by=acting(request), **form.cleaned_data)
        if gone:
            messages.success(request, _("Đã bỏ văn bản “%(title)s”.") % {"title": gone.title})
            return redirect("brought:of_cycle", cycle_pk)
    return paper_page(request, paper, form)
