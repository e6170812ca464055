"""Drafting a covenant from the year's data, and the members' comments on it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from thidua.accounts.acting import Acting
from thidua.audit.actions import Actor, record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.text import day_text, one_line
from thidua.core.workflow import move, require_state
from thidua.covenants.models import Clause, Comment, Covenant
from thidua.cycles.actions.years import lock_year, locked
from thidua.cycles.models import Cycle
from thidua.discards.actions import keep_discarded
from thidua.notifications.actions import notify

State = Covenant.State


def note(code: str, covenant: Covenant, by: Actor, **facts: str | int | None) -> None:
    """Record something about a covenant on its bloc's chain."""
    record(code, by=by, on=covenant, chain=chain_of_bloc(covenant.cycle.bloc_id), **facts)


def editable(covenant: Covenant) -> Covenant:
    """Return the covenant locked for change; refuse once it is frozen or the year is closed.

    The year is locked before its covenant, here and in `freezing.reread`: a member that leaves
    locks them in that order too, so two deeds never wait for each other.
    """
    lock_year(covenant.cycle)
    fresh = (
        Covenant.objects.select_for_update(of=("self",))
        .select_related("cycle__bloc")
        .get(pk=covenant.pk)
    )
    require_state(fresh, State.DRAFT, State.CIRCULATED)
    return fresh


@deed()
def draft_covenant(cycle: Cycle, *, by: Acting, is_illustration: bool = False) -> Covenant:
    """Draft the year's covenant from what is known: theme, movements, targets, common duties."""
    cycle = locked(cycle)
    if Covenant.objects.filter(cycle=cycle).exists():
        raise AlreadyDone(_("Năm này đã có giao ước."))
    with override("vi"):  # the paper is Vietnamese, whatever the drafter reads
        bases, drafts = _bases(cycle), _drafts(cycle)
    covenant = Covenant.objects.create(
        cycle=cycle, bases=bases, is_illustration=is_illustration or by.is_illustration
    )
    Clause.objects.bulk_create(
        Clause(covenant=covenant, place=place, kind=kind, heading=heading, body=body)
        for place, (kind, heading, body) in enumerate(drafts, 1)
    )
    note("covenant.drafted", covenant, by)
    return covenant


def _drafts(cycle: Cycle) -> list[tuple[str, str, str]]:
    """Return the clauses to begin with: kind, heading, body."""
    drafts: list[tuple[str, str, str]] = []
    if cycle.theme or cycle.province_theme:
        drafts.append((Clause.Kind.TEXT, _("Thi đua theo chủ đề của năm"), _themes(cycle)))
    if cycle.adoptions.exists():
        drafts.append((Clause.Kind.MOVEMENTS, _("Triển khai các phong trào thi đua"), ""))
    drafts.append((Clause.Kind.TARGETS, _("Thực hiện chỉ tiêu đã đăng ký"), _targets_sentence()))
    drafts.append((Clause.Kind.TEXT, _("Báo cáo, sơ kết, tổng kết"), _duties(cycle)))
    return drafts


def _bases(cycle: Cycle) -> str:
    bloc = cycle.bloc
    if not bloc.decision_number:
        return ""
    day = day_text(bloc.decision_on) if bloc.decision_on else "…"
    return _("Căn cứ Quyết định số %(number)s ngày %(day)s của %(by)s.") % {
        "number": bloc.decision_number,
        "day": day,
        "by": bloc.decision_by or bloc.managing_body.name,
    }


def _themes(cycle: Cycle) -> str:
    lines = []
    if cycle.theme:
        lines.append(_("Chủ đề của năm: “%(theme)s”.") % {"theme": cycle.theme})
    if cycle.province_theme:
        told = {"theme": cycle.province_theme}
        lines.append(_("Chủ đề năm của tỉnh, thành phố: “%(theme)s”.") % told)
    return "\n".join(lines)


def _targets_sentence() -> str:
    return _("Mỗi đơn vị thực hiện đầy đủ chỉ tiêu của mình ghi trong phụ lục.")


def _duties(cycle: Cycle) -> str:
    told = {"leader": cycle.bloc.leader_noun}
    return _("Các đơn vị báo cáo đúng hạn với %(leader)s, cùng sơ kết và tổng kết năm.") % told


@deed()
def write_frame(covenant: Covenant, *, by: Acting, bases: str, opening: str) -> Covenant:
    """Write the bases (one a line) and the opening words."""
    covenant = editable(covenant)
    covenant.bases, covenant.opening = bases, opening
    covenant.save(update_fields=["bases", "opening"])
    note("covenant.edited", covenant, by)
    return covenant


