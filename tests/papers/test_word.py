"""Every paper as Word file: LibreOffice opens it, and says the words that the PDF says."""

from pathlib import Path

import pytest

from scripts.debian import WORD
from tests.papers.conftest import Paper
from tests.papers.telling import differing, nothing
from tests.typesetting.reading_back import told, words
from thidua.typesetting.text import as_text

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened(papers: list[Paper], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with what LibreOffice reads in each; one start opens them all.

    It keeps its settings in a folder of ours, so whoever works with it is not in the way.
    """
    folder = tmp_path_factory.mktemp("word")
    settings = f"-env:UserInstallation={(folder / 'settings').as_uri()}"
    paths = [paper.write("docx", folder) for paper in papers]
    as_it_reads = ["--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder)]
    told("soffice", settings, *as_it_reads, *paths, part=WORD)
    return folder


def test_libreoffice_reads_in_each_the_words_of_the_pdf(papers, opened):
    """The PDF's are those of `as_text`: `test_pdf.py` holds each PDF against it.

    Left out: blanks (a cell's end is a line's end here), and what pages add, which LibreOffice does
    not write into a text: page numbers, repeated heads of tables, the watermark (a drawn shape),
    the picture of the code.
    """
    wrong = []
    for paper in papers:
        path = opened / f"{paper.name}.txt"
        if not path.is_file():
            wrong.append(f"{paper.name}: not opened")
            continue
        read = words(path.read_text(encoding="utf-8-sig"))
        wrong += [f"{paper.name}: {one}" for one in differing(read, words(as_text(paper.official)))]
    nothing(wrong)
