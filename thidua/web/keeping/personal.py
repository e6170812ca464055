"""What the program knows of a person: for themself, and for an operator on request."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from thidua.keeping.actions.erasing import ERASED, export_person
from thidua.keeping.queries import erasures_for
from thidua.organizations.models import Person
from thidua.organizations.queries import matching
from thidua.web.access import acting, bind, fresh_second_factor, perform, require, signed_in
from thidua.web.keeping.forms import BasisForm
from thidua.web.keeping.packing import zip_response

MOST_FOUND = 30


@signed_in
def own(request: HttpRequest) -> HttpResponse:
    """Tell what is kept of oneself, and hand it out when asked (POST)."""
    who = acting(request)
    person = who.user.person if who.user else None
    require(who, "keeping.export_person", person)
    if request.method == "POST" and person is not None:
        return zip_response(export_person(person, by=who))
    return render(request, "keeping/own.html", {"person": person})


@signed_in
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Find the person whose request it is, with an account or without."""
    who = acting(request)
    require(who, "keeping.ask_erasure")
    q = request.GET.get("q", "")[:200]
    found = Person.objects.filter(matching(q)).exclude(full_name=ERASED) if matching(q) else None
    people = found.prefetch_related("offices__organization")[:MOST_FOUND] if found else []
    told = {
        "q": q,
        "people": people,
        "waiting": erasures_for(who).filter(state="asked").count(),
    }
    return render(request, "keeping/find.html", told)


@signed_in
@require_GET
def show(request: HttpRequest, person_pk: int) -> HttpResponse:
    """Show what can be done for a person who asked."""
    who = acting(request)
    person = get_object_or_404(Person, pk=person_pk)
    require(who, "keeping.export_person", person)
    if who.user and who.user.person_id == person.pk:
        return redirect("personal:own")
    told = {
        "person": person,
        "illustration": person.is_illustration,
        "form": bind(BasisForm, request),
        "erasures": erasures_for(who).filter(person=person),
        "may_ask": who.has_perm("keeping.ask_erasure", person),
    }
    return render(request, "keeping/show.html", told)


@signed_in
@fresh_second_factor
def take(request: HttpRequest, person_pk: int) -> HttpResponse:
    """Hand out what is known of somebody, on their request."""
    who = acting(request)
    person = get_object_or_404(Person, pk=person_pk)
    require(who, "keeping.export_person", person)
    if request.method != "POST":
        return redirect("personal:show", person_pk)
    form = bind(BasisForm, request)
    if form.is_valid():
        known = perform(form, export_person, person, by=who, **form.cleaned_data)
        if known:
            return zip_response(known)
    told = {"person": person, "form": form, "may_ask": True}
    return render(request, "keeping/show.html", told, status=422)
