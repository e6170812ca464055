"""What holds for every table, card and ranking: input found by hypothesis."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.marks.build import group
from tests.marks.draws import TIES, contenders, marked, tables
from thidua.marks.arithmetic import half_up, spread
from thidua.marks.cards import Scheme, relative_points
from thidua.marks.layers import combine, standing
from thidua.marks.ranking import Contender, rank
from thidua.marks.rules import Given, Kind, Rule
from thidua.marks.tables import Group, Leaf, Table, leaves, maximum_of, problems

# Few and small examples, as cheap as the rest of the suite; each run draws new ones.
cheap = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


@cheap
@given(marked())
def test_a_total_opens_to_exactly_its_marks(case):
    table, card = case
    score = Scheme(table).score(card)
    lines = score.lines

    assert score.total == score.standard + score.bonus - score.penalty
    assert sum(lines[leaf.code].counted for leaf in leaves(table.root)) == score.total

    def check(node: Group) -> None:
        parts = [lines[child.code] for child in node.children]
        assert lines[node.code].counted == sum(part.counted for part in parts)
        for child in node.children:
            if isinstance(child, Group):
                check(child)

    check(table.root)
    assert lines[""].counted == score.total


@cheap
@given(marked())
def test_no_cap_is_passed_and_nothing_not_applicable_counts_unless_in_full(case):
    table, card = case
    score = Scheme(table).score(card)
    lines = score.lines

    def check(node: Group) -> None:
        bonus = sum(lines[leaf.code].counted for leaf in leaves(node) if leaf.is_extra)
        assert node.bonus_cap is None or bonus <= node.bonus_cap
        for child in node.children:
            if isinstance(child, Group):
                check(child)

    check(table.root)
    for leaf in leaves(table.root):
        line = lines[leaf.code]
        assert line.counted == 0 or not line.is_na or (leaf.na == "full" and leaf.is_standard)
        assert not leaf.is_extra or 0 <= line.counted <= leaf.rule.max
    assert score.standard <= score.maximum


@cheap
@given(marked(), st.randoms(use_true_random=False))
def test_the_order_in_which_marks_came_never_matters(case, chance):
    table, card = case
    items = list(card.items())
    chance.shuffle(items)
    one, other = Scheme(table).score(card), Scheme(table).score(dict(items))

    assert one == other
    assert one.lines == other.lines


@cheap
@given(marked())
def test_points_without_anything_not_applicable_are_summed_alike_on_both_ways(case):
    table, card = case
    scheme = Scheme(table)
    points = {
        code: its
        for code, mark in card.items()
        if not mark.is_na and (its := scheme.points(code, mark)) is not None
    }

    quick = scheme.score_points(points)
    slow = scheme.score_points(points, frozenset({"of another table"}))

    assert quick == slow
    assert quick.lines == slow.lines


@cheap
@given(marked(), st.data())
def test_raising_a_mark_never_lowers_a_rank(case, data):
    table, card = case
    scheme = Scheme(table)
    raised_code = data.draw(st.sampled_from(sorted(card)))
    leaf = next(leaf for leaf in leaves(table.root) if leaf.code == raised_code)
    points = {c: p for c, m in card.items() if (p := scheme.points(c, m)) is not None}
    na = frozenset(c for c, m in card.items() if m.is_na) - {raised_code}
    if leaf.is_penalty or raised_code not in points:
        return
    before = scheme.score_points(points, na).total
    more = data.draw(st.integers(points[raised_code], max(leaf.rule.max, points[raised_code])))
    after = scheme.score_points({**points, raised_code: more}, na).total
    others = data.draw(st.lists(st.integers(before - 300, before + 300), max_size=4))

    assert after >= before
    assert rank_of(after, others) <= rank_of(before, others)


def rank_of(total: int, others: list[int]) -> int:
    contenders = [Contender(n, other) for n, other in enumerate(others, start=1)]
    places = rank([Contender(0, total), *contenders])
    return next(place.rank or 0 for place in places if place.key == 0)


FIGURES = st.builds(
    lambda actual, target: Given(Decimal(actual), target and Decimal(target)),
    st.integers(0, 200),
    st.none() | st.integers(1, 100),
)
RELATIVE = Table(group("", Leaf("A", Rule(Kind.LEADER_RELATIVE, 1_000))))


@cheap
@given(st.lists(FIGURES, min_size=1, max_size=6), st.integers(1, 100))
def test_raising_a_figure_never_lowers_its_own_points_nor_raises_those_of_others(figures, more):
    """So an own rank never falls; that of others may change among them (see test_relative)."""
    cards = {n: {"A": figure} for n, figure in enumerate(figures)}
    before = relative_points(RELATIVE, cards)
    first = figures[0]
    raised = Given((first.value or Decimal(0)) + more, first.target)
    after = relative_points(RELATIVE, {**cards, 0: {"A": raised}})

    assert after[0]["A"] >= before[0]["A"]
    assert all(after[n]["A"] <= before[n]["A"] for n in cards if n)
    assert all(0 <= its["A"] <= 1_000 for its in (*before.values(), *after.values()))


@cheap
@given(st.lists(FIGURES, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_cluster_never_matters(figures, chance):
    items = [(n, {"A": figure}) for n, figure in enumerate(figures)]
    before = relative_points(RELATIVE, dict(items))
    chance.shuffle(items)

    assert relative_points(RELATIVE, dict(items)) == before


@cheap
@given(contenders(), TIES, st.randoms(use_true_random=False))
def test_a_ranking_is_the_same_whatever_the_order_of_input(units, ties, chance):
    before = rank(units, ties)
    shuffled = list(units)
    chance.shuffle(shuffled)

    assert rank(shuffled, ties) == before


@cheap
@given(contenders(), TIES)
def test_a_rank_is_one_more_than_those_before_it(units, ties):
    places = rank(units, ties)
    ranked = [place for place in places if place.rank is not None]

    assert len(places) == len(units)
    assert places[: len(ranked)] == ranked
    for place in ranked:
        assert place.rank == 1 + sum(other.rank < place.rank for other in ranked)
        sharing = {p.key for p in ranked if p.rank == place.rank} - {place.key}
        assert set(place.shared_with) == sharing


@cheap
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=7), st.sampled_from([1, 25, 50, 100]))
def test_a_combined_value_lies_on_the_step_and_near_the_values(amounts, step):
    values = [Decimal(amount) / 100 for amount in amounts]
    for how in ("mean", "median"):
        its = combine(values, how, step)

        assert its * 100 % step == 0
        assert min(values) - Decimal(step) / 200 <= its <= max(values) + Decimal(step) / 200
        assert combine(values[::-1], how, step) == its


@cheap
@given(st.lists(st.dictionaries(st.sampled_from("ABC"), st.integers(0, 9)), max_size=4))
def test_the_highest_mark_stands(layers):
    its = standing([{c: Given(Decimal(v)) for c, v in layer.items()} for layer in layers])

    assert set(its) == {code for layer in layers for code in layer}
    for code, mark in its.items():
        assert mark.value == [layer[code] for layer in layers if code in layer][-1]


@cheap
@given(st.integers(-5_000, 5_000), st.integers(1, 500))
def test_a_half_goes_away_from_zero(numerator, denominator):
    exact = Fraction(numerator, denominator)
    its = half_up(numerator, denominator)

    assert abs(its - exact) <= Fraction(1, 2)
    assert abs(its - exact) < Fraction(1, 2) or abs(its) > abs(exact)


@cheap
@given(st.lists(st.integers(0, 5_000), min_size=1, max_size=8), st.integers(0, 5_000))
def test_what_is_spread_sums_exactly_and_stays_within_a_hundredth_of_its_share(weights, amount):
    whole = sum(weights)
    shares = spread(amount if whole else 0, weights, amount, whole or 1)

    assert sum(shares) == (amount if whole else 0)
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(weight * amount, whole or 1)) < 1


@cheap
@given(tables())
def test_all_that_is_said_of_a_drawn_table_can_be_told(root):
    """The drawn tables are sound but for caps and bonuses that pay nothing."""
    found = {problem.code for problem in problems(Table(root))}

    assert found <= {"cap_under_unit", "group_empty", "max_not_positive"}
    assert maximum_of(root) >= 0
