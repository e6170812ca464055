"""Bảng tổng hợp điểm and thông báo kết quả of a bloc's year."""

from dataclasses import dataclass, field, replace

from thidua.typesetting.official import Align, Annex, Block, Heading, Official, Paragraph, Table
from thidua.typesetting.papers.frame import Frame, PaperType, framed
from thidua.typesetting.papers.wording import TO_WRITE, dashed, paragraphs

SUMMARY = PaperType("score_summary", "BẢNG TỔNG HỢP ĐIỂM", "TH", in_decree=False)
NOTICE = PaperType("result_notice", "THÔNG BÁO", "TB")
PROPOSAL = (
    "Kết quả trên là đề nghị của {bloc} gửi {manager}; chưa phải quyết định khen thưởng. "
    "Việc khen thưởng do cấp có thẩm quyền xem xét, quyết định."
)
ASKED = (
    "Đề nghị các đơn vị thành viên thông tin kết quả trong đơn vị, phát huy ưu điểm, khắc phục "
    "hạn chế đã được nêu để thực hiện tốt nhiệm vụ thi đua năm {year}."
)


@dataclass(frozen=True)
class StandingRow:
    """One member's result, every number as written ("" where there is none).

    ``groups`` are its points in each group of the table, in the order of the paper's ``groups``.
    """

    unit: str
    total: str
    rank: str
    class_name: str = ""
    percent: str = ""
    bonus: str = ""
    penalty: str = ""
    groups: list[str] = field(default_factory=list)
    why: str = ""


@dataclass(frozen=True)
class Results:
    """What both papers say. ``groups`` are (code, name) of the table's groups.

    ``adopted_on`` ("ngày …") and ``minutes`` tell what the meeting adopted, "" before that;
    ``reason`` why a result was put right. ``note`` is free text.
    """

    frame: Frame
    year: int
    bloc: str
    manager: str
    table: str = ""
    groups: list[tuple[str, str]] = field(default_factory=list)
    rows: list[StandingRow] = field(default_factory=list)
    adopted_on: str = ""
    minutes: str = ""
    number: int = 1
    reason: str = ""
    note: str = ""


def version(number: int) -> str:
    """Return how a version of the result is named."""
    return f"Bản số {number}"


def asked(year: int) -> str:
    """Return what a notice asks of the members, as it is proposed."""
    return ASKED.format(year=year + 1)


def compose_summary(facts: Results) -> Official:
    """Return bảng tổng hợp điểm: what was adopted in words, members by groups in a wide annex."""
    body: list[Block] = [
        Paragraph(f"{_adopted(facts)} Điểm của {_members(facts)} theo {facts.table} ở Phụ lục."),
        *_corrected(facts),
        *paragraphs(facts.note),
        Paragraph(PROPOSAL.format(bloc=facts.bloc, manager=facts.manager)),
    ]
    annex = Annex(
        title=f"Điểm thi đua năm {facts.year} của {facts.bloc}".upper(),
        body=[_wide(facts), *_legend(facts.groups)],
        note=f"(Kèm theo Bảng tổng hợp điểm thi đua năm {facts.year})",
        is_wide=True,
    )
    title = f"Thi đua năm {facts.year} của {facts.bloc}"
    return framed(facts.frame, SUMMARY, title, body, annexes=[annex])


def compose_notice(facts: Results) -> Official:
    """Return thông báo kết quả: what was adopted, the ranking, and that it is a proposal."""
    ranked = [row for row in facts.rows if row.rank]
    others = [row for row in facts.rows if not row.rank]
    body: list[Block] = [
        Paragraph(f"{_adopted(facts)} {facts.bloc} thông báo kết quả như sau:"),
        *_corrected(facts),
        Heading("1. Kết quả xếp hạng", "clause"),
        _ranking(ranked),
    ]
    if others:
        told = [f"{row.unit}: {row.why or 'chưa có điểm'}" for row in others]
        body += [Paragraph("Đơn vị không xếp hạng:"), dashed(told)]
    body += [
        Heading("2. Giá trị của kết quả", "clause"),
        Paragraph(PROPOSAL.format(bloc=facts.bloc, manager=facts.manager)),
        Heading("3. Thực hiện", "clause"),
        *paragraphs(facts.note, TO_WRITE),
        Paragraph(f"{facts.bloc} thông báo để các đơn vị biết, thực hiện./."),
    ]
    title = f"Kết quả thi đua năm {facts.year} của {facts.bloc}"
    return framed(facts.frame, NOTICE, title, body)


def _adopted(facts: Results) -> str:
    if not facts.adopted_on:
        return f"Kết quả chấm điểm thi đua năm {facts.year} sơ bộ, chưa được hội nghị thông qua."
    minutes = f" (biên bản: {facts.minutes})" if facts.minutes else ""
    return (
        f"Hội nghị các đơn vị thành viên {facts.adopted_on}{minutes} đã thông qua kết quả chấm "
        f"điểm, xếp hạng thi đua năm {facts.year}."
    )


def _members(facts: Results) -> str:
    return f"{len(facts.rows)} đơn vị thành viên {facts.bloc}"


def _corrected(facts: Results) -> list[Block]:
    if not facts.reason:
        return []
    told = f"Đây là bản {facts.number}, đính chính bản trước. Lý do: {facts.reason}"
    return [Paragraph(told)]


def _ranking(rows: list[StandingRow]) -> Table:
    table = Table(
        head=[["Hạng", "Đơn vị", "Tổng điểm", "% điểm chuẩn", "Xếp loại"]],
        rows=[[r.rank, r.unit, r.total, r.percent, r.class_name] for r in rows],
        widths=[1.3, 7.5, 2, 2.2, 3],
        align=["center", "left", "center", "center", "left"],
    )
    return _with_classes(table, rows)


def _wide(facts: Results) -> Table:
    codes = [code for code, _name in facts.groups]
    head = ["STT", "Đơn vị", *codes, "Thưởng", "Trừ", "Tổng điểm", "%", "Hạng", "Xếp loại"]
    rows = [
        [
            str(n),
            row.unit,
            *[*row.groups, *[""] * len(codes)][: len(codes)],
            row.bonus,
            row.penalty,
            row.total or "–",
            row.percent,
            row.rank or "–",
            row.class_name,
        ]
        for n, row in enumerate(facts.rows, 1)
    ]
    numbers: list[Align] = ["center"] * (len(codes) + 5)
    table = Table(
        head=[head],
        rows=rows,
        widths=[1.1, 7, *[1.4] * len(codes), 1.5, 1.3, 1.7, 1.5, 1.2, 2.6],
        align=["center", "left", *numbers, "left"],
    )
    return _with_classes(table, facts.rows)


def _with_classes(table: Table, rows: list[StandingRow]) -> Table:
    """Return the table, without its last column where the bloc has no classes."""
    if any(row.class_name for row in rows):
        return table
    return replace(
        table,
        head=[row[:-1] for row in table.head],
        rows=[row[:-1] for row in table.rows],
        widths=table.widths[:-1],
        align=table.align[:-1],
    )


def _legend(groups: list[tuple[str, str]]) -> list[Block]:
    if not groups:
        return []
    told = "; ".join(f"{code}: {name}" for code, name in groups)
    return [Paragraph(f"Ghi chú: {told}.", align="left", italic=True)]
