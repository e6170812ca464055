"""Evidence behind a criterion of one's own card: brought here, picked, or taken from it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.reporting.actions.evidence import keep_evidence
from thidua.reporting.models import Evidence
from thidua.scoring.actions.proving import prove as put_behind
from thidua.scoring.actions.proving import unprove as take_from
from thidua.scoring.models import Criterion, Proof
from thidua.scoring.queries import cards_for
from thidua.scoring.working import Work
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.marking.doors import found_leaf, found_work
from thidua.web.marking.forms import MarkForm
from thidua.web.marking.page import mark_url, split_page
from thidua.web.marking.split import bring_form, offer
from thidua.web.reporting.doors import wants_json
from thidua.web.reporting.evidence_form import THERE, EvidenceForm
from thidua.web.reporting.pieces import Piece

PROVE = "scoring.prove_card"


@signed_in
def prove(request: HttpRequest, sheet_pk: int, leaf_pk: int) -> HttpResponse:
    """Bring a file, a link or a written reason for a criterion, or pick what is kept already."""
    work = found_work(request, sheet_pk)
    require(acting(request), PROVE, work.sheet.card)
    leaf = found_leaf(work, leaf_pk)
    if request.method != "POST":
        return redirect(mark_url(work.sheet, leaf))
    form: EvidenceForm = bind(EvidenceForm, request, enrolment=work.sheet.card.enrolment)
    offer(form, work.sheet.card, leaf)
    if form.is_valid():
        proof = perform(form, _brought, request, work, leaf, form)
        if proof:
            told = {"name": str(proof.evidence), "what": Piece(proof.evidence).what}
            messages.success(request, _("Đã gắn “%(name)s” (%(what)s) vào tiêu chí này.") % told)
            url = f"{mark_url(work.sheet, leaf)}#minh-chung"
            return JsonResponse({"url": url}) if wants_json(request) else redirect(url)
    if wants_json(request):
        wrong = {name: [str(error) for error in found] for name, found in form.errors.items()}
        return JsonResponse({"wrong": wrong}, status=422)
    return _refused(request, work, leaf, form)


def _refused(request: HttpRequest, work: Work, leaf: Criterion, form: EvidenceForm) -> HttpResponse:
    """Show the criterion again, with what was brought and why it cannot stand."""
    mark = work.own.get(leaf.pk)
    unsent = MarkForm(criterion=leaf, layer=work.sheet.layer.kind, mark=mark)
    context = split_page(work, leaf, unsent, acting(request))
    context |= bring_form(request, work, leaf, form)
    return render(request, "marking/split.html", context, status=422)


def _brought(request: HttpRequest, work: Work, leaf: Criterion, form: EvidenceForm) -> Proof:
    who, card = acting(request), work.sheet.card
    if form.chosen == THERE:
        evidence: Evidence = form.cleaned_data["evidence"]
    else:
        evidence = keep_evidence(card.enrolment, form.facts(), by=who)
    return put_behind(card, leaf, evidence, by=who)


@require_POST
@signed_in
def unprove(request: HttpRequest, proof_pk: int) -> HttpResponse:
    """Take a piece from a criterion; it stays among the unit's evidence."""
    who = acting(request)
    seen = Proof.objects.filter(card__in=cards_for(who).values("pk"))
    proof = get_object_or_404(
        seen.select_related("card__enrolment__cycle", "criterion", "evidence"), pk=proof_pk
    )
    require(who, PROVE, proof.card)
    take_from(proof, by=who)
    told = {"name": str(proof.evidence)}
    sentence = _("Đã gỡ “%(name)s” khỏi tiêu chí; minh chứng vẫn còn trong kho của đơn vị.")
    messages.success(request, sentence % told)
    own = proof.card.sheets.get(layer__kind="self")
    return redirect(f"{mark_url(own, proof.criterion)}#minh-chung")
