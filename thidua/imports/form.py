"""The form of a kind of sheet: its columns, how each is recognised and read. Told in TOML."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from thidua.core.text import fold
from thidua.imports.reading.values import Read, Values

FORMS = Path(__file__).parent / "forms"


@dataclass(frozen=True)
class Column:
    """One column of a form. ``choices`` has the words for each value, the usual one first."""

    name: str
    heading: str
    also: tuple[str, ...] = ()
    needed: bool = False
    reads: str = "line"
    most: int = 300
    width: int = 20
    examples: tuple[str, ...] = ()
    note: str = ""
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """The headings by which the column is recognised, folded."""
        return frozenset(fold(heading) for heading in (self.heading, *self.also))

    @property
    def offered(self) -> list[str]:
        """The words of a choice as the form offers them."""
        return [words[0] for words in self.choices.values()]

    @property
    def may_stand_for_all(self) -> bool:
        """Whether one value may be told for all rows where the sheet has no such column."""
        return self.reads in ("choice", "year")

    def word(self, value: str) -> str:
        """Return the word of a choice's value, as the form writes it."""
        return self.choices[value][0] if value in self.choices else ""

    def reader(self, values: Values) -> Read:
        """Return what reads this column's cells."""
        if self.reads == "choice":
            words = {fold(word): v for v, all_words in self.choices.items() for word in all_words}
            return values.choice(words, "; ".join(self.offered))
        if self.reads == "line":
            return values.line(self.most)
        read: Read = getattr(values, self.reads)
        return read


@dataclass(frozen=True)
class Form:
    """The form of one kind: title, the file's name, notes, columns."""

    title: str
    file: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Return the column of this name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def needed(self) -> list[Column]:
        """The columns without which a sheet says too little."""
        return [column for column in self.columns if column.needed]

    def recognised(self, headings: list[str]) -> dict[int, str]:
        """Return which column each heading is, by place; each column once, the first that fits.

        A heading in the form's own words outweighs another one that may mean the same.
        """
        folded = [fold(heading) for heading in headings]
        found: dict[int, str] = {}
        for exact in (True, False):
            for column in self.columns:
                names = {fold(column.heading)} if exact else column.names
                if column.name in found.values():
                    continue
                places = (n for n, text in enumerate(folded) if text in names and n not in found)
                if (place := next(places, None)) is not None:
                    found[place] = column.name
        return found


@cache
def words_of_sheets() -> dict[str, str]:
    """Return the words that every sheet we hand out has."""
    return dict(tomllib.loads((FORMS / "words.toml").read_text(encoding="utf-8")))


@cache
def form(key: str) -> Form:
    """Return the form told in ``forms/<key>.toml``."""
    told = tomllib.loads((FORMS / f"{key}.toml").read_text(encoding="utf-8"))
    columns = tuple(
        Column(
            **{
                **column,
                "also": tuple(column.get("also", ())),
                "examples": tuple(column.get("examples", ())),
                "choices": {v: tuple(words) for v, words in column.get("choices", {}).items()},
            }
        )
        for column in told["columns"]
    )
    return Form(told["title"], told["file"], tuple(told["notes"]), columns)
