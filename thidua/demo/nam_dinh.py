"""Nam Định 2023, as the newspaper told it: six members, one theme, six movements, one signing.

The report's facts are real; whoever signs is invented, and the covenant's words are ours.
"""

from datetime import date

from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.covenants.actions.freezing import freeze_covenant
from thidua.covenants.models import Covenant
from thidua.cycles.actions.members import join_together
from thidua.cycles.actions.years import (
    CycleFacts,
    close_cycle,
    found_cycle,
    open_cycle,
    set_phase,
)
from thidua.cycles.models import Cycle, Phase
from thidua.demo import nam_dinh_marks
from thidua.demo.acts import (
    NOT_TOLD,
    at_hour,
    launch_all,
    symbol_from,
    write_covenant,
)
from thidua.demo.cast import a_signer
from thidua.demo.certificates import sign_with_certificates
from thidua.movements.actions import MovementFacts, adopt_movement
from thidua.movements.models import Movement
from thidua.organizations.actions import (
    BlocFacts,
    OrganizationFacts,
    enter_holder,
    found_bloc,
    found_organization,
)
from thidua.organizations.models import Bloc, Level, Name, Organization

SOURCE = (
    "Báo Nam Định, 01-03-2023: “Khối thi đua Mặt trận Tổ quốc và các đoàn thể tỉnh "
    "ký giao ước thi đua năm 2023”"
)
PLACE = "Nam Định"
DAY = date(2023, 2, 23)
THEME = (
    "Đoàn kết, vượt khó - Chủ động thích ứng - Điều hành linh hoạt - "
    "Đổi mới, sáng tạo - kip thời, hiệu quả"
)
FRONT, SOCIO_POLITICAL = Organization.Kind.FRONT, Organization.Kind.SOCIO_POLITICAL
MEMBERS = (
    ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Nam Định", "Ủy ban MTTQ", FRONT),
    ("Liên đoàn Lao động tỉnh Nam Định", "LĐLĐ", SOCIO_POLITICAL),
    ("Hội Cựu chiến binh tỉnh Nam Định", "Hội CCB", SOCIO_POLITICAL),
    ("Hội Liên hiệp Phụ nữ tỉnh Nam Định", "Hội LHPN", SOCIO_POLITICAL),
    ("Hội Nông dân tỉnh Nam Định", "Hội Nông dân", SOCIO_POLITICAL),
    (
        "Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh Nam Định",
        "Đoàn Thanh niên",
        SOCIO_POLITICAL,
    ),
)
REFORM = MovementFacts(
    name="Đẩy mạnh cải cách hành chính tỉnh Nam Định giai đoạn 2021-2025",
    level=Level.PROVINCE,
    first_year=2021,
    last_year=2025,
    period_source=SOURCE,
)
WITH_REFORM = (  # "gắn với" the one above
    MovementFacts(
        name=("Cán bộ, công chức, viên chức tỉnh Nam Định thi đua thực hiện văn hóa công sở"),
        level=Level.PROVINCE,
        first_year=2019,
        last_year=2025,
        period_source=SOURCE,
    ),
    MovementFacts(name="Dân vận khéo", level=Level.CENTRAL, period_source=NOT_TOLD),
    MovementFacts(
        name="Toàn dân bảo vệ an ninh tổ quốc",
        level=Level.CENTRAL,
        period_source=NOT_TOLD,
    ),
)
OTHERS = (
    MovementFacts(
        name="Nam Định chung sức xây dựng nông thôn mới nâng cao, kiểu mẫu",
        level=Level.PROVINCE,
        first_year=2021,
        last_year=2025,
        period_source=SOURCE,
    ),
    MovementFacts(
        name="Vì người nghèo - Không để ai bị bỏ lại phía sau",
        level=Level.PROVINCE,
        first_year=2021,
        last_year=2025,
        period_source=SOURCE,
    ),
)
SUMMARY_2022 = (
    "Sáu thành viên đã phát động các phong trào thi đua yêu nước tới cán bộ, đoàn viên, hội viên "
    "và nhân dân, cùng góp ý xây dựng chính sách, pháp luật và bảo vệ quyền lợi của người mình "
    "đại diện."
)
SUMMARY_2023 = (
    "Khối ký giao ước vào chiều 23-02-2023. Dự hội nghị có ông Đoàn Văn Hùng, Ủy viên Ban TVTU, "
    "Chủ tịch Ủy ban MTTQ tỉnh, và lãnh đạo Ban Thi đua - Khen thưởng tỉnh.\n"
    "Chủ đề được giữ đúng chữ của bản tin, kể cả “kip thời”.\n"
    "Bản tin không nêu quyết định thành lập khối, cơ quan quản lý, khối trưởng và người ký. "
    "Khối trưởng, khối phó, người ký, chữ ký, chỉ tiêu, báo cáo, điểm và thứ hạng ở đây đều là "
    "MINH HỌA."
)
OPENING = (
    "MINH HỌA: nội dung được diễn đạt lại theo bản tin của Báo Nam Định ngày 01-03-2023, không "
    "phải nguyên văn giao ước; người ký là nhân vật minh họa."
)
SECTIONS = (
    (
        "Tuyên truyền, vận động chấp hành chủ trương, pháp luật",
        "Giúp cán bộ, hội viên, đoàn viên hiểu rõ và tự giác làm theo đường lối của Đảng, "
        "pháp luật của Nhà nước.",
    ),
    (
        "Tập hợp và lắng nghe hội viên, đoàn viên, nhân dân",
        "Tìm cách tập hợp mới; biết sớm điều mọi người lo lắng và mong muốn; giữ vững khối "
        "đại đoàn kết và sự đồng thuận trong xã hội.",
    ),
    (
        "Học tập theo Hồ Chí Minh, xây dựng Đảng và hệ thống chính trị",
        "Thực hiện các chuyên đề của năm 2023; có việc làm thiết thực mừng những ngày lễ lớn.",
    ),
    (
        "Nâng chất lượng hoạt động của Mặt trận và các đoàn thể",
        "Làm tốt việc phòng, chống tham nhũng, tiết kiệm, chống lãng phí và cải cách hành "
        "chính; xây dựng tổ chức đảng và tổ chức đoàn thể vững mạnh.",
    ),
    (
        "Hoàn thành chỉ tiêu của năm",
        "Mỗi đơn vị hoàn thành tốt chỉ tiêu của nhiệm vụ chính trị, góp phần đạt các chỉ tiêu "
        "kinh tế - xã hội của tỉnh năm 2023.",
    ),
)


