"""How far the marking of a year is: of each member, what each layer has sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from thidua.cycles.models import Cycle, Enrolment
from thidua.scoring.models import Layer, ScoringTable, Sheet


@dataclass(frozen=True)
class Part:
    """What one layer has of one member's card."""

    layer: Layer
    sheets: Sequence[Sheet]

    @property
    def sent(self) -> int:
        """How many have sent their marks."""
        return sum(sheet.is_sent for sheet in self.sheets)

    @property
    def is_late(self) -> bool:
        """Whether one came late."""
        return any(sheet.is_late for sheet in self.sheets)

    @property
    def is_done(self) -> bool:
        """Whether all who were asked have sent."""
        return bool(self.sheets) and self.sent == len(self.sheets)


@dataclass(frozen=True)
class Marked:
    """One member, with what each layer has; ``has_card`` is False for who joined afterwards."""

    enrolment: Enrolment
    has_card: bool
    parts: Sequence[Part]

    @property
    def has_any(self) -> bool:
        """Whether anything was sent of it: without, it gets no rank."""
        return any(part.sent for part in self.parts)


@dataclass(frozen=True)
class Readiness:
    """All members of a year and its layers, lowest first."""

    layers: Sequence[Layer]
    members: Sequence[Marked]

    @property
    def unmarked(self) -> list[Enrolment]:
        """The members of which nobody has sent marks: they would get no rank."""
        return [marked.enrolment for marked in self.members if not marked.has_any]

    @property
    def lacking(self) -> list[tuple[Layer, int]]:
        """The layers that lack marks, each with the number of members."""
        counts = [
            (layer, sum(not marked.parts[n].is_done for marked in self.members))
            for n, layer in enumerate(self.layers)
        ]
        return [(layer, count) for layer, count in counts if count]


def readiness_of(cycle: Cycle, table: ScoringTable) -> Readiness:
    """Return what was sent of each member's card by ``table``: two queries."""
    layers = list(Layer.objects.filter(cycle=cycle))
    sheets: dict[int, dict[int, list[Sheet]]] = {}
    for sheet in Sheet.objects.filter(card__table=table).select_related("card").order_by("pk"):
        its = sheets.setdefault(sheet.card.enrolment_id, {})
        its.setdefault(sheet.layer_id, []).append(sheet)
    members = []
    for enrolment in cycle.current():
        its = sheets.get(enrolment.pk, {})  # a card begins with its member's own sheet
        parts = [Part(layer, its.get(layer.pk, [])) for layer in layers]
        members.append(Marked(enrolment, bool(its), parts))
    return Readiness(layers, members)
