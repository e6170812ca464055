"""The English is complete: every sentence of today, with the same facts in it, and none beside."""

import ast
import gettext
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.checks import ROOT
from scripts.messages import MAY_CALL, PO, catalogue, gathered, words_of
from thidua.web.management.commands.compile_messages import compile_catalogue

CODE = ROOT / "thidua"
TEMPLATES = CODE / "web" / "templates"
# Letters that only Vietnamese has here: with a mark, or đ.
LETTERS = re.compile(r"[À-ÖØ-öø-ʯ\u0300-\u036fḀ-ỿ]")
FACT = re.compile(r"%\((\w+)\)([a-z])")
NAME = re.compile(r"\{\{?\s*(\w+)\s*\}?\}")
TAG = re.compile(r"</?\w[^>]*>")
BOLD = re.compile(r"<strong>(.*?)</strong>")
# What stays Vietnamese for an English reader: our name, examples of what is typed, search words.
QUOTED = (
    "Thi Đua",
    "“Khối thi đua”",
    "“Cụm thi đua”",
    "“LĐLĐ”",
    "“Hội CCB”",
    "“Nam Định 2023”",
    "Nam Định",
    "Đà Nẵng",
    "Thủ tướng Chính phủ",
    "Phó Chủ tịch",
    "Ban Thường trực",
    # what stands on official papers, which are Vietnamese for every reader
    "LĐLĐ",
    "NĐ-CP",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "ĐẢNG CỘNG SẢN VIỆT NAM",
    "ĐOÀN TNCS HỒ CHÍ MINH",
    "%(place)s, ngày %(day)s tháng %(month)s năm %(year)s",
    "Hội đồng Thi đua - Khen thưởng tỉnh",
    "Nghị định (decree)",
    "Quyết định (decision)",
    "Số:",
    "“Nơi nhận:”",
    "“Lưu: …”",
    "“Phụ lục …”",
    "Chương I",
    "Điều 1. …",
    "MTTQ",
    "Chủ tịch (chair)",
    "KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
)
# Vietnamese in every language: how text is folded, what the law calls things, what is invented
# for the demonstration, what the operator reads in two languages, how the paper's lines read, how
# sheets name a bloc, and the words of papers, which are records (docs/decisions/0006).
VIETNAMESE_CODE = (
    "core/text.py",
    "imports/kinds/rankings.py",
    "imports/reading/letters.py",
    "lawbook/",
    "pades/",
    "demo/",
    "management/",
    "migrations/",
    "documents/actions/papers.py",
    "documents/verifying.py",
    "web/covenants/paper.py",
    "web/covenants/papers.py",
    "web/supervisor.py",
    "reporting/wording.py",
    "scoring/library/",
    "typesetting/",
)
TRANSLATED = re.compile(
    r"\{% comment %\}.*?\{% endcomment %\}"
    r"|\{#.*?#\}"
    r"|\{% blocktranslate\b.*?\{% endblocktranslate %\}"
    r"|\{% translate .*?%\}"
    r"|_\(\"[^\"]*\"\)|_\('[^']*'\)",
    re.DOTALL,
)
WORDS = sorted(path for path in TEMPLATES.rglob("*") if path.suffix in (".html", ".txt"))
LANGUAGE_NAMES = "Tiếng Việt"

KEPT = catalogue()
SENTENCES = [message for message in KEPT if message.id]


def forms(text: Any) -> tuple[str, ...]:
    """Return a sentence alone, or its forms for one and for many."""
    return text if isinstance(text, tuple) else (text,)


# Each sentence with each form of its English.
PAIRS = [(forms(m.id)[0], theirs) for m in SENTENCES for theirs in forms(m.string) if theirs]


