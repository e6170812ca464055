"""What a legal text is to the program: its days, how surely they were read, where a rule stands.

The texts themselves stand in `texts`, one row each.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

LAW = "Luật"


def day_in_words(day: date) -> str:
    """Return "ngày 05 tháng 02 năm 2026": days under 10 and the first two months with a nought."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


class Certainty(Enum):
    """How surely a rule was read: in the text itself, in a quotation, told of, or not at all."""

    READ = "read"
    QUOTED = "quoted"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"

    @property
    def is_sure(self) -> bool:
        """Whether the words themselves were read, in the text or in a quotation."""
        return self in (Certainty.READ, Certainty.QUOTED)


class Standing(Enum):
    """What a text is on a day. Where its first day was not found, nobody can say."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class LegalText:
    """A law, decree, circular …, None or "" for what was not found.

    ``until`` None means in force with no known end. ``form`` is its kind as a căn cứ line writes it
    ("Nghị định"), ``title`` what follows the issuer there; a law has its whole name as ``title``.
    ``certainty`` says how surely the days and the articles named in ``articles`` were read.
    ``replaced_by`` and ``amended_by`` are keys.
    """

    number: str
    title: str
    issued_on: date | None
    since: date | None
    until: date | None
    key: str = ""
    form: str = ""
    issuer: str = ""
    replaced_by: str = ""
    amended_by: str = ""
    articles: tuple[str, ...] = ()
    note: str = ""
    certainty: Certainty = Certainty.UNVERIFIED

    @property
    def is_law(self) -> bool:
        """Whether it is a law, which is cited by its name and day, without number or issuer."""
        return self.form == LAW

    @property
    def line(self) -> str:
        """The căn cứ line: "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;".

        NĐ 30/2020/NĐ-CP, Phụ lục I. What was not found is left out.
        """
        said = day_in_words(self.issued_on) if self.issued_on else ""
        issuer = f"của {self.issuer}" if self.issuer else ""
        number = f"số {self.number}" if self.number else ""
        others = [self.form, number, said, issuer, self.title]
        words = [self.title, said] if self.is_law else others
        return " ".join(filter(None, ["Căn cứ", *words])) + ";"

    @property
    def name(self) -> str:
        """What it is called without its number: "Luật …", "Nghị định của Chính phủ"."""
        if self.is_law:
            return self.title
        return f"{self.form} của {self.issuer}" if self.issuer else self.form

    def standing(self, day: date) -> Standing:
        """Say what the text is on ``day``; an end that is known is certain, whatever else is."""
        if self.until and day > self.until:
            return Standing.EXPIRED
        first = self.since or self.issued_on
        if first and day < first:
            return Standing.NOT_YET
        return Standing.IN_FORCE if self.since else Standing.UNKNOWN

    def is_in_force(self, day: date) -> bool:
        """Say whether the text is surely in force on ``day``."""
        return self.standing(day) is Standing.IN_FORCE


@dataclass(frozen=True)
class Basis:
    """Where a rule stands: the text, the place in it, and how surely it was read."""

    text: LegalText
    place: str
    certainty: Certainty

    def __str__(self) -> str:
        return f"{self.place} {self.text.number}"
