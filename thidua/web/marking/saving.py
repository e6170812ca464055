"""Keeping marks from a page: one criterion or many, and what is told when another was there."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core.errors import Invalid
from thidua.core.numbers import format_points
from thidua.scoring.actions.marking import Saved, save_marks
from thidua.scoring.errors import MarksRefused
from thidua.scoring.given import MarkGiven
from thidua.scoring.models import Criterion, Mark, Sheet
from thidua.scoring.rule_words import said_in


def save_one(sheet: Sheet, leaf: Criterion, given: MarkGiven, *, by: Acting) -> Saved:
    """Save one mark; what cannot stand is refused beside its value."""
    try:
        return save_marks(sheet, {leaf.pk: given}, by=by)
    except MarksRefused as refusal:
        raise Invalid(refusal.by_criterion[leaf.pk], field="value") from refusal


def told_of(saved: Saved, criteria: Mapping[int, Criterion]) -> list[str]:
    """Return a sentence for each mark of another person that one's own has overtaken."""
    return [_overtaken(mark, criteria[mark.criterion_id]) for mark in saved.overtaken]


def _overtaken(mark: Mark, leaf: Criterion) -> str:
    told = {
        "who": mark.by.name if mark.by else _("Người khác"),
        "what": what_of(mark, leaf),
        "when": moment(mark),
        "criterion": leaf.code,
    }
    return (
        _(
            "%(who)s cũng vừa chấm tiêu chí %(criterion)s: %(what)s, lúc %(when)s. Cả hai điểm đều "
            "được giữ; điểm của bạn ghi sau nên đang đứng."
        )
        % told
    )


def what_of(mark: Mark, leaf: Criterion) -> str:
    """Return a mark in words: "12,5 điểm", "3 lần, 6 điểm", "không áp dụng"."""
    if mark.is_na:
        return _("không áp dụng")
    points = _("%(points)s điểm") % {"points": format_points(mark.points)}
    parts = [said_in(leaf, mark), points if mark.points is not None else ""]
    return ", ".join(part for part in parts if part) or _("chưa có điểm")


def moment(mark: Mark) -> str:
    """Return when a mark was written: "10:05" today, else with its day."""
    at, now = timezone.localtime(mark.at), timezone.localtime()
    return date_format(at, "H:i" if at.date() == now.date() else "H:i j/n/Y")