def unlike(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Return the pairs of a sentence and its English in which ``pattern`` finds other things."""
    found = pattern.findall
    return [(ours, theirs) for ours, theirs in PAIRS if set(found(ours)) != set(found(theirs))]


def test_the_catalogue_holds_exactly_the_sentences_of_today() -> None:
    today = {(str(m.id), m.context) for m in gathered(KEPT) if m.id}
    kept = {(str(m.id), m.context) for m in SENTENCES}
    assert sorted(today - kept, key=str) == [], "run: .venv/bin/python -m scripts.messages"
    assert sorted(kept - today, key=str) == [], "run: .venv/bin/python -m scripts.messages"


def test_every_sentence_has_its_english_in_each_form() -> None:
    assert [
        message.id
        for message in SENTENCES
        if len(forms(message.string)) != len(forms(message.id)) or not all(forms(message.string))
    ] == []
    assert not any(message.fuzzy for message in SENTENCES)


@pytest.mark.parametrize("pattern", [FACT, NAME], ids=["%(name)s", "{name}"])
def test_every_fact_stands_in_the_english_by_the_same_name_and_type(
    pattern: re.Pattern[str],
) -> None:
    assert unlike(pattern) == []


def test_every_tag_recurs_in_the_english() -> None:
    tags = TAG.findall
    assert [pair for pair in PAIRS if sorted(tags(pair[0])) != sorted(tags(pair[1]))] == []


def test_a_button_named_in_the_help_is_named_as_it_reads_on_the_page() -> None:
    labels = dict(PAIRS)
    wrong = []
    for pair in PAIRS:
        for ours, theirs in zip(*(BOLD.findall(text) for text in pair), strict=True):
            if labels.get(ours, theirs) != theirs:
                wrong.append((ours, theirs, labels[ours]))
    assert wrong == []


def test_no_english_has_vietnamese_letters_but_in_quoted_terms() -> None:
    assert [theirs for _ours, theirs in PAIRS if LETTERS.search(without(QUOTED, theirs))] == []


def test_the_english_ends_as_the_sentence_does() -> None:
    ends = re.compile(r"[.?:]$").findall
    assert [pair for pair in PAIRS if ends(pair[0]) != ends(pair[1])] == []
    assert [theirs for _ours, theirs in PAIRS if theirs != theirs.strip()] == []


def without(terms: tuple[str, ...], text: str) -> str:
    """Return ``text`` in NFC without the ``terms``."""
    text = unicodedata.normalize("NFC", text)
    for term in terms:
        text = text.replace(term, "")
    return text


def test_the_compiled_catalogue_loads_and_answers_in_english(tmp_path: Path) -> None:
    source = tmp_path / PO.name
    source.write_bytes(PO.read_bytes())
    assert compile_catalogue(source)
    with source.with_suffix(".mo").open("rb") as compiled:
        loaded = gettext.GNUTranslations(compiled)
    assert loaded.gettext("Việc của tôi") == "My work"
    one, many = (loaded.ngettext("%(count)s đơn vị", "%(count)s đơn vị", n) for n in (1, 2))
    assert (one, many) == ("%(count)s unit", "%(count)s units")


def test_no_template_writes_vietnamese_past_the_translation() -> None:
    found = []
    for path in WORDS:
        left = TRANSLATED.sub("", path.read_text(encoding="utf-8")).replace(LANGUAGE_NAMES, "")
        place = path.relative_to(TEMPLATES).as_posix()
        found += [f"{place} {text.strip()}" for text in left.splitlines() if LETTERS.search(text)]
    assert found == []


def codes() -> list[tuple[str, Path]]:
    """Return the code of the program, file by file."""
    return [(path.relative_to(CODE).as_posix(), path) for path in sorted(CODE.rglob("*.py"))]


def untranslated(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines and texts of Vietnamese literals outside docstrings and translation."""
    source = path.read_text(encoding="utf-8")
    if not LETTERS.search(source) and "\\" not in source:
        return
    for line, text in words_of(path).texts:
        if LETTERS.search(without(QUOTED, text)):
            yield line, text


def test_the_translation_is_asked_for_plain_sentences_only() -> None:
    """What is put together first stands in no catalogue; a name may hold a sentence kept whole."""
    assert [
        f"{place}:{node.lineno}"
        for place, path in codes()
        if MAY_CALL.search(path.read_text(encoding="utf-8"))
        for node in words_of(path).calls
        if not (node.args and isinstance(node.args[0], ast.Constant | ast.Name | ast.Attribute))
    ] == []


def test_no_sentence_is_broken_over_lines() -> None:
    assert [m.id for m in SENTENCES if "\n" in forms(m.id)[0]] == []


def test_the_code_writes_no_vietnamese_past_the_translation() -> None:
    found = []
    for place, path in codes():
        if not any(part in place for part in VIETNAMESE_CODE):
            found += [f"{place}:{line} {text}" for line, text in untranslated(path)]
    assert found == []
