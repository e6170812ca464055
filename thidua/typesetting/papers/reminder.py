"""Công văn nhắc: what members still owe, and by when."""

from dataclasses import dataclass, field

from thidua.typesetting.official import Block, Official, Paragraph, Table
from thidua.typesetting.papers.frame import Frame, PaperType, framed
from thidua.typesetting.papers.wording import TO_WRITE, paragraphs

TYPE = PaperType("reminder", "", "CV")
OPENING = (
    "Thực hiện kế hoạch hoạt động năm {year} của {bloc}, qua theo dõi đến {day}, một số đơn vị "
    "chưa hoàn thành các nội dung sau:"
)
ASKED = (
    "Đề nghị các đơn vị khẩn trương hoàn thành, gửi về đơn vị {leader} đúng thời hạn nêu trên. "
    "Nội dung đã quá hạn, đề nghị hoàn thành ngay và nêu rõ lý do chậm. Nếu có khó khăn, vướng "
    "mắc, kịp thời trao đổi với đơn vị {leader} để cùng tháo gỡ./."
)


@dataclass(frozen=True)
class OwedRow:
    """One thing that one member owes, by which day ("" where none was set), and a remark."""

    unit: str
    what: str
    due: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Reminder:
    """What the letter says. ``about`` follows "V/v"; ``opening`` and ``asked`` are free text."""

    frame: Frame
    about: str
    opening: str = ""
    asked: str = ""
    rows: list[OwedRow] = field(default_factory=list)


def proposed(bloc: str, leader: str, year: int, day: str) -> dict[str, str]:
    """Return the texts that are proposed for the free parts; ``day`` is in words."""
    return {
        "about": f"đôn đốc thực hiện nhiệm vụ thi đua năm {year}",
        "opening": OPENING.format(year=year, bloc=bloc, day=day),
        "asked": ASKED.format(leader=leader),
    }


def registration() -> str:
    """Return how a registration that is not sent is named."""
    return "Bản đăng ký thi đua"


def signature() -> str:
    """Return how a signature that is awaited is named."""
    return "Ký giao ước thi đua"


def report(period: str) -> str:
    """Return how a report that is not sent is named."""
    return f"Báo cáo “{period}”"


def self_score() -> str:
    """Return how marks of one's own that are not sent are named."""
    return "Bảng tự chấm điểm"


def overdue() -> str:
    """Return what is remarked of a thing whose day is over."""
    return "Đã quá hạn"


def compose(facts: Reminder) -> Official:
    """Return the letter; where nothing is owed any more it says so."""
    rows = [[str(n), r.unit, r.what, r.due, r.remark] for n, r in enumerate(facts.rows, 1)]
    owed: list[Block] = [
        Table(
            head=[["STT", "Đơn vị", "Nội dung", "Thời hạn", "Ghi chú"]],
            rows=rows,
            widths=[1.3, 6, 5, 2.3, 2.5],
            align=["center", "left", "left", "center", "left"],
        )
    ]
    body: list[Block] = [
        *paragraphs(facts.opening, TO_WRITE),
        *(owed if rows else [Paragraph("Các đơn vị đã hoàn thành mọi nội dung.")]),
        *paragraphs(facts.asked, TO_WRITE),
    ]
    return framed(facts.frame, TYPE, f"V/v {facts.about or TO_WRITE}", body)
