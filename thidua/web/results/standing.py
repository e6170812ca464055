"""The page of one member's result: its card opened down to every mark, reason and proof."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.accounts.acting import Acting
from thidua.core.text import join_names
from thidua.cycles.models import Enrolment
from thidua.scoring.models import Card, Standing
from thidua.scoring.queries import results_for
from thidua.scoring.versions import earlier_of
from thidua.web.access import acting, signed_in
from thidua.web.results.doors import State, find_standing, head_facts, why_over
from thidua.web.results.opened import opened
from thidua.web.results.show import newer_of, visible_in
from thidua.web.results.year import versions_of


@signed_in
@require_GET
def show(request: HttpRequest, standing_pk: int) -> HttpResponse:
    """Show how a member's total came about, to whoever follows the year; it prints on paper."""
    who, standing = acting(request), find_standing(request, standing_pk)
    result = standing.result
    versions = versions_of(result.cycle, who, result.table)
    newer = newer_of(result, versions)
    card = card_of(standing)
    may_correct = result.is_published and card is not None and _may_correct(who, card)
    told = {
        **head_facts(result),
        "standing": standing,
        "card": opened(standing, visible_in([standing], who)),
        "is_mine": who.is_for(standing.enrolment.organization_id),
        "newer": newer,
        "there": _there(standing, newer.pk) if newer else "",
        "earlier": earlier_of(standing, results_for(who)),
        "appraised": _who_appraised(standing),
        "may_correct": may_correct and newer is None and not why_over(result.cycle),
        "objects_at": _objects_at(standing, who),
    }
    return render(request, "results/standing.html", told)


def card_of(standing: Standing) -> Card | None:
    """Return the card that the standing was made of, with the year's members."""
    found = Card.objects.filter(enrolment=standing.enrolment_id, table=standing.result.table_id)
    card = found.select_related("table", "enrolment__organization").first()
    if card is not None:
        card.table.cycle = card.enrolment.cycle = standing.result.cycle
    return card


def _may_correct(who: Acting, card: Card) -> bool:
    return who.has_perm("scoring.correct_card", card)


def _there(standing: Standing, result_pk: int) -> str:
    """Return the address of the same member's result in another version."""
    found = Standing.objects.filter(result=result_pk, enrolment=standing.enrolment_id)
    pk = found.values_list("pk", flat=True).first()
    return reverse("results:standing", args=[pk]) if pk else ""


def _objects_at(standing: Standing, who: Acting) -> str:
    """Return where the unit objects to its own points; empty where it may not, or no longer."""
    result = standing.result
    is_own = who.is_for(standing.enrolment.organization_id)
    if not is_own or result.state != State.PRELIMINARY or why_over(result.cycle):
        return ""
    if not who.has_perm("scoring.object_to_result", result):
        return ""
    return reverse("results:object", args=[result.pk])


def _who_appraised(standing: Standing) -> str:
    """Say who appraised a leader's or deputy's card, since nobody judges their own case."""
    role = standing.enrolment.role
    if role == Enrolment.Role.MEMBER:
        return ""
    marks = (mark for line in standing.lines for mark in line["marks"])
    scorers = list(dict.fromkeys(mark["scorer"] for mark in marks if mark["layer"] == "lead"))
    told = {"role": standing.enrolment.role_label, "scorers": join_names(scorers, _("và"))}
    if not scorers:
        return _("Đơn vị này là %(role)s; lớp trưởng, phó không chấm phiếu này.") % told
    return _("Đơn vị này là %(role)s; phiếu do %(scorers)s thẩm định.") % told
