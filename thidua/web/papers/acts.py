"""What is done with a paper: begun, issued, withdrawn, made anew, deleted."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.core.errors import DomainError, Invalid
from thidua.cycles.models import Enrolment
from thidua.cycles.queries import cycles_for
from thidua.paperwork.actions.drafting import begin_draft, discard_draft
from thidua.paperwork.actions.issuing import issue_draft, replace_draft, withdraw_draft
from thidua.paperwork.papers import kind_of
from thidua.web.access import (
    acting,
    attempt,
    bind,
    fresh_second_factor,
    perform,
    require,
    signed_in,
)
from thidua.web.papers.doors import found_draft
from thidua.web.papers.forms import WithdrawForm
from thidua.web.papers.reviewing import review
from thidua.web.papers.views import issued_page


@require_POST
@signed_in
def begin(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Begin the paper of a kind for the year, or for one's own part in it."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=cycle_pk)
    try:
        kind = kind_of(request.POST.get("kind", ""))
        subject = int(request.POST.get("subject") or 0)
    except (Invalid, ValueError) as wrong:
        raise Http404 from wrong
    enrolment = None
    if kind.of_member:
        enrolment = get_object_or_404(
            Enrolment.objects.select_related("organization"),
            cycle=cycle,
            organization=who.organization_id or 0,
        )
        require(who, "paperwork.draft_for_member", enrolment)
    else:
        require(who, "paperwork.draft_for_bloc", cycle)
    draft = attempt(
        request, begin_draft, kind.key, cycle, by=who, enrolment=enrolment, subject=subject
    )
    return redirect("papers:show", draft.pk) if draft else redirect("papers:of_cycle", cycle_pk)


@signed_in
@fresh_second_factor
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the paper as it will be issued with what is still to be settled; a POST issues it."""
    draft = found_draft(request, pk, "paperwork.issue_draft")
    if draft.is_issued:
        return redirect("papers:show", pk)
    if request.method == "POST":
        try:
            issue_draft(draft, by=acting(request))
        except DomainError as refusal:
            messages.error(request, refusal.sentence)
            return redirect("papers:issue", pk)
        messages.success(
            request, _("Đã ban hành. Tải bản PDF và Word ở đây; ai có văn bản đều tra cứu được.")
        )
        return redirect("papers:show", pk)
    return render(request, "papers/issue.html", review(draft))


@require_POST
@signed_in
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an issued paper back."""
    draft = found_draft(request, pk, "paperwork.withdraw_draft")
    form = bind(WithdrawForm, request)
    if form.is_valid() and perform(
        form, withdraw_draft, draft, by=acting(request), reason=form.cleaned_data["reason"]
    ):
        messages.success(request, _("Đã thu hồi. Trang tra cứu của văn bản nói rõ điều này."))
        return redirect("papers:show", pk)
    return issued_page(request, draft, form)


@require_POST
@signed_in
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a new version of an issued paper."""
    draft = found_draft(request, pk, "paperwork.write_draft")
    new = attempt(request, replace_draft, draft, by=acting(request))
    return redirect("papers:show", new.pk if new else pk)


@require_POST
@signed_in
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft."""
    draft = found_draft(request, pk, "paperwork.write_draft")
    cycle = draft.cycle_id
    if attempt(request, discard_draft, draft, by=acting(request)) is None:
        messages.success(request, _("Đã xóa dự thảo. Dữ liệu của năm không đổi."))
    return redirect("papers:of_cycle", cycle)
