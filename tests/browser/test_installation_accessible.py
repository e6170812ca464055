"""axe finds nothing on the pages of the set-up, of the operator, and of what keeps a house going."""

from pathlib import Path

import pytest

from tests.browser.installation import at_work, being_set_up
from tests.browser.test_accessible import look_at
from tests.browser.walking import pages_of
from tests.keeping.conftest import _sides_may_be_opened  # noqa: F401  (a backup opens one)

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
    assert looked_at(open_page, at_work(shelf)) >= 50


def looked_at(open_page, looks) -> int:
    """Return how many pages were looked at; nothing may be wrong with any."""
    seen: dict[str, set[str]] = {}
    count = 0
    for viewer, only in looks:
        found = pages_of(viewer, seen, only)
        print(viewer.acting.actor_name, found)
        faults, number = look_at(open_page, viewer, found)
        assert faults == []
        count += number
    return count
