"""What the system knows marks its criteria by itself, and says so."""

from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.marks.rules import Fault
from thidua.scoring.facts import find_fact
from thidua.scoring.given import MarkGiven, points_for
from thidua.scoring.models import Card, Criterion, Layer, Mark, Sheet


@deed()
def mark_facts(card: Card) -> list[Mark]:
    """Mark the criteria whose value the system knows, on the member's own sheet.

    What is known better by now is written as a newer mark; what is not known stays unmarked.
    """
    criteria = list(card.table.criteria.filter(is_group=False).exclude(fact=""))
    if not criteria:
        return []
    sheet = Sheet.objects.filter(card=card, layer__kind=Layer.Kind.SELF).order_by().first()
    if sheet is None:
        return []
    current = {
        mark.criterion_id: mark
        for mark in sheet.marks.filter(is_current=True, criterion__in=criteria)
    }
    written = []
    for criterion in criteria:
        criterion.table = card.table
        mark = _mark(card, criterion, sheet, current.get(criterion.pk))
        if mark is not None:
            written.append(mark)
    return written


def _mark(card: Card, criterion: Criterion, sheet: Sheet, before: Mark | None) -> Mark | None:
    """Write one mark, unless nothing is known or it is known already."""
    finding = find_fact(criterion.fact, card.enrolment)
    if finding.value is None:
        return None
    given = MarkGiven(finding.value, finding.target, fact=finding.sentence)
    try:
        points = points_for(criterion, given)
    except Fault:
        return None  # the table asks for another kind of value: the editor warns of it
    told = (given.value, given.target, points, given.fact)
    if before and (before.value, before.target, before.points, before.fact) == told:
        return None
    if before is not None:
        Mark.objects.filter(pk=before.pk).update(is_current=False)
    return Mark.objects.create(
        sheet=sheet,
        criterion=criterion,
        number=before.number + 1 if before else 1,
        value=given.value,
        target=given.target,
        points=points,
        fact=given.fact,
        was_sent=True,
        by=NOBODY.user,
        at=clock.now(),
    )
