"""Drafting pages: begin, the frame, sending the draft round, answering comments."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.covenants.actions.drafting import (
    circulate_covenant,
    draft_covenant,
    reply_to_comment,
    write_frame,
)
from thidua.covenants.models import Comment, Covenant
from thidua.covenants.queries import current_covenant, parties_of
from thidua.cycles.queries import cycles_for
from thidua.web.access import (
    acting,
    attempt,
    bind,
    perform,
    require,
    signed_in,
)
from thidua.web.covenants.doors import (
    WRITE,
    find_for,
    find_to_show,
    head_facts,
    text_of,
    without_targets,
)
from thidua.web.covenants.forms import FrameForm, ReplyForm
from thidua.web.covenants.paper import paper_lines
from thidua.web.covenants.standing import Standing
from thidua.web.covenants.steps import round_of, steps_for

NOT_A_PARTY = Standing(why_not="-")


@require_POST
@signed_in
def begin(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Draft the year's covenant from its data; one that is there already is shown instead."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=cycle_pk)
    require(who, "covenants.begin_covenant", cycle)
    covenant = attempt(request, draft_covenant, cycle, by=who)
    if covenant is not None:
        messages.success(
            request, _("Đã lập dự thảo từ dữ liệu của năm. Hãy đọc lại và sửa trước khi gửi.")
        )
        return redirect("covenants:edit", covenant.pk)
    there = current_covenant(cycle, who)
    return redirect("covenants:show", there.pk) if there else redirect("cycles:show", cycle.pk)


@require_GET
@signed_in
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the drafting page: the frame, the clauses, and how the text reads."""
    covenant = find_for(request, pk, WRITE)
    if not covenant.is_editable:
        messages.info(request, _("Nội dung đã chốt nên không sửa trực tiếp được nữa."))
        return redirect("covenants:show", pk)
    form = bind(
        FrameForm,
        request,
        at=reverse("covenants:frame", args=[pk]),
        initial={"bases": covenant.bases, "opening": covenant.opening},
    )
    return _edit_page(request, covenant, form)


@require_POST
@signed_in
def frame(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the bases and the opening words, or only show how they would read."""
    covenant = find_to_show(request, pk)  # its page may come again with the buttons of show
    require(acting(request), WRITE, covenant)
    form = FrameForm(request.POST)
    if form.is_valid() and "preview" in request.POST:
        covenant.bases, covenant.opening = form.cleaned_data["bases"], form.cleaned_data["opening"]
        return _edit_page(request, covenant, form)
    facts = {"by": acting(request), **(form.cleaned_data if form.is_valid() else {})}
    if form.is_valid() and perform(form, write_frame, covenant, **facts) is not None:
        messages.success(request, _("Đã lưu căn cứ và lời mở đầu."))
        return redirect("covenants:edit", pk)
    return _edit_page(request, covenant, form, status=422)


def _edit_page(
    request: HttpRequest, covenant: Covenant, form: FrameForm, status: int = 200
) -> HttpResponse:
    main, others = steps_for(
        covenant, acting(request), NOT_A_PARTY, round_of(covenant, parties_of(covenant))
    )
    here = reverse("covenants:edit", args=[covenant.pk])
    context = {
        **head_facts(covenant),
        "form": form,
        "clauses": covenant.clauses.all(),
        "paper_lines": paper_lines(text_of(covenant)),
        "without_targets": without_targets(covenant),
        "steps": [step for step in [main, *others] if step and step.url != here],
    }
    return render(request, "covenants/edit.html", context, status=status)


@require_POST
@signed_in
def circulate(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the draft round for comments."""
    covenant = find_for(request, pk, WRITE)
    if attempt(request, circulate_covenant, covenant, by=acting(request)):
        count = {"count": len(covenant.cycle.current())}
        told = _("Đã gửi dự thảo lấy ý kiến %(count)d đơn vị. Ý kiến sẽ hiện ở trang này.")
        messages.success(request, told % count)
    return redirect("covenants:show", pk)


@require_http_methods(["GET", "POST"])
@signed_in
def reply(request: HttpRequest, comment_pk: int) -> HttpResponse:
    """Answer a member's comment: taken up or not, with a reason."""
    comment = get_object_or_404(Comment.objects.select_related("organization"), pk=comment_pk)
    covenant = find_for(request, comment.covenant_id, WRITE)
    form = bind(ReplyForm, request)
    if (
        request.method == "POST"
        and form.is_valid()
        and perform(form, reply_to_comment, comment, by=acting(request), **form.cleaned_data)
    ):
        told = {"unit": comment.organization.label}
        messages.success(request, _("Đã trả lời ý kiến của %(unit)s.") % told)
        return redirect(reverse("covenants:show", args=[covenant.pk]) + "#gop-y")
    context = {**head_facts(covenant), "comment": comment, "form": form}
    return render(request, "covenants/reply.html", context, status=422 if form.errors else 200)