def build() -> None:
    """Build the bloc with its years 2022 (closed), 2023 (signed, scored, ranked) and 2024."""
    with deed():
        with clock.at(date(2022, 1, 1)):
            board, members = _organizations()
            bloc = _bloc(board)
            cycle = _year(bloc, 2022, members, summary=SUMMARY_2022)
            movements = _movements(board)
        with clock.at(date(2022, 12, 31)):
            close_cycle(cycle, by=NOBODY)
        with clock.at(date(2023, 1, 1)):
            cycle = _year(bloc, 2023, members, theme=THEME, summary=SUMMARY_2023)
            set_phase(
                cycle,
                by=NOBODY,
                kind=Phase.Kind.COVENANT,
                opens_on=DAY,
                due_on=DAY,
                closes_on=DAY,
            )
            _adopt(cycle, movements)
        with clock.at(DAY):
            covenant = write_covenant(cycle, SECTIONS, by=NOBODY, opening=OPENING)
    _sign(covenant, members)
    nam_dinh_marks.build(cycle, board)


def _organizations() -> tuple[Organization, list[Organization]]:
    board = found_organization(
        OrganizationFacts(
            name="Ban Thi đua - Khen thưởng tỉnh Nam Định",
            short_name="Ban TĐKT tỉnh",
            symbol=symbol_from("Ban TĐKT"),
            kind=Organization.Kind.BOARD,
            level=Level.PROVINCE,
            place=PLACE,
            source=SOURCE,
        ),
        by=NOBODY,
    )
    members = []
    for name, short_name, kind in MEMBERS:
        youth = "Đoàn Thanh niên" in name
        facts = OrganizationFacts(
            name=name,
            short_name=short_name,
            symbol=symbol_from(short_name),  # ours: the report tells none, nor a superior
            kind=kind,
            level=Level.PROVINCE,
            place=PLACE,
            header=Name.Header.YOUTH if youth else Name.Header.STATE,
            source=f"{SOURCE} (bản tin viết “{short_name}”)",
        )
        members.append(found_organization(facts, by=NOBODY))
    enter_holder(
        "Đoàn Văn Hùng",
        members[0],
        by=NOBODY,
        post="Ủy viên Ban TVTU, Chủ tịch Ủy ban MTTQ tỉnh",
        source=SOURCE,
    )
    return board, members


def _bloc(board: Organization) -> Bloc:
    return found_bloc(
        BlocFacts(
            name="Mặt trận Tổ quốc và các đoàn thể tỉnh",
            short_name="MTTQ và các đoàn thể tỉnh",
            kind=Bloc.Kind.BLOC,
            level=Level.PROVINCE,
            managing_body=board,
            place=PLACE,
            source=f"{SOURCE}; bản tin không nêu cơ quan quản lý, ghi cơ quan dự hội nghị",
        ),
        by=NOBODY,
    )


def _year(bloc: Bloc, year: int, members: list[Organization], **told: str) -> Cycle:
    """Found and open a year with all members; only 2023 has something invented in it."""
    facts = CycleFacts(source=SOURCE, **told)
    cycle = found_cycle(bloc, by=NOBODY, year=year, facts=facts, is_illustration=year == DAY.year)
    join_together(cycle, members, by=NOBODY, basis=SOURCE)
    return open_cycle(cycle, by=NOBODY)


def _movements(board: Organization) -> list[Movement]:
    return launch_all([REFORM, *WITH_REFORM, *OTHERS], SOURCE, by=NOBODY, owner=board)


def _adopt(cycle: Cycle, movements: list[Movement]) -> None:
    """Take the movements up in the report's order, three of them "gắn với" the first."""
    first = adopt_movement(cycle, movements[0], by=NOBODY)
    for place, movement in enumerate(movements[1:]):
        is_linked = place < len(WITH_REFORM)
        adopt_movement(cycle, movement, by=NOBODY, linked_to=first if is_linked else None)


def _sign(covenant: Covenant, members: list[Organization]) -> None:
    """Freeze the text after noon and let all six sign: only the half of the day is told.

    They sign with certificates, in turn on one PDF; signers and certificates are invented.
    """
    with deed(), clock.at(at_hour(DAY, 13, 30)):
        signers = [a_signer(number, unit, day=DAY) for number, unit in enumerate(members, 1)]
        covenant = freeze_covenant(covenant, by=NOBODY, sign_by=DAY)
    sign_with_certificates(covenant, signers, since=at_hour(DAY, 14, 30))
