"""Marking in a browser: by keyboard alone, saved while typing, two at once, on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.browser.people import Person
from tests.browser.test_keyboard import tab_to
from tests.browser.walking import judge
from tests.conftest import PHONE
from tests.files import samples
from tests.scoring.factories import a_self_score, a_table, criterion, sheet_of
from tests.scoring.steps import a_check
from thidua.reporting.actions.evidence import EvidenceFacts, keep_evidence
from thidua.scoring.actions.proving import prove
from thidua.scoring.models import Mark, Sheet

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    world = make.a_bloc(3)
    a_table(world)
    return world


def at(sheet: Sheet, code: str) -> str:
    """Return where a criterion is marked."""
    return reverse("marking:mark", args=[sheet.pk, criterion(sheet.card.table, code).pk])


def on(page: Page, code: str) -> None:
    """Wait until the page of a criterion stands, with the focus in its mark."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{code}.")
    expect(page.locator("[name=value]:focus")).to_have_count(1)


def give(page: Page, code: str, *keys: str) -> None:
    """On the page of a criterion, press these keys."""
    on(page, code)
    for key in keys:
        page.keyboard.press(key)


def mend(page: Page, points: str) -> None:
    """Go from the sentence about a mark to its field, and write another there."""
    told = "Điểm: Cao hơn điểm tối đa 40."
    expect(page.get_by_text(told)).to_be_visible()
    tab_to(page, told)
    for key in ("Enter", "Control+a", *points):
        page.keyboard.press(key)


def test_keyboard_alone_can_mark_a_whole_card(open_page, world):
    """“Keyboard alone can mark a whole card”: from the first criterion until it is sent."""
    sheet = sheet_of(world, 2)
    person = Person(open_page())
    person.sits_down(world.heads[2])
    page = person.page
    person.goes(reverse("marking:sheet", args=[sheet.pk]))

    give(page, "I.1", *"35,5", "Enter")
    give(page, "I.2", "ArrowDown", "Alt+ArrowDown")  # the best of the steps
    give(page, "II.1", *"41", "Enter")
    mend(page, "40")
    page.keyboard.press("Alt+ArrowUp")
    give(page, "I.2", "Alt+ArrowDown")
    give(page, "II.1", "Enter")
    give(page, "B.1", "0", "Enter")
    give(page, "T.1", "0", "Enter")
    for words in ("Xem lại và gửi", "Gửi điểm"):
        expect(page.get_by_text(words).first).to_be_visible()
        tab_to(page, words)
        page.keyboard.press("Enter")
    person.sees("Đã gửi điểm")

    assert Sheet.objects.get(pk=sheet.pk).is_sent
    points = {m.criterion.code: m.points for m in Mark.objects.filter(sheet=sheet)}
    assert points == {"I.1": 3550, "I.2": 2000, "II.1": 4000, "B.1": 0, "T.1": 0}
    assert person.faults == []


def test_what_is_typed_is_saved_by_itself_and_the_total_follows(open_page, world):
    a_self_score(world, 2, I_1=30)
    check = a_check(world, 2, 1)
    person = Person(open_page())
    person.sits_down(world.heads[1])
    page = person.page
    person.goes(at(check, "I.1"))
    told, here = page.get_by_role("status").last, page.locator(".criterion[aria-current]")

    page.get_by_label("Điểm", exact=True).fill("28")

    expect(told).to_contain_text("Đã lưu")
    expect(page.locator("[data-total]")).to_have_text("48")
    expect(page.locator("[data-need]")).to_contain_text("cần ghi lý do")
    expect(here).to_contain_text("còn thiếu")
    page.get_by_label("Lý do").fill("Thiếu một biên bản")
    expect(here).to_contain_text("khác lớp trước")
    expect(page.locator("[data-need]")).to_be_hidden()
    page.get_by_label("Điểm", exact=True).fill("bốn mươi")
    expect(told).to_contain_text("Chưa lưu được")
    expect(page.locator(".field__errors")).to_contain_text("chưa phải là số điểm")
    page.get_by_label("Điểm", exact=True).fill("28,5")
    expect(page.locator(".field__errors")).to_have_count(0)
    expect(told).to_contain_text("Đã lưu")
    page.reload()
    expect(page.get_by_label("Điểm", exact=True)).to_have_value("28,5")
    assert Mark.objects.filter(sheet=check).count() == 1
    assert person.faults == []


def test_two_at_one_card_are_told_of_each_other(open_page, world):
    sheet = sheet_of(world, 2)
    first, second = Person(open_page()), Person(open_page())
    first.sits_down(world.heads[2])
    second.sits_down(make.officer(world.members[2]))
    for person in (first, second):
        person.goes(at(sheet, "I.1"))

    first.page.get_by_label("Điểm", exact=True).fill("30")
    expect(first.page.get_by_role("status").last).to_contain_text("Đã lưu")
    second.page.get_by_label("Điểm", exact=True).fill("35")

    told = second.page.get_by_role("status").last
    expect(told).to_contain_text(f"{world.heads[2].user.name} cũng vừa chấm tiêu chí I.1: 30 điểm")
    expect(told).to_contain_text("Cả hai điểm đều được giữ")
    assert Mark.objects.filter(sheet=sheet).count() == 2


def test_a_broken_line_keeps_what_was_typed_and_saves_it_later(open_page, world):
    sheet = sheet_of(world, 2)
    person = Person(open_page())
    person.sits_down(world.heads[2])
    page = person.page
    person.goes(at(sheet, "I.1"))
    page.context.set_offline(True)

    page.get_by_label("Điểm", exact=True).fill("30")
    expect(page.get_by_role("status").last).to_contain_text("mất kết nối")
    page.context.set_offline(False)
    page.get_by_label("Diễn giải").fill("Ba việc lớn")

    expect(page.get_by_role("status").last).to_contain_text("Đã lưu")
    assert Mark.objects.get(sheet=sheet).points == 3000


def test_on_a_phone_the_bar_stays_in_sight_and_covers_nothing(open_page, world):
    sheet = sheet_of(world, 2)
    facts = EvidenceFacts("file", file=samples.sent(samples.picture(), "Lễ phát động.jpg"))
    evidence = keep_evidence(world.enrolments[2], facts, by=world.heads[2])
    leaf = criterion(sheet.card.table, "I.1")
    prove(sheet.card, leaf, evidence, by=world.heads[2])
    person = Person(open_page(size=PHONE))
    person.sits_down(world.heads[2])
    page = person.page
    person.goes(at(sheet, "I.1"))

    onward = page.get_by_role("button", name="Ghi và sang tiếp")
    expect(onward).to_be_in_viewport()
    expect(page.locator(".preview img")).to_be_visible()
    field = page.get_by_label("Điểm", exact=True)
    field.focus()
    box, bar = field.bounding_box(), page.locator(".split__bar").bounding_box()
    assert box is not None
    assert bar is not None
    assert box["y"] + box["height"] <= bar["y"] or box["y"] >= bar["y"] + bar["height"]
    field.fill("30")
    person.presses("Ghi và sang tiếp")
    person.sees("I.2.")
    person.goes(at(sheet, "I.1"))
    assert judge(page) == []
    assert person.faults == []
