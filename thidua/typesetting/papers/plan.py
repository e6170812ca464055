"""Kế hoạch hoạt động of a bloc for a year."""

from dataclasses import dataclass, field

from thidua.typesetting.official import Block, Heading, Official, Paragraph, Table
from thidua.typesetting.papers.frame import Frame, PaperType, framed
from thidua.typesetting.papers.wording import TO_WRITE, dashed, ended, paragraphs

TYPE = PaperType("plan", "KẾ HOẠCH", "KH")
PURPOSE = """1. Cụ thể hóa nhiệm vụ thi đua, khen thưởng năm {year}; tạo khí thế thi đua sôi nổi \
trong {bloc}.
2. Gắn thi đua với nhiệm vụ chính trị của từng đơn vị; nội dung, chỉ tiêu cụ thể, đo đếm được.
3. Đánh giá khách quan, công khai, đúng kết quả; khen đúng người, đúng việc, đúng lúc."""
DUTIES = """1. Đơn vị {leader} chủ trì, phối hợp với đơn vị {deputy} đôn đốc, theo dõi việc thực \
hiện kế hoạch; chuẩn bị các hội nghị của {noun}; tổng hợp kết quả gửi {manager}.
2. Các đơn vị thành viên xây dựng kế hoạch của đơn vị mình; đăng ký thi đua, báo cáo, tự chấm điểm \
đúng thời hạn; tham gia đầy đủ các hoạt động chung.
3. Kinh phí do các đơn vị bảo đảm theo quy định hiện hành."""


@dataclass(frozen=True)
class CommonRow:
    """A target of the whole bloc: its measure, and what is promised in words."""

    name: str
    promise: str


@dataclass(frozen=True)
class StepRow:
    """One step of the year with its days in words ("từ 01/01/2026 đến 15/02/2026")."""

    name: str
    days: str


@dataclass(frozen=True)
class Plan:
    """What the paper says. ``purpose`` and ``duties`` are free text, ``movements`` sentences."""

    frame: Frame
    year: int
    bloc: str
    purpose: str = ""
    duties: str = ""
    theme: str = ""
    province_theme: str = ""
    movements: list[str] = field(default_factory=list)
    targets: list[CommonRow] = field(default_factory=list)
    steps: list[StepRow] = field(default_factory=list)


@dataclass(frozen=True)
class Names:
    """Who is named in the proposed texts: nouns of the roles, the bloc's noun, the manager."""

    bloc: str
    noun: str
    leader: str
    deputy: str
    manager: str


def proposed(names: Names, year: int) -> dict[str, str]:
    """Return the texts that are proposed for the free parts."""
    return {
        "purpose": PURPOSE.format(bloc=names.bloc, year=year),
        "duties": DUTIES.format(
            leader=names.leader, deputy=names.deputy, noun=names.noun, manager=names.manager
        ),
    }


def days(first: str, last: str) -> str:
    """Return a stretch of days in words; either end may be ""."""
    if first == last:
        return f"ngày {first}"
    if first and last:
        return f"từ {first} đến {last}"
    return f"từ {first}" if first else f"đến {last}"


def compose(facts: Plan) -> Official:
    """Return the paper in its four parts."""
    body: list[Block] = [
        Heading("I. MỤC ĐÍCH, YÊU CẦU"),
        *paragraphs(facts.purpose, TO_WRITE),
        Heading("II. NỘI DUNG"),
        Heading("1. Chủ đề thi đua", "clause"),
        *_themes(facts),
        Heading("2. Các phong trào thi đua", "clause"),
        *_movements(facts.movements),
        Heading("3. Chỉ tiêu thi đua chung", "clause"),
        *_targets(facts.targets),
        Heading("III. TIẾN ĐỘ THỰC HIỆN"),
        *_steps(facts.steps),
        Heading("IV. TỔ CHỨC THỰC HIỆN"),
        *paragraphs(facts.duties, TO_WRITE),
        Paragraph(
            f"Trên đây là kế hoạch hoạt động năm {facts.year} của {facts.bloc}. Trong quá trình "
            "thực hiện, nếu có khó khăn, vướng mắc, các đơn vị trao đổi để cùng thống nhất điều "
            "chỉnh./."
        ),
    ]
    return framed(facts.frame, TYPE, f"Hoạt động năm {facts.year} của {facts.bloc}", body)


def _themes(facts: Plan) -> list[Block]:
    told = [Paragraph(f"“{facts.theme}”.")] if facts.theme else []
    if facts.province_theme:
        told.append(Paragraph(f"Chủ đề năm của tỉnh, thành phố: “{facts.province_theme}”."))
    return [*told] or [Paragraph("Theo chủ đề thi đua do cấp trên phát động.")]


def _movements(movements: list[str]) -> list[Block]:
    if movements:
        return [dashed(ended(movements))]
    return [Paragraph("Hưởng ứng các phong trào thi đua do cấp trên phát động.")]


def _targets(rows: list[CommonRow]) -> list[Block]:
    if not rows:
        return [Paragraph("Các đơn vị thành viên thực hiện theo chỉ tiêu đã đăng ký.")]
    return [
        Table(
            head=[["STT", "Chỉ tiêu", "Mức phấn đấu"]],
            rows=[[str(n), row.name, row.promise] for n, row in enumerate(rows, 1)],
            widths=[1.3, 9, 5],
            align=["center", "left", "left"],
        )
    ]


def _steps(rows: list[StepRow]) -> list[Block]:
    if not rows:
        return [Paragraph("Theo lịch công tác do các đơn vị thống nhất.")]
    return [
        Table(
            head=[["STT", "Công việc", "Thời gian"]],
            rows=[[str(n), row.name, row.days] for n, row in enumerate(rows, 1)],
            widths=[1.3, 8, 6],
            align=["center", "left", "left"],
        )
    ]
