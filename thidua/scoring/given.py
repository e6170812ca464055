"""What a scorer gives for one criterion, and the points it comes to."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from thidua.core.errors import Invalid
from thidua.marks.rules import Given
from thidua.scoring.models import Criterion

LONGEST_REASON = 3_000


@dataclass(frozen=True)
class MarkGiven:
    """What a scorer gives for one criterion.

    ``value`` as `marks.rules.Given` reads it (points for a manual criterion, never hundredths);
    ``seen`` is the number of the mark that stood there when the scorer began, 0 for none.
    """

    value: Decimal | None = None
    target: Decimal | None = None
    is_na: bool = False
    reason: str = ""
    seen: int | None = None
    fact: str = ""


def points_for(criterion: Criterion, what: MarkGiven) -> int | None:
    """Return the points that a mark gives, in hundredths; None where it depends on others."""
    if len(what.reason) > LONGEST_REASON:
        raise Invalid(_("Lý do dài quá 3.000 chữ. Hãy viết gọn lại."))
    if what.is_na:
        if not criterion.allows_na:
            raise Invalid(_("Tiêu chí này luôn áp dụng, không bỏ qua được."))
        return None
    if what.value is None:
        return None
    given = Given(what.value, what.target)
    if criterion.kind == Criterion.Kind.LEADER_RELATIVE:
        criterion.rule.points(given)  # refuses what is no number; the points need the others
        return None
    return criterion.rule.points(given)
