"""What cannot stand at the head of a table: ties and classes that nothing could be ranked by."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from thidua.core.errors import Invalid
from thidua.core.text import one_line
from thidua.marks.ranking import GROUP, LAW, NOT_REWARDED, PENALTY, VOTE

KNOWN_TIES = frozenset({VOTE, PENALTY, NOT_REWARDED, LAW})
UNITS = ("percent", "points")
HIGHEST = Decimal(10) ** 7


def refuse_bad_ties(ties: Sequence[str]) -> None:
    """Refuse a tie-break that is not known, or that is asked twice."""
    for tie in ties:
        if tie not in KNOWN_TIES and not tie.startswith(GROUP):
            raise Invalid(_("Cách phân định khi bằng điểm không có trong danh sách."), field="ties")
    if len(set(ties)) < len(ties):
        raise Invalid(_("Mỗi cách phân định khi bằng điểm chỉ ghi một lần."), field="ties")


def refuse_bad_classes(classes: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a class without a name or bound, and bounds of which some are % and some points."""
    for row in classes:
        if not one_line(str(row.get("name", ""))):
            raise Invalid(_("Mỗi mức xếp loại cần có tên."), field="classes")
        bounds = [row.get("at_least"), *([row["each"]] if row.get("each") else [])]
        if not all(_is_bound(bound) for bound in bounds):
            raise Invalid(_("Mỗi mức xếp loại cần một mốc từ 0 trở lên."), field="classes")
    units = {row.get("unit", UNITS[0]) for row in classes}
    if len(units) > 1 or not units <= set(UNITS):
        raise Invalid(
            _("Các mức xếp loại cùng tính theo phần trăm hoặc cùng tính theo điểm."),
            field="classes",
        )


def _is_bound(value: object) -> bool:
    try:
        bound = Decimal(str(value))
    except InvalidOperation:
        return False
    return bound.is_finite() and 0 <= bound < HIGHEST
