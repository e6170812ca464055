"""Tỉnh Minh Họa, which does not exist: its board, twelve associations, their people.

Two blocs live here, in a state in which each job can be done today: `minh_hoa_cum` registers
targets and talks about a draft, `minh_hoa_khoi` is in the middle of its signing round.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from thidua.accounts.acting import NOBODY, Acting
from thidua.accounts.actions import Terms
from thidua.accounts.models import Appointment
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.demo.acts import symbol_from
from thidua.demo.cast import Role, acting_as, play
from thidua.movements.actions import MovementFacts, launch_movement
from thidua.movements.models import Movement
from thidua.organizations.actions import OrganizationFacts, enter_office, found_organization
from thidua.organizations.models import Level, Organization

PLACE = "Minh Họa"
MARK = "MINH HỌA"
SUPERIOR = "Sở Nội vụ tỉnh Minh Họa"
CLUSTER = {
    "trong-cay": "Hội Trồng cây",
    "doc-sach": "Hội Đọc sách",
    "di-bo": "Hội Đi bộ",
    "nuoi-ong": "Hội Nuôi ong",
    "tha-dieu": "Hội Thả diều",
    "hat-ru": "Hội Hát ru",
}
BLOC = {
    "nghe-gom": "Hội Nghề gốm",
    "nghe-moc": "Hội Nghề mộc",
    "nghe-theu": "Hội Nghề thêu",
    "nghe-dan": "Hội Đan lát",  # has another name from this year on
    "nghe-in": "Hội Nghề in",
    "nghe-ren": "Hội Nghề rèn",
}
HEADS = {
    "trong-cay": "truong.cum",
    "doc-sach": "pho.cum",
    "di-bo": "truong.di-bo",
    "nuoi-ong": "hai-don-vi",
    "tha-dieu": "truong.tha-dieu",
    "hat-ru": "truong.hat-ru",
    "nghe-gom": "truong.khoi",
    "nghe-moc": "pho.khoi",
    "nghe-theu": "truong.nghe-theu",
    "nghe-dan": "truong.nghe-dan",
    "nghe-in": "het-quyen",
    "nghe-ren": "truong.nghe-ren",
}
OFFICERS = (
    ("can-bo.cum", "trong-cay"),
    ("can-bo.di-bo", "di-bo"),
    ("can-bo.nuoi-ong", "nuoi-ong"),
    ("hai-don-vi", "nghe-dan"),
    ("can-bo.nghe-in", "nghe-in"),
)


@dataclass(frozen=True)
class Province:
    """The fictional province on the day the demonstration is built."""

    today: date
    body: Organization
    board: Acting
    units: dict[str, Organization]
    appointments: dict[str, Appointment]
    movements: list[Movement]

    def day(self, ago: int, *, years: int = 0) -> date:
        """Return the day so many days ago, and so many times 365 days before that."""
        return self.today - timedelta(days=ago + 365 * years)

    def head(self, unit: str) -> Acting:
        """Return who heads a unit, acting for it."""
        return acting_as(HEADS[unit], self.units[unit])

    def heads(self, units: dict[str, str]) -> list[Acting]:
        """Return the heads of these units, in their order."""
        return [self.head(unit) for unit in units]


def build_province() -> Province:
    """Found the board and the associations, and give the cast its accounts and rights."""
    today = clock.today()
    since = date(today.year - 2, 1, 1)
    with deed(), clock.at(since):
        body = _found("Ban Thi đua - Khen thưởng", "Ban TĐKT", Organization.Kind.BOARD)
        play("ban.tdkt", body, Role.BOARD, Terms(since=since, post="Trưởng ban"))
        board = acting_as("ban.tdkt", body)
        units = {
            slug: _found(name, name, Organization.Kind.SOCIAL, by=board)
            for slug, name in CLUSTER.items()
        } | {
            slug: _found(name, name, Organization.Kind.SOCIO_PROFESSIONAL, by=board)
            for slug, name in BLOC.items()
        }
        terms = Terms(since=since, post="Chủ tịch", collective="Ban Chấp hành")
        appointments = {
            slug: play(username, units[slug], Role.HEAD, terms) for slug, username in HEADS.items()
        }
        for slug, held in appointments.items():
            person = held.user.person
            enter_office(person, units[slug], by=NOBODY, post=held.post, since=since, source=MARK)
        for username, slug in OFFICERS:
            play(username, units[slug], Role.OFFICER, Terms(since=since, post="Cán bộ"))
        movements = _movements(board, body, since.year)
    return Province(today, body, board, units, appointments, movements)


def _movements(board: Acting, body: Organization, year: int) -> list[Movement]:
    """Launch the province's movements; the last is for a visitor to adopt."""
    council = "Ủy ban nhân dân tỉnh Minh Họa"
    told = [
        ("Minh Họa xanh, sạch, đẹp", "12/QĐ-MH", year + 4),
        ("Mỗi hội một việc tử tế", "13/QĐ-MH", year + 4),
        ("Học chữ số cùng người cao tuổi", "14/QĐ-MH", year + 3),
    ]
    return [
        launch_movement(
            MovementFacts(
                name=name,
                level=Level.PROVINCE,
                launcher=council,
                decision_number=number,
                decision_on=date(year, 1, 1),
                first_year=year,
                last_year=last_year,
                period_source=MARK,
                source=MARK,
            ),
            by=board,
            owner=body,
            is_illustration=True,
        )
        for name, number, last_year in told
    ]


def _found(name: str, short_name: str, kind: str, *, by: Acting = NOBODY) -> Organization:
    """Enter a unit; the board keeps those that it enters (decision 5)."""
    facts = OrganizationFacts(
        name=f"{name} tỉnh Minh Họa",
        short_name=short_name,
        symbol=symbol_from(short_name),
        superior=SUPERIOR if kind == Organization.Kind.BOARD else "",
        kind=kind,
        level=Level.PROVINCE,
        place=PLACE,
        officer_may_send=name == CLUSTER["di-bo"],
        source=MARK,
    )
    return found_organization(facts, by=by, is_illustration=True)
