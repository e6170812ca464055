"""A member's card opened for reading: the frozen lines of its standing as rows and columns."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from thidua.core.numbers import format_number, format_points
from thidua.reporting.models import Evidence
from thidua.scoring.models import Criterion, Layer, Standing

Kind = Criterion.Kind
COUNTED = (Kind.COUNT, Kind.DEDUCT, Kind.PENALTY)
MEASURED = (Kind.BANDED, Kind.PROPORTIONAL, Kind.LEADER_RELATIVE)
Line = Mapping[str, Any]


@dataclass(frozen=True)
class Given:
    """What one scorer gave: who, in which layer, how many points, what was said beside them."""

    layer: str
    scorer: str
    points: str
    said: str
    reason: str
    fact: str


@dataclass(frozen=True)
class Shown:
    """One piece of evidence: its words and its link only for whoever may see it."""

    pk: int
    name: str
    text: str
    is_open: bool


@dataclass(frozen=True)
class Row:
    """One group or criterion of the card."""

    line: Line
    cells: Sequence[tuple[str, str, bool]]  # the layer, its points, whether it counts
    given: Sequence[Given]
    proofs: Sequence[Shown]
    remark: str

    @property
    def maximum(self) -> str:
        """The maximum as points are written; nothing for what stands outside the sum."""
        return format_points(self.line["max"]) if self.line["max"] else ""

    @property
    def counted(self) -> str:
        """What it adds to the total."""
        if self.line["na"] and not self.line["counted"]:
            return _("không áp dụng")
        return format_points(self.line["counted"])

    @property
    def notes(self) -> list[Given]:
        """What scorers wrote beside their points; what the one before said is not said again."""
        said, notes = "", []
        for given in self.given:
            if given.reason or given.fact or given.said not in ("", said):
                notes.append(given)
            said = given.said
        return notes

    @property
    def has_more(self) -> bool:
        """Whether a second row has something to say."""
        return bool(self.notes or self.proofs or self.remark)


@dataclass(frozen=True)
class Opened:
    """A whole card: the names of its layers, and its rows from top to bottom."""

    standing: Standing
    layers: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def width(self) -> int:
        """How many columns its table has."""
        return len(self.layers) + 3


def evidence_in(standings: Sequence[Standing]) -> set[int]:
    """Return the evidence that these cards name."""
    return {proof["evidence"] for s in standings for line in s.lines for proof in line["proofs"]}


def opened(standing: Standing, visible: Collection[int]) -> Opened:
    """Return the card opened; ``visible`` is the evidence that whoever looks may see."""
    there = {mark["layer"] for line in standing.lines for mark in line["marks"]}
    layers = [kind for kind in Layer.Kind.values if kind in there]
    rows = [_row(line, layers, visible) for line in standing.lines]
    return Opened(standing, [str(Layer.Kind(kind).label) for kind in layers], rows)


def _row(line: Line, layers: Sequence[str], visible: Collection[int]) -> Row:
    given = [_given(line, mark) for mark in line["marks"]]
    cells = []
    for kind in layers:
        its = [g.points for g, m in zip(given, line["marks"], strict=True) if m["layer"] == kind]
        label = str(Layer.Kind(kind).label)
        cells.append((label, " · ".join(its), kind == line["layer"]))
    proofs = [_shown(proof, visible) for proof in line["proofs"]]
    return Row(line, cells, given, proofs, _remark(line))


def _given(line: Line, mark: Line) -> Given:
    points = _("không áp dụng") if mark["na"] else format_points(mark["points"])
    is_plain = mark["layer"] in (Layer.Kind.SELF, Layer.Kind.MEETING)  # who, the layer says
    return Given(
        layer=str(Layer.Kind(mark["layer"]).label),
        scorer="" if is_plain else mark["scorer"],
        points=points or _written(mark["value"]),
        said=_said(line["kind"], mark),
        reason=mark["reason"],
        fact=mark["fact"],
    )


def _written(value: str | None) -> str:
    return format_number(Decimal(value)) if value is not None else ""


def _said(kind: str, mark: Line) -> str:
    """Return what was given where that is not points: a step's name, a measured value."""
    if mark["na"] or mark["value"] is None:
        return ""
    happened = bool(Decimal(mark["value"]))
    words = {
        Kind.GRADED: str(mark["label"]),
        Kind.PASS_FAIL: _("đạt") if happened else _("không đạt"),
        Kind.KNOCKOUT: _("có xảy ra") if happened else _("không xảy ra"),
    }
    if kind in words:
        return words[Kind(kind)]
    told = {"value": _written(mark["value"]), "target": _written(mark["target"])}
    if kind in COUNTED:
        return _("%(value)s lần") % told
    if kind not in MEASURED:
        return ""
    if mark["target"] is not None:
        return _("thực hiện %(value)s, chỉ tiêu %(target)s") % told
    return _("số đo %(value)s") % told


def _remark(line: Line) -> str:
    """Say why what counts is not what was marked: rescaled, cut at a cap, barred."""
    if line["knocked"]:
        return _("Điểm liệt: đơn vị không được xếp hạng.")
    points, counted = line["points"], line["counted"]
    if not line["is_group"] and not line["marks"] and counted is not None:
        return _("Chưa ai chấm.")
    if line["na"] and counted:
        return _("Không áp dụng nên được tính đủ điểm.")
    sign = -1 if line["kind"] == Kind.PENALTY else 1
    if points is None or counted is None or points == sign * counted:
        return ""
    told = {"points": format_points(points), "counted": format_points(counted)}
    if line["is_bonus"] or (line["is_group"] and not line["max"]):
        return _("Cộng lại %(points)s, tính %(counted)s vì có trần điểm thưởng.") % told
    return _("Chấm %(points)s, tính %(counted)s sau khi quy đổi hoặc áp trần.") % told


def _shown(proof: Line, visible: Collection[int]) -> Shown:
    is_open = proof["evidence"] in visible
    name = proof["name"] or str(Evidence.Kind.EXPLANATION.label)
    return Shown(proof["evidence"], name, proof["text"] if is_open else "", is_open)
