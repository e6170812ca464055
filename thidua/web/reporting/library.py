"""The evidence of a unit in a year: all of it, one piece, its bytes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thidua.reporting.actions.evidence import withdraw_evidence
from thidua.reporting.models import Evidence
from thidua.reporting.queries import evidence_for
from thidua.web.access import acting, bind, perform, signed_in
from thidua.web.files import file_preview, file_response
from thidua.web.reporting.doors import own_evidence, own_part, why_over
from thidua.web.reporting.evidence_form import EvidenceForm
from thidua.web.reporting.forms import WithdrawForm
from thidua.web.reporting.pieces import pieces_of, with_uses
from thidua.web.reporting.proving import Place, bring

A_PAGE = 50


@signed_in
@require_GET
def of_unit(request: HttpRequest, enrolment_pk: int) -> HttpResponse:
    """Show all that the unit has kept in the year, with where each piece is used."""
    enrolment, who = own_part(request, enrolment_pk), acting(request)
    kept = with_uses(evidence_for(who).filter(enrolment=enrolment)).order_by("-at", "-pk")
    page = Paginator(kept, A_PAGE).get_page(request.GET.get("page"))
    add_url = reverse("reporting:keep", args=[enrolment_pk])
    over = why_over(enrolment)
    told = {
        "enrolment": enrolment,
        "cycle": enrolment.cycle,
        "illustration": enrolment.cycle.is_illustration,
        "page": page,
        "pieces": pieces_of(page.object_list, who),
        "over": over,
        "add_url": add_url,
        "add_form": None if over else bind(EvidenceForm, request, enrolment=enrolment, at=add_url),
    }
    return render(request, "reporting/library.html", told)


@signed_in
def keep(request: HttpRequest, enrolment_pk: int) -> HttpResponse:
    """Keep a piece that is not used anywhere yet."""
    enrolment = own_part(request, enrolment_pk)
    url = reverse("reporting:library", args=[enrolment_pk])
    return bring(request, Place(enrolment, None, _("Kho minh chứng"), url))


def _found(request: HttpRequest, pk: int) -> Evidence:
    return get_object_or_404(evidence_for(acting(request)), pk=pk)


@signed_in
@require_GET
def piece(request: HttpRequest, evidence_pk: int) -> HttpResponse:
    """Show one piece: what it is, who brought it, what it proves, and how it looks."""
    evidence = get_object_or_404(with_uses(evidence_for(acting(request))), pk=evidence_pk)
    return _piece_page(request, evidence, WithdrawForm())


def _piece_page(request: HttpRequest, evidence: Evidence, form: WithdrawForm) -> HttpResponse:
    who, cycle = acting(request), evidence.enrolment.cycle
    (found,) = pieces_of([evidence], who)
    is_own = who.is_for(evidence.enrolment.organization_id)
    may_change = is_own and not evidence.is_withdrawn and not why_over(evidence.enrolment)
    told = {
        "piece": found,
        "evidence": evidence,
        "enrolment": evidence.enrolment,
        "cycle": cycle,
        "illustration": cycle.is_illustration or evidence.is_illustration,
        "is_own": is_own,
        "may_withdraw": may_change and not evidence.is_shared,
        "why_not": may_change and evidence.is_shared,
        "form": form,
    }
    return render(request, "reporting/evidence.html", told, status=422 if form.is_bound else 200)


@signed_in
@require_GET
def download(request: HttpRequest, evidence_pk: int) -> HttpResponseBase:
    """Give the bytes, to be saved under the name that the unit gave."""
    evidence = _found(request, evidence_pk)
    if evidence.blob is None:
        raise Http404
    return file_response(request, evidence.blob, evidence.name)


@signed_in
@require_GET
def preview(request: HttpRequest, evidence_pk: int) -> HttpResponseBase:
    """Give a picture or a PDF to be seen in place."""
    evidence = _found(request, evidence_pk)
    if evidence.blob is None:
        raise Http404
    return file_preview(request, evidence.blob, evidence.name)


@require_http_methods(["POST"])
@signed_in
def withdraw(request: HttpRequest, evidence_pk: int) -> HttpResponse:
    """Take a piece out again, with a reason."""
    evidence = own_evidence(request, evidence_pk)
    form = bind(WithdrawForm, request)
    if form.is_valid():
        gone = perform(form, withdraw_evidence, evidence, by=acting(request), **form.cleaned_data)
        if gone:
            messages.success(request, _("Đã rút minh chứng “%(name)s”.") % {"name": str(gone)})
            return redirect("reporting:library", evidence.enrolment_id)
    return _piece_page(request, evidence, form)
