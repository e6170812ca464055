"""The layout of official papers as data: each rule, its range, where it is written.

NĐ 30/2020/NĐ-CP, Phụ lục I (domain.md 7.3, law.md 13): read in two independent copies, not in the
official text. Lengths in millimetres, sizes in points. The names that people read are the web's.
"""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["met", "not_met", "not_applicable"]
GENERAL = "Mục I Phần I Phụ lục I"  # paper, margins, font, page number
PARTS = "Mục II Phần I Phụ lục I"  # the parts of a paper


@dataclass(frozen=True)
class Rule:
    """One thing that is measured. ``low`` to ``high`` in ``unit``; None where it is no number.

    ``citation`` is a place in NĐ 30/2020/NĐ-CP.
    """

    key: str
    citation: str
    low: float | None = None
    high: float | None = None
    unit: Literal["mm", "pt", "%", ""] = ""


@dataclass(frozen=True)
class Finding:
    """What one rule came to. ``measured`` holds numbers with units and words of the paper itself.

    It is "" where the thing was not found. ``page`` is where to look, counted from 1.
    """

    rule: Rule
    outcome: Outcome
    measured: str = ""
    page: int | None = None

    @property
    def key(self) -> str:
        """The rule's key."""
        return self.rule.key


_ALL = (
    Rule("paper", f"điểm 1, {GENERAL}", unit="mm"),
    Rule("margin_top", f"điểm 3, {GENERAL}", 20, 25, "mm"),
    Rule("margin_bottom", f"điểm 3, {GENERAL}", 20, 25, "mm"),
    Rule("margin_left", f"điểm 3, {GENERAL}", 30, 35, "mm"),
    Rule("margin_right", f"điểm 3, {GENERAL}", 15, 20, "mm"),
    Rule("font_family", f"điểm 4, {GENERAL}"),
    Rule("font_embedded", f"điểm 4, {GENERAL}"),
    Rule("page_number", f"điểm 7, {GENERAL}", 13, 14, "pt"),
    Rule("page_number_first", f"điểm 7, {GENERAL}"),
    Rule("state_name", f"điểm a khoản 1, {PARTS}", 12, 13, "pt"),
    Rule("motto", f"điểm b khoản 1, {PARTS}", 13, 14, "pt"),
    Rule("motto_line", f"điểm b khoản 1, {PARTS}", 95, 105, "%"),
    Rule("superior", f"khoản 2, {PARTS}", 12, 13, "pt"),
    Rule("body_name", f"khoản 2, {PARTS}", 12, 13, "pt"),
    Rule("body_line", f"khoản 2, {PARTS}", 33, 50, "%"),
    Rule("symbol", f"khoản 3, {PARTS}", 13, 13, "pt"),
    Rule("place_date", f"khoản 4, {PARTS}", 13, 14, "pt"),
    Rule("type_name", f"khoản 5, {PARTS}", 13, 14, "pt"),
    Rule("title", f"khoản 5, {PARTS}", 13, 14, "pt"),
    Rule("title_line", f"khoản 5, {PARTS}", 33, 50, "%"),
    Rule("letter_title", f"khoản 5, {PARTS}", 12, 13, "pt"),
    Rule("addressed", f"khoản 9, {PARTS}", 13, 14, "pt"),
    Rule("bases", f"khoản 6, {PARTS}", 13, 14, "pt"),
    Rule("text_size", f"khoản 6, {PARTS}", 13, 14, "pt"),
    Rule("justified", f"khoản 6, {PARTS}", 90, 100, "%"),
    Rule("indent", f"khoản 6, {PARTS}", 10, 12.7, "mm"),
    Rule("paragraph_space", f"khoản 6, {PARTS}", 6, None, "pt"),
    Rule("line_space", f"khoản 6, {PARTS}", 1, 1.5),
    Rule("headings", f"khoản 6, {PARTS}", 13, 14, "pt"),
    Rule("capacity", f"khoản 7, {PARTS}", 13, 14, "pt"),
    Rule("signer", f"khoản 7, {PARTS}", 13, 14, "pt"),
    Rule("recipients", f"khoản 9, {PARTS}", 12, 12, "pt"),
    Rule("recipients_list", f"khoản 9, {PARTS}", 11, 11, "pt"),
    Rule("annex", f"khoản 1, {PARTS.replace('II', 'III')}", 14, 14, "pt"),
    Rule("annex_title", f"khoản 1, {PARTS.replace('II', 'III')}", 13, 14, "pt"),
)
RULES = {rule.key: rule for rule in _ALL}
