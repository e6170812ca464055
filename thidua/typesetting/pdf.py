"""An official paper as PDF/A-2a with tags, and as pictures of its pages: set by Typst.

The same facts give the same bytes: the time in the file is the paper's day, the fonts are given,
and nothing of the machine goes in. Typst sees the facts as JSON alone, so markup that somebody
typed is printed as typed.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import typst

from thidua.typesetting.fonts import SUBSTITUTE, Fonts, unprintable
from thidua.typesetting.letters import let_break, mapped
from thidua.typesetting.measures import DECREE
from thidua.typesetting.official import Block, Heading, Official, Table
from thidua.typesetting.qr import qr_svg
from thidua.typesetting.sheet import PLACES, Party, Place, sheet_of
from thidua.typesetting.slots import Slots, slots

TEMPLATE = Path(__file__).with_name("official.typ")
UNDATED = date(2020, 1, 1)  # what a file says of its time when its paper has no day yet
_DEPTHS = ("part", "chapter", "section", "article", "clause")


class Unprintable(Exception):
    """A paper could not be set: the template or the engine failed. For the operator's eyes.

    ``cause`` is what the engine said. The officer is told no more than that it failed.
    """

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


def render_pdf(official: Official, fonts: Fonts) -> bytes:
    """Return ``official`` as PDF/A-2a, set in ``fonts``. Raises `Unprintable`.

    Letters that the family lacks are printed as □ (`fonts.unprintable` names them).
    """
    return _compile(official, fonts, "pdf", pdf_standards=["a-2a"])[0]


def render_png(official: Official, fonts: Fonts, *, ppi: float = 110) -> list[bytes]:
    """Return each page of ``official`` as a PNG picture, for a preview. Raises `Unprintable`."""
    return _compile(official, fonts, "png", ppi=ppi)


def render_with_sheet(
    official: Official, parties: Sequence[Party], fonts: Fonts
) -> tuple[bytes, list[Place]]:
    """Return ``official`` with pages for certificate signatures behind it, and where each signs.

    The rest is as `render_pdf` sets it. Raises `Unprintable`, also for no ``parties``.
    """
    if not parties:
        raise Unprintable("a sheet for signatures of nobody")
    paper = facts(official, fonts, sheet_of(official, parties, fonts))
    pdf = _compile(official, fonts, "pdf", paper, pdf_standards=["a-2a"])[0]
    told = typst.query(
        TEMPLATE,
        PLACES,
        field="value",
        font_paths=fonts.handle,
        ignore_system_fonts=True,
        sys_inputs={"paper": paper},
    )
    return pdf, [Place.told(one, DECREE.height) for one in json.loads(told)]


def _compile(
    official: Official,
    fonts: Fonts,
    form: Literal["pdf", "png"],
    paper: str = "",
    **options: Any,
) -> list[bytes]:
    day = official.dated or UNDATED
    try:
        made, warnings = typst.compile_with_warnings(
            TEMPLATE,
            font_paths=fonts.handle,
            ignore_system_fonts=True,
            format=form,
            sys_inputs={"paper": paper or facts(official, fonts)},
            timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
            **options,
        )
    except typst.TypstError as problem:
        raise Unprintable(problem.diagnostic or problem.message) from problem
    except (LookupError, ValueError) as problem:  # facts that are no paper: a row without a cell
        raise Unprintable(repr(problem)) from problem
    # A family that is not there any more would be passed over in silence, and nothing printed.
    if absent := [one.message for one in warnings if "font family" in one.message]:
        raise Unprintable("; ".join(absent))
    return made if isinstance(made, list) else [made or b""]


def facts(official: Official, fonts: Fonts, sheet: dict[str, Any] | None = None) -> str:
    """Return everything that the template reads, as JSON; ``sheet`` is what `sheet_of` told."""
    absent = dict.fromkeys(map(ord, unprintable(official, fonts)), SUBSTITUTE)
    paper = mapped(slots(official), lambda text: text.translate(absent)) if absent else None
    paper = paper or slots(official)
    data = asdict(paper)
    data.update(_fitted(paper))
    told = {
        "measures": DECREE.as_data(),
        "family": fonts.family,
        "language": official.language,
        "title": paper.document_title,
        "watermark": official.watermark,
        "slots": data,
        "qr": qr_svg(official.mark.address).decode() if official.mark else "",
        "qr_words": " ".join(paper.mark),
        "sheet": sheet,
    }
    return json.dumps(told, ensure_ascii=False)


def _fitted(paper: Slots) -> dict[str, Any]:
    """Return the slots whose long words must be let break, each for the width of its place."""
    whole = DECREE.text_width()
    narrow, across = whole * (1 - DECREE.most_right) - 12, 3 if len(paper.signatories) > 6 else 2

    def fit(lines: Any, width: float, size: float) -> Any:
        return mapped(lines, lambda text: let_break(text, width, size))

    return {
        "superior": fit(paper.superior, narrow, DECREE.issuer),
        "body": fit(paper.body, narrow, DECREE.issuer),
        "number": fit(paper.number, narrow, DECREE.number),
        "about": fit(paper.about, narrow, DECREE.about),
        "place": fit(paper.place, whole * DECREE.most_right, DECREE.place),
        "title": fit(paper.title, whole * 0.84, DECREE.title),
        "addressed": fit(paper.addressed, whole * 0.5, DECREE.body),
        "bases": fit(paper.bases, whole, DECREE.body),
        "recipients": fit(paper.recipients, whole * 0.45, DECREE.recipients),
        "signatories": [
            asdict(fit(one, whole / across - 12, DECREE.signer)) for one in paper.signatories
        ],
        "blocks": _blocks(paper.blocks, is_wide=False),
        "annexes": [
            {
                **asdict(fit(annex, whole, DECREE.annex)),
                "body": _blocks(annex.body, is_wide=annex.is_wide),
            }
            for annex in paper.annexes
        ],
        "mark": fit(paper.mark, whole * 0.85, DECREE.mark),
    }


def _blocks(blocks: list[Block], *, is_wide: bool) -> list[dict[str, Any]]:
    """Return ``blocks`` as data; a heading knows its depth, no deeper than one under the last."""
    width, done, last = DECREE.text_width(is_wide=is_wide), [], 1
    for block in blocks:
        if isinstance(block, Table):
            done.append(_table(block, width, is_wide=is_wide))
            continue
        data = asdict(mapped(block, lambda text: let_break(text, width, DECREE.body)))
        if isinstance(block, Heading):
            last = min(last + 1, _DEPTHS.index(block.level) + 2)
            data["depth"] = last
        done.append(data)
    return done


def _table(table: Table, width: float, *, is_wide: bool) -> dict[str, Any]:
    size = DECREE.table_size(len(table.widths), is_wide=is_wide)
    whole = sum(table.widths)
    columns = [width * share / whole - 8 for share in table.widths]

    def fit(rows: list[list[str]]) -> list[list[str]]:
        return [
            [let_break(text, room, size) for text, room in zip(row, columns, strict=True)]
            for row in rows
        ]

    return {**asdict(table), "head": fit(table.head), "rows": fit(table.rows), "size": size}
