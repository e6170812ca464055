"""Freezing a covenant's text, opening it again before the first signature, a new version after."""

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from thidua.accounts.acting import Acting
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.digest import digest_data, digest_text
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.text import day_text, nfc, one_line
from thidua.core.workflow import move, require_state
from thidua.covenants.actions.drafting import editable, note
from thidua.covenants.models import Clause, Covenant
from thidua.covenants.papers import covenant_paper, covenant_text
from thidua.covenants.queries import for_a_deed
from thidua.cycles.actions.years import locked
from thidua.cycles.models import Cycle, Phase
from thidua.cycles.queries import refuse_unless_accepting
from thidua.documents.actions import ChangedText, freeze_official
from thidua.jobs.actions import later
from thidua.notifications.actions import notify

State = Covenant.State
Carrying = Callable[[QuerySet[Covenant]], QuerySet[Covenant]]


def reread(covenant: Covenant, carrying: Carrying = for_a_deed) -> Covenant:
    """Return the covenant with what an act reads of it; its year and its row stay locked."""
    Cycle.objects.select_for_update().get(pk=covenant.cycle_id)
    Covenant.objects.select_for_update().get(pk=covenant.pk)
    return carrying(Covenant.objects.filter(pk=covenant.pk)).get()


def draft_digest(covenant: Covenant) -> str:
    """Return the digest of the text as the draft stands now (shown before freezing)."""
    return digest_text(nfc(covenant_text(covenant).as_text()))


@deed()
def freeze_covenant(
    covenant: Covenant, *, by: Acting, sign_by: date, seen_digest: str | None = None
) -> Covenant:
    """Freeze the exact text with its digest and open the signing round until ``sign_by``.

    ``seen_digest`` is that of the text the person saw; if the draft changed since, refuse.
    """
    covenant = reread(covenant)
    editable(covenant)
    refuse_unless_accepting(covenant.cycle, Phase.Kind.COVENANT)
    if not covenant.clauses.all():
        raise Invalid(_("Giao ước cần ít nhất một điều khoản."))
    if not covenant.cycle.current():
        raise Invalid(_("Chưa có đơn vị nào tham gia để ký."))
    if sign_by < clock.today():
        raise Invalid(_("Hạn ký phải từ hôm nay trở đi."), field="sign_by")
    parts = covenant_text(covenant)
    text = parts.as_text()
    if seen_digest is not None and digest_text(nfc(text)) != seen_digest:
        raise ChangedText(_("Dự thảo vừa thay đổi. Hãy xem lại nội dung mới trước khi chốt."))
    cycle = covenant.cycle
    with override("vi"):  # the paper is Vietnamese, whatever the leader reads
        title = f"{covenant.title} – {cycle.bloc.title}"
    version = freeze_official(
        covenant_paper(covenant, parts),
        by=by,
        chain=chain_of_bloc(cycle.bloc_id),
        previous=covenant.previous.version if covenant.previous else None,
        is_illustration=covenant.is_illustration,
        text=text,
        title=title,
    )
    later("documents.print", pk=version.pk)
    move(covenant, State.SIGNING, version=version, sign_by=sign_by)
    told = {"digest": version.digest, "paper": digest_data(version.official)}
    note("covenant.frozen", covenant, by, sign_by=sign_by.isoformat(), **told)
    notify(
        [e.organization_id for e in cycle.current()],
        gettext_noop(
            "Giao ước thi đua năm %(year)d đã chốt, mời đơn vị ký trước hết ngày %(day)s."
        ),
        about=covenant,
        year=cycle.year,
        day=day_text(sign_by),
    )
    return covenant


@deed()
def unfreeze_covenant(covenant: Covenant, *, by: Acting, reason: str) -> Covenant:
    """Open a frozen text again, with a reason; only before the first signature."""
    covenant = reread(covenant)
    locked(covenant.cycle)
    require_state(covenant, State.SIGNING)
    version = covenant.version
    if version is None or version.signatures.exists():
        raise WrongState(_("Đã có đơn vị ký nên không mở lại được. Hãy lập bản mới."))
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    covenant.unfreezings.create(version=version, reason=reason, by=by.user, at=clock.now())
    move(covenant, State.DRAFT, version=None, sign_by=None)
    note("covenant.unfrozen", covenant, by, reason=reason, digest=version.digest)
    members = [e.organization_id for e in covenant.cycle.current()]
    sentence = gettext_noop("Giao ước thi đua năm %(year)d được mở lại để sửa: %(reason)s")
    why, year = one_line(reason), covenant.cycle.year
    notify(members, sentence, about=covenant, year=year, reason=why)
    return covenant


@deed()
def amend_covenant(covenant: Covenant, *, by: Acting, reason: str) -> Covenant:
    """Begin a new version of a covenant that was signed; all sign it anew.

    One that is in force stays so until the new one comes in force; a round that is still
    running ends here. The new version names the old one.
    """
    covenant = reread(covenant)
    locked(covenant.cycle)
    require_state(covenant, State.SIGNING, State.IN_FORCE)
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    if Covenant.objects.filter(cycle=covenant.cycle, number__gt=covenant.number).exists():
        raise AlreadyDone(_("Đã có bản mới hơn của giao ước này."))
    if covenant.version and not covenant.version.signatures.exists():
        raise WrongState(_("Chưa ai ký: hãy mở lại bản chốt để sửa, không cần lập bản mới."))
    if covenant.state == State.SIGNING:
        move(covenant, State.SUPERSEDED)
    new = Covenant.objects.create(
        cycle=covenant.cycle,
        number=covenant.number + 1,
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
