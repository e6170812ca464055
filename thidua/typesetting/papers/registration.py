"""Bản đăng ký thi đua: what a member registers for a year."""

from dataclasses import dataclass, field

from thidua.typesetting.official import Block, Heading, Official, Paragraph, Table
from thidua.typesetting.papers.frame import Frame, PaperType, framed
from thidua.typesetting.papers.wording import TO_WRITE, dashed, ended, paragraphs

TYPE = PaperType("registration", "BẢN ĐĂNG KÝ", "ĐK", in_decree=False)
MEASURES = """- Tổ chức phát động thi đua đến từng tập thể, cá nhân; gắn chỉ tiêu với công tác năm.
- Phân công người theo dõi từng chỉ tiêu; hằng quý kiểm điểm tiến độ, kịp thời tháo gỡ khó khăn.
- Phát hiện, bồi dưỡng, nhân rộng mô hình mới, cách làm hay, điển hình tiên tiến.
- Thực hiện chế độ báo cáo, tự chấm điểm và tham gia đầy đủ hoạt động của {bloc}."""


@dataclass(frozen=True)
class TargetRow:
    """One target: its measure, what is promised in words, last year's number, last day ("")."""

    name: str
    promise: str
    baseline: str = ""
    due: str = ""


@dataclass(frozen=True)
class HonourRow:
    """One title or form, for whom ("Cả đơn vị", "Tập thể …", a person), and a note."""

    whose: str
    honour: str
    note: str = ""


@dataclass(frozen=True)
class Registration:
    """What the paper says. ``movements`` are sentences, ``measures`` free text."""

    frame: Frame
    year: int
    unit: str
    bloc: str
    targets: list[TargetRow] = field(default_factory=list)
    movements: list[str] = field(default_factory=list)
    honours: list[HonourRow] = field(default_factory=list)
    measures: str = ""


def measures(bloc: str) -> str:
    """Return the measures that are proposed for the free part."""
    return MEASURES.format(bloc=bloc)


def compose(facts: Registration) -> Official:
    """Return the paper: targets, movements, honours as tables and lists, measures in words."""
    body: list[Block] = [
        Paragraph(
            f"Căn cứ nhiệm vụ được giao và điều kiện thực tế, {facts.unit} đăng ký thi đua "
            f"năm {facts.year} với {facts.bloc} như sau:"
        ),
        Heading("I. NỘI DUNG, CHỈ TIÊU THI ĐUA"),
        *_targets(facts.targets),
        Heading("II. THAM GIA CÁC PHONG TRÀO THI ĐUA"),
        *_listed(facts.movements, "Đơn vị tham gia các phong trào thi đua do cấp trên phát động."),
        Heading("III. DANH HIỆU THI ĐUA, HÌNH THỨC KHEN THƯỞNG"),
        *_honours(facts.honours),
        Heading("IV. BIỆN PHÁP THỰC HIỆN"),
        *paragraphs(facts.measures, TO_WRITE),
        Paragraph(
            f"{facts.unit} cam kết phấn đấu hoàn thành các nội dung, chỉ tiêu thi đua đã đăng ký./."
        ),
    ]
    title = f"Thi đua năm {facts.year}"
    return framed(facts.frame, TYPE, title, body)


def _targets(rows: list[TargetRow]) -> list[Block]:
    if not rows:
        return [Paragraph("Chưa đăng ký chỉ tiêu.")]
    return [
        Table(
            head=[["STT", "Chỉ tiêu", "Kết quả năm trước", "Đăng ký năm nay", "Hạn"]],
            rows=[[str(n), r.name, r.baseline, r.promise, r.due] for n, r in enumerate(rows, 1)],
            widths=[1.3, 6.5, 2.5, 4, 2.5],
            align=["center", "left", "center", "left", "center"],
        )
    ]


def _honours(rows: list[HonourRow]) -> list[Block]:
    if not rows:
        return [Paragraph("Không đăng ký danh hiệu thi đua, hình thức khen thưởng.")]
    return [
        Table(
            head=[["STT", "Tập thể, cá nhân", "Danh hiệu, hình thức", "Ghi chú"]],
            rows=[[str(n), r.whose, r.honour, r.note] for n, r in enumerate(rows, 1)],
            widths=[1.3, 6, 6, 3.5],
            align=["center", "left", "left", "left"],
        )
    ]


def _listed(lines: list[str], empty: str) -> list[Block]:
    return [dashed(ended(lines))] if lines else [Paragraph(empty)]


def movement(name: str, plan: str) -> str:
    """Return the line of a movement; ``plan`` begins with ": " or is empty."""
    return f"Phong trào thi đua “{name}”{plan.rstrip(' .;')}"
