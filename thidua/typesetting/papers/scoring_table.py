"""Bảng điểm of a bloc: how points come about, criterion by criterion, in a wide annex."""

from dataclasses import dataclass, field

from thidua.typesetting.official import Annex, Block, Heading, Official, Paragraph, Table
from thidua.typesetting.papers.frame import Frame, PaperType, framed
from thidua.typesetting.papers.wording import TO_WRITE, dashed, ended, numbered, paragraphs

TYPE = PaperType("scoring_table", "BẢNG ĐIỂM", "BĐ", in_decree=False)
PRINCIPLES = """1. Chấm đúng kết quả đã thực hiện, có số liệu và minh chứng kèm theo.
2. Tiêu chí không thuộc nhiệm vụ của đơn vị ghi “không áp dụng” và nêu lý do.
3. Điểm khác với lớp chấm trước phải ghi lý do. Điểm trừ được ghi đầy đủ như điểm đạt."""


@dataclass(frozen=True)
class CriterionRow:
    """One line of the table. ``points`` the maximum as written ("40",
    "+10" of a bonus, "" where there is none); ``rule`` how points come about, in words; ``owner``
    who marks it."""

    code: str
    name: str
    points: str
    rule: str = ""
    owner: str = ""
    is_group: bool = False


@dataclass(frozen=True)
class ScoringTable:
    """What the paper says.

    ``total`` is the standard maximum and ``bonus_cap`` the most that a bonus may add ("" for no
    cap), as written; ``ties`` and ``classes`` are lines; ``number`` counts the versions.
    """

    frame: Frame
    year: int
    bloc: str
    name: str
    number: int = 1
    principles: str = ""
    total: str = ""
    bonus_cap: str = ""
    rows: list[CriterionRow] = field(default_factory=list)
    ties: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)


def class_line(name: str, at_least: str, unit: str, each: str) -> str:
    """Return a class in words. ``unit`` is "percent" of the maximum or "points"."""
    of = "% điểm chuẩn" if unit == "percent" else "điểm"
    line = f"{name}: từ {at_least} {of} trở lên"
    return f"{line}, không tiêu chí nào dưới {each} %" if each else line


def owner(key: str, noun: str) -> str:
    """Return who marks a criterion: the bloc ("khối", "cụm"), the managing body, or the data."""
    named = {"bloc": noun.capitalize(), "board": "Cơ quan quản lý", "system": "Theo dữ liệu"}
    return named.get(key, "")


def compose(facts: ScoringTable) -> Official:
    """Return the paper: principles, ties and classes in words, the table itself in an annex."""
    scale = f"Thang điểm: {facts.total} điểm chuẩn"
    if facts.bonus_cap:
        scale += f", điểm thưởng nhiều nhất {facts.bonus_cap} điểm"
    body: list[Block] = [
        Heading("I. NGUYÊN TẮC CHẤM ĐIỂM"),
        *paragraphs(facts.principles, TO_WRITE),
        Heading("II. THANG ĐIỂM"),
        Paragraph(f"{scale}. Nội dung, cách tính điểm của từng tiêu chí ở Phụ lục kèm theo."),
        Heading("III. XẾP HẠNG, XẾP LOẠI"),
        *_ranking(facts.ties),
        *([Paragraph("Xếp loại theo các mức sau:")] if facts.classes else []),
        *([dashed(ended(facts.classes))] if facts.classes else []),
    ]
    version = f" (bản {facts.number})" if facts.number > 1 else ""
    title = f"Thi đua năm {facts.year} của {facts.bloc}{version}"
    annex = Annex(
        title=facts.name.upper(),
        body=[_table(facts.rows)],
        note=f"(Kèm theo Bảng điểm thi đua năm {facts.year} của {facts.bloc})",
        is_wide=True,
    )
    return framed(facts.frame, TYPE, title, body, annexes=[annex])


def _table(rows: list[CriterionRow]) -> Table:
    return Table(
        head=[["Mục", "Nội dung, tiêu chí", "Điểm tối đa", "Cách tính điểm", "Bên chấm"]],
        rows=[[row.code, row.name, row.points, row.rule, row.owner] for row in rows],
        widths=[1.4, 9, 1.8, 9, 3],
        align=["center", "left", "center", "left", "left"],
        bold_rows=[n for n, row in enumerate(rows) if row.is_group],
    )


def _ranking(ties: list[str]) -> list[Block]:
    if not ties:
        return [Paragraph("Xếp hạng theo tổng điểm; các đơn vị bằng điểm thì cùng hạng.")]
    told = "Xếp hạng theo tổng điểm. Khi bằng điểm, phân định lần lượt theo:"
    return [Paragraph(told), numbered(ended(ties))]
