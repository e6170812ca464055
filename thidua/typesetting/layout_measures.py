"""Say what was measured in numbers with units, and judge it against a rule's range."""

from collections.abc import Callable, Iterable

from thidua.typesetting.layout_rules import RULES, Finding
from thidua.typesetting.reading import Row

SIZE = 0.3  # points by which a size may differ: Word rounds to halves, printers to tenths


def number(value: float, unit: str = "") -> str:
    """Return ``value`` with a decimal comma and its unit: "13,5 pt"."""
    written = f"{value:.1f}".removesuffix(".0").replace(".", ",")
    return f"{written} {unit}".strip()


def style_of(row: Row) -> str:
    """Return how a row is set: "13 pt, B, I"; the web names B and I."""
    marks = [number(row.size, "pt")]
    marks += ["B"] * row.is_bold + ["I"] * row.is_italic
    return ", ".join(marks)


def in_range(key: str, value: float, *, off: float = 0.0) -> bool:
    """Say whether ``value`` lies within the rule's range, ``off`` allowed at both ends."""
    rule = RULES[key]
    is_enough = rule.low is None or value >= rule.low - off
    return is_enough and (rule.high is None or value <= rule.high + off)


def judged(key: str, *, is_met: bool, measured: str = "", page: int | None = None) -> Finding:
    """Return the finding; ``page`` is counted from 0 here and from 1 there."""
    told = None if page is None else page + 1
    return Finding(RULES[key], "met" if is_met else "not_met", measured, told)


def skipped(key: str) -> Finding:
    """Return that the rule has nothing to measure in this paper."""
    return Finding(RULES[key], "not_applicable")


def missing(key: str, page: int = 0) -> Finding:
    """Return that the thing was not found."""
    return judged(key, is_met=False, page=page)


def set_rows(
    key: str,
    rows: Iterable[Row],
    *,
    bold: bool | None,
    italic: bool = False,
    page: int = 0,
    also: Callable[[Row], bool] = lambda _row: True,
) -> Finding:
    """Judge size and style of ``rows``; the first that is wrong is what is told."""
    rows = list(rows)
    if not rows:
        return missing(key, page)
    for row in rows:
        is_styled = bold in (None, row.is_bold) and row.is_italic == italic
        if not (is_styled and in_range(key, row.size, off=SIZE) and also(row)):
            return judged(key, is_met=False, measured=f"{style_of(row)}: “{row.text}”", page=page)
    return judged(key, is_met=True, measured=style_of(rows[0]), page=page)
