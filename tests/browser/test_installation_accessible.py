"""axe finds nothing on the pages of the set-up, of the operator, and of what keeps it all going."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import factories as make
from tests.browser.installation import Look, at_work, being_set_up, in_use
from tests.browser.people import Person
from tests.browser.test_accessible import look_at
from tests.browser.walking import judge, pages_of
from tests.browser.worlds import LONG
from tests.conftest import OpenPage
from tests.keeping.conftest import _sides_may_be_opened  # noqa: F401  (a backup opens one)
from thidua.core import clock
from thidua.cycles.actions.members import join_cycle

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path: Path) -> Path:
    """Give the installation folders of its own, and nothing told when it started."""
    settings.DATA_DIR = tmp_path
    settings.EMAIL_FROM_ENVIRONMENT = False
    settings.BACKUP_DIR = str(tmp_path / "backups")
    return tmp_path / "backups"


def test_every_page_of_the_set_up_is_accessible(open_page):
    assert looked_at(open_page, being_set_up()) >= 12


def test_every_page_of_a_house_at_work_is_accessible(open_page, shelf):
    assert looked_at(open_page, at_work(shelf)) >= 45


def test_every_page_of_a_house_in_use_is_accessible(open_page):
    assert looked_at(open_page, in_use()) >= 15


def looked_at(open_page: OpenPage, looks: Iterator[Look]) -> int:
    """Return how many pages were looked at; nothing may be wrong with any."""
    seen: dict[str, set[str]] = {}
    count = 0
    for viewer, only in looks:
        faults, number = look_at(open_page, viewer, pages_of(viewer, seen, only))
        assert faults == []
        count += number
    return count


def test_the_pages_that_only_a_form_leads_to_are_accessible(open_page):
    world = make.a_bloc(2)
    old = [make.an_organization(f"{LONG} {n}", parent=world.body) for n in (1, 2)]
    join_cycle(world.cycle, old[0], by=world.board)
    invited = make.head(old[0], name=LONG)
    board = Person(open_page())
    board.sits_down(world.board)
    faults = []

    board.goes("/tai-khoan/danh-sach/")
    board.ticks(make.user_of(invited).name)
    board.presses("In phiếu cho người đã chọn")
    faults += judge(board.page)
    board.presses("Làm phiếu để in")
    board.sees("1 phiếu mời")
    faults += judge(board.page)
    board.goes(f"/don-vi/{old[0].pk}/hop-nhat/")
    board.fills("Hợp nhất cùng với", old[1].name)
    board.fills("Tên đơn vị mới", f"{LONG} hợp nhất")
    board.fills("Số quyết định", "34/QĐ-TN")
    board.fills("Có hiệu lực từ ngày", f"{clock.today()}")
    board.presses("Xem những gì thay đổi")
    board.sees("Xem trước khi ghi")
    faults += judge(board.page)

    assert faults + board.faults == []
