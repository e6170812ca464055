"""The words of a paper as plain text: what its digest is taken of, and what drafts compare."""

from collections.abc import Iterable, Iterator

from thidua.typesetting.official import Annex, Block, Items, Official, Signatory, Table
from thidua.typesetting.slots import slots


def as_text(official: Official) -> str:
    """Return the words of ``official`` in reading order, one block a line, ended by a newline.

    Blanks within a block are one space; cells of a table's row have a tab between them. What a
    page adds by itself (its number, repeated heads of tables, a watermark) is not in it.
    """
    return "".join(f"{line}\n" for line in lines_of(official))


def lines_of(official: Official) -> list[str]:
    """Return the lines of `as_text`."""
    paper = slots(official)
    words: list[str] = [*paper.superior, *paper.body, paper.star, *paper.national]
    words += [paper.number, paper.about, paper.place, paper.type_name, paper.title]
    words += [*paper.addressed, *paper.bases]
    words += _of_blocks(paper.blocks)
    several = len(paper.signatories) > 1
    signed = [line for one in paper.signatories for line in _of_signatory(one)]
    words += [*signed, *paper.recipients] if several else [*paper.recipients, *signed]
    for annex in paper.annexes:
        words += _of_annex(annex)
    words += paper.mark
    return [line for line in map(_one_line, words) if line]


def _of_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Items):
            yield from block.items
        elif isinstance(block, Table):
            yield block.caption
            yield from ("\t".join(map(_one_line, row)) for row in [*block.head, *block.rows])
        else:
            yield block.text


def _of_signatory(one: Signatory) -> list[str]:
    return [one.party, *one.capacity, one.signed, one.name]


def _of_annex(annex: Annex) -> list[str]:
    return [annex.number, annex.title, annex.note, *_of_blocks(annex.body)]


def _one_line(text: str) -> str:
    """Join lines and blanks; a tab between cells stays."""
    if "\t" in text:
        return text
    return " ".join(text.split())
