"""axe finds nothing on the pages of papers: written, issued, withdrawn, checked, brought."""

from collections.abc import Callable, Iterator

import pytest

from tests import factories as make
from tests.browser import papers
from tests.browser.people import Person
from tests.browser.test_accessible import look_at
from tests.browser.walking import judge, pages_of
from tests.typesetting.decree_paper import paper
from tests.web.papers import a_paper, bytes_of

pytestmark = pytest.mark.django_db(transaction=True)
SCENES = {
    "written": (papers.written, 7),
    "issued": (papers.issued, 12),
    "brought": (papers.brought, 5),
}


@pytest.mark.parametrize("name", SCENES)
def test_every_page_of_papers_is_accessible(open_page, name: str):
    scene, least = SCENES[name]
    looks: Callable[[], Iterator[papers.Look]] = scene
    seen: dict[str, set[str]] = {}
    count = 0
    for viewer, only in looks():
        faults, number = look_at(open_page, viewer, pages_of(viewer, seen, only))
        assert faults == []
        count += number
    assert count >= least


def test_what_is_said_of_a_file_is_accessible(open_page):
    version = a_paper()
    content = bytes_of(version)
    visitor, officer = Person(open_page()), Person(open_page())
    officer.sits_down(make.officer(make.an_organization()))
    faults = []

    for file, words in ((content, "Đúng nguyên văn"), (content + b" ", "Không phải đúng tệp")):
        visitor.goes("/kiem-tra/")
        visitor.brings("Tệp văn bản", f"{papers.LONG}.pdf", file)
        visitor.presses("Đối chiếu tệp")
        visitor.sees(words)
        faults += judge(visitor.page)
    officer.goes("/the-thuc/")
    officer.brings("Tệp PDF", f"{papers.LONG}.pdf", paper(left="25mm"))
    officer.presses("Kiểm tra")
    officer.sees("quy định chưa đạt")
    faults += judge(officer.page)

    assert faults + visitor.faults + officer.faults == []
