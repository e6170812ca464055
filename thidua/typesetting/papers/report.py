"""Báo cáo 6 tháng, báo cáo năm: what a member has done, measured against what it registered."""

from dataclasses import dataclass, field

from thidua.typesetting.official import Block, Heading, Official, Paragraph, Table
from thidua.typesetting.papers.frame import Frame, PaperType, framed
from thidua.typesetting.papers.wording import TO_WRITE, count_words, paragraphs

HALF_YEAR = PaperType("half_year_report", "BÁO CÁO", "BC")
YEAR = PaperType("year_report", "BÁO CÁO", "BC")
NOTHING = "Không có."


@dataclass(frozen=True)
class ResultRow:
    """One target with what became of it.

    ``actual`` is "" where nothing was measured; ``words`` say đạt and vượt ("đạt 390 %, vượt
    290 %"), both reckoned from number and measurement.
    """

    name: str
    promise: str
    actual: str
    words: str


@dataclass(frozen=True)
class TurnoutRow:
    """One movement of the year with the number of people who took part, as written ("1.234")."""

    movement: str
    people: str
    note: str = ""


@dataclass(frozen=True)
class MemberReport:
    """What the paper says. ``period`` is "6 tháng đầu năm" or "năm"; the rest is free text.

    ``reached`` and ``measured`` count the targets reached and those with a measurement; ``paper``
    is `HALF_YEAR` or `YEAR`.
    """

    frame: Frame
    year: int
    period: str
    unit: str
    bloc: str
    situation: str = ""
    achievements: str = ""
    difficulties: str = ""
    plan: str = ""
    proposals: str = ""
    targets: list[ResultRow] = field(default_factory=list)
    turnouts: list[TurnoutRow] = field(default_factory=list)
    reached: int = 0
    measured: int = 0
    paper: PaperType = YEAR


def situation(unit: str, bloc: str, year: int) -> str:
    """Return the words that are proposed for "Đặc điểm tình hình"."""
    return (
        f"Năm {year}, {unit} là thành viên của {bloc}. Đơn vị đã bám sát chương trình công tác, "
        "phát huy thuận lợi, chủ động khắc phục khó khăn để tổ chức thực hiện các nội dung, chỉ "
        "tiêu thi đua đã đăng ký."
    )


def half_year(year: int) -> str:
    """Return how a report of the half year names its time."""
    return f"6 tháng đầu năm {year}"


def whole_year(year: int) -> str:
    """Return how a report of the year names its time."""
    return f"năm {year}"


def compose(facts: MemberReport) -> Official:
    """Return the paper in its four parts and what is asked for."""
    is_half = facts.paper == HALF_YEAR
    ahead = f"6 tháng cuối năm {facts.year}" if is_half else f"năm {facts.year + 1}"
    body: list[Block] = [
        Heading("I. ĐẶC ĐIỂM TÌNH HÌNH"),
        *paragraphs(facts.situation, TO_WRITE),
        Heading("II. KẾT QUẢ CÔNG TÁC THI ĐUA"),
        Heading("1. Kết quả thực hiện các chỉ tiêu thi đua đã đăng ký", "clause"),
        *_targets(facts),
        Heading("2. Kết quả thực hiện các phong trào thi đua", "clause"),
        *_turnouts(facts.turnouts),
        Heading("3. Kết quả nổi bật", "clause"),
        *paragraphs(facts.achievements, NOTHING),
        Heading("III. HẠN CHẾ, NGUYÊN NHÂN"),
        *paragraphs(facts.difficulties, NOTHING),
        Heading(f"IV. PHƯƠNG HƯỚNG, NHIỆM VỤ {ahead.upper()}"),
        *paragraphs(facts.plan, NOTHING),
        Heading("V. ĐỀ XUẤT, KIẾN NGHỊ"),
        *paragraphs(facts.proposals, NOTHING),
        Paragraph(f"Trên đây là báo cáo công tác thi đua {facts.period} của {facts.unit}./."),
    ]
    title = f"{'Sơ kết' if is_half else 'Tổng kết'} công tác thi đua {facts.period}"
    return framed(facts.frame, facts.paper, title, body)


def _targets(facts: MemberReport) -> list[Block]:
    if not facts.targets:
        return [Paragraph("Đơn vị chưa có chỉ tiêu đăng ký.")]
    total = len(facts.targets)
    told = f"Đơn vị đăng ký {count_words(total)} chỉ tiêu"
    if facts.measured:
        told += (
            f"; đã có số liệu của {count_words(facts.measured)} chỉ tiêu, trong đó "
            f"{count_words(facts.reached)} chỉ tiêu đạt hoặc vượt"
        )
    rows = [
        [str(n), row.name, row.promise, row.actual or "–", row.words]
        for n, row in enumerate(facts.targets, 1)
    ]
    return [
        Paragraph(f"{told}. Cụ thể:"),
        Table(
            head=[["STT", "Chỉ tiêu", "Đăng ký", "Thực hiện", "Đánh giá"]],
            rows=rows,
            widths=[1.3, 6, 3.5, 2.5, 3.5],
            align=["center", "left", "left", "center", "left"],
        ),
    ]


def _turnouts(rows: list[TurnoutRow]) -> list[Block]:
    if not rows:
        return [Paragraph("Chưa có số liệu về người tham gia phong trào.")]
    return [
        Table(
            head=[["STT", "Phong trào thi đua", "Số người tham gia", "Ghi chú"]],
            rows=[[str(n), r.movement, r.people, r.note] for n, r in enumerate(rows, 1)],
            widths=[1.3, 8, 3, 4],
            align=["center", "left", "center", "left"],
        )
    ]
