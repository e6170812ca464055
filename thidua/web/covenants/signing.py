"""Signing pages: sign, decline, remind, declare in force."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment
from thidua.covenants.actions.signing import (
    SIGNERS,
    declare_in_force,
    decline_covenant,
    remind_unsigned,
    sign_covenant,
)
from thidua.covenants.models import Covenant
from thidua.covenants.queries import parties_of, unsigned_members
from thidua.documents.actions import authorization_of
from thidua.documents.actions.held_keys import held_key_of
from thidua.documents.models import Signature
from thidua.documents.verifying import LEGAL
from thidua.web.access import acting, attempt, bind, confirm_first, perform, signed_in
from thidua.web.ceremonies.doors import after_signing
from thidua.web.covenants.doors import WRITE, find, find_for, head_facts, text_of
from thidua.web.covenants.forms import DeclareForm, DeclineForm
from thidua.web.covenants.paper import paper_lines
from thidua.web.covenants.standing import standing_of
from thidua.web.passkeys import offer
from thidua.web.proof import ProofForm, proof_asked, prove

ANSWER, DECLARE = "covenants.answer_covenant", "covenants.declare_covenant"


def no_longer_theirs(request: HttpRequest) -> str:
    """Return why a page opened for one organisation no longer holds, in a sentence; else nothing.

    Said only to a person who acts, or once acted, for the organisation that the page was for.
    """
    who, shown = acting(request), organization_shown(request)
    if request.method != "POST" or shown == who.organization_id or who.user is None:
        return ""
    now = next((o for o in who.organizations if o.pk == shown), None)
    if now is not None:
        told = {"shown": now.name, "now": who.organization_name}
        return (
            _(
                "Trang vừa rồi mở khi bạn làm việc cho %(shown)s, còn nay bạn đang làm việc cho "
                "%(now)s. Chưa có gì được ký. Hãy đổi đơn vị rồi mở lại trang."
            )
            % told
        )
    ended = who.user.appointments.filter(organization=shown).select_related("organization").last()
    if ended is not None:
        told = {"unit": ended.organization.name}
        return _("Quyền làm việc của bạn cho %(unit)s đã hết. Chưa có gì được ký.") % told
    return ""


def organization_shown(request: HttpRequest) -> int:
    """Return the organisation that the posted page showed; 0 where nothing readable came."""
    typed = request.POST.get("organization", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


@require_http_methods(["GET", "POST"])
@signed_in
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is signed, for whom and in which capacity; check that it is the person; sign."""
    if moved := no_longer_theirs(request):
        messages.error(request, moved)
        return redirect("work:index")
    who, covenant = acting(request), find_for(request, pk, ANSWER)
    standing = standing_of(covenant, who, parties_of(covenant))
    appointment = standing.appointment
    if not standing.may_sign or appointment is None:
        messages.error(request, standing.why_not)
        return redirect("covenants:show", pk)
    form = ProofForm(request.POST or None, proof=proof_asked(request))
    if form.is_bound and form.proof.kind == "key":
        return confirm_first(request, keeps=False)
    if form.is_valid() and _signed(form, request, covenant, who):
        messages.success(request, what_was_signed(request, pk, who))
        return redirect(after_signing(request, covenant))
    return _sign_page(request, covenant, appointment, form)


def _signed(form: ProofForm, request: HttpRequest, covenant: Covenant, who: Acting) -> bool:
    """Check that it is the person, which is slow and so comes before the deed, then sign."""
    if not prove(form, request):
        return False
    ways = {True: Signature.Method.SECOND_FACTOR, False: Signature.Method.IN_SYSTEM}
    shown = {
        "method": ways[form.proof.is_second_factor],
        "digest": request.POST.get("digest", ""),
        "organization_id": organization_shown(request),
    }
    return perform(form, sign_covenant, covenant, by=who, **shown) is not None


def what_was_signed(request: HttpRequest, pk: int, who: Acting) -> str:
    """Return what has just been signed, and how many are still missing, in a sentence."""
    covenant = find(request, pk)
    count = len(unsigned_members(covenant))
    told = {"unit": who.organization_name, "count": count}
    if count:
        return (
            ngettext(
                "Đã ký cho %(unit)s. Còn %(count)d đơn vị chưa ký.",
                "Đã ký cho %(unit)s. Còn %(count)d đơn vị chưa ký.",
                count,
            )
            % told
        )
    return _("Đã ký cho %(unit)s. Các đơn vị đã ký đủ: giao ước có hiệu lực.") % told


def _sign_page(
    request: HttpRequest, covenant: Covenant, appointment: Appointment, form: ProofForm
) -> HttpResponse:
    context = {
        **head_facts(covenant),
        "form": form,
        "appointment": appointment,
        "authorization": authorization_of(appointment),
        "may_name": acting(request).has_perm("covenants.stand_in_covenant", covenant),
        "paper_lines": paper_lines(text_of(covenant)),
        "passkey": offer(request, covenant.version, appointment) if covenant.version else None,
        "passkey_standing": LEGAL[Signature.Method.PASSKEY],
        "held_key": held_key_of(appointment.organization_id),
        "has_local_service": bool(settings.VGCA_URL),
    }
    return render(request, "covenants/sign.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline to sign, with a reason that the members read."""
    if moved := no_longer_theirs(request):
        messages.error(request, moved)
        return redirect("work:index")
    who, covenant = acting(request), find_for(request, pk, ANSWER)
    form = bind(DeclineForm, request)
    if request.method == "POST" and form.is_valid():
        facts = {"organization_id": organization_shown(request), **form.cleaned_data}
        if perform(form, decline_covenant, covenant, by=who, **facts):
            told = {"leader": covenant.cycle.bloc.leader_noun}
            messages.success(
                request, _("Đã ghi lý do và báo %(leader)s. Đơn vị vẫn ký được sau này.") % told
            )
            return redirect("covenants:show", pk)
    elif covenant.state != Covenant.State.SIGNING or who.appointment_as(*SIGNERS) is None:
        messages.info(request, _("Chỉ từ chối ký được khi giao ước đang mở ký."))
        return redirect("covenants:show", pk)
    context = {**head_facts(covenant), "form": form}
    return render(request, "covenants/decline.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind every member that has not signed."""
    covenant = find_for(request, pk, WRITE)
    if count := attempt(request, remind_unsigned, covenant, by=acting(request)):
        told = ngettext(
            "Đã nhắc %(count)d đơn vị chưa ký.", "Đã nhắc %(count)d đơn vị chưa ký.", count
        )
        messages.success(request, told % {"count": count})
    return redirect("covenants:show", pk)


@require_http_methods(["GET", "POST"])
@signed_in
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare the covenant in force, saying of each missing member why it has not signed."""
    covenant = find_for(request, pk, DECLARE)
    due = [party for party in parties_of(covenant) if party.is_due]
    form = bind(DeclareForm, request, parties=due)
    if request.method == "POST" and form.is_valid():
        if perform(form, declare_in_force, covenant, by=acting(request), reasons=form.reasons()):
            messages.success(request, _("Giao ước có hiệu lực. Các đơn vị đã được báo."))
            return redirect("covenants:show", pk)
    elif covenant.state != Covenant.State.SIGNING or not covenant.is_past_sign_by:
        messages.info(request, _("Chỉ tuyên bố hiệu lực sau khi hết hạn ký."))
        return redirect("covenants:show", pk)
    context = {**head_facts(covenant), "form": form, "due": due}
    return render(request, "covenants/declare.html", context, status=422 if form.errors else 200)
