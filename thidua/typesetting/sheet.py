"""The pages for certificate signatures (trang chữ ký số): one box for each who is to sign.

Who signs stands in the box in advance; the mark of the signature (`thidua.pades`) comes into the
open place between capacity and name, which is where NĐ 30/2020/NĐ-CP puts it. So nothing that
signing adds ever lies over words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from thidua.typesetting.fonts import SUBSTITUTE, Fonts, lacking
from thidua.typesetting.letters import clean, let_break, mapped
from thidua.typesetting.measures import DECREE, POINTS_PER_MM
from thidua.typesetting.official import Official

PLACES = "<ky>"  # the label in sheet.typ
HEAD = "TRANG CHỮ KÝ SỐ"
NOTE = (
    "Trang này là một phần của văn bản, dành cho thông tin chữ ký số. Mỗi chữ ký số bao trùm toàn "
    "bộ văn bản và các chữ ký đã có vào lúc ký."
)
ACROSS, GUTTER_MM, PADDING = 2, 5, 4
HEIGHT_MM = 34  # of the open place: a hand, a seal, three lines of data


@dataclass(frozen=True)
class Party:
    """Who is to sign in one box. ``field`` is the name of the signature field, unique in a paper.

    ``capacity`` are its lines ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"); ``name`` may not be known yet.
    """

    field: str
    organization: str
    capacity: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Place:
    """Where a signature's mark goes: points from the bottom left corner of ``page`` (from 0)."""

    field: str
    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def told(cls, data: dict[str, Any], height: float) -> "Place":
        """Return the place that the template told from the top of a page of this ``height``."""
        x, y = data["x"], height - data["y"]
        numbers = (x, y - data["height"], x + data["width"], y)
        return cls(data["field"], data["page"] - 1, *(round(number, 2) for number in numbers))


def sheet_of(official: Official, parties: Sequence[Party], fonts: Fonts) -> dict[str, Any]:
    """Return what the template reads of the pages for ``parties``, in their order."""
    absent = lacking(_letters(parties), fonts)
    table = dict.fromkeys(map(ord, absent), SUBSTITUTE)
    room = (DECREE.text_width() - GUTTER_MM * POINTS_PER_MM) / ACROSS - 2 * PADDING - 2

    def fit(text: str) -> str:
        return let_break(clean(text).translate(table), room, DECREE.parties)

    return {
        "head": HEAD,
        "of": " ".join(filter(None, [official.type_name, *official.title.split("\n")])),
        "note": NOTE,
        "across": ACROSS,
        "gutter_mm": GUTTER_MM,
        "padding": PADDING,
        "height_mm": HEIGHT_MM,
        "parties": [{**asdict(mapped(one, fit)), "field": one.field} for one in parties],
    }


def _letters(parties: Iterable[Party]) -> set[str]:
    return {
        letter
        for one in parties
        for text in (one.organization, one.name, *one.capacity)
        for letter in clean(text)
    }
