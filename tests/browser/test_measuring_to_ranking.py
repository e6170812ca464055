"""The second half of a year, by its people: from measuring to a ranking, and a correction of it.

Eight units, each at a browser of their own, every second one on a phone.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.people import Person
from tests.browser.scoring import (
    FAMILIES,
    NURTURE,
    UNITS,
    Year,
    a_year,
    checks_blindly,
    measures,
    reports,
    scores_itself,
    sends_marks,
)
from tests.conftest import DESKTOP, PHONE
from thidua.scoring.models import Result, Sheet

pytestmark = pytest.mark.django_db(transaction=True)
# What each did of a hundred families: the first far ahead of the others.
FAMILIES_WON = ("200", "150", "150", "120", "100", "90", "80", "50")
REASON = "Hồ sơ cho thấy một điển hình chưa được công nhận."


def test_eight_units_go_from_measuring_to_a_ranking_and_its_correction(open_page):
    year = a_year()
    people = [Person(open_page(size=(DESKTOP, PHONE)[n % 2])) for n in range(UNITS)]
    for person, acting in zip(people, year.world.heads, strict=True):
        person.sits_down(acting)

    for member, person in enumerate(people):
        measures(person, year, member, str(120 + member))
        reports(person, year)
        scores_itself(person, year, member, FAMILIES_WON[member], str(30 - member))
    cross_check(people, year)
    appraise(people, year)
    meet(people[0], year)
    publish(people, year)
    correct(people[1], people[0], year)

    assert [fault for person in people for fault in person.faults] == []


def cross_check(people: list[Person], year: Year) -> None:
    """The leader lets everybody check one other; nobody sees what another checker gave."""
    leader = people[0]
    leader.goes(reverse("marking:checks", args=[year.world.cycle.pk]))
    leader.presses("Giao")
    checks = list(Sheet.objects.filter(layer__kind="cross").order_by("pk"))
    assert len(checks) == UNITS
    members = [member.pk for member in year.world.members]
    for number, check in enumerate(checks):
        checker = members.index(check.organization_id)
        assert check.card.enrolment_id != year.world.enrolments[checker].pk
        checks_blindly(people[checker], year, check, "20" if number == 0 else "", REASON)


def appraise(people: list[Person], year: Year) -> None:
    """The leader appraises the others' cards, the deputy the leader's; never their own."""
    for member in range(UNITS):
        by = people[1] if member == 0 else people[0]
        address = reverse("marking:card", args=[year.card(member).pk])
        by.goes(address)
        by.presses("Bắt đầu thẩm định")
        sends_marks(by, year.sheet(member, "lead"))
    people[0].goes(reverse("marking:card", args=[year.card(0).pk]))
    expect(people[0].page.get_by_role("button", name="Bắt đầu thẩm định")).to_have_count(0)


def meet(leader: Person, year: Year) -> None:
    """The meeting changes one value, with its reason."""
    leader.goes(reverse("marking:card", args=[year.card(2).pk]))
    leader.presses("Ghi điểm hội nghị")
    sheet = year.sheet(2, "meeting")
    leader.goes(reverse("marking:mark", args=[sheet.pk, year.criterion(NURTURE).pk]))
    leader.fills("Điểm", "27,5")
    leader.fills("Lý do", "Hội nghị thống nhất 27,5 điểm.")
    leader.presses("Ghi và xem cả phiếu")
    sends_marks(leader, sheet)


def publish(people: list[Person], year: Year) -> None:
    """Draw up, hear an objection, adopt, publish; then everyone reads it."""
    leader, member = people[0], people[5]
    leader.goes(reverse("results:of_cycle", args=[year.world.cycle.pk]))
    leader.follows("Lập kết quả sơ bộ")
    leader.presses("Lập và báo các đơn vị")
    leader.sees("Đã lập kết quả sơ bộ, bản số 1")
    result = Result.objects.get()
    member.goes(reverse("results:object", args=[result.pk]))
    member.fills("Nội dung kiến nghị", "Đề nghị xem lại điểm nuôi dưỡng điển hình.")
    member.presses("Gửi kiến nghị")
    member.sees("Đã gửi kiến nghị")
    leader.goes(reverse("results:answer", args=[result.objections.get().pk]))
    leader.ticks("Không tiếp thu")
    leader.fills("Giải thích", "Đã xem lại, giữ nguyên điểm.")
    leader.presses("Gửi trả lời")
    leader.goes(reverse("results:adopt", args=[result.pk]))
    leader.fills("Số biên bản hội nghị", "01/BB-K ngày hôm nay")
    leader.presses("Ghi hội nghị thông qua")
    leader.sees("Đã ghi hội nghị thông qua.")
    publishes(leader, result)
    visitor = people[7]
    visitor.goes(reverse("results:whole", args=[result.pk]))
    visitor.sees(*(unit.name for unit in year.world.members))


def publishes(leader: Person, result: Result) -> None:
    """Publish a result for everyone, after reading it once more."""
    leader.goes(reverse("results:publish", args=[result.pk]))
    leader.ticks("Mọi người, kể cả người không có tài khoản")
    leader.presses("Công bố")
    leader.sees("Đã công bố")


def correct(deputy: Person, leader: Person, year: Year) -> None:
    """One value of the leading unit was wrong: by the formula everyone over their target moves."""
    first = Result.objects.get()
    standing = first.standings.get(enrolment=year.world.enrolments[0])
    before = {s.enrolment_id: s.total for s in first.standings.all()}
    leaf = year.criterion(FAMILIES)
    deputy.goes(reverse("results:correct", args=[standing.pk, leaf.pk]))
    deputy.fills("Giá trị đúng", "160")
    deputy.fills("Lý do đính chính", "Nhập nhầm 200 thay cho 160.")
    deputy.presses("Xem ai sẽ thay đổi")
    deputy.sees("Ai sẽ thay đổi", year.world.members[1].name)
    deputy.presses("Lập bản đính chính")
    second = Result.objects.get(number=2)
    publishes(leader, second)
    assert second.corrects == first
    after = {s.enrolment_id: s.total for s in second.standings.all()}
    moved = [e for e in year.world.enrolments if before[e.pk] != after[e.pk]]
    assert moved == [year.world.enrolments[n] for n in (1, 2, 3)]
    assert Result.objects.get(pk=first.pk).is_published
    deputy.goes(reverse("results:show", args=[first.pk]))
    deputy.sees("đã được đính chính")
    deputy.goes(reverse("results:show", args=[second.pk]))
    deputy.sees("Ai thay đổi so với bản số 1")
