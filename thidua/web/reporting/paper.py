"""A sent report as its page shows it: the frozen content, with what may be opened from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from thidua.reporting.models import Report, ReportSending
from thidua.web.reporting.pieces import Piece


@dataclass(frozen=True)
class Kept:
    """One piece of evidence as it was sent; ``piece`` is it as it is now, if one may see it."""

    name: str
    text: str
    digest: str
    piece: Piece | None


@dataclass(frozen=True)
class Line:
    """One target as it was sent, with what proves it."""

    told: dict[str, Any]
    measured_on: date | None
    evidence: list[Kept]

    @property
    def tag(self) -> str:
        """The kind of tag of its result."""
        reached = self.told["is_reached"]
        return "quiet" if reached is None else "done" if reached else "wait"


@dataclass(frozen=True)
class Paper:
    """All that was sent."""

    unit: str
    year: int
    period: str
    due_on: date
    texts: list[tuple[str, str]]
    lines: list[Line]
    turnouts: list[dict[str, Any]]
    evidence: list[Kept]


def paper_of(sending: ReportSending, pieces: Mapping[int, Piece]) -> Paper:
    """Return the content of ``sending``; ``pieces`` are by id those that the reader may see."""
    content = sending.content
    kept = {
        row["id"]: Kept(row["name"], row["text"], row["digest"], pieces.get(row["id"]))
        for row in content["evidence"]
    }

    def of(place: str) -> list[Kept]:
        return [kept[row["id"]] for row in content["evidence"] if place in row["places"]]

    texts = content["texts"]
    return Paper(
        unit=content["unit"],
        year=content["year"],
        period=content["period"]["name"],
        due_on=date.fromisoformat(content["period"]["due"]),
        texts=[(Report.label_of(name), texts[name]) for name in Report.TEXTS if texts[name]],
        lines=[
            Line(row, _day(row["measured_on"]), of(f"target:{row['id']}"))
            for row in content["targets"]
        ],
        turnouts=content["turnouts"],
        evidence=of("report"),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
