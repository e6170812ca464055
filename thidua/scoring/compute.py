"""Reckoning a year: from the marks of all layers to totals, ranks and classes. Pure reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from thidua.marks.cards import Scheme, Score, relative_points
from thidua.marks.classes import Class, classify
from thidua.marks.layers import combine
from thidua.marks.ranking import GROUP, VOTE, Contender, Place, rank
from thidua.marks.rules import Given
from thidua.marks.tables import Table
from thidua.scoring.models import Card, Criterion, Layer, ScoringTable, Sheet, TieVote
from thidua.scoring.reading import NOT_APPLICABLE, Points, Read, Sent, read_year
from thidua.scoring.trees import tree_of


@dataclass(slots=True)
class Counted:
    """What counts for one criterion of one card, and in which layer it was given."""

    points: Points
    layer: Layer
    given: Given | None = None
    knocks_out: bool = False
    agreed: bool = True


@dataclass
class Reckoned:
    """One card reckoned."""

    card: Card
    counted: dict[int, Counted] = field(default_factory=dict)
    score: Score | None = None
    place: Place | None = None
    class_name: str = ""
    disagreed: list[int] = field(default_factory=list)


@dataclass
class Reckoning:
    """A whole year reckoned, cards in the order of the members."""

    read: Read
    cards: list[Reckoned]

    def of(self, enrolment_id: int) -> Reckoned | None:
        """Return the member's card, or None."""
        return next((r for r in self.cards if r.card.enrolment_id == enrolment_id), None)


def reckon(table: ScoringTable, cards: Iterable[Card] | None = None) -> Reckoning:
    """Return the year reckoned by ``table`` over everything that was sent."""
    read = read_year(table, cards)
    tree = tree_of(table, read.criteria.values())
    scheme = Scheme(tree)
    by_card: dict[int, list[Sent | Sheet]] = {pk: [] for pk in read.cards}
    for sheet in read.sheets.values():
        by_card[sheet.card_id].append(sheet)
    reckoned = [Reckoned(card, counted_of(read, by_card[card.pk])) for card in read.cards.values()]
    relative = _relative(read, tree, reckoned)
    must_agree = any(layer.combine == Layer.Combine.AGREED for layer in read.layers.values())
    for one in reckoned:
        if must_agree:
            one.disagreed = [pk for pk, counted in one.counted.items() if not counted.agreed]
        one.score = score_of(read, scheme, one, relative.get(one.card.pk, {}))
    _place(read, reckoned)
    return Reckoning(read, reckoned)


def counted_of(read: Read, sheets: Sequence[Sent | Sheet]) -> dict[int, Counted]:
    """Return what counts: the highest layer that marked a criterion, its checkers combined."""
    counted: dict[int, Counted] = {}
    by_layer: dict[int, list[Sent | Sheet]] = {}
    for sheet in sheets:
        by_layer.setdefault(sheet.layer_id, []).append(sheet)
    for layer_id in sorted(by_layer, key=lambda pk: read.layers[pk].place):
        layer, its = read.layers[layer_id], by_layer[layer_id]
        if len(its) == 1:
            _alone(read, layer, its[0].pk, counted)
            continue
        for leaf in {leaf for sheet in its for leaf in read.marks[sheet.pk]}:
            counted[leaf] = _together(read, layer, its, leaf)
    for leaf in read.of_the_board.intersection(counted):
        if counted[leaf].layer.kind != Layer.Kind.BOARD:
            del counted[leaf]
    return counted


def _alone(read: Read, layer: Layer, sheet: int, counted: dict[int, Counted]) -> None:
    """Let the marks of a layer's only sheet count."""
    marks = read.marks[sheet]
    for leaf, points in marks.items():
        counted[leaf] = Counted(points, layer)
    for leaf in read.relative.intersection(marks):
        counted[leaf].given = read.measured.get((sheet, leaf))
    if read.knocked:
        for leaf in marks:
            counted[leaf].knocks_out = (sheet, leaf) in read.knocked


def _together(read: Read, layer: Layer, sheets: Sequence[Sent | Sheet], leaf: int) -> Counted:
    """Return one value of several checkers as the regulation says: agreed, mean or median."""
    marked = [s.pk for s in sheets if leaf in read.marks[s.pk]]
    given = [read.marks[sheet][leaf] for sheet in marked]
    values = [read.measured[s.pk, leaf] for s in sheets if (s.pk, leaf) in read.measured]
    agreed = layer.combine != Layer.Combine.AGREED or len({*given}) == len({*values} or {0}) == 1
    how = Layer.Combine.MEAN if layer.combine == Layer.Combine.AGREED else layer.combine
    knocks_out = all((sheet, leaf) in read.knocked for sheet in marked)
    if values:
        value = combine([v.value for v in values if v.value is not None], how, 1)
        return Counted(None, layer, Given(value, values[0].target), agreed=agreed)
    points = [Decimal(p) / 100 for p in given if isinstance(p, int)]
    if len(points) * 2 < len(given):  # most say that it does not apply
        return Counted(NOT_APPLICABLE, layer, agreed=agreed)
    criterion = read.criteria[leaf]
    step = criterion.rule.step if criterion.kind == Criterion.Kind.MANUAL else 1
    together = int(combine(points, how, step) * 100)
    return Counted(together, layer, knocks_out=knocks_out, agreed=agreed)


