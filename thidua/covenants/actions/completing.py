"""What a signature brings about: the next turn, and the covenant in force with the last one."""

from thidua.audit.actions import Actor
from thidua.core import clock
from thidua.core.text import day_text
from thidua.core.workflow import move
from thidua.covenants.actions.drafting import note
from thidua.covenants.actions.ending import end_substitutes
from thidua.covenants.models import Covenant, Substitute
from thidua.covenants.queries import parties_of
from thidua.covenants.rounds import current_turn, turns_of
from thidua.covenants.sentences import IN_FORCE, YOUR_TURN, facts_of
from thidua.cycles.models import Enrolment
from thidua.documents.models import Signature
from thidua.notifications.actions import notify

State = Covenant.State


def after_signature(covenant: Covenant, organization_id: int, *, by: Actor) -> None:
    """End the unit's stand-in for this round; go on to the next turn, or come in force."""
    if Substitute.objects.filter(
        version=covenant.version_id, organization=organization_id, ended_at=None
    ).exists():
        end_substitutes(covenant, by=by, organization_id=organization_id)
    if covenant.state == State.SIGNING and not complete_if_all_signed(covenant, by=by):
        tell_turn(covenant)


def complete_if_all_signed(covenant: Covenant, *, by: Actor) -> bool:
    """Put the covenant in force when nobody's signature is awaited any more; say whether.

    ``covenant`` was reread in this deed; the signatures and members are asked for anew.
    """
    if covenant.state != State.SIGNING or covenant.version is None:
        return False
    signatures = Signature.objects.filter(version=covenant.version)
    signed = set(signatures.values_list("organization_id", flat=True))
    members = Enrolment.objects.filter(cycle=covenant.cycle_id, left_on=None)
    if not signed or any(not member.bearer_ids & signed for member in members):
        return False
    put_in_force(covenant, by)
    return True


def put_in_force(covenant: Covenant, by: Actor) -> None:
    """Let the covenant hold from now on, in the place of the one before it."""
    if covenant.previous and covenant.previous.state == State.IN_FORCE:
        move(covenant.previous, State.SUPERSEDED)
        _supersede_addenda(covenant.previous)
    move(covenant, State.IN_FORCE, in_force_at=clock.now())
    end_substitutes(covenant, by=by)
    note("covenant.in_force", covenant, by)
    members = [e.organization_id for e in covenant.cycle.current()]
    notify(members, IN_FORCE.of(covenant), about=covenant, **facts_of(covenant))


def _supersede_addenda(covenant: Covenant) -> None:
    """What was added to a version ends with it: the new version is signed as a whole."""
    for addendum in covenant.addenda.filter(state__in=[State.SIGNING, State.IN_FORCE]):
        move(addendum, State.SUPERSEDED)


def tell_turn(covenant: Covenant) -> None:
    """Tell the member whose turn it now is, once.

    Members and signatures are asked for anew: this deed has just changed them.
    """
    if not covenant.is_in_turn or covenant.state != State.SIGNING:
        return
    fresh = Covenant.objects.select_related("cycle__bloc", "version").get(pk=covenant.pk)
    turn = current_turn(turns_of(fresh), parties_of(fresh))
    if turn is None or turn.told_at is not None:
        return
    turn.told_at = clock.now()
    turn.save(update_fields=["told_at"])
    member = Enrolment.objects.get(pk=turn.enrolment_id)
    day = day_text(fresh.sign_by) if fresh.sign_by else "…"
    sentence = YOUR_TURN.of(fresh)
    notify([member.organization_id], sentence, about=fresh, day=day, **facts_of(fresh))
