"""Short words for tables, cards and points, so that a case reads like the arithmetic it shows."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from thidua.marks.rules import Given, Kind, Rule
from thidua.marks.tables import Group, Leaf, Table

YES, NO = Given(Decimal(1)), Given(Decimal(0))
NA = Given(None, is_na=True)


def pts(points: str | float) -> int:
    """Return points as the hundredths that the code reckons in."""
    return int(Decimal(str(points)) * 100)


def given(value: str | float, target: str | float | None = None) -> Given:
    """Return what was given: a value, and a target where the kind knows one."""
    return Given(Decimal(str(value)), None if target is None else Decimal(str(target)))


def manual(code: str, most: str | float, step: int = 1, **more: Any) -> Leaf:
    """Return a criterion marked 0 … most."""
    return Leaf(code, Rule(Kind.MANUAL, pts(most), step=step), **more)


def yes_no(code: str, most: str | float, failed: str | float = 0, **more: Any) -> Leaf:
    """Return a criterion that is passed or failed."""
    return Leaf(code, Rule(Kind.PASS_FAIL, pts(most), failed=pts(failed)), **more)


def penalty(code: str, each: str | float, cap: str | float | None = None) -> Leaf:
    """Return a penalty."""
    its_cap = None if cap is None else pts(cap)
    return Leaf(code, Rule(Kind.PENALTY, 0, each=pts(each), cap=its_cap))


def relative(code: str, most: str | float, **more: Any) -> Leaf:
    """Return a criterion reckoned from the cluster's best."""
    return Leaf(code, Rule(Kind.LEADER_RELATIVE, pts(most)), **more)


def group(code: str, *children: Leaf | Group, cap: str | float | None = None) -> Group:
    """Return a group, with the cap of its bonuses in points."""
    return Group(code, children, None if cap is None else pts(cap))


def table(*children: Leaf | Group, cap: str | float | None = None, step: int = 1) -> Table:
    """Return a table of these top groups or criteria."""
    return Table(group("", *children, cap=cap), step)


def card(marks: Mapping[str, str | float | Given]) -> dict[str, Given]:
    """Return a card; plain numbers are values."""
    return {code: m if isinstance(m, Given) else given(m) for code, m in marks.items()}
