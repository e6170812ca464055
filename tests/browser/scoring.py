"""A year of eight units ready to be reported on and scored, and the steps that its people take."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from tests import factories as make
from tests.browser.people import Person
from tests.files import samples
from thidua.core import clock
from thidua.reporting.actions.periods import PeriodFacts, write_period
from thidua.reporting.models import Evidence, Period
from thidua.scoring.actions.adoption import adopt_table
from thidua.scoring.actions.tables import CriterionFacts, TableFacts, add_criterion, begin_table
from thidua.scoring.models import Card, Criterion, Sheet
from thidua.targets.models import Target

POINT = 100
UNITS = 8
FAMILIES, NURTURE = "I.1", "II.1"  # measured against the best; given by the scorer


@dataclass
class Year:
    """The world, with what the steps look for."""

    world: make.World
    period: Period

    def target(self, member: int) -> Target:
        """Return the member's one target."""
        return Target.objects.get(target_set__enrolment=self.world.enrolments[member])

    def card(self, member: int) -> Card:
        """Return the member's card."""
        return Card.objects.get(enrolment=self.world.enrolments[member])

    def sheet(self, member: int, kind: str) -> Sheet:
        """Return the sheet of a member's card in a layer."""
        return Sheet.objects.get(card=self.card(member), layer__kind=kind)

    def criterion(self, code: str) -> Criterion:
        """Return a criterion of the year's table."""
        return Criterion.objects.get(table__cycle=self.world.cycle, code=code)


def a_year() -> Year:
    """Make eight members with an agreed target each, a period to report for, a table in use."""
    world = make.a_bloc(UNITS)
    for member in range(UNITS):
        make.a_locked_set(world, member)
    year = clock.today().year
    facts = PeriodFacts(date(year, 1, 1), date(year, 12, 31), kind=Period.Kind.YEAR, name="Cả năm")
    period = write_period(world.cycle, facts, by=world.board)
    by = world.heads[0]
    table = begin_table(world.cycle, TableFacts("Bảng điểm thử", step=25), by=by)
    one = add_criterion(table, CriterionFacts("I", "Nhiệm vụ"), by=by)
    two = add_criterion(table, CriterionFacts("II", "Phong trào"), by=by)
    families = CriterionFacts(
        FAMILIES, "Gia đình văn hóa", "leader_relative", 50 * POINT, needs_evidence=True
    )
    known = CriterionFacts(
        "I.2", "Chỉ tiêu", "proportional", 20 * POINT, {"percent": "5"}, fact="targets_average"
    )
    nurture = CriterionFacts(NURTURE, "Nuôi dưỡng điển hình", "manual", 30 * POINT)
    for parent, leaf in ((one, families), (one, known), (two, nurture)):
        add_criterion(table, leaf, by=by, parent=parent)
    adopt_table(table, by=by)
    return Year(world, period)


def brings_a_file(person: Person, name: str, content: bytes) -> None:
    """Send a real file from the page's own form."""
    page = person.page
    page.locator("summary", has_text="Gửi tệp, ảnh").first.click()
    field = page.locator("input[type=file]").first
    field.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})
    person.presses("Gửi tệp")


def measures(person: Person, year: Year, member: int, number: str) -> None:
    """Note how far the target has come, with a picture and a PDF as evidence."""
    person.goes(reverse("reporting:target", args=[year.target(member).pk]))
    person.fills("Số đạt được", number)
    person.presses("Ghi kết quả")
    person.sees("hội viên")
    brings_a_file(person, "ảnh hội nghị.jpg", samples.picture(size=(40 + member, 20)))
    person.sees("ảnh hội nghị.jpg")
    brings_a_file(person, "danh sách.pdf", samples.PDF + f"% {member}\n".encode())
    person.sees("danh sách.pdf")


def reports(person: Person, year: Year) -> None:
    """Write the report and send it."""
    person.chooses("Việc của tôi")
    person.presses("Bắt đầu soạn")
    person.fills("Kết quả", "Đơn vị kết nạp hội viên ở cả 12 xã.")
    person.presses("Lưu và xem lại trước khi gửi")
    person.sees("Những gì sẽ gửi")
    person.presses("Gửi báo cáo")
    person.sees("đã gửi")


def scores_itself(person: Person, year: Year, member: int, actual: str, points: str) -> None:
    """Mark one's own card criterion by criterion, prove it, send it."""
    sheet = year.sheet(member, "self")
    leaf = year.criterion(FAMILIES)
    address = reverse("marking:mark", args=[sheet.pk, leaf.pk])
    person.goes(address)
    person.page.locator("summary", has_text="Dùng minh chứng đã có").click()
    proof = Evidence.objects.filter(enrolment=year.world.enrolments[member], kind="file").first()
    assert proof is not None
    person.page.get_by_label("Minh chứng đã có").select_option(value=str(proof.pk))
    person.presses("Dùng ở đây")
    person.sees("vào tiêu chí này")
    person.fills("Kết quả thực hiện", actual)
    person.fills("Chỉ tiêu", "100")
    person.presses("Ghi và sang tiếp")
    person.goes(reverse("marking:mark", args=[sheet.pk, year.criterion(NURTURE).pk]))
    person.fills("Điểm", points)
    person.presses("Ghi và xem cả phiếu")
    sends_marks(person, sheet)


def sends_marks(person: Person, sheet: Sheet) -> None:
    """Send a sheet from its confirm page."""
    person.goes(reverse("marking:send", args=[sheet.pk]))
    person.presses("Gửi điểm")
    person.sees("đã gửi")


def checks_blindly(person: Person, year: Year, sheet: Sheet, points: str, reason: str) -> None:
    """Check another's card: its own marks are seen, nobody else's; a difference has a reason."""
    for code in (FAMILIES, "I.2"):
        person.goes(reverse("marking:mark", args=[sheet.pk, year.criterion(code).pk]))
        person.sees("Tự chấm")
    person.goes(reverse("marking:whole", args=[sheet.pk]))
    person.presses("Lấy điểm")
    person.goes(reverse("marking:mark", args=[sheet.pk, year.criterion(NURTURE).pk]))
    if points:
        person.fills("Điểm", points)
        person.fills("Lý do", reason)
        person.presses("Ghi và xem cả phiếu")
    sends_marks(person, sheet)
