"""Gather the sentences to translate from Python and templates into locale/en, with Babel alone.

What was translated stays, what is gone goes, what is new comes empty. No gettext program.
"""

import ast
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from scripts.checks import ROOT

PO = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
# The functions that translate. "_now" is how models call the one that answers at once.
KEYWORDS = {
    "_",
    "_now",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}
# Before a file is read as code: may it call one of them?
MAY_CALL = re.compile(rf"\b(?:{'|'.join(KEYWORDS)})\s*\(")
# What Django's `templatize` leaves of a template: calls with string arguments.
CALL = re.compile(
    r"\b(_|n?gettext|pgettext)\("
    r"((?:u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")(?:, )?)+)(?:count)?\)"
)
Found = tuple[str | tuple[str, str], str | None]


def sentences() -> dict[tuple[str | tuple[str, str], str | None], None]:
    """Return every sentence of ours once, in the order of files: (id or (id, plural), context)."""
    found: dict[Found, None] = {}
    for path in sorted((ROOT / "thidua").rglob("*")):
        if "migrations" in path.parts:
            continue
        if path.suffix == ".py":
            found.update(dict.fromkeys(_in_python(path)))
        elif path.suffix in (".html", ".txt"):
            found.update(dict.fromkeys(_in_template(path)))
    return {message: None for message in found if message[0]}


@dataclass(frozen=True)
class Words:
    """What a file of code says: its calls that translate, and its texts past them with lines.

    What stands alone, as a docstring does, is no text of the program.
    """

    calls: list[ast.Call] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)


@cache
def words_of(path: Path) -> Words:
    """Read a file of code once for all who ask; its tree is not kept."""
    words = Words()
    todo: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                words.texts.append((node.lineno, node.value))
        elif isinstance(node, ast.Call) and called(node) in KEYWORDS:
            words.calls.extend(_calls_within(node))
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            todo.extend(ast.iter_child_nodes(node))
    return words


def _calls_within(call: ast.Call) -> Iterator[ast.Call]:
    for node in ast.walk(call):
        if isinstance(node, ast.Call) and called(node) in KEYWORDS:
            yield node


def _in_python(path: Path) -> Iterator[Found]:
    """Read the tree and not the tokens: a sentence may stand inside an f-string."""
    if not MAY_CALL.search(path.read_text(encoding="utf-8")):
        return
    for node in words_of(path).calls:
        given = [part.value for part in node.args if isinstance(part, ast.Constant)]
        yield from _found(called(node), [text for text in given if isinstance(text, str)])


def called(node: ast.Call) -> str:
    """Return the bare name of the function that ``node`` calls; empty where it has none."""
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _in_template(path: Path) -> Iterator[Found]:
    for call, arguments in CALL.findall(templatize(path.read_text(encoding="utf-8"))):
        # `templatize` doubles the per cent signs of plain translations, as gettext's own tool does.
        yield from _found(call, ast.literal_eval(f"({arguments.rstrip(', ')},)"))


def _found(call: str, texts: Sequence[str]) -> Iterator[Found]:
    """Yield what a call with these texts asks for; nothing where a text is not written out."""
    if call.startswith("ngettext") and len(texts) == 2:
        yield (texts[0], texts[1]), None
    elif call.startswith("pgettext") and len(texts) == 2:
        yield texts[1], texts[0]
    elif len(texts) == 1:
        yield texts[0], None


def catalogue() -> Catalog:
    """Return the English catalogue as it is kept."""
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def gathered(kept: Catalog) -> Catalog:
    """Return a catalogue of exactly today's sentences, with the translations that were kept."""
    new = Catalog(locale="en", project="Thi Đua", charset="utf-8", fuzzy=False)
    # One fixed moment, so that gathering nothing new changes nothing.
    new.creation_date = new.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    new.header_comment = "# English of Thi Đua. The source language is Vietnamese."
    for identity, context in sentences():
        first = identity[0] if isinstance(identity, tuple) else identity
        before: Message | None = kept.get(first, context)
        string: Any = before.string if before else ""
        if isinstance(identity, tuple) and not isinstance(string, tuple):
            string = ("", "")
        new.add(identity, string, context=context)
    return new


def main() -> None:
    """Write the catalogue anew and say how many sentences wait for their English."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    PO.parent.mkdir(parents=True, exist_ok=True)
    kept = catalogue() if PO.exists() else Catalog(locale="en")
    new = gathered(kept)
    with PO.open("wb") as file:
        write_po(file, new, omit_header=False, sort_output=True, width=0, no_location=True)
    waiting = sum(1 for m in new if m.id and not (m.string and all(m.string)))
    print(f"{len(new)} câu, {waiting} câu chưa có tiếng Anh.")


if __name__ == "__main__":
    main()
