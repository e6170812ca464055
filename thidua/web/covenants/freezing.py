"""Freezing pages: freeze and open the round, open a frozen text again, begin a new version."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thidua.core import clock
from thidua.core.digest import digest_text
from thidua.core.text import nfc
from thidua.covenants.actions.freezing import (
    amend_covenant,
    begin_addendum,
    freeze_covenant,
    unfreeze_covenant,
)
from thidua.covenants.models import Covenant
from thidua.web.access import acting, bind, perform, signed_in
from thidua.web.covenants.doors import (
    find_for,
    head_facts,
    text_of,
    why_nothing_is_taken,
    without_targets,
)
from thidua.web.covenants.forms import ReasonForm
from thidua.web.covenants.paper import paper_lines
from thidua.web.covenants.round_forms import RoundForm

FREEZE = "covenants.freeze_covenant"
USUAL_ROUND = timedelta(days=14)


@require_http_methods(["GET", "POST"])
@signed_in
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the exact text and its digest, then freeze just that text and open the round.

    The digest goes along with the form: a draft that changed meanwhile is refused and shown anew.
    """
    covenant = find_for(request, pk, FREEZE)
    if not covenant.is_editable:
        messages.info(request, _("Nội dung đã chốt rồi."))
        return redirect("covenants:show", pk)
    initial = {"sign_by": clock.today() + USUAL_ROUND}
    form = bind(RoundForm, request, initial=initial, members=covenant.cycle.current())
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen_digest", "")
        facts = {"seen_digest": seen, "sign_by": form.cleaned_data["sign_by"]}
        who = acting(request)
        if perform(form, freeze_covenant, covenant, by=who, order=form.order(), **facts):
            count = {"count": len(covenant.cycle.current())}
            told = _("Đã chốt nội dung và mời %(count)d đơn vị ký.")
            messages.success(request, told % count)
            return redirect("covenants:show", pk)
        covenant = find_for(request, pk, FREEZE)
    return _freeze_page(request, covenant, form)


def _freeze_page(request: HttpRequest, covenant: Covenant, form: RoundForm) -> HttpResponse:
    text = nfc(text_of(covenant))
    context = {
        **head_facts(covenant),
        "form": form,
        "paper_lines": paper_lines(text),
        "digest": digest_text(text),
        "members": covenant.cycle.current(),
        "without_targets": without_targets(covenant),
        "stopped": why_nothing_is_taken(covenant.cycle),
    }
    return render(request, "covenants/freeze.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def unfreeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a frozen text again, with a reason, as long as nobody has signed."""
    covenant = find_for(request, pk, FREEZE)
    form = bind(ReasonForm, request)
    if request.method == "POST" and form.is_valid():
        if perform(form, unfreeze_covenant, covenant, by=acting(request), **form.cleaned_data):
            messages.success(
                request, _("Đã mở lại để sửa và báo các đơn vị. Sửa xong thì chốt lại để ký.")
            )
            return redirect("covenants:edit", pk)
    elif covenant.state != Covenant.State.SIGNING:
        messages.info(request, _("Chỉ mở lại được bản đang chờ ký."))
        return redirect("covenants:show", pk)
    context = {**head_facts(covenant), "form": form}
    return render(request, "covenants/unfreeze.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a new version, with a reason; every member signs it anew."""
    covenant = find_for(request, pk, FREEZE)
    form = bind(ReasonForm, request)
    if request.method == "POST" and form.is_valid():
        new = perform(form, amend_covenant, covenant, by=acting(request), **form.cleaned_data)
        if new:
            told = {"number": new.number}
            messages.success(request, _("Đã lập bản %(number)d. Hãy sửa rồi chốt để ký.") % told)
            return redirect("covenants:edit", new.pk)
    elif not covenant.takes_signatures:
        messages.info(request, _("Chỉ lập bản mới khi bản này đã có chữ ký."))
        return redirect("covenants:show", pk)
    context = {**head_facts(covenant), "form": form}
    return render(request, "covenants/amend.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an addendum to the covenant in force, with a reason."""
    covenant = find_for(request, pk, FREEZE)
    form = bind(ReasonForm, request)
    if request.method == "POST" and form.is_valid():
        new = perform(form, begin_addendum, covenant, by=acting(request), **form.cleaned_data)
        if new:
            told = {"number": new.number}
            messages.success(
                request,
                _("Đã lập phụ lục số %(number)d. Hãy viết điều khoản rồi chốt để ký.") % told,
            )
            return redirect("covenants:edit", new.pk)
    elif covenant.state != Covenant.State.IN_FORCE or covenant.is_addendum:
        messages.info(request, _("Phụ lục chỉ lập cho giao ước đang có hiệu lực."))
        return redirect("covenants:show", pk)
    context = {**head_facts(covenant), "form": form}
    return render(request, "covenants/addendum.html", context, status=422 if form.errors else 200)
