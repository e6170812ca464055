"""Putting evidence behind the criteria of one's own card."""

from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState, race_lost
from thidua.cycles.actions.years import lock_year
from thidua.reporting.models import Evidence
from thidua.scoring.models import Card, Criterion, Layer, Proof, ScoringTable, Sheet


def _open_card(card: Card) -> Card:
    """Return the card read again; refuse when its member has sent its marks, or it is over."""
    lock_year(card.enrolment.cycle)
    card = Card.objects.select_related("table", "enrolment__cycle__bloc").get(pk=card.pk)
    if card.table.state != ScoringTable.State.ADOPTED:
        raise WrongState(_("Bảng điểm đã có bản mới. Hãy làm trên phiếu của bản mới."))
    if card.enrolment.left_on is not None:
        raise WrongState(_("Đơn vị đã rời nên không thêm, bớt minh chứng nữa."))
    own = Sheet.objects.filter(card=card, layer__kind=Layer.Kind.SELF).first()
    if own is not None and own.is_sent:
        raise WrongState(_("Điểm tự chấm đã gửi nên không thêm, bớt minh chứng được nữa."))
    return card


@deed()
def prove(card: Card, criterion: Criterion, evidence: Evidence, *, by: Acting) -> Proof:
    """Say that a piece of the member's own evidence stands behind a criterion."""
    card = _open_card(card)
    if criterion.table_id != card.table_id or criterion.is_group:
        raise Invalid(_("Tiêu chí này không có trong bảng điểm đang dùng."), field="criterion")
    if evidence.enrolment_id != card.enrolment_id or evidence.withdrawn_at is not None:
        raise Invalid(_("Chỉ dùng minh chứng của chính đơn vị trong năm này."), field="evidence")
    proof, made = Proof.objects.get_or_create(
        card=card,
        criterion=criterion,
        evidence=evidence,
        defaults={"by": by.user, "at": clock.now()},
    )
    if not made:
        raise AlreadyDone(_("Minh chứng này đã gắn ở đây rồi."))
    _note("proof.given", card, criterion, evidence, by)
    return proof


@deed()
def unprove(proof: Proof, *, by: Acting) -> None:
    """Take a piece of evidence from a criterion, as long as the marks are not sent."""
    card = _open_card(proof.card)
    found = card.proofs.filter(pk=proof.pk).select_related("criterion", "evidence").first()
    if found is None:
        raise race_lost()
    _note("proof.taken", card, found.criterion, found.evidence, by)
    found.delete()


def _note(code: str, card: Card, criterion: Criterion, evidence: Evidence, by: Acting) -> None:
    chain = chain_of_bloc(card.enrolment.cycle.bloc_id)
    told = {"criterion": str(criterion)[:200], "evidence": str(evidence)[:200]}
    record(code, by=by, on=card, chain=chain, **told)