def _relative(read: Read, tree: Table, cards: list[Reckoned]) -> Mapping[int, Mapping[str, int]]:
    if not read.measured:
        return {}
    known = {
        one.card.pk: {
            read.codes[pk]: given
            for pk in read.relative.intersection(one.counted)
            if (given := one.counted[pk].given) is not None
        }
        for one in cards
    }
    return relative_points(tree, known)


def score_of(
    read: Read, scheme: Scheme, one: Reckoned, relative: Mapping[str, int]
) -> Score | None:
    """Return the score, or None where nobody has marked anything."""
    if not one.counted:
        return None
    points: dict[str, int] = {}
    absent: set[str] = set()
    codes = read.codes
    for pk in read.relative.intersection(one.counted):
        if one.counted[pk].given is not None:
            one.counted[pk].points = relative.get(codes[pk])
    for pk, counted in one.counted.items():
        its = counted.points
        if isinstance(its, int):
            points[codes[pk]] = its
        elif its == NOT_APPLICABLE:
            absent.add(codes[pk])
    out = [codes[pk] for pk, c in one.counted.items() if c.knocks_out] if read.knocked else ()
    return scheme.score_points(points, absent, out)


def _place(read: Read, cards: list[Reckoned]) -> None:
    """Rank and class all cards of the year."""
    table, criteria = read.table, list(read.criteria.values())
    votes = _votes(cards) if VOTE in table.ties else {}
    named = [tie.removeprefix(GROUP) for tie in table.ties if tie.startswith(GROUP)]
    contenders = [_contender(one, votes.get(one.card.enrolment_id), named) for one in cards]
    places = {place.key: place for place in rank(contenders, table.ties)}
    classes = classes_of(table)
    asks_each = any(one.each_at_least is not None for one in classes)
    for one in cards:
        one.place = places.get(one.card.enrolment_id)
        score = one.score
        if score is not None and score.maximum and not score.knockouts:
            reached = _reached(table, score)
            each = _each_percent(criteria, one) if asks_each else []
            one.class_name = classify(reached, each, classes) or ""


def _votes(cards: Iterable[Reckoned]) -> dict[int, int]:
    """Return the votes that settled ties, by member."""
    members = [one.card.enrolment_id for one in cards]
    rows = TieVote.objects.filter(enrolment__in=members)
    return dict(rows.values_list("enrolment_id", "votes"))


def _reached(table: ScoringTable, score: Score) -> Decimal:
    """Return what the bounds of classes are compared with: points, or % of the maximum."""
    if any(row.get("unit") == "points" for row in table.classes):
        return Decimal(score.total) / 100
    return score.exact_percent


OUTSIDE = (Criterion.Kind.PENALTY, Criterion.Kind.KNOCKOUT)


def _each_percent(criteria: Iterable[Criterion], one: Reckoned) -> list[Decimal]:
    """Return what share of its maximum each standard criterion got, of those that apply."""
    found = []
    for criterion in criteria:
        counted = one.counted.get(criterion.pk)
        is_standard = not criterion.is_bonus and criterion.kind not in OUTSIDE
        if counted and is_standard and criterion.max_points and isinstance(counted.points, int):
            found.append(Decimal(counted.points) * 100 / criterion.max_points)
    return found


def _contender(one: Reckoned, vote: int | None, named: Iterable[str]) -> Contender:
    """Return a member as the ranking sees it; ``named`` are what the table's ties ask for."""
    score = one.score
    groups = {code: _counted_for(score, code) for code in named} if score else {}
    return Contender(
        key=one.card.enrolment_id,
        total=score.total if score else None,
        groups=groups,
        penalty=score.penalty if score else 0,
        rewarded_last_year=False,
        law_preferred=False,
        vote=vote,
        knocked_out=bool(score and score.knockouts),
    )


def _counted_for(score: Score, code: str) -> int:
    return score.groups[code] if code in score.groups else score.lines[code].counted


def classes_of(table: ScoringTable) -> list[Class]:
    """Return the table's classes, highest first.

    Rows are ``name``, ``at_least`` and ``each`` (text numbers) and ``unit`` of ``at_least``, the
    same in all: "percent" of the maximum (default) or "points"; ``each`` is always %.
    """
    return [
        Class(
            row["name"],
            Decimal(row["at_least"]),
            Decimal(row["each"]) if row.get("each") else None,
        )
        for row in table.classes
    ]
