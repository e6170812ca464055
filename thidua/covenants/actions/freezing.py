"""Freezing a covenant's text, opening it again before the first signature, a new version after."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.acting import Acting
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.digest import digest_data, digest_text
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.text import day_text, nfc, one_line
from thidua.core.workflow import move, require_state
from thidua.covenants.actions.completing import tell_turn
from thidua.covenants.actions.drafting import note
from thidua.covenants.actions.ending import end_links, end_substitutes
from thidua.covenants.actions.rereading import reread
from thidua.covenants.actions.turns import make_turns
from thidua.covenants.models import Clause, Covenant
from thidua.covenants.papers import covenant_paper, covenant_text
from thidua.covenants.queries import for_its_text
from thidua.covenants.sentences import FROZEN, IN_ORDER, UNFROZEN, facts_of
from thidua.cycles.actions.years import refuse_over
from thidua.cycles.models import Phase
from thidua.cycles.queries import refuse_unless_accepting
from thidua.documents.actions import ChangedText, freeze_official
from thidua.documents.models import Version
from thidua.jobs.actions import later
from thidua.notifications.actions import notify

State = Covenant.State


def draft_digest(covenant: Covenant) -> str:
    """Return the digest of the text as the draft stands now (shown before freezing)."""
    return digest_text(nfc(covenant_text(covenant).as_text()))


@deed()
def freeze_covenant(
    covenant: Covenant,
    *,
    by: Acting,
    sign_by: date,
    seen_digest: str | None = None,
    order: Sequence[int] = (),
) -> Covenant:
    """Freeze the exact text with its digest and open the signing round until ``sign_by``.

    ``seen_digest`` is that of the text the person saw; if the draft changed since, refuse.
    ``order`` holds the enrolment ids of all members in the order in which they sign; empty means
    that all sign together.
    """
    covenant = reread(covenant, for_its_text)
    refuse_over(covenant.cycle)
    require_state(covenant, State.DRAFT, State.CIRCULATED)
    refuse_unless_accepting(covenant.cycle, Phase.Kind.COVENANT)
    _refuse_unfit(covenant, sign_by)
    version = _freeze_text(covenant, by, seen_digest)
    later("documents.print", pk=version.pk)
    move(covenant, State.SIGNING, version=version, sign_by=sign_by, is_in_turn=bool(order))
    if order:
        make_turns(covenant, order)
    told = {"digest": version.digest, "paper": digest_data(version.official)}
    note("covenant.frozen", covenant, by, sign_by=sign_by.isoformat(), **told)
    cycle, news = covenant.cycle, IN_ORDER if order else FROZEN
    notify(
        [e.organization_id for e in cycle.current()],
        news.of(covenant),
        about=covenant,
        day=day_text(sign_by),
        **facts_of(covenant),
    )
    tell_turn(covenant)
    return covenant


def _refuse_unfit(covenant: Covenant, sign_by: date) -> None:
    amended = covenant.amends
    if amended is not None and amended.state != State.IN_FORCE:
        raise WrongState(
            _("%(covenant)s không còn hiệu lực nên không ký phụ lục của bản ấy nữa.")
            % {"covenant": amended.title}
        )
    if not covenant.clauses.all():
        raise Invalid(_("Giao ước cần ít nhất một điều khoản."))
    if not covenant.cycle.current():
        raise Invalid(_("Chưa có đơn vị nào tham gia để ký."))
    if sign_by < clock.today():
        raise Invalid(_("Hạn ký phải từ hôm nay trở đi."), field="sign_by")


def _freeze_text(covenant: Covenant, by: Acting, seen_digest: str | None) -> Version:
    parts = covenant_text(covenant)
    text = parts.as_text()
    if seen_digest is not None and digest_text(nfc(text)) != seen_digest:
        raise ChangedText(_("Dự thảo vừa thay đổi. Hãy xem lại nội dung mới trước khi chốt."))
    cycle = covenant.cycle
    with override("vi"):  # the paper is Vietnamese, whatever the leader reads
        title = f"{covenant.title} – {cycle.bloc.title}"
    return freeze_official(
        covenant_paper(covenant, parts),
        by=by,
        chain=chain_of_bloc(cycle.bloc_id),
        previous=covenant.previous.version if covenant.previous else None,
        is_illustration=covenant.is_illustration,
        text=text,
        title=title,
    )


@deed()
def unfreeze_covenant(covenant: Covenant, *, by: Acting, reason: str) -> Covenant:
    """Open a frozen text again, with a reason; only before the first signature."""
    covenant = reread(covenant)
    refuse_over(covenant.cycle)
    require_state(covenant, State.SIGNING)
    version = covenant.version
    if version is None or version.signatures.exists():
        raise WrongState(_("Đã có đơn vị ký nên không mở lại được. Hãy lập bản mới."))
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    covenant.unfreezings.create(version=version, reason=reason, by=by.user, at=clock.now())
    end_links(covenant)
    end_substitutes(covenant, by=by)
    move(covenant, State.DRAFT, version=None, sign_by=None, is_in_turn=False)
    note("covenant.unfrozen", covenant, by, reason=reason, digest=version.digest)
    members = [e.organization_id for e in covenant.cycle.current()]
    why, sentence = one_line(reason), UNFROZEN.of(covenant)
    notify(members, sentence, about=covenant, reason=why, **facts_of(covenant))
    return covenant


@deed()
def amend_covenant(covenant: Covenant, *, by: Acting, reason: str) -> Covenant:
    """Begin a new version of a covenant that was signed; all sign it anew.

    One that is in force stays so until the new one comes in force; a round that is still
    running ends here. The new version names the old one.
    """
    covenant = reread(covenant)
    refuse_over(covenant.cycle)
    require_state(covenant, State.SIGNING, State.IN_FORCE)
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    if Covenant.objects.filter(previous=covenant).exists():
        raise AlreadyDone(_("Đã có bản mới hơn của giao ước này."))
    if covenant.version and not covenant.version.signatures.exists():
        raise WrongState(_("Chưa ai ký: hãy mở lại bản chốt để sửa, không cần lập bản mới."))
    if covenant.state == State.SIGNING:
        end_links(covenant)
        end_substitutes(covenant, by=by)
        move(covenant, State.SUPERSEDED)
    new = Covenant.objects.create(
        cycle=covenant.cycle,
        number=_next_number(covenant),
        kind=covenant.kind,
        amends=covenant.amends,
        previous=covenant,
        amend_reason=reason,
        bases=covenant.bases,
        opening=covenant.opening,
        is_illustration=covenant.is_illustration,
    )
    Clause.objects.bulk_create(
        Clause(covenant=new, place=c.place, kind=c.kind, heading=c.heading, body=c.body)
        for c in covenant.clauses.all()
    )
    note("covenant.amended", new, by, reason=reason, old=covenant.number)
    return new


@deed()
def begin_addendum(covenant: Covenant, *, by: Acting, reason: str) -> Covenant:
    """Begin an addendum (phụ lục) to the covenant in force; all sign it in a round of its own.

    The covenant goes on holding; the addendum names it by number, code and day. One at a time.
    """
    covenant = reread(covenant)
    refuse_over(covenant.cycle)
    require_state(covenant, State.IN_FORCE)
    if covenant.is_addendum:
        raise WrongState(_("Phụ lục được lập cho chính giao ước, không cho một phụ lục khác."))
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    unfinished = covenant.addenda.exclude(state__in=[State.IN_FORCE, State.SUPERSEDED])
    if unfinished.exists():
        raise AlreadyDone(_("Đang có một phụ lục chưa ký xong. Hãy xong phụ lục ấy trước."))
    last = Covenant.objects.filter(cycle=covenant.cycle_id, kind=Covenant.Kind.ADDENDUM)
    addendum = Covenant.objects.create(
        cycle=covenant.cycle,
        kind=Covenant.Kind.ADDENDUM,
        amends=covenant,
        number=last.count() + 1,
        amend_reason=reason,
        is_illustration=covenant.is_illustration,
    )
    note("covenant.addendum_begun", addendum, by, reason=one_line(reason)[:300])
    return addendum


def _next_number(covenant: Covenant) -> int:
    same = Covenant.objects.filter(cycle=covenant.cycle_id, kind=covenant.kind)
    return (same.order_by("-number").values_list("number", flat=True).first() or 0) + 1
