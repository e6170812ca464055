"""Ranking: standard competition (1, 2, 2, 4) with a written chain of ties.

Source: design 5; domain.md 4.9 (a tie is settled by vote: HD 01/HD-UBND 05-05-2022, Vĩnh Long) and
"tie-breaks to offer": a vote, a named group's points, fewer penalties, not rewarded last year, the
law's preference. The regulation sets which and in what order; without any, equal totals share.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from thidua.marks.faults import Fault

VOTE, PENALTY, NOT_REWARDED, LAW = "vote", "penalty", "not_rewarded", "law"
GROUP = "group:"


@dataclass(frozen=True, slots=True)
class Contender:
    """One unit as the ranking sees it; points are hundredths.

    ``key``: anything that sorts, one of its own for each; ``total`` None: not scored;
    ``groups``: points by group code, for ties; ``vote``: votes it got where a tie was voted on.
    """

    key: Any
    total: int | None
    groups: Mapping[str, int] = field(default_factory=dict)
    penalty: int = 0
    rewarded_last_year: bool = False
    law_preferred: bool = False
    vote: int | None = None
    knocked_out: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands, and what separates it from the one that follows.

    ``rank`` None: knocked out or not scored. ``gap_to_next``: by how many hundredths it leads
    the next one that has a rank (0: equal total; None: it is the last, or has no rank).
    ``decided_by``: the tie that put it before the next of equal total; None where the totals
    decide, or where both share. ``shared_with``: the others of the same rank.
    """

    key: Any
    rank: int | None
    contender: Contender
    gap_to_next: int | None = None
    decided_by: str | None = None
    shared_with: tuple[Any, ...] = ()


Order = Callable[[Contender], int]
_ORDERS: dict[str, Order] = {
    VOTE: lambda c: -1 if c.vote is None else c.vote,
    PENALTY: lambda c: -c.penalty,
    NOT_REWARDED: lambda c: not c.rewarded_last_year,
    LAW: lambda c: c.law_preferred,
}


def rank(contenders: Iterable[Contender], ties: Sequence[str] = ()) -> list[Place]:
    """Return all places, best first; the order of ``contenders`` never matters.

    ``ties``: "vote" (more first; no vote counts as fewest), "group:<code>" (more points first),
    "penalty" (fewer), "not_rewarded" (who was not rewarded last year), "law" (whom the law
    prefers), asked in this order of units with equal totals. Those that no tie separates share
    their rank and are listed by key. Without rank follow the units that were not scored, and
    after all others those knocked out, by total. Faults: ``no_such_tie`` (tie), ``no_such_group``
    (group, key).
    """
    orders = [_order(tie) for tie in ties]
    by_key = sorted(contenders, key=lambda c: c.key)
    ranked: list[tuple[tuple[int, ...], Contender]] = [
        (_standing(c.total, orders, c), c)
        for c in by_key
        if c.total is not None and not c.knocked_out
    ]
    ranked.sort(key=lambda pair: pair[0], reverse=True)
    unscored = [c for c in by_key if c.total is None and not c.knocked_out]
    knocked = [c for c in by_key if c.knocked_out]
    knocked.sort(key=lambda c: (c.total is not None, c.total or 0), reverse=True)
    return [
        *_places(ranked, ties),
        *(Place(c.key, None, c) for c in unscored),
        *(Place(c.key, None, c) for c in knocked),
    ]


def standings(places: Iterable[Place]) -> dict[Any, tuple[int | None, int | None]]:
    """Return (total, rank) by key, as `cards.moved` compares them."""
    return {place.key: (place.contender.total, place.rank) for place in places}


def _order(tie: str) -> Order:
    if tie.startswith(GROUP):
        return lambda c: _group_points(c, tie.removeprefix(GROUP))
    if tie not in _ORDERS:
        raise Fault("no_such_tie", tie=tie)
    return _ORDERS[tie]


def _group_points(contender: Contender, group: str) -> int:
    if group not in contender.groups:
        raise Fault("no_such_group", group=group, key=contender.key)
    return contender.groups[group]


def _standing(total: int, orders: Sequence[Order], contender: Contender) -> tuple[int, ...]:
    return (total, *(order(contender) for order in orders))


def _places(
    ranked: Sequence[tuple[tuple[int, ...], Contender]], ties: Sequence[str]
) -> Iterable[Place]:
    following = [standing for standing, _contender in ranked[1:]]
    count = 0
    for standing, together in groupby(ranked, key=lambda pair: pair[0]):
        sharing = [contender for _standing, contender in together]
        first = count + 1
        for contender in sharing:
            then = following[count] if count < len(following) else None
            count += 1
            yield Place(
                contender.key,
                first,
                contender,
                None if then is None else standing[0] - then[0],
                _decided_by(standing, then, ties),
                tuple(c.key for c in sharing if c is not contender),
            )


def _decided_by(
    standing: tuple[int, ...], then: tuple[int, ...] | None, ties: Sequence[str]
) -> str | None:
    if then is None or standing[0] != then[0]:
        return None
    decisive = (t for t, own, its in zip(ties, standing[1:], then[1:], strict=True) if own != its)
    return next(decisive, None)
