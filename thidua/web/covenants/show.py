"""The page of one covenant: its text, who signed, what was said, what comes next."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.accounts.acting import Acting
from thidua.covenants.actions.drafting import comment_on_covenant
from thidua.covenants.models import Comment, Covenant
from thidua.covenants.queries import Party, parties_of, seen_by, sheets_for, with_rows
from thidua.documents.models import CertificateProof, PaperSheet
from thidua.documents.proving import BY_CERTIFICATE
from thidua.documents.signed_pdfs import signed_pdfs_of
from thidua.documents.verifying import ways_used
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.covenants.doors import find_to_show, head_facts, text_of
from thidua.web.covenants.forms import CommentForm
from thidua.web.covenants.paper import paper_lines
from thidua.web.covenants.standing import standing_of
from thidua.web.covenants.steps import round_of, steps_for, time_left, what_comes_next
from thidua.web.trail import trail_lines

TAGS = {
    Covenant.State.DRAFT: "quiet",
    Covenant.State.CIRCULATED: "open",
    Covenant.State.SIGNING: "open",
    Covenant.State.IN_FORCE: "done",
    Covenant.State.SUPERSEDED: "quiet",
}


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a covenant to whoever may read it, with the buttons that are theirs."""
    covenant = find_to_show(request, pk)
    form = None
    if acting(request).has_perm("covenants.comment_covenant", covenant):
        at = reverse("covenants:comment", args=[pk])
        form = bind(CommentForm, request, at=at, clauses=covenant.clauses.all())
    return _page(request, covenant, form)


@require_POST
@signed_in
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something to the draft for one's organisation."""
    covenant = find_to_show(request, pk)
    require(acting(request), "covenants.speak_covenant", covenant)
    form = CommentForm(request.POST, clauses=covenant.clauses.all())
    facts = {"by": acting(request), **(form.cleaned_data if form.is_valid() else {})}
    if form.is_valid() and perform(form, comment_on_covenant, covenant, **facts) is not None:
        told = {"leader": covenant.cycle.bloc.leader_noun}
        messages.success(request, _("Đã gửi ý kiến. Tiếp theo: %(leader)s trả lời.") % told)
        return redirect("covenants:show", pk)
    return _page(request, covenant, form, status=422)


def _page(
    request: HttpRequest, covenant: Covenant, form: CommentForm | None, status: int = 200
) -> HttpResponse:
    who = acting(request)
    parties = parties_of(covenant)
    inside = who.has_perm("covenants.follow_covenant", covenant)
    standing = standing_of(covenant, who, parties)
    now = round_of(covenant, parties)
    main, others = steps_for(covenant, who, standing, now)
    addenda = _addenda(covenant, who)
    context = {
        **head_facts(covenant),
        "tag": TAGS[Covenant.State(covenant.state)],
        "next": what_comes_next(covenant, now),
        "time_left": time_left(now) if covenant.state == Covenant.State.SIGNING else "",
        "now": now,
        "parties": parties,
        "sheets": _sheets(covenant, who) if inside else [],
        "signed_pdfs": _signed_pdfs(covenant, parties),
        "ways": ways_used(party.signature for party in parties if party.signature),
        "inside": inside,
        "standing": standing,
        "main_step": main,
        "other_steps": others,
        "paper_lines": paper_lines(text_of(covenant)),
        "threads": threads_of(covenant) if inside else [],
        "may_reply": who.has_perm("covenants.draft_covenant", covenant),
        "comment_form": form,
        "versions": _versions(covenant, who),
        "addenda": addenda,
        "holding": [one for one in addenda if one.state == Covenant.State.IN_FORCE],
        "unfreezings": _unfreezings(covenant) if inside else [],
        "entries": trail_lines(covenant, everything=inside),
    }
    return render(request, "covenants/show.html", context, status=status)


def _signed_pdfs(covenant: Covenant, parties: list[Party]) -> list[CertificateProof]:
    """Return the PDFs that carry certificate signatures; not asked for where nobody made one."""
    methods = {party.signature.method for party in parties if party.signature}
    if covenant.version is None or not methods & set(BY_CERTIFICATE):
        return []
    return signed_pdfs_of(covenant.version)


def threads_of(covenant: Covenant) -> list[tuple[Comment, Comment | None]]:
    """Return each comment with its answer, or None where it waits for one."""
    if not getattr(covenant, "has_comments", True):
        return []
    said = list(covenant.comments.select_related("organization", "by__person"))
    answers = {comment.replies_to_id: comment for comment in said if comment.replies_to_id}
    return [(comment, answers.get(comment.pk)) for comment in said if not comment.replies_to_id]


def _versions(covenant: Covenant, who: Acting) -> list[Covenant]:
    """Return the other versions of the year that this person may read, newest first."""
    if not getattr(covenant, "has_other_versions", True):
        return []
    others = with_rows(seen_by(who)).exclude(pk=covenant.pk)
    same = others.filter(cycle=covenant.cycle_id, kind=covenant.kind)
    return list(same.order_by("-number"))


def _addenda(covenant: Covenant, who: Acting) -> list[Covenant]:
    """Return the addenda to this version that this person may read, oldest first."""
    if not getattr(covenant, "has_addenda", True):
        return []
    return list(with_rows(seen_by(who)).filter(amends=covenant).order_by("number"))


def _sheets(covenant: Covenant, who: Acting) -> list[PaperSheet]:
    if not getattr(covenant, "has_sheets", True):
        return []
    return list(sheets_for(who, covenant))


def _unfreezings(covenant: Covenant) -> list[Any]:
    if not getattr(covenant, "has_unfreezings", True):
        return []
    return list(covenant.unfreezings.select_related("by__person").order_by("-at"))
