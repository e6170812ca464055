"""The screen of a ceremony as it stood at its end, drawn by Typst as one PNG of 1920 × 1080.

It is a drawing of what is kept, no photograph of what was shown: the server has no browser. The
same facts give the same bytes.
"""

import functools
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
import typst

from thidua.typesetting.letters import clean
from thidua.typesetting.pdf import Unprintable

TEMPLATE = Path(__file__).with_name("hall.typ")
FAMILY = "Be Vietnam Pro"
PIXELS_PER_POINT = 72.0
# How many columns so many members stand in, and how large their names are: as on the screen.
SIZES = ((6, 3, 36), (12, 4, 30), (25, 5, 23), (36, 6, 18), (64, 8, 14))
LONG = 46  # letters, from which on a name is set smaller


@dataclass(frozen=True)
class HallSeat:
    """One member; ``moment`` is empty for one that had not signed."""

    name: str
    signer: str = ""
    office: str = ""
    moment: str = ""


@dataclass(frozen=True)
class HallFacts:
    """What stands on the picture, in words that are ready to be read.

    ``in_force`` is the sentence of the great moment, empty when it had not come; ``mark`` says
    that persons are invented; ``not_signed`` stands on the card of whoever had not signed.
    """

    bloc: str
    title: str
    theme: str
    count: str
    in_force: str
    foot: str
    not_signed: str
    mark: str = ""
    seats: list[HallSeat] = field(default_factory=list)


def render_hall(facts: HallFacts) -> bytes:
    """Return the picture as PNG. Raises `Unprintable` when it cannot be set."""
    try:
        made = typst.compile(
            TEMPLATE,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="png",
            ppi=PIXELS_PER_POINT,
            sys_inputs={"hall": json.dumps(_laid_out(facts), ensure_ascii=False)},
        )
    except typst.TypstError as problem:
        raise Unprintable(problem.diagnostic or problem.message) from problem
    return made[0] if isinstance(made, list) else made or b""


@functools.cache
def _fonts() -> typst.Fonts:
    folder = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def _laid_out(facts: HallFacts) -> dict[str, Any]:
    count = max(len(facts.seats), 1)
    most, columns, size = next((row for row in SIZES if count <= row[0]), SIZES[-1])
    told = {name: _cleaned(value) for name, value in asdict(facts).items()}
    for seat in told["seats"]:
        seat["size"] = size * (0.8 if len(seat["name"]) > LONG else 1)
    return {
        **told,
        "family": FAMILY,
        "columns": columns,
        "rows": -(-count // columns),
        "size": size,
        "gap": 16 if most <= 12 else 10,
        "inset": 20 if most <= 12 else 11,
    }


def _cleaned(value: Any) -> Any:
    """Return the words without signs that have no shape."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [{name: clean(words) for name, words in one.items()} for one in value]
    return value
