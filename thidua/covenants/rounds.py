"""Reads about a signing round: whose turn it is, who is awaited now, why somebody waits."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from thidua.core.text import day_text
from thidua.covenants.models import Covenant, Turn
from thidua.covenants.queries import Party, parties_of
from thidua.cycles.models import Enrolment

TURNS = Turn.objects.select_related("passed__by__person", "passed__organization")


def turns_of(covenant: Covenant) -> list[Turn]:
    """Return the turns of the round in their order, with what was passed on: a query at most."""
    if not covenant.is_in_turn:
        return []
    if "turns" in getattr(covenant, "_prefetched_objects_cache", {}):
        return [turn for turn in covenant.turns.all() if turn.version_id == covenant.version_id]
    return list(TURNS.filter(covenant=covenant, version=covenant.version_id))


def is_passed(turn: Turn) -> bool:
    """Say whether the leader let this turn pass on."""
    return getattr(turn, "passed", None) is not None


def current_turn(turns: Sequence[Turn], parties: Sequence[Party]) -> Turn | None:
    """Return whose turn it is: the first that is awaited and was not passed on; None for nobody."""
    awaited = {party.enrolment.pk for party in parties if party.is_due}
    waiting = (turn for turn in turns if turn.enrolment_id in awaited)
    return next((turn for turn in waiting if not is_passed(turn)), None)


def waits_for(turns: Sequence[Turn], parties: Sequence[Party], mine: Enrolment) -> Turn | None:
    """Return the turn that this member has to wait for; None where it may sign now.

    Whose turn was passed on waits for nobody, nor does who joined after freezing.
    """
    now = current_turn(turns, parties)
    own = next((turn for turn in turns if turn.enrolment_id == mine.pk), None)
    if now is None or own is None or is_passed(own) or own.place <= now.place:
        return None
    return now


def why_not_yet(covenant: Covenant, mine: Enrolment, turns: Sequence[Turn] | None = None) -> str:
    """Return why the round takes no signature of this member now; empty where it does.

    Only the round is asked: that its last day is over, or that it is another's turn.
    """
    if covenant.is_expired:
        return expired_sentence(covenant)
    if covenant.state != Covenant.State.SIGNING or not covenant.is_in_turn:
        return ""
    parties = parties_of(covenant)
    before = waits_for(turns_of(covenant) if turns is None else turns, parties, mine)
    if before is None:
        return ""
    name = next(p.enrolment.name for p in parties if p.enrolment.pk == before.enrolment_id)
    told = {"unit": name, "mine": mine.name}
    return _("Vòng này ký theo thứ tự: đang đến lượt %(unit)s. Đến lượt %(mine)s sẽ có báo.") % told


def expired_sentence(covenant: Covenant) -> str:
    """Return what is said once the round's last day is over."""
    told = {
        "day": day_text(covenant.sign_by) if covenant.sign_by else "…",
        "leader": covenant.cycle.bloc.leader_noun,
    }
    return (
        _(
            "Vòng ký đã hết hạn ngày %(day)s nên chưa nhận chữ ký. Khi %(leader)s gia hạn hoặc "
            "tuyên bố hiệu lực thì ký được."
        )
        % told
    )


def awaited_now(covenant: Covenant) -> list[Enrolment]:
    """Return the members that could sign now and have not: whom it makes sense to remind."""
    parties = parties_of(covenant)
    turns = turns_of(covenant)
    due = [party.enrolment for party in parties if party.is_due]
    return [member for member in due if waits_for(turns, parties, member) is None]
