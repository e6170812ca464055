"""The round as its page shows it: each member, what it awaits, why, and what can be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.core.text import day_text
from thidua.covenants.models import Covenant, SigningLink, Turn
from thidua.covenants.queries import Party
from thidua.covenants.rounds import current_turn, is_passed, turns_of, waits_for
from thidua.web.covenants.steps import Step

State = Covenant.State


@dataclass(frozen=True)
class Seat:
    """One member of the round. ``kind`` is that of a tag; ``notes`` are sentences."""

    party: Party
    kind: str
    word: str
    place: int | None
    notes: Sequence[str]
    steps: Sequence[Step]
    turn: Turn | None
    link: SigningLink | None


def seats_of(covenant: Covenant, who: Acting, parties: Sequence[Party]) -> list[Seat]:
    """Return the members in the order of the round, those who have signed last: four queries."""
    turns = turns_of(covenant)
    own = {turn.enrolment_id: turn for turn in turns}
    links = _links(covenant)
    days = dict(
        covenant.reminders.values_list("organization_id").annotate(last=Max("day")).order_by()
    )
    current = current_turn(turns, parties)
    seats = []
    for party in parties:
        turn, link = own.get(party.enrolment.pk), links.get(party.enrolment.pk)
        if link is not None:
            link.enrolment = party.enrolment
        waits = waits_for(turns, parties, party.enrolment) is not None
        now = _Now(turn, link, waits, turn is not None and turn == current)
        kind, word = _done(party) or _awaited(covenant, now)
        notes = list(_notes(party, link, days.get(party.enrolment.organization_id)))
        steps = list(_steps(covenant, who, party, now))
        place = turn.place if turn else None
        seats.append(Seat(party, kind, word, place, notes, steps, turn, link))
    return sorted(seats, key=lambda seat: (seat.party.signature is not None, seat.place or 0))


@dataclass(frozen=True)
class _Now:
    turn: Turn | None
    link: SigningLink | None
    waits: bool
    is_its_turn: bool


def _links(covenant: Covenant) -> dict[int, SigningLink]:
    """Return the newest link of each member that is open or was used."""
    found = SigningLink.objects.filter(version=covenant.version_id, ended_at=None)
    parts = found.select_related("contact__person", "by__person")
    return {link.enrolment_id: link for link in reversed(parts.order_by("-made_at", "-pk"))}


def _done(party: Party) -> tuple[str, str] | None:
    """Return the tag and word of a member that has signed or declined."""
    if party.signature is not None:
        return ("late", _("đã ký sau")) if party.signature.is_late else ("signed", _("đã ký"))
    return ("danger", _("từ chối ký")) if party.decline is not None else None


def _awaited(covenant: Covenant, now: _Now) -> tuple[str, str]:
    """Return the tag and word of a member whose signature is awaited."""
    if covenant.is_expired:
        return "late", _("chưa ký, đã hết hạn")
    if covenant.state == State.IN_FORCE:
        return "late", _("chưa ký")
    if now.turn is not None and is_passed(now.turn):
        return "wait", _("được chuyển lượt, chưa ký")
    if now.is_its_turn:
        return "open", _("đang đến lượt")
    return ("quiet", _("chưa đến lượt")) if now.waits else ("wait", _("chờ ký"))


def _notes(party: Party, link: SigningLink | None, reminded: date | None) -> Iterable[str]:
    """Yield what explains the member's standing, in sentences."""
    if party.signature is not None:
        return
    if party.substitute is not None:
        right = party.substitute.appointment
        told = {"person": right.user.name, "capacity": " / ".join(right.capacity)}
        yield _("Người sẽ ký thay: %(person)s (%(capacity)s).") % told
    if link is not None and link.is_living(clock.now()):
        told = {"person": link.contact.person.full_name, "by": link.by.name}
        yield _("Đang có đường dẫn ký riêng cho %(person)s, do %(by)s tạo.") % told
        if link.is_newly_given:
            yield _("Địa chỉ nhận mã của đường dẫn này mới ghi, chưa được đăng ký trước.")
    if reminded is not None:
        yield _("Nhắc gần nhất ngày %(day)s.") % {"day": day_text(reminded)}


def _steps(covenant: Covenant, who: Acting, party: Party, now: _Now) -> Iterable[Step]:
    if not party.is_due or not covenant.takes_signatures:
        return
    args = [covenant.pk, party.enrolment.pk]
    runs = who.has_perm("covenants.write_covenant", covenant)
    leads = who.has_perm("covenants.freeze_covenant", covenant)
    decline = party.decline
    if leads and decline is not None and getattr(decline, "answer", None) is None:
        yield Step(_("Trả lời"), reverse("covenants:answer", args=[decline.pk]))
    if runs and covenant.state == State.SIGNING and not now.waits:
        yield Step(_("Nhắc"), reverse("covenants:remind_one", args=args), posts=True)
    if leads and now.is_its_turn and now.turn is not None and covenant.state == State.SIGNING:
        yield Step(_("Chuyển lượt"), reverse("covenants:pass_turn", args=args))
    if covenant.is_open_to_sign and who.has_perm("covenants.link_enrolment", party.enrolment):
        yield Step(_("Đường dẫn ký riêng"), reverse("covenants:link", args=args), minor=True)
    link = now.link if now.link is not None and now.link.is_living(clock.now()) else None
    if link is not None and who.has_perm("covenants.revoke_signinglink", link):
        url = reverse("covenants:revoke_link", args=[link.pk])
        yield Step(_("Thu hồi đường dẫn"), url, posts=True, minor=True)
