"""The next code in a row of codes, as a proposal: after I comes II, after 2.3 comes 2.4."""

import re

from thidua.scoring.models import Criterion, ScoringTable

_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"]
_TAIL = re.compile(r"(\d+)$")


def next_code(table: ScoringTable, parent: Criterion | None) -> str:
    """Return a code that nothing in the table has yet; "" where none comes to mind."""
    nodes = table.criteria.order_by("place", "pk").values_list("code", "parent_id")
    codes = {code for code, _parent in nodes}
    beside = [code for code, its in nodes if its == (parent.pk if parent else None)]
    proposed = _after(beside[-1]) if beside else (f"{parent.code}.1" if parent else "I")
    return "" if proposed in codes else proposed


def _after(code: str) -> str:
    if code in _ROMAN[:-1]:
        return _ROMAN[_ROMAN.index(code) + 1]
    tail = _TAIL.search(code)
    if tail is None:
        return ""
    number = tail.group(1)
    return code[: tail.start()] + str(int(number) + 1).zfill(len(number))
