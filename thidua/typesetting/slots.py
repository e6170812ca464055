"""The words of an official paper, slot by slot, in the order in which they are read.

PDF, Word and text are all made of these, so that no form says a word that another does not.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from thidua.typesetting.letters import clean, mapped
from thidua.typesetting.official import Annex, Block, Official, Signatory

NATIONAL = {
    "state": ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
    "party": ["ĐẢNG CỘNG SẢN VIỆT NAM"],
    "youth": ["ĐOÀN TNCS HỒ CHÍ MINH"],
}
# What stands under the issuing body instead of a line, in papers of the Party and of the Union.
STARS = {"state": "", "party": "*", "youth": "***"}
ADDRESSED, RECIPIENTS = "Kính gửi:", "Nơi nhận:"


@dataclass(frozen=True)
class Slots:
    """One string a line; lines of one slot in a list. Empty where the paper has no such slot."""

    style: str
    superior: list[str]
    body: list[str]
    star: str
    national: list[str]
    number: str
    about: str
    place: str
    type_name: str
    title: str
    addressed: list[str]
    bases: list[str]
    blocks: list[Block]
    recipients: list[str]
    signatories: list[Signatory]
    annexes: list[Annex] = field(default_factory=list)
    mark: list[str] = field(default_factory=list)

    @property
    def document_title(self) -> str:
        """What the file calls itself."""
        words = " ".join([self.type_name, self.title, self.about]).split()
        return " ".join(words) or self.number or " ".join(self.body)


def slots(official: Official) -> Slots:
    """Return the words of ``official`` with the signs that the decree wants around them."""
    paper = mapped(official, clean)
    is_letter = not paper.type_name.strip()
    return Slots(
        style=paper.header.style,
        superior=_lines(paper.header.superior.upper()),
        body=_lines(paper.header.body.upper()),
        star=STARS[paper.header.style],
        national=NATIONAL[paper.header.style],
        number=_number(paper),
        about=_about(paper.title) if is_letter else "",
        place=_place(paper.place, paper.dated),
        type_name=paper.type_name.upper(),
        title="" if is_letter else paper.title,
        addressed=_addressed(paper.addressed_to),
        bases=_listed(paper.bases, last="."),
        blocks=paper.body,
        recipients=_recipients(paper.recipients),
        signatories=[_signatory(one) for one in paper.signatories],
        annexes=[_annex(one) for one in paper.annexes],
        mark=_mark(paper),
    )


def _number(paper: Official) -> str:
    if not paper.symbol:
        return ""
    sign = "Số" if paper.header.style == "party" else "Số:"
    return f"{sign} {paper.symbol}"


def _about(title: str) -> str:
    return title if not title or title.startswith("V/v") else f"V/v {title}"


def _place(place: str, dated: date | None) -> str:
    """Days under 10 and the months 1 and 2 get a leading 0; no day yet leaves room for it."""
    if dated is None:
        return f"{place}, ngày      tháng      năm " if place else ""
    month = f"{dated.month:02}" if dated.month < 3 else str(dated.month)
    day = f"ngày {dated.day:02} tháng {month} năm {dated.year}"
    return f"{place}, {day}" if place else day.capitalize()


def _addressed(names: list[str]) -> list[str]:
    """One stands behind "Kính gửi:"; several stand under it, each with a dash."""
    if len(names) > 1:
        return [ADDRESSED, *_listed([_dashed(name) for name in names], last=".")]
    return [f"{ADDRESSED} {_ended(name, '.')}" for name in names]


def _recipients(names: list[str]) -> list[str]:
    if not names:
        return []
    return [RECIPIENTS, *_listed([_dashed(name) for name in names], last=".")]


def _listed(lines: list[str], *, last: str) -> list[str]:
    """End each line with ";", and the last one with ``last``."""
    ends = [";"] * (len(lines) - 1) + [last]
    return [_ended(line, end) for line, end in zip(lines, ends, strict=False)]


def _ended(line: str, end: str) -> str:
    return re.sub(r"[\s;.,]*$", "", line) + end


def _dashed(line: str) -> str:
    return line if line.startswith("- ") else f"- {line}"


def _signatory(one: Signatory) -> Signatory:
    capacity = [line.upper() for line in one.capacity]
    return Signatory(capacity=capacity, name=one.name, party=one.party.upper(), signed=one.signed)


def _annex(annex: Annex) -> Annex:
    number = annex.number
    if number and not number.lower().startswith("phụ lục"):
        number = f"Phụ lục {number}"
    return Annex(annex.title.upper(), annex.body, number or "Phụ lục", annex.note, annex.is_wide)


def _mark(paper: Official) -> list[str]:
    if paper.mark is None:
        return []
    return [f"Mã tra cứu: {paper.mark.code}", f"Kiểm tra tại: {paper.mark.address}"]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
