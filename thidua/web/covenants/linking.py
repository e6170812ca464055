"""Links for heads without an account: made and shown once, revoked; the contacts behind them."""

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from thidua.accounts.acting import Acting
from thidua.core.deeds import deed
from thidua.covenants.actions.contacts import ContactFacts, end_contact, enter_contact
from thidua.covenants.actions.linking import make_link, revoke_link
from thidua.covenants.models import Contact, Covenant, SigningLink
from thidua.organizations.models import Organization
from thidua.web.access import acting, attempt, bind, perform, require, signed_in
from thidua.web.covenants.doors import find_for, head_facts
from thidua.web.covenants.round_forms import ContactForm, LinkForm
from thidua.web.covenants.rounds import FOLLOW, member_of

LINK, ENTER = "covenants.link_enrolment", "covenants.enter_contact"


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def link(request: HttpRequest, pk: int, enrolment_pk: int) -> HttpResponse:
    """Make a link for a head of the member; show it this once, to be handed on."""
    who, covenant = acting(request), find_for(request, pk, FOLLOW)
    member = next((e for e in covenant.cycle.enrolments.all() if e.pk == enrolment_pk), None)
    if member is None:
        member = member_of(covenant, enrolment_pk)
    member.cycle = covenant.cycle
    require(who, LINK, member)
    contacts = contacts_of(member.organization)
    form = bind(LinkForm, request, contacts=contacts)
    if request.method == "POST" and form.is_valid():
        made = perform(form, _make, covenant, member.organization, wanted=form, by=who)
        if made:
            return _shown_once(request, covenant, *made)
    elif request.method != "POST" and not covenant.is_open_to_sign:
        messages.info(request, _("Chỉ tạo đường dẫn ký khi giao ước đang nhận chữ ký."))
        return redirect("covenants:round", pk)
    context = {**head_facts(covenant), "form": form, "member": member, "contacts": contacts}
    return render(request, "covenants/link.html", context, status=422 if form.errors else 200)


@deed()
def _make(
    covenant: Covenant, organization: Organization, *, wanted: LinkForm, by: Acting
) -> tuple[SigningLink, str]:
    """Make the link; who is new is entered in the same deed."""
    told = wanted.cleaned_data
    contact = wanted.chosen() or enter_contact(organization, _facts(told), by=by)
    return make_link(covenant, contact, by=by, hours=told["hours"])


def _facts(told: dict[str, Any]) -> ContactFacts:
    return ContactFacts(told["name"], told["post"], told["address"], told["collective"])


def _shown_once(
    request: HttpRequest, covenant: Covenant, made: SigningLink, token: str
) -> HttpResponse:
    address = settings.PUBLIC_URL + reverse("linked:show", args=[token])
    picture = segno.make(address, error="m", micro=False).png_data_uri(scale=6, border=2)
    context = {**head_facts(covenant), "link": made, "address": address, "picture": picture}
    return render(request, "covenants/link_made.html", context)


def contacts_of(organization: Organization) -> list[Contact]:
    """Return the heads without an account who are entered for the organisation."""
    found = Contact.objects.filter(organization=organization, ended_at=None)
    return list(found.select_related("person", "by__person", "entered_for"))


@require_POST
@signed_in
def revoke(request: HttpRequest, link_pk: int) -> HttpResponse:
    """Let a link open nothing any more."""
    parts = SigningLink.objects.select_related("enrolment__cycle__bloc", "enrolment__organization")
    made = get_object_or_404(parts, pk=link_pk)
    require(acting(request), "covenants.revoke_signinglink", made)
    if attempt(request, _revoke, made, by=acting(request)):
        messages.success(request, _("Đã thu hồi: đường dẫn ấy không mở được gì nữa."))
    return redirect("covenants:round", made.covenant_id)


def _revoke(made: SigningLink, *, by: Acting) -> bool:
    revoke_link(made, by=by)
    return True


@require_http_methods(["GET", "POST"])
@signed_in
def contacts(request: HttpRequest, org_pk: int) -> HttpResponse:
    """List the unit's heads who sign by links, and enter one."""
    organization = get_object_or_404(Organization, pk=org_pk)
    require(acting(request), ENTER, organization)
    form = bind(ContactForm, request)
    if request.method == "POST" and form.is_valid():
        facts = _facts(form.cleaned_data)
        if perform(form, enter_contact, organization, facts, by=acting(request)):
            messages.success(
                request, _("Đã ghi. Khi cần, người khác tạo đường dẫn ký tới địa chỉ này.")
            )
            return redirect("covenants:contacts", org_pk)
    context = {
        "organization": organization,
        "form": form,
        "contacts": contacts_of(organization),
        "illustration": organization.is_illustration,
    }
    return render(request, "covenants/contacts.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def drop_contact(request: HttpRequest, contact_pk: int) -> HttpResponse:
    """Use an address no more."""
    parts = Contact.objects.select_related("organization", "person")
    contact = get_object_or_404(parts, pk=contact_pk)
    require(acting(request), ENTER, contact.organization)
    attempt(request, end_contact, contact, by=acting(request))
    return redirect("covenants:contacts", contact.organization_id)
