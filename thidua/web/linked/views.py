"""Opening a personal link: read the text, have a code mailed, sign, decline, or say something.

Nobody is signed in here. An address that guesses links is barred as one that guesses the codes of
papers is; the digits have their own few tries (`covenants.actions.linking`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from thidua.core import clock
from thidua.covenants.actions.by_link import comment_by_link, decline_by_link, sign_by_link
from thidua.covenants.actions.linking import CODE_LIFE, send_code, why_shut
from thidua.covenants.codes import digest_of_token
from thidua.covenants.models import Covenant, SigningLink
from thidua.covenants.queries import for_its_text
from thidua.covenants.rounds import why_not_yet
from thidua.web.access import attempt, perform
from thidua.web.covenants.doors import head_facts, why_nothing_is_taken
from thidua.web.covenants.paper import paper_lines
from thidua.web.linked.forms import DECLINE, CodeForm, OtherForm
from thidua.web.verifying.limits import is_barred, note_miss

View = Callable[[HttpRequest, SigningLink], HttpResponse]


def opened(view: View) -> Callable[..., HttpResponse]:
    """Find the link by its secret and hand it to ``view``; say why one that is shut opens nothing.

    What is shown is kept by no cache and no search engine.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        if is_barred(request):
            return render(request, "verifying/barred.html", status=429)
        link = _find(token)
        if link is None:
            note_miss(request)
            return render(request, "linked/unknown.html", status=404)
        if sentence := why_shut(link):
            told = {"link": link, "sentence": sentence}
            response = render(request, "linked/shut.html", told, status=410)
        else:
            response = view(request, link)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


def _find(token: str) -> SigningLink | None:
    parts = SigningLink.objects.select_related(
        "version", "contact__person", "contact__organization", "enrolment__organization"
    )
    found = parts.select_related("by__person", "made_for")
    return found.filter(digest=digest_of_token(token)).first()


@require_http_methods(["GET", "POST"])
@opened
def show(request: HttpRequest, link: SigningLink) -> HttpResponse:
    """Show the text, its digest and the capacity; with the code typed, sign."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"code": form.cleaned_data["code"], "digest": request.POST.get("digest", "")}
        if perform(form, sign_by_link, link, **told):
            return _done(request, link, _("Đã ký cho %(unit)s. Xin cảm ơn."))
    return _page(request, link, "linked/show.html", form)


@require_POST
@opened
def code(request: HttpRequest, link: SigningLink) -> HttpResponse:
    """Mail six fresh digits to the registered address."""
    if attempt(request, send_code, link):
        told = {"address": link.contact.shown_address, "minutes": CODE_LIFE.seconds // 60}
        sent = _("Đã gửi mã tới %(address)s. Mã dùng được trong %(minutes)d phút.")
        messages.success(request, sent % told)
    address = request.path.removesuffix("ma/")
    return redirect(address + ("khac/" if request.POST.get("back") == "khac" else "#ky"))


@require_http_methods(["GET", "POST"])
@opened
def other(request: HttpRequest, link: SigningLink) -> HttpResponse:
    """Decline with a reason, or say something, with the code typed."""
    form = OtherForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed, body = form.cleaned_data["code"], form.cleaned_data["body"]
        if form.cleaned_data["act"] == DECLINE:
            if perform(form, decline_by_link, link, code=typed, reason=body):
                return _done(request, link, _("Đã gửi lý do %(unit)s chưa ký."))
        elif perform(form, comment_by_link, link, code=typed, body=body):
            return _done(request, link, _("Đã gửi ý kiến của %(unit)s."))
    return _page(request, link, "linked/other.html", form)


def _page(request: HttpRequest, link: SigningLink, template: str, form: Any) -> HttpResponse:
    covenant = for_its_text(Covenant.objects.filter(pk=link.covenant_id)).get()
    member = next(
        (e for e in covenant.cycle.enrolments.all() if e.pk == link.enrolment_id), link.enrolment
    )
    stopped = why_nothing_is_taken(covenant.cycle) or why_not_yet(covenant, member)
    if not link.version.matches:
        stopped = _("Nguyên văn không còn khớp với mã băm đã chốt nên không ký được.")
    sent = link.code_sent_at
    context = {
        **head_facts(covenant),
        "link": link,
        "form": form,
        "stopped": stopped,
        "has_code": sent is not None and clock.now() < sent + CODE_LIFE,
        "paper_lines": paper_lines(link.version.text),
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _done(request: HttpRequest, link: SigningLink, sentence: str) -> HttpResponse:
    """Say what happened and what comes next; the link opens nothing more."""
    link = SigningLink.objects.select_related("covenant__cycle__bloc", "signature").get(pk=link.pk)
    told = {"unit": link.enrolment.organization.name}
    context = {"link": link, "covenant": link.covenant, "sentence": sentence % told}
    return render(request, "linked/done.html", context)
