"""Bảng tự chấm điểm: a member's own marks by the table of the year."""

from dataclasses import dataclass, field

from thidua.typesetting.official import Block, Heading, Official, Paragraph, Table
from thidua.typesetting.papers.frame import Frame, PaperType, framed
from thidua.typesetting.papers.wording import paragraphs

TYPE = PaperType("self_score", "BẢNG TỰ CHẤM ĐIỂM", "TC", in_decree=False)


@dataclass(frozen=True)
class MarkRow:
    """One line: its maximum and what the member gave, as written; why, and what proves it."""

    code: str
    name: str
    maximum: str
    points: str
    reason: str = ""
    is_group: bool = False


@dataclass(frozen=True)
class SelfScore:
    """What the paper says. Totals are as written ("87,5"); ``note`` is free text."""

    frame: Frame
    year: int
    unit: str
    bloc: str
    table: str
    rows: list[MarkRow] = field(default_factory=list)
    standard: str = ""
    bonus: str = ""
    penalty: str = ""
    total: str = ""
    maximum: str = ""
    note: str = ""


def with_proofs(reason: str, said: str, proofs: list[str]) -> str:
    """Return what stands behind a mark: what was given, why, and the names of the evidence."""
    proven = f"Minh chứng: {'; '.join(proofs)}" if proofs else ""
    return ". ".join(part.rstrip(".") for part in (said, reason, proven) if part)


def not_applicable() -> str:
    """Return what stands instead of points where a criterion does not apply."""
    return "KAD"


def compose(facts: SelfScore) -> Official:
    """Return the paper: the table, the totals, what the member wants to say."""
    rows = [[r.code, r.name, r.maximum, r.points or "–", r.reason] for r in facts.rows]
    rows.append(["", "TỔNG ĐIỂM", facts.maximum, facts.total or "–", ""])
    groups = [n for n, row in enumerate(facts.rows) if row.is_group]
    body: list[Block] = [
        Paragraph(f"{facts.unit} tự chấm điểm theo {facts.table} như sau:"),
        Table(
            head=[["Mục", "Nội dung, tiêu chí", "Điểm chuẩn", "Tự chấm", "Lý do, minh chứng"]],
            rows=rows,
            widths=[1.3, 6, 1.6, 1.5, 5],
            align=["center", "left", "center", "center", "left"],
            bold_rows=[*groups, len(rows) - 1],
        ),
        *_totals(facts),
        *([Heading("Ý kiến của đơn vị"), *paragraphs(facts.note)] if facts.note.strip() else []),
        Paragraph(f"{facts.unit} chịu trách nhiệm về số liệu, minh chứng nêu trên./."),
    ]
    title = f"Thi đua năm {facts.year} của {facts.unit}"
    return framed(facts.frame, TYPE, title, body)


def _totals(facts: SelfScore) -> list[Block]:
    if not facts.total:
        return [Paragraph("Đơn vị chưa chấm xong.")]
    told = f"Tổng điểm: {facts.total}, trong đó điểm chuẩn {facts.standard or '0'}"
    told += f", điểm thưởng {facts.bonus or '0'}, điểm trừ {facts.penalty or '0'}."
    if any(row.points == not_applicable() for row in facts.rows):
        told += f" ({not_applicable()}: không áp dụng.)"
    return [Paragraph(told)]
