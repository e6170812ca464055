"""What a table says of its criteria, in sentences for whoever reads or writes it.

`rule_words` has the sentences that a scorer sees; a table tells the steps themselves too.
"""

from decimal import Decimal

from django.utils.translation import gettext as _

from thidua.core.numbers import format_number, format_points
from thidua.marks.points import Rounding
from thidua.marks.rules import Fault, Rule
from thidua.scoring.facts import COMMON_TARGET, FACTS
from thidua.scoring.models import Criterion
from thidua.scoring.rule_words import how_marked
from thidua.scoring.wording import words_of

Kind = Criterion.Kind
ONE = Decimal(1)


def table_words(criterion: Criterion) -> str:
    """Return how the points of a criterion come about, with its own numbers; "" for a group.

    Its ``table`` must be at hand, since the table's step counts too. A rule that cannot be read
    gives the sentence about its fault.
    """
    if criterion.is_group:
        return ""
    try:
        rule = criterion.rule
    except Fault as fault:
        return words_of(fault, criterion)
    if criterion.kind == Kind.GRADED:
        return _graded(rule)
    if criterion.kind == Kind.PROPORTIONAL:
        return _proportional(rule)
    return how_marked(criterion)


def _graded(rule: Rule) -> str:
    steps = []
    for step in rule.steps:
        told = {"label": step.label, "points": format_points(step.points)}
        words = _("%(label)s %(points)s (điểm liệt)") if step.knocks_out else "%(label)s %(points)s"
        steps.append(words % told)
    return _("Chọn một mức: %(steps)s.") % {"steps": "; ".join(steps)}


def _proportional(rule: Rule) -> str:
    most = rule.max if rule.cap is None else min(rule.cap, rule.max)
    percent, points = per_percent(rule.percent)
    told = {
        "percent": format_number(percent),
        "points": format_number(points),
        "max": format_points(most),
    }
    sentence = _("Cứ đạt %(percent)s %% được %(points)s điểm, nhiều nhất %(max)s điểm.") % told
    ends = {
        Rounding.DOWN: _("Điểm lẻ thì bỏ."),
        Rounding.HALF_UP: _("Điểm lẻ làm tròn thành điểm nguyên."),
        Rounding.EXACT: "",
    }
    return f"{sentence} {ends[rule.rounding]}".strip()


def per_percent(percent: Decimal) -> tuple[Decimal, Decimal]:
    """Return (so many %, so many points) that read well: 1 % is 2,5 points, 2 % are 1 point."""
    if 0 < percent < ONE:
        points = (ONE / percent).quantize(Decimal("0.01"))
        if abs(points * percent - ONE) < Decimal("1e-20"):
            return ONE, points
    return percent, ONE


def fact_words(fact: str) -> str:
    """Return the name of what the system knows: its label, or the common target it is about."""
    if fact.startswith(COMMON_TARGET):
        return _("chỉ tiêu chung “%(name)s”") % {"name": fact.removeprefix(COMMON_TARGET)}
    return str(FACTS[fact].label) if fact in FACTS else _("số liệu không rõ")
