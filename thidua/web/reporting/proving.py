"""Putting evidence behind a target or a report, and taking it from there."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.cycles.models import Enrolment
from thidua.reporting.actions.evidence import attach, detach, keep_evidence
from thidua.reporting.models import Evidence, Report
from thidua.targets.models import Target
from thidua.web.access import (
    acting,
    attempt,
    bind,
    perform,
    signed_in,
)
from thidua.web.reporting.doors import (
    found_report,
    own_evidence,
    own_target,
    wants_json,
)
from thidua.web.reporting.evidence_form import THERE, EvidenceForm
from thidua.web.reporting.pieces import Piece


@dataclass(frozen=True)
class Place:
    """What the evidence is for: a target, a report, or (None) nothing yet; and where it is seen."""

    enrolment: Enrolment
    thing: Target | Report | None
    name: str
    url: str


def place_of(thing: Target | Report) -> Place:
    """Return the place that a target or a report is."""
    if isinstance(thing, Target):
        url = reverse("reporting:target", args=[thing.pk])
        return Place(thing.target_set.enrolment, thing, thing.name, f"{url}#minh-chung")
    url = reverse("reporting:edit", args=[thing.pk])
    return Place(thing.enrolment, thing, str(thing), f"{url}#minh-chung")


@signed_in
def prove_target(request: HttpRequest, target_pk: int) -> HttpResponse:
    """Bring evidence for a target."""
    return bring(request, place_of(own_target(request, target_pk)))


@signed_in
def prove_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring evidence for a report as a whole."""
    return bring(request, place_of(found_report(request, pk, "reporting.prepare_report")))


def bring(request: HttpRequest, place: Place) -> HttpResponse:
    """Keep what was brought and let it prove what the place is; else show it again, and why."""
    form = bind(
        EvidenceForm,
        request,
        enrolment=place.enrolment,
        thing=place.thing,
        initial={"kind": request.GET.get("loai", "")},
    )
    if form.is_valid():
        made = perform(form, _brought, request, place, form)
        if made:
            messages.success(request, _thanks(made, place))
            return JsonResponse({"url": place.url}) if wants_json(request) else redirect(place.url)
    if request.method == "POST" and wants_json(request):
        wrong = {name: [str(error) for error in found] for name, found in form.errors.items()}
        return JsonResponse({"wrong": wrong}, status=422)
    told = {
        "form": form,
        "add_form": form,
        "add_url": request.path,
        "place": place,
        "enrolment": place.enrolment,
        "cycle": place.enrolment.cycle,
        "illustration": place.enrolment.cycle.is_illustration,
    }
    return render(request, "reporting/prove.html", told, status=422 if form.is_bound else 200)


def _brought(request: HttpRequest, place: Place, form: EvidenceForm) -> Evidence:
    who = acting(request)
    if form.chosen == THERE and place.thing is not None:
        evidence: Evidence = form.cleaned_data["evidence"]
        attach(evidence, place.thing, by=who)
        return evidence
    return keep_evidence(place.enrolment, form.facts(), by=who, proves=place.thing)


def _thanks(made: Evidence, place: Place) -> str:
    what = Piece(made).what
    name = f"“{made}” ({what})" if what else f"“{made}”"
    told = {"what": name, "place": place.name}
    sentence = _("Đã lưu %(what)s.")
    if place.thing is not None:
        sentence = _("Đã lưu %(what)s làm minh chứng cho “%(place)s”.")
    own = "" if made.is_shared else _("Chỉ đơn vị bạn xem được cho đến khi báo cáo được gửi.")
    return f"{sentence % told} {own}".strip()


@require_POST
@signed_in
def unprove_target(request: HttpRequest, target_pk: int, evidence_pk: int) -> HttpResponse:
    """Say that a piece proves the target no longer."""
    return _take(request, own_target(request, target_pk), evidence_pk)


@require_POST
@signed_in
def unprove_report(request: HttpRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """Say that a piece proves the report no longer."""
    report = found_report(request, pk, "reporting.prepare_report")
    return _take(request, report, evidence_pk)


def _take(request: HttpRequest, thing: Target | Report, evidence_pk: int) -> HttpResponse:
    evidence = own_evidence(request, evidence_pk)
    attempt(request, _taken, request, evidence, thing)
    return redirect(place_of(thing).url)


def _taken(request: HttpRequest, evidence: Evidence, thing: Target | Report) -> None:
    detach(evidence, thing, by=acting(request))
    sentence = _("Đã gỡ “%(name)s” khỏi đây; minh chứng vẫn còn trong kho của đơn vị.")
    messages.success(request, sentence % {"name": str(evidence)})
