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
    Paragraph,
    Signatory,
)


@dataclass(frozen=True)
class Frame:
    """Head and foot of a paper.

    ``symbol`` is the whole "05/BC-LĐLĐ" or one with a blank for the number; ``dated`` None leaves
    blanks for the day; ``bases`` are căn cứ lines with or without their ";"; ``recipients`` end
    with the archive ("Lưu: VT."). ``watermark`` is "", "DỰ THẢO" or "MINH HỌA".
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


def framed(
    frame: Frame,
    kind: str,
    names: tuple[str, str],
    body: list[Block],
    *,
    annexes: Sequence[Annex] = (),
    signatories: Sequence[Signatory] | None = None,
    in_decree: bool = True,
) -> Official:
    """Return the paper with ``body`` in its frame. ``names`` are tên loại and trích yếu.

    ``signatories`` are for a paper that more than the frame's one sign.
    """
    type_name, title = names
    return Official(
        kind=kind,
        header=frame.header,
        type_name=type_name,
        title=title,
        symbol=frame.symbol,
        place=frame.place,
        dated=frame.dated,
        addressed_to=[*frame.addressed_to],
        bases=ended(frame.bases),
        body=body,
        signatories=list(frame.signatories if signatories is None else signatories),
        recipients=ended(frame.recipients),
        annexes=list(annexes),
        mark=frame.mark,
        in_decree=in_decree,
        watermark=frame.watermark,
    )


def ended(lines: Sequence[str]) -> list[str]:
    """Return lines each of which ends with ";", the last with "." (NĐ 30/2020, Phụ lục I)."""
    bare = [line.strip().rstrip(";.,").rstrip() for line in lines]
    bare = [line for line in bare if line]
    return [f"{line}{'.' if n == len(bare) else ';'}" for n, line in enumerate(bare, 1)]


def closing(text: str) -> list[Block]:
    """Return the last paragraph of a paper, or nothing."""
    return [Paragraph(text)] if text else []
