"""Biên bản kiểm tra chéo: what one member found when it checked another's marks."""

from dataclasses import dataclass, field

from thidua.typesetting.official import Block, Heading, Official, Paragraph, Signatory, Table
from thidua.typesetting.papers.frame import Frame, PaperType, framed
from thidua.typesetting.papers.wording import TO_WRITE, count_words, paragraphs

TYPE = PaperType("cross_check", "BIÊN BẢN", "BB")
HELD = "Hồi … giờ … phút, ngày … tháng … năm {year}, tại trụ sở {checked}."
CHECKERS = "- Ông (bà) …, chức vụ …, trưởng đoàn;\n- Ông (bà) …, chức vụ …, thành viên."
CHECKED = "- Ông (bà) …, chức vụ …;\n- Ông (bà) …, chức vụ …."
CONCLUSION = (
    "Đoàn kiểm tra đã đối chiếu bảng tự chấm với minh chứng của {checked}. Hai bên thống nhất số "
    "liệu nêu trong biên bản, làm cơ sở tổng hợp kết quả thi đua năm {year} của {bloc}."
)


@dataclass(frozen=True)
class DifferenceRow:
    """A criterion on which the two differ: maximum, both marks as written, and why."""

    code: str
    name: str
    maximum: str
    own: str
    checked: str
    reason: str = ""


@dataclass(frozen=True)
class CrossCheck:
    """What the paper says. ``unit`` was checked by ``checker``; ``criteria`` were compared.

    Totals are as written, "" where one is not known. ``held``, ``checkers``, ``present``,
    ``conclusion``, ``opinions`` are free text. ``checked_signatory`` signs for the unit.
    """

    frame: Frame
    year: int
    bloc: str
    unit: str
    checker: str
    checked_signatory: Signatory
    criteria: int = 0
    own_total: str = ""
    checked_total: str = ""
    rows: list[DifferenceRow] = field(default_factory=list)
    held: str = ""
    checkers: str = ""
    present: str = ""
    opinions: str = ""
    conclusion: str = ""


def proposed(unit: str, bloc: str, year: int) -> dict[str, str]:
    """Return the texts that are proposed for the free parts."""
    return {
        "held": HELD.format(year=year, checked=unit),
        "checkers": CHECKERS,
        "present": CHECKED,
        "conclusion": CONCLUSION.format(year=year, checked=unit, bloc=bloc),
    }


def compose(facts: CrossCheck) -> Official:
    """Return the paper; both sides sign it, the checkers at the right."""
    body: list[Block] = [
        *paragraphs(facts.held, TO_WRITE),
        Heading("I. THÀNH PHẦN"),
        Heading(f"1. Đoàn kiểm tra: {facts.checker}", "clause"),
        *paragraphs(facts.checkers, TO_WRITE),
        Heading(f"2. Đơn vị được kiểm tra: {facts.unit}", "clause"),
        *paragraphs(facts.present, TO_WRITE),
        Heading("II. KẾT QUẢ KIỂM TRA"),
        *_differences(facts),
        Heading("III. Ý KIẾN CỦA ĐƠN VỊ ĐƯỢC KIỂM TRA"),
        *paragraphs(facts.opinions, "Nhất trí với kết quả kiểm tra."),
        Heading("IV. KẾT LUẬN"),
        *paragraphs(facts.conclusion, TO_WRITE),
        Paragraph("Biên bản được đọc lại cho các bên cùng nghe, thống nhất và ký tên./."),
    ]
    title = f"Kiểm tra chéo kết quả thi đua năm {facts.year} của {facts.unit}"
    checkers = [
        Signatory(one.capacity, one.name, facts.checker, one.signed)
        for one in facts.frame.signatories
    ]
    sides = [facts.checked_signatory, *checkers]
    return framed(facts.frame, TYPE, title, body, signatories=sides)


def _differences(facts: CrossCheck) -> list[Block]:
    total = [["", "TỔNG ĐIỂM", "", facts.own_total or "–", facts.checked_total or "–", ""]]
    told = f"Đoàn kiểm tra đã xem xét {count_words(facts.criteria)} tiêu chí"
    if not facts.rows:
        told += f"; điểm kiểm tra trùng với điểm tự chấm. Tổng điểm: {facts.own_total or '–'}."
        return [Paragraph(told)]
    told += f"; {count_words(len(facts.rows))} tiêu chí có điểm khác với điểm tự chấm:"
    rows = [[r.code, r.name, r.maximum, r.own, r.checked, r.reason] for r in facts.rows]
    return [
        Paragraph(told),
        Table(
            head=[["Mục", "Tiêu chí", "Điểm chuẩn", "Tự chấm", "Kiểm tra", "Lý do"]],
            rows=rows + total,
            widths=[1.2, 5.5, 1.5, 1.5, 1.5, 4.5],
            align=["center", "left", "center", "center", "center", "left"],
            bold_rows=[len(rows)],
        ),
    ]
