"""Bản giao ước thi đua: what the members of a bloc promise each other, with targets annexed.

NĐ 30 does not name it as a kind of paper; offices lay it out as one all the same (domain.md 3).
"""

from dataclasses import dataclass, field
from datetime import date

from thidua.typesetting.official import (
    Annex,
    Block,
    Header,
    HeaderStyle,
    Heading,
    Items,
    Official,
    Paragraph,
    Signatory,
    Table,
)

PARTIES_HEADING = "CÁC ĐƠN VỊ THAM GIA GIAO ƯỚC"
ANNEX_TITLE = "CHỈ TIÊU CÁC ĐƠN VỊ ĐĂNG KÝ"
NOT_AGREED = "(chưa thống nhất chỉ tiêu)"
HEAD = ["TT", "Chỉ tiêu", "Thực hiện trong năm", "Năm trước", "Hạn"]
CAPACITY = ["ĐẠI DIỆN LÃNH ĐẠO"]


@dataclass(frozen=True)
class Promise:
    """One target as the annex names it, each part in words; ``baseline`` and ``due`` may be ""."""

    name: str
    promise: str
    baseline: str = ""
    due: str = ""


@dataclass(frozen=True)
class CovenantFacts:
    """What the covenant says: exactly the words that members confirm, and what frames them.

    ``title`` is "BẢN GIAO ƯỚC THI ĐUA NĂM …", ``of`` the bloc. ``clauses`` are headings with their
    lines, ``annex`` members with their targets (none: not agreed yet; an empty annex: none is
    drawn). ``signers`` are the members, lead first. ``dated`` is the day of freezing.
    """

    title: str
    of: str
    superior: str
    place: str
    dated: date | None
    bases: list[str]
    opening: str
    parties: list[str]
    clauses: list[tuple[str, list[str]]]
    annex: list[tuple[str, list[Promise]]]
    signers: list[str] = field(default_factory=list)
    style: HeaderStyle = "state"


def compose(facts: CovenantFacts) -> Official:
    """Return the covenant as a paper. Who has signed does not stand on it: that comes later."""
    return Official(
        kind="covenant",
        header=Header(body=facts.of.upper(), superior=facts.superior.upper(), style=facts.style),
        type_name=facts.title,
        title=facts.of,
        place=facts.place,
        dated=facts.dated,
        bases=facts.bases,
        body=_body(facts),
        signatories=[Signatory(capacity=CAPACITY, party=name) for name in facts.signers],
        annexes=[_annex(facts)] if facts.annex else [],
        in_decree=False,
    )


def _body(facts: CovenantFacts) -> list[Block]:
    body: list[Block] = [Paragraph(line) for line in facts.opening.split("\n") if line.strip()]
    body.append(Heading(PARTIES_HEADING, level="part"))
    body.append(Items([f"{n}. {name}" for n, name in enumerate(facts.parties, 1)]))
    for n, (heading, lines) in enumerate(facts.clauses, 1):
        body.append(Heading(f"{n}. {heading}", level="clause"))
        body += _lines(lines)
    return body


def _lines(lines: list[str]) -> list[Block]:
    """Return the lines of a clause; those that begin with a dash stand as items."""
    blocks: list[Block] = []
    for line in lines:
        if not line.startswith("- "):
            blocks.append(Paragraph(line))
        elif blocks and isinstance(blocks[-1], Items):
            blocks[-1] = Items([*blocks[-1].items, line])
        else:
            blocks.append(Items([line]))
    return blocks


def _annex(facts: CovenantFacts) -> Annex:
    rows: list[list[str]] = []
    units: list[int] = []
    for unit, promises in facts.annex:
        units.append(len(rows))
        rows.append(["", unit, "", "", ""])
        rows += [
            [str(n), one.name, one.promise, one.baseline, one.due]
            for n, one in enumerate(promises, 1)
        ] or [["", NOT_AGREED, "", "", ""]]
    table = Table(
        head=[HEAD],
        rows=rows,
        widths=[1, 6.5, 4.5, 2.5, 2.5],
        align=["center", "left", "left", "right", "center"],
        bold_rows=units,
    )
    told = f"(Kèm theo {facts.title[:1]}{facts.title[1:].lower()} của {facts.of})"
    return Annex(title=ANNEX_TITLE, number="Phụ lục", note=told, body=[table])
