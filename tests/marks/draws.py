"""What hypothesis draws: tables, cards by them, units to rank."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from thidua.marks.ranking import Contender
from thidua.marks.rules import Given, Kind, Rule
from thidua.marks.tables import Group, Leaf, Table, leaves

POINTS = st.integers(1, 2_000)


@st.composite
def tables(draw: Any, depth: int = 2, prefix: str = "") -> Group:
    """Draw a group of groups and criteria with bonuses, penalties, caps, and "not applicable"."""
    parts: list[Leaf | Group] = []
    for number in range(draw(st.integers(1, 4))):
        code = f"{prefix}{number}"
        if depth and draw(st.booleans()):
            parts.append(draw(tables(depth - 1, f"{code}.")))
        else:
            parts.append(draw(criteria(code)))
    cap = draw(st.none() | st.integers(0, 1_500))
    return Group(prefix, tuple(parts), cap)


@st.composite
def criteria(draw: Any, code: str) -> Leaf:
    """Draw a criterion of any kind that one card reckons by itself."""
    most = draw(POINTS)
    rule, is_bonus = draw(
        st.sampled_from(
            [
                (Rule(Kind.MANUAL, most), False),
                (Rule(Kind.MANUAL, most), False),
                (Rule(Kind.MANUAL, most), True),
                (Rule(Kind.PASS_FAIL, most, failed=-most // 2), False),
                (Rule(Kind.PROPORTIONAL, most), False),
                (Rule(Kind.COUNT, most, each=most // 3 + 1), True),
                (Rule(Kind.PENALTY, 0, each=most), False),
            ]
        )
    )
    na = draw(st.sampled_from(["rescale", "full"]))
    return Leaf(code, rule, is_bonus=is_bonus, allows_na=True, na=na)


@st.composite
def marks(draw: Any, leaf: Leaf) -> Given:
    """Draw what may be given for the criterion."""
    if draw(st.integers(0, 4)) == 0:
        return Given(None, is_na=draw(st.booleans()))
    if leaf.rule.kind is Kind.MANUAL:
        return Given(Decimal(draw(st.integers(0, leaf.rule.max))) / 100)
    if leaf.rule.kind is Kind.PROPORTIONAL:
        return Given(Decimal(draw(st.integers(-5, 200))), Decimal(draw(st.integers(1, 99))))
    return Given(Decimal(draw(st.integers(0, 1))))


@st.composite
def marked(draw: Any) -> tuple[Table, dict[str, Given]]:
    """Draw a table and one card."""
    table = Table(draw(tables()))
    return table, {leaf.code: draw(marks(leaf)) for leaf in leaves(table.root)}


@st.composite
def contenders(draw: Any) -> list[Contender]:
    """Draw units of which many are equal."""
    few = st.integers(0, 2)
    return [
        Contender(
            key,
            draw(st.none() | few),
            groups={"I": draw(few)},
            penalty=draw(few),
            rewarded_last_year=draw(st.booleans()),
            law_preferred=draw(st.booleans()),
            vote=draw(st.none() | few),
            knocked_out=draw(few) == 0,
        )
        for key in range(draw(st.integers(0, 8)))
    ]


TIES = st.permutations(["vote", "group:I", "penalty", "not_rewarded", "law"]).flatmap(
    lambda ties: st.integers(0, 5).map(lambda many: list(ties)[:many])
)
