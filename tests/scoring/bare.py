"""A year's marks as bare rows, for tests of what is reckoned from them: nobody is asked who wrote.

`a_bare_table(world, …)` puts criteria to use at once; `mark(world, member, layer, I_1=30)` adds
what one scorer sent. A value is a number, a (value, target) pair, or NA.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tests.factories import World
from tests.kept import kept
from thidua.core import clock
from thidua.marks.rules import Given
from thidua.organizations.models import Organization
from thidua.scoring.given import MarkGiven, points_for
from thidua.scoring.models import Card, Criterion, Layer, Mark, ScoringTable, Sheet

NA = "không áp dụng"
Facts = dict[str, Any]


def leaf(code: str, kind: str = "manual", most: int | None = 10, **facts: Any) -> Facts:
    """Return a criterion; ``most`` in points."""
    points = None if most is None else most * 100
    return {"code": code, "kind": kind, "max_points": points, **facts}


@kept
def a_bare_table(world: World, *leaves: Facts, **facts: Any) -> ScoringTable:
    """Make a table in use: "I.1" stands in group "I"; every member has a card, all layers are."""
    table = ScoringTable.objects.create(
        cycle=world.cycle,
        number=1,
        name="Bảng điểm",
        state=ScoringTable.State.ADOPTED,
        digest="0" * 64,
        adopted_at=clock.now(),
        **facts,
    )
    groups: dict[str, Criterion] = {}
    for place, told in enumerate(leaves):
        head = told["code"].partition(".")[0]
        if head not in groups:
            groups[head] = Criterion.objects.create(
                table=table, place=100 * place, code=head, name=f"Nhóm {head}", is_group=True
            )
        name = f"Tiêu chí {told['code']}"
        Criterion.objects.create(
            table=table, parent=groups[head], place=100 * place + 1, name=name, **told
        )
    kinds = Layer.Kind.values
    Layer.objects.bulk_create(
        Layer(cycle=world.cycle, kind=kind, place=n) for n, kind in enumerate(kinds)
    )
    Card.objects.bulk_create(Card(enrolment=e, table=table) for e in world.enrolments)
    return table


def more_penalties(table: ScoringTable, count: int) -> None:
    """Add so many criteria to the group of the bonus (see `factories.a_draft_table`), as rows."""
    group = table.criteria.get(code="B")
    Criterion.objects.bulk_create(
        Criterion(
            table=table,
            parent=group,
            place=100 + number,
            code=f"P.{number}",
            name=f"Trừ {number}",
            kind=Criterion.Kind.PENALTY,
            parameters={"each": 100},
        )
        for number in range(count)
    )


def card_of(world: World, member: int) -> Card:
    """Return a member's card."""
    return Card.objects.get(enrolment=world.enrolments[member])


def mark(
    world: World, member: int, kind: str, scorer: Organization | None = None, **values: Any
) -> Sheet:
    """Send a scorer's marks of a member's card (its own where no scorer is named)."""
    card = card_of(world, member)
    sheet, _made = Sheet.objects.get_or_create(
        card=card,
        layer=Layer.objects.get(cycle=world.cycle, kind=kind),
        organization=scorer or world.members[member],
        defaults={"state": Sheet.State.SENT, "sent_at": clock.now(), "digest": "0" * 64},
    )
    table = card.table
    criteria = {c.code: c for c in table.criteria.all()}
    Mark.objects.bulk_create(
        _mark(sheet, criteria[code.replace("_", ".")], value, table)
        for code, value in values.items()
    )
    return sheet


def _mark(sheet: Sheet, criterion: Criterion, value: Any, table: ScoringTable) -> Mark:
    criterion.table = table
    told, target = value if isinstance(value, tuple) else (value, None)
    is_na = told is NA
    number = None if is_na or told is None else Decimal(str(told))
    goal = None if target is None else Decimal(str(target))
    given = MarkGiven(number, goal, is_na)
    return Mark(
        sheet=sheet,
        criterion=criterion,
        value=number,
        target=goal,
        is_na=is_na,
        points=points_for(criterion, given),
        knocks_out=criterion.rule.knocks_out(Given(number, goal, is_na)),
        at=clock.now(),
    )


def each(world: World, kind: str, values: Mapping[int, Any], code: str) -> None:
    """Send one criterion of several members' cards, each by the member itself."""
    for member, value in values.items():
        mark(world, member, kind, **{code: value})
