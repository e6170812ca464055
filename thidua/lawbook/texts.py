"""Legal texts that the program cites: number, day, from when until when, how surely read."""

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Certainty(Enum):
    """How surely a rule was read: in the text itself, in a quotation, or not at all."""

    READ = "read"
    QUOTED = "quoted"
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class LegalText:
    """A law, decree or circular. ``until`` None means in force with no known end."""

    number: str
    title: str
    issued_on: date
    since: date
    until: date | None

    def is_in_force(self, day: date) -> bool:
        """Say whether the text is in force on ``day``."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Basis:
    """Where a rule stands: the text, the place in it, and how surely it was read."""

    text: LegalText
    place: str
    certainty: Certainty

    def __str__(self) -> str:
        return f"{self.place} {self.text.number}"


LAW_2003 = LegalText(
    "15/2003/QH11",
    "Luật Thi đua, khen thưởng (sửa đổi, bổ sung 2005, 2009, 2013)",
    date(2003, 11, 26),
    date(2004, 7, 1),
    date(2023, 12, 31),
)
LAW_2022 = LegalText(
    "06/2022/QH15", "Luật Thi đua, khen thưởng", date(2022, 6, 15), date(2024, 1, 1), None
)
DECREE_152 = LegalText(
    "152/2025/NĐ-CP",
    "Nghị định của Chính phủ về thi đua, khen thưởng",
    date(2025, 6, 14),
    date(2025, 7, 1),
    date(2027, 2, 28),
)
TEXTS = (LAW_2003, LAW_2022, DECREE_152)
