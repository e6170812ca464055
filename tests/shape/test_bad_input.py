"""Each kind of bad input that the program must meet has a test whose docstring quotes it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINES = [
    "Two heads signing at the same instant",
    "one signing twice",
    "signing for another organization",
    "with an ended appointment",
    "after unfreezing",
    "after the round closed",
    "a covenant text changed behind the frozen digest (every page then says that it no longer "
    "matches)",
    "TUQ. without an authorisation or outside its dates",
    "a target with no number",
    "negative where that has no sense",
    "10^30",
    "text in a number",
    "due before the year",
    '"1.234" and "12,5" (what was understood is shown back)',
    "a bloc with one member, with no deputy, with 200",
    "a member that leaves between freezing and signing",
    "a name in decomposed Unicode, of 300 letters, with markup",
    "a form sent twice",
    "a session that expired while typing (the text is there after sign-in)",
    "a wrong password 20 times",
    "a database locked or read-only",
    # Evidence
    "0 bytes",
    "over the limit",
    "an .exe named .pdf",
    "a name of 300 Vietnamese letters or with `../`",
    "a zip bomb",
    "a picture with its position inside (stripped)",
    "the connection cut in the middle",
    # Scoring tables
    "two criteria with one code",
    "maximum 0 or negative",
    "bands that overlap or leave 79.5 % out",
    "a cap under one unit",
    "a target of 0 under proportional",
    "leader_relative with one unit or without data",
    "2,000 criteria",
    "10 levels",
    # Marks
    "over the maximum",
    "three decimals",
    "off the table's step",
    "NaN",
    '"１２"',
    '"12,5" and "12.5"',
    "for a criterion of another version",
    "by someone without the right at that layer",
    "two scorers at once on one card (both kept, the second is told)",
    "a table changed under open cards",
    "a unit that left",
    "all tied",
    "nobody scored",
    # Reports
    "after the deadline (accepted, marked late)",
    "after the phase closed (refused)",
    "a measurement that jumps a thousandfold (asked, not refused)",
    # Safe keeping
    "A restore over a newer database, from a damaged or truncated backup, on another version.",
    "The disk full during an upload and during a backup.",
    # Background work
    "A worker killed in the middle",
    "The clock set back an hour",
    # Mail
    "A mail server that refuses, is slow, is down for a day",
    # Organisations that change
    "before the founding",
    "of a unit with itself",
    "in the middle of signing",
    "a circular parent",
    # Sheets
    "merged cells",
    "hidden rows",
    "formulas for values",
    "dates as numbers",
    ".xls",
    "CSV in Windows-1258 and in UTF-8 with BOM",
    "TCVN3-encoded (.VnTime) text (recognised, converted, said so)",
    "a password",
    "100,000 rows",
    "two rows for one organisation",
    "a person without a unit",
    "an e-mail twice",
    # Papers
    "a template that fails (the officer sees a sentence, the operator the cause)",
    "a PDF of another paper",
    "ours with one byte changed",
    "ours re-saved by another program",
    "an encrypted, damaged, 200 MB or 0-byte PDF",
    "a DOCX named .pdf",
    "text that begins with = + - @ (kept, neutralised on the way out)",
    # Papers, as they are set
    "Names of 300 letters",
    "60 members",
    "a target's text of 5,000 letters",
    "a table of 500 rows",
    "rare letters and emoji in a free text",
    "Typst markup typed into a field (`#`, `$`, `@`, `\\`) printed as typed",
    "no fonts installed",
    # Numbers and headers
    "an organisation without a header",
    "without a head, with two heads on the day",
    "a day before its founding",
    "two officers issuing the same number",
    # Signatures
    "A PDF of another covenant",
    "ours with one byte changed",
    "re-saved",
    "with an added page",
    "with an annotation over the text",
    "with a form field after signing",
    "a certificate that is expired",
    "revoked",
    "self-signed",
    "of another organisation",
    "with a weak digest",
    "a signature made before freezing",
    "a PKCS#12 with a wrong password",
    "a token pulled out in the middle",
    "two members finishing at the same instant in turn and side by side (both count)",
    "the process killed between signing and storing (complete or absent, never half)",
    "a time-stamping server that is down (B-B, and says so)",
    "or lies about the time",
    "a replayed, foreign or cloned passkey answer",
    "a head whose appointment ends between opening and signing",
    "the projector left without a network for ten minutes",
]


def _docstrings() -> str:
    found = []
    for path in ROOT.rglob("test_*.py"):
        if path == Path(__file__):
            continue
        found += [
            " ".join((ast.get_docstring(node) or "").split())
            for node in _tests(ast.parse(path.read_text(encoding="utf-8")))
        ]
    return "\n".join(found)


def _tests(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Yield the tests as pytest finds them: at the top of a file or of a class."""
    for node in tree.body:
        parts = node.body if isinstance(node, ast.ClassDef) else [node]
        for part in parts:
            if isinstance(part, ast.FunctionDef) and part.name.startswith("test_"):
                yield part


def test_a_test_quotes_each_line():
    docstrings = _docstrings().lower()
    assert [line for line in LINES if line.lower() not in docstrings] == []
