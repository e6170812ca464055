"""Every paper of the demonstration, and one of each kind as long as it may get."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.typesetting.every import every_paper
from thidua.covenants.models import Covenant
from thidua.covenants.papers import covenant_paper, covenant_text
from thidua.cycles.models import Cycle
from thidua.cycles.queries import with_parts
from thidua.documents.actions import print_version
from thidua.documents.printing import tried
from thidua.paperwork.gathering import every_file, issued_files
from thidua.typesetting.official import Official
from thidua.typesetting.word import render_docx

HERE = Path(__file__).parent
UNIT = "Liên hiệp các Hội Khoa học và Kỹ thuật, Ủy ban Đoàn kết Công giáo tỉnh Minh Họa"
BLOC = "Khối thi đua các tổ chức chính trị - xã hội, xã hội - nghề nghiệp tỉnh Minh Họa"
Make = Callable[[], bytes]


@dataclass(frozen=True)
class Paper:
    """One paper as data, and how its PDF and its Word file come to be."""

    name: str
    official: Official
    forms: dict[str, Make]

    def write(self, form: str, folder: Path) -> Path:
        """Return its file, "pdf" or "docx", written into ``folder``."""
        path = folder / f"{self.name}.{form}"
        path.write_bytes(self.forms[form]())
        return path


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all of this folder, so that the quick suites leave it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.papers)


@pytest.fixture(scope="package")
def papers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Paper]]:
    """Return them all; the demonstration that they come from stands until the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_demo", if_empty=True)
        yield [*_of_years(), *_covenants(), *_long_ones()]
        transaction.set_rollback(True)


def _of_years() -> Iterator[Paper]:
    """What `manage.py papers` writes, but for the covenants: those are all below."""
    for cycle in with_parts(Cycle.objects.order_by("pk")):
        found: dict[str, Paper] = {}
        for file in every_file(cycle):
            key = file.line.key
            if key not in found:
                found[key] = Paper(f"{cycle.pk}-{key}", file.paper(), {})
            found[key].forms[Path(file.line.file).suffix[1:]] = file.read
        yield from (one for key, one in found.items() if not key.startswith("covenant-"))


def _covenants() -> Iterator[Paper]:
    for covenant in Covenant.objects.order_by("pk"):
        name = f"covenant-{covenant.pk}"
        if covenant.version is None:
            yield _fresh(name, covenant_paper(covenant, covenant_text(covenant)))
            continue
        print_version(covenant.version)
        issued = issued_files(covenant.cycle)
        own = [file for file in issued if file.line.code == covenant.version.code]
        files = [file for file in own if "-signed-" not in file.line.key]  # tests/pades
        assert len(files) == 2, covenant
        forms = {Path(file.line.file).suffix[1:]: file.read for file in files}
        yield Paper(name, files[0].paper(), forms)


def _long_ones() -> Iterator[Paper]:
    for official in every_paper(UNIT, BLOC):
        yield _fresh(f"long-{official.kind}", official)


def _fresh(name: str, official: Official) -> Paper:
    forms: dict[str, Make] = {
        "pdf": partial(tried, official),
        "docx": partial(render_docx, official),
    }
    return Paper(name, official, forms)
