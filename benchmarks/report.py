"""How a measurement is told: what, how much, against what, and whether the aim holds."""

from dataclasses import dataclass, field


@dataclass
class Row:
    """One measured thing. ``ratio`` is ours over the yardstick; ``aim`` is the most it may be."""

    what: str
    ours: str
    yardstick: str
    ratio: float
    aim: float
    notes: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether the aim holds."""
        return self.ratio <= self.aim

    def print(self) -> None:
        """Print the row as lines that a person reads."""
        word = "holds" if self.holds else "DOES NOT HOLD"
        print(f"{self.what}: {self.ours} against {self.yardstick}", flush=True)
        print(f"    ratio {self.ratio:.2f}, at most {self.aim:.2f}: {word}", flush=True)
        for note in self.notes:
            print(f"    {note}", flush=True)
