"""Naming who signs in the head's place for this round, two steps from the signing page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment
from thidua.accounts.queries import current_appointments, people_of
from thidua.core import clock
from thidua.covenants.actions.substituting import drop_substitute, name_substitute
from thidua.covenants.queries import parties_of
from thidua.web.access import acting, attempt, bind, perform, signed_in
from thidua.web.covenants.doors import find_for, find_round, head_facts
from thidua.web.covenants.round_forms import SubstituteForm

STAND_IN = "covenants.stand_in_covenant"


@require_http_methods(["GET", "POST"])
@signed_in
def substitute(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who signs instead: one who stands in already, or somebody of the unit."""
    who, covenant = acting(request), find_round(request, pk, STAND_IN)
    form = bind(SubstituteForm, request, **_choices(who))
    if request.method == "POST" and form.is_valid():
        named = perform(form, name_substitute, covenant, form.stand_in(), by=who)
        if named:
            told = {"person": named.appointment.user.name}
            done = _("Đã giao %(person)s ký thay trong vòng này. Họ đã được báo và ký được ngay.")
            messages.success(request, done % told)
            return redirect("covenants:show", pk)
    elif not covenant.is_open_to_sign:
        messages.info(request, _("Chỉ giao ký thay được khi giao ước đang nhận chữ ký."))
        return redirect("covenants:show", pk)
    mine = next(
        (p for p in parties_of(covenant) if p.enrolment.organization_id == who.organization_id),
        None,
    )
    context = {
        **head_facts(covenant),
        "form": form,
        "named": mine.substitute if mine else None,
        "has_people": bool(form.stand_ins or form.people),
    }
    return render(request, "covenants/substitute.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back: the head signs."""
    covenant = find_for(request, pk, STAND_IN)
    attempt(request, drop_substitute, covenant, by=acting(request))
    return redirect("covenants:show", pk)


def _choices(who: Acting) -> dict[str, Any]:
    """Return who can be named: the unit's stand-ins of today, and its other people."""
    today = clock.today()
    standing_in = current_appointments().filter(
        organization=who.organization_id, role=Appointment.Role.STAND_IN, user__is_active=True
    )
    stand_ins = [one for one in standing_in if one.holds(today) and one.user_id != who.actor_id]
    known = {one.user_id for one in stand_ins}
    people = people_of([who.organization_id or 0]).order_by("person__sort_key", "pk")
    others = [one for one in people if one.pk != who.actor_id and one.pk not in known]
    return {"stand_ins": stand_ins, "people": others}