@deed()
def write_clause(
    covenant: Covenant,
    *,
    by: Acting,
    heading: str,
    body: str,
    kind: str,
    clause: Clause | None = None,
) -> Clause:
    """Add a clause at the end, or write ``clause`` anew."""
    covenant = editable(covenant)
    if not one_line(heading):
        raise Invalid(_("Điều khoản cần có tiêu đề."), field="heading")
    if kind == Clause.Kind.TEXT and not one_line(body):
        raise Invalid(_("Điều khoản cần có lời văn."), field="body")
    others = covenant.clauses.exclude(pk=clause.pk if clause else 0)
    if clause is None and others.filter(kind=kind, heading=heading, body=body).exists():
        raise AlreadyDone(_("Giao ước đã có điều khoản này."), field="heading")
    if kind != Clause.Kind.TEXT and others.filter(kind=kind).exists():
        raise AlreadyDone(_("Giao ước đã có điều khoản loại này."), field="kind")
    if clause is None:
        last = covenant.clauses.order_by("-place").values_list("place", flat=True).first() or 0
        clause = Clause(covenant=covenant, place=last + 1)
    clause.kind, clause.heading, clause.body = kind, heading, body
    clause.save()
    note("clause.written", covenant, by, clause=clause.heading)
    return clause


@deed()
def remove_clause(clause: Clause, *, by: Acting) -> None:
    """Take a clause out; the ones after it move up."""
    covenant = editable(clause.covenant)
    heading = clause.heading
    keep_discarded([clause], by=by, within=covenant, title=heading)
    clause.delete()
    _renumber(list(covenant.clauses.all()))
    note("clause.removed", covenant, by, clause=heading)


@deed()
def move_clause(clause: Clause, *, by: Acting, up: bool) -> None:
    """Let a clause change places with the one before (``up``) or after it."""
    covenant = editable(clause.covenant)
    clauses = list(covenant.clauses.all())
    here = next(i for i, c in enumerate(clauses) if c.pk == clause.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(clauses):
        return
    clauses[here], clauses[there] = clauses[there], clauses[here]
    _renumber(clauses)
    note("clause.moved", covenant, by, clause=clause.heading)


def _renumber(clauses: Sequence[Clause]) -> None:
    for place, clause in enumerate(clauses, 1):
        clause.place = place
    Clause.objects.bulk_update(clauses, ["place"])


@deed()
def circulate_covenant(covenant: Covenant, *, by: Acting) -> Covenant:
    """Send the draft round for the members' comments."""
    covenant = editable(covenant)
    if not covenant.clauses.exists():
        raise Invalid(_("Giao ước cần ít nhất một điều khoản."))
    move(covenant, State.CIRCULATED)
    note("covenant.circulated", covenant, by)
    members = [e.organization_id for e in covenant.cycle.current()]
    sentence = gettext_noop("Dự thảo giao ước thi đua năm %(year)d đang chờ ý kiến của đơn vị.")
    notify(members, sentence, about=covenant, year=covenant.cycle.year)
    return covenant


@deed()
def comment_on_covenant(covenant: Covenant, *, by: Acting, body: str, about: str = "") -> Comment:
    """Say something to the draft while it is circulated."""
    covenant = editable(covenant)
    if covenant.state != State.CIRCULATED:
        raise WrongState(_("Giao ước chưa mở hoặc đã thôi lấy ý kiến."))
    if not one_line(body):
        raise Invalid(_("Cần ghi ý kiến."), field="body")
    if by.organization is None:
        raise Invalid(_("Cần chọn đang làm việc cho đơn vị nào."))
    said = covenant.comments.filter(replies_to=None, organization=by.organization)
    if said.filter(about=about, body=body).exists():
        raise AlreadyDone(_("Ý kiến này đã được gửi."), field="body")
    comment = covenant.comments.create(
        about=about, body=body, organization=by.organization, by=by.user, at=clock.now()
    )
    note("covenant.commented", covenant, by, about=about)
    return comment


@deed()
def reply_to_comment(comment: Comment, *, by: Acting, is_taken_up: bool, body: str) -> Comment:
    """Answer a member's comment: taken up or not, with a reason."""
    covenant = editable(comment.covenant)
    if comment.replies_to_id or comment.replies.exists():
        raise AlreadyDone(_("Ý kiến này đã được trả lời."))
    if not is_taken_up and not one_line(body):
        raise Invalid(_("Không tiếp thu thì cần ghi lý do."), field="body")
    if by.organization is None:
        raise Invalid(_("Cần chọn đang làm việc cho đơn vị nào."))
    reply = covenant.comments.create(
        body=body,
        organization=by.organization,
        by=by.user,
        at=clock.now(),
        replies_to=comment,
        is_taken_up=is_taken_up,
    )
    note("comment.answered", covenant, by, taken_up=int(is_taken_up))
    sentence = gettext_noop(
        "Ý kiến của đơn vị về dự thảo giao ước thi đua năm %(year)d đã được trả lời."
    )
    notify([comment.organization_id], sentence, about=covenant, year=covenant.cycle.year)
    return reply
