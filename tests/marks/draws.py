"""What hypothesis draws: tables, cards by them, units to rank."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from thidua.marks.ranking import Contender
from thidua.marks.rules import Given, Kind, Rule
from thidua.marks.tables import Group, Leaf, Table, leaves

POINTS = st.integers(1, 2_000)
PARTS = st.integers(1, 4)
CAPS = st.none() | st.integers(0, 1_500)
RULES: list[tuple[Callable[[int], Rule], bool]] = [
    (lambda most: Rule(Kind.MANUAL, most), False),
    (lambda most: Rule(Kind.MANUAL, most), False),
    (lambda most: Rule(Kind.MANUAL, most), True),
    (lambda most: Rule(Kind.PASS_FAIL, most, failed=-most // 2), False),
    (lambda most: Rule(Kind.PROPORTIONAL, most), False),
    (lambda most: Rule(Kind.COUNT, most, each=most // 3 + 1), True),
    (lambda most: Rule(Kind.PENALTY, 0, each=most), False),
]
ANY_RULE, ANY_NA = st.sampled_from(RULES), st.sampled_from(["rescale", "full"])
EITHER, FIFTH = st.booleans(), st.integers(0, 4)
FEW, UNITS = st.integers(0, 2), st.integers(0, 8)
FEW_OR_NONE = st.none() | FEW
SHARE, OF_IT, ONCE = st.integers(-5, 200), st.integers(1, 99), st.integers(0, 1)

# What is drawn within something drawn is a function of ``draw``: a strategy made each time costs
# more than what it draws.


@st.composite
def tables(draw: Any) -> Group:
    """Draw a group of groups and criteria with bonuses, penalties, caps, and "not applicable"."""
    return _group(draw, 2, "")


def _group(draw: Any, depth: int, prefix: str) -> Group:
    parts: list[Leaf | Group] = []
    for number in range(draw(PARTS)):
        code = f"{prefix}{number}"
        if depth and draw(EITHER):
            parts.append(_group(draw, depth - 1, f"{code}."))
        else:
            parts.append(_criterion(draw, code))
    return Group(prefix, tuple(parts), draw(CAPS))


def _criterion(draw: Any, code: str) -> Leaf:
    """Draw a criterion of any kind that one card reckons by itself."""
    most = draw(POINTS)
    rule, is_bonus = draw(ANY_RULE)
    return Leaf(code, rule(most), is_bonus=is_bonus, allows_na=True, na=draw(ANY_NA))


def _mark(draw: Any, leaf: Leaf) -> Given:
    """Draw what may be given for the criterion."""
    if draw(FIFTH) == 0:
        return Given(None, is_na=draw(EITHER))
    if leaf.rule.kind is Kind.MANUAL:
        return Given(Decimal(draw(st.integers(0, leaf.rule.max))) / 100)
    if leaf.rule.kind is Kind.PROPORTIONAL:
        return Given(Decimal(draw(SHARE)), Decimal(draw(OF_IT)))
    return Given(Decimal(draw(ONCE)))


@st.composite
def marked(draw: Any) -> tuple[Table, dict[str, Given]]:
    """Draw a table and one card."""
    table = Table(_group(draw, 2, ""))
    return table, {leaf.code: _mark(draw, leaf) for leaf in leaves(table.root)}


@st.composite
def contenders(draw: Any) -> list[Contender]:
    """Draw units of which many are equal."""
    return [
        Contender(
            key,
            draw(FEW_OR_NONE),
            groups={"I": draw(FEW)},
            penalty=draw(FEW),
            rewarded_last_year=draw(EITHER),
            law_preferred=draw(EITHER),
            vote=draw(FEW_OR_NONE),
            knocked_out=draw(FEW) == 0,
        )
        for key in range(draw(UNITS))
    ]


TIES = st.permutations(["vote", "group:I", "penalty", "not_rewarded", "law"]).flatmap(
    lambda ties: st.integers(0, 5).map(lambda many: list(ties)[:many])
)
