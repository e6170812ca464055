"""Every paper as PDF, looked at with the tools that others have, not with ours alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest

from tests.papers.conftest import Paper
from tests.papers.telling import differing, nothing
from tests.typesetting.reading_back import text_of_pdf, told, words
from thidua.typesetting import _pdf_child
from thidua.typesetting.fonts import find_fonts
from thidua.typesetting.layout import check
from thidua.typesetting.reading import read_of
from thidua.typesetting.text import as_text

pytestmark = pytest.mark.django_db
Files = list[tuple[Paper, Path]]


@pytest.fixture(scope="module")
def files(papers: list[Paper], tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return each paper with its PDF."""
    folder = tmp_path_factory.mktemp("pdf")
    return [(paper, paper.write("pdf", folder)) for paper in papers]


def looked_at(files: Files, look: Callable[[Paper, Path], Iterator[str]]) -> list[str]:
    """Return what ``look`` finds wrong, each with the paper's name."""
    return [f"{paper.name}: {fault}" for paper, path in files for fault in look(paper, path)]


def test_every_kind_of_paper_is_among_them(papers):
    assert len({paper.name for paper in papers}) == len(papers)
    assert {paper.official.kind for paper in papers} == {
        *("covenant", "registration", "plan", "regulation", "scoring_table", "half_year_report"),
        *("year_report", "self_score", "cross_check", "score_summary", "result_notice", "reminder"),
    }


def test_pdffonts_shows_only_embedded_letters_of_the_one_expected_family(files):
    fonts = find_fonts()
    assert fonts.is_expected, fonts.family

    def look(_paper: Paper, path: Path) -> Iterator[str]:
        rows = [row.split() for row in told("pdffonts", path).splitlines()[2:]]
        if not rows:
            yield "no letters"
        for row in rows:
            is_family = row[0].partition("+")[2].startswith(fonts.family.replace(" ", ""))
            # Embedded, cut to what is used, readable as Unicode.
            if not is_family or row[-5:-2] != ["yes", "yes", "yes"]:
                yield " ".join(row)

    nothing(looked_at(files, look))


def test_pdftotext_gives_back_every_letter_in_the_order_in_which_it_is_read(files):
    def look(paper: Paper, path: Path) -> Iterator[str]:
        yield from differing(text_of_pdf(path, paper.official), words(as_text(paper.official)))

    nothing(looked_at(files, look))


def test_qpdf_finds_nothing_wrong(files):
    def look(_paper: Paper, path: Path) -> Iterator[str]:
        said = told("qpdf", "--check", path)
        if "No syntax or stream encoding errors found" not in said:
            yield said

    nothing(looked_at(files, look))


def test_each_is_to_be_archived_and_can_be_read_aloud(files):
    """PDF/A-2a: its mark, an output intent, a language, a title, a tree of tags."""

    def look(_paper: Paper, path: Path) -> Iterator[str]:
        with pikepdf.open(path) as pdf:
            mark, root = pdf.open_metadata(), pdf.Root
            wrong = {
                "mark": (mark.get("pdfaid:part"), mark.get("pdfaid:conformance")) != ("2", "A"),
                "output intent": root.OutputIntents[0].S != "/GTS_PDFA1",
                "language": str(root.get("/Lang")) != "vi",
                "tags": "/StructTreeRoot" not in root or not root.MarkInfo.Marked,
                "title": not mark.get("dc:title"),
            }
        yield from (what for what, is_wrong in wrong.items() if is_wrong)

    nothing(looked_at(files, look))


def test_no_rule_of_the_decree_is_broken(files):
    """The covenant is none of the decree's kinds: what it does not have is "not applicable"."""

    def look(paper: Paper, path: Path) -> Iterator[str]:
        official = paper.official
        read = read_of(_pdf_child.found_in(str(path), "layout", 500, 2_000_000))
        found = check(read, in_decree=official.in_decree, style=official.header.style)
        for one in found:
            if one.outcome == "not_met":
                yield f"{one.key}: {one.measured or 'not found'} (page {one.page})"

    nothing(looked_at(files, look))
