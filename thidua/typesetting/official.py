"""An official paper as data: what stands where, and nothing about how it is set.

Every paper's facts become one `Official`; PDF, Word, plain text and the comparison of two drafts
are made of that alone, so their words cannot differ. It holds strings, numbers and days only, and
goes through JSON and back unchanged (`as_data`, `from_data`): this is what a frozen version keeps.

Slots are numbered as in NĐ 30/2020/NĐ-CP, Phụ lục I (domain.md 7.3).
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

HeaderStyle = Literal["state", "party", "youth"]
Align = Literal["left", "center", "right"]
HeadingLevel = Literal["chapter", "section", "part", "article", "clause"]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body: justified, first line indented, unless ``align`` says otherwise."""

    text: str
    align: Literal["justify", "left", "center", "right"] = "justify"
    bold: bool = False
    italic: bool = False
    block: str = "paragraph"


@dataclass(frozen=True)
class Heading:
    """A heading, its number in its own words: "Chương I", "I. …", "1. …", "Điều 3. …".

    chapter and section stand in the middle (``text`` may hold two lines: number, name); part is
    bold at the left; article and clause are bold at the first line's indent.
    """

    text: str
    level: HeadingLevel = "part"
    block: str = "heading"


@dataclass(frozen=True)
class Items:
    """Khoản, điểm or dashes, each with its own sign as written: "1. …", "a) …", "- …"."""

    items: list[str]
    block: str = "items"


@dataclass(frozen=True)
class Table:
    """A table whose ``head`` rows are repeated on each page. ``widths`` are shares, e.g. [1, 6, 2].

    ``bold_rows`` are indices into ``rows`` (groups, totals). All rows have as many cells as
    ``widths``. ``caption`` stands above it; it may be empty.
    """

    head: list[list[str]]
    rows: list[list[str]]
    widths: list[float]
    align: list[Align]
    bold_rows: list[int] = field(default_factory=list)
    caption: str = ""
    block: str = "table"


Block = Paragraph | Heading | Items | Table
BLOCKS: dict[str, type[Block]] = {
    "paragraph": Paragraph,
    "heading": Heading,
    "items": Items,
    "table": Table,
}


@dataclass(frozen=True)
class Header:
    """Slots 1 and 2: whose paper it is. ``style`` "state" has quốc hiệu and tiêu ngữ.

    ``superior`` may be empty; ``body`` may hold two lines.
    """

    body: str
    superior: str = ""
    style: HeaderStyle = "state"


@dataclass(frozen=True)
class Signatory:
    """Slot 7: one signature. ``capacity`` are its lines above the name, as they are to be read.

    "TM. BAN THƯỜNG TRỰC" / "KT. CHỦ TỊCH" / "PHÓ CHỦ TỊCH". ``party`` names the organisation
    where several sign one paper; ``signed`` says by what means and when ("" when not signed).
    """

    capacity: list[str]
    name: str = ""
    party: str = ""
    signed: str = ""


@dataclass(frozen=True)
class Annex:
    """Phụ lục: begins a page of its own, on its side where ``is_wide``."""

    title: str
    body: list[Block]
    number: str = ""
    note: str = ""
    is_wide: bool = False


@dataclass(frozen=True)
class Mark:
    """Code and address of the page that tells whether a paper is what it says it is."""

    code: str
    address: str


@dataclass(frozen=True)
class Official:
    """A whole paper.

    ``kind`` is the paper's key ("covenant", "year_report", …); ``in_decree`` is false for what
    NĐ 30 does not name as a kind (the covenant). ``type_name`` is slot 5a ("BÁO CÁO"; ""
    for a công văn, whose ``title`` then stands under the number as "V/v …"); ``symbol`` the whole
    "05/BC-LĐLĐ", or with a blank where the number is not given yet ("     /BC-LĐLĐ").
    ``signatories`` are one block, or several side by side (lead first).
    ``watermark`` is "", "DỰ THẢO" or "MINH HỌA".
    """

    kind: str
    header: Header
    type_name: str
    title: str
    symbol: str = ""
    place: str = ""
    dated: date | None = None
    addressed_to: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    signatories: list[Signatory] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    mark: Mark | None = None
    in_decree: bool = True
    watermark: str = ""
    language: str = "vi"


def as_data(official: Official) -> dict[str, Any]:
    """Return ``official`` as JSON knows it; days are ISO."""
    data = asdict(official)
    data["dated"] = official.dated.isoformat() if official.dated else None
    return data


def from_data(data: dict[str, Any]) -> Official:
    """Return the paper that `as_data` was made of. Refuses (KeyError, TypeError) anything else."""
    rest = {**data}
    return Official(
        header=Header(**rest.pop("header")),
        dated=date.fromisoformat(day) if (day := rest.pop("dated")) else None,
        body=[_block(block) for block in rest.pop("body")],
        signatories=[Signatory(**one) for one in rest.pop("signatories")],
        annexes=[
            Annex(**{**one, "body": [_block(block) for block in one["body"]]})
            for one in rest.pop("annexes")
        ],
        mark=Mark(**mark) if (mark := rest.pop("mark")) else None,
        **rest,
    )


def _block(data: dict[str, Any]) -> Block:
    return BLOCKS[data["block"]](**data)
