"""What stands around the body of every paper: whose it is, when, on what basis, who signs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from thidua.typesetting.official import (
    Annex,
    Block,
    Header,
    Mark,
    Official,
    Signatory,
)

DRAFT, ILLUSTRATION = "DỰ THẢO", "MINH HỌA"


@dataclass(frozen=True)
class Frame:
    """Head and foot of a paper.

    ``symbol`` is the whole "05/BC-LĐLĐ" or one with a blank for the number; ``dated`` None leaves
    blanks for the day; ``bases`` and ``recipients`` (the archive last) are lines without the signs
    that setting adds. ``watermark`` is "", `DRAFT` or `ILLUSTRATION`.
    """

    header: Header
    symbol: str = ""
    place: str = ""
    dated: date | None = None
    addressed_to: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    signatories: list[Signatory] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    mark: Mark | None = None
    watermark: str = ""


@dataclass(frozen=True)
class PaperType:
    """What a kind of paper is called: its ``key``, tên loại and the sign in its symbol.

    A công văn has no tên loại; its sign "CV" names the number book and stands in no symbol.
    ``in_decree`` is false for what NĐ 30/2020, Điều 7 does not name.
    """

    key: str
    name: str
    abbreviation: str
    in_decree: bool = True


def framed(
    frame: Frame,
    paper: PaperType,
    title: str,
    body: list[Block],
    *,
    annexes: Sequence[Annex] = (),
    signatories: Sequence[Signatory] | None = None,
) -> Official:
    """Return the paper with ``body`` in its frame.

    ``signatories`` are for a paper that others than the frame's one sign.
    """
    return Official(
        kind=paper.key,
        header=frame.header,
        type_name=paper.name,
        title=title,
        symbol=frame.symbol,
        place=frame.place,
        dated=frame.dated,
        addressed_to=[*frame.addressed_to],
        bases=[*frame.bases],
        body=body,
        signatories=list(frame.signatories if signatories is None else signatories),
        recipients=[*frame.recipients],
        annexes=list(annexes),
        mark=frame.mark,
        in_decree=paper.in_decree,
        watermark=frame.watermark,
    )
