"""Đà Nẵng 2022 and 2023, as the news item told it: slogans of the city, five movements, one day.

The report names one person and their organisation; the other members are invented and say so.
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
from thidua.demo.acts import (
    NOT_TOLD,
    adopt_all,
    at_hour,
    launch_all,
    sign_in_turn,
    symbol_from,
    write_covenant,
)
from thidua.demo.cast import a_signer
from thidua.movements.actions import MovementFacts
from thidua.organizations.actions import (
    BlocFacts,
    OrganizationFacts,
    enter_holder,
    found_bloc,
    found_organization,
)
from thidua.organizations.models import Bloc, Level, Organization

SOURCE = (
    "Bản tin 17-03-2023: “Khối Thi đua các tổ chức xã hội, xã hội - nghề nghiệp phát động "
    "ký kết giao ước thi đua năm 2023”"
)
NATIONAL = "baotintuc.vn, 2020; dantri.com.vn, 26-12-2025"  # the period of the PM's movements
PLACE = "Đà Nẵng"
DAY = date(2023, 3, 17)
INVENTED, FIRST_SIGNER = 4, 7
THEME_2022 = (
    "Năm thích ứng an toàn, linh hoạt, kiểm soát hiệu quả dịch bệnh và phục hồi, "
    "phát triển kinh tế - xã hội"
)
THEME_2023 = (
    "Năm tập trung khơi thông các nguồn lực, thu hút đầu tư, giữ vững tăng trưởng kinh tế "
    "và đảm bảo an sinh xã hội"
)


def _of_the_nation(name: str, source: str = "") -> MovementFacts:
    return MovementFacts(
        name=name,
        level=Level.CENTRAL,
        launcher="Thủ tướng Chính phủ",
        first_year=2021,
        last_year=2025,
        period_source=NATIONAL,
        source=source,
    )


MOVEMENTS = (
    _of_the_nation("Cả nước chung sức xây dựng nông thôn mới"),
    _of_the_nation("Doanh nghiệp Việt Nam hội nhập và phát triển"),
    _of_the_nation(
        "Cả nước chung ta vì người nghèo - không ai bị bỏ lại phía sau",
        f"{SOURCE}; giữ đúng chữ “chung ta” của bản tin, nơi khác viết “Cả nước chung tay vì "
        "người nghèo – không ai bị bỏ lại phía sau”",
    ),
    MovementFacts(
        name="Thực hiện Chương trình chuyển đổi số",
        level=Level.PROVINCE,
        period_source=NOT_TOLD,
        source=f"{SOURCE}; bản tin không nêu cấp và nơi phát động",
    ),
    MovementFacts(
        name="Đoàn kết sáng tạo, nâng cao năng suất, chất lượng, hiệu quả, hội nhập quốc tế",
        level=Level.SECTOR,
        launcher="Mặt trận Tổ quốc Việt Nam",
        period_source=NOT_TOLD,
    ),
)
SUMMARY_2022 = (
    "Các đơn vị phát động phong trào tới người làm việc và hội viên của mình; giới thiệu hình ảnh "
    "đất nước và thành phố với bạn bè trong, ngoài nước; chăm lo quyền lợi của hội viên. Năm được "
    "tổng kết tại hội nghị ngày 17-03-2023.\n"
    "Bản tin không liệt kê thành viên: chỉ ghi đơn vị của người được nêu tên."
)
SUMMARY_2023 = (
    "Hội nghị ngày 17-03-2023 tổng kết năm 2022 và ký giao ước năm 2023. Tại hội nghị, ông Nguyễn "
    "Ngọc Bình, Chủ tịch Liên hiệp các tổ chức hữu nghị thành phố, nói về kết quả của khối.\n"
    "Bản tin không liệt kê thành viên, không nêu cơ quan quản lý, khối trưởng và người ký. Các "
    "hội minh họa, người ký và chữ ký ở đây là MINH HỌA."
)
OPENING = (
    "MINH HỌA: nội dung được diễn đạt lại theo bản tin ngày 17-03-2023, không phải nguyên văn "
    "giao ước; người ký và các hội minh họa là hư cấu."
)
BASES = (
    "Căn cứ Nghị quyết Đại hội Đảng các cấp.\n"
    "Căn cứ các phong trào thi đua yêu nước giai đoạn 2021 - 2025, phát động tại Đại hội thi đua "
    "yêu nước toàn quốc lần thứ X.\n"
    "Căn cứ các phong trào thi đua yêu nước do Chủ tịch UBND thành phố Đà Nẵng phát động."
)
SECTIONS = (
    (
        "Khen thưởng kịp thời, nhân rộng điển hình",
        "Động viên, khen thưởng đúng lúc người và tập thể làm tốt; tìm, giúp đỡ và giới thiệu "
        "gương tiên tiến, cách làm mới để nơi khác làm theo.",
    ),
    (
        "Nâng nghiệp vụ của người làm công tác thi đua, khen thưởng",
        "Mỗi đơn vị bồi dưỡng người làm công tác này, nhất là việc tham mưu tổ chức phong trào.",
    ),
)


def build() -> None:
    """Build the bloc with its years 2022 (closed) and 2023 (covenant in force)."""
    with deed():
        with clock.at(date(2022, 1, 1)):
            city, friendship = _organizations()
            bloc = _bloc(city)
            movements = launch_all(MOVEMENTS, SOURCE, by=NOBODY, owner=city)
            last = _year(bloc, 2022, [friendship], theme=THEME_2022, summary=SUMMARY_2022)
        with clock.at(date(2023, 1, 1)):
            members = [friendship, *_invented()]
            cycle = _year(bloc, 2023, members, theme=THEME_2023, summary=SUMMARY_2023)
            kind = Phase.Kind.COVENANT
            set_phase(cycle, by=NOBODY, kind=kind, opens_on=DAY, due_on=DAY, closes_on=DAY)
            adopt_all(cycle, movements, by=NOBODY)
        with clock.at(DAY):
            close_cycle(last, by=NOBODY)
            covenant = write_covenant(cycle, SECTIONS, by=NOBODY, opening=OPENING, bases=BASES)
    _sign(covenant, members)


def _organizations() -> tuple[Organization, Organization]:
    city = found_organization(
        OrganizationFacts(
            name="Ủy ban nhân dân thành phố Đà Nẵng",
            short_name="UBND thành phố",
            symbol=symbol_from("UBND"),
            kind=Organization.Kind.STATE,
            level=Level.PROVINCE,
            place=PLACE,
            source=SOURCE,
        ),
        by=NOBODY,
    )
    friendship = found_organization(
        OrganizationFacts(
            name="Liên hiệp các tổ chức hữu nghị thành phố Đà Nẵng",
            short_name="Liên hiệp các tổ chức hữu nghị thành phố",
            symbol=symbol_from("Liên hiệp hữu nghị"),
            kind=Organization.Kind.SOCIAL,
            level=Level.PROVINCE,
            place=PLACE,
            source=SOURCE,
        ),
        by=NOBODY,
    )
    post = "Chủ tịch Liên hiệp các tổ chức hữu nghị thành phố"
    enter_holder("Nguyễn Ngọc Bình", friendship, by=NOBODY, post=post, source=SOURCE)
    return city, friendship


def _bloc(city: Organization) -> Bloc:
    return found_bloc(
        BlocFacts(
            name="các tổ chức xã hội, xã hội - nghề nghiệp thành phố",
            short_name="XH, XH-NN",
            kind=Bloc.Kind.BLOC,
            level=Level.PROVINCE,
            managing_body=city,
            place=PLACE,
            source=f"{SOURCE}; bản tin không nêu cơ quan quản lý, ghi nơi phát động phong trào",
        ),
        by=NOBODY,
    )


def _invented() -> list[Organization]:
    """Found the associations that stand for the members whom the report does not list."""
    return [
        found_organization(
            OrganizationFacts(
                name=f"Hội minh họa số {number} thành phố Đà Nẵng",
                short_name=f"Hội minh họa {number}",
                symbol=f"HMH{number}",
                kind=Organization.Kind.SOCIO_PROFESSIONAL,
                level=Level.PROVINCE,
                place=PLACE,
                source="MINH HỌA",
            ),
            by=NOBODY,
            is_illustration=True,
        )
        for number in range(1, INVENTED + 1)
    ]


def _year(bloc: Bloc, year: int, members: list[Organization], *, theme: str, summary: str) -> Cycle:
    """Found and open a year with its members; only 2023 has something invented in it."""
    facts = CycleFacts(province_theme=theme, summary=summary, source=SOURCE)
    cycle = found_cycle(bloc, by=NOBODY, year=year, facts=facts, is_illustration=year == DAY.year)
    join_together(cycle, members, by=NOBODY, basis=SOURCE)
    return open_cycle(cycle, by=NOBODY)


def _sign(covenant: Covenant, members: list[Organization]) -> None:
    """Freeze and sign on the day of the meeting; its hour is not told."""
    with deed(), clock.at(at_hour(DAY, 9, 30)):
        signers = [
            a_signer(number, unit, day=DAY) for number, unit in enumerate(members, FIRST_SIGNER)
        ]
        covenant = freeze_covenant(covenant, by=NOBODY, sign_by=DAY)
        sign_in_turn(covenant, signers, since=at_hour(DAY, 10))
