"""A year that is being scored, made by the actions a person would use.

`a_table(world)` puts a small table to use: two groups of 60 and 40 points, a bonus, a penalty, a
knock-out. `a_self_score(world, member, …)` sends a member's own marks; `all_scored(world)` takes
every card through self and lead, so that a result can be drawn up.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tests.factories import World, a_bloc
from tests.kept import kept
from thidua.core import clock
from thidua.scoring.actions.adoption import adopt_table
from thidua.scoring.actions.marking import save_marks, send_sheet
from thidua.scoring.actions.results import adopt_result, draw_up_result, publish_result
from thidua.scoring.actions.tables import CriterionFacts, TableFacts, add_criterion, begin_table
from thidua.scoring.given import MarkGiven
from thidua.scoring.models import Card, Criterion, Layer, Result, ScoringTable, Sheet
from thidua.scoring.queries import marked_by

POINT = 100


@kept
def a_draft_table(world: World, **facts: object) -> ScoringTable:
    """Make a draft: I (60: I.1 manual 40, I.2 graded 20), II (40: manual), B bonus, T penalty."""
    by = world.heads[0]
    told = {"name": "Bảng điểm thử", "step": 25, "bonus_cap": 5 * POINT, **facts}
    table = begin_table(world.cycle, TableFacts(**told), by=by)  # type: ignore[arg-type]
    one = add_criterion(
        table, CriterionFacts("I", "Nhiệm vụ chính trị", max_points=60 * POINT), by=by
    )
    two = add_criterion(table, CriterionFacts("II", "Thi đua", max_points=40 * POINT), by=by)
    more = add_criterion(table, CriterionFacts("B", "Điểm thưởng"), by=by)
    steps = [
        {"label": "Tốt", "points": 20 * POINT},
        {"label": "Khá", "points": 10 * POINT},
        {"label": "Không hoàn thành", "points": 0, "knocks_out": True},
    ]
    leaves = [
        (one, CriterionFacts("I.1", "Nội dung một", "manual", 40 * POINT)),
        (one, CriterionFacts("I.2", "Nội dung hai", "graded", 20 * POINT, {"steps": steps})),
        (two, CriterionFacts("II.1", "Nội dung ba", "manual", 40 * POINT, needs_evidence=False)),
        (
            more,
            CriterionFacts("B.1", "Mô hình mới", "count", 10 * POINT, {"each": 200}, is_bonus=True),
        ),
        (more, CriterionFacts("T.1", "Báo cáo muộn", "penalty", None, {"each": 200})),
    ]
    for parent, leaf in leaves:
        add_criterion(table, leaf, by=by, parent=parent)
    return table


@kept
def a_table(world: World, **facts: object) -> ScoringTable:
    """Make a table that the year is marked by; every member has a card."""
    return adopt_table(a_draft_table(world, **facts), by=world.heads[0])


def criterion(table: ScoringTable, code: str) -> Criterion:
    """Return a criterion of the table by its code."""
    return table.criteria.get(code=code)


def card_of(world: World, member: int) -> Card:
    """Return a member's card by the table in use."""
    return Card.objects.get(
        enrolment=world.enrolments[member], table__state=ScoringTable.State.ADOPTED
    )


def sheet_of(world: World, member: int, kind: str = Layer.Kind.SELF, **facts: object) -> Sheet:
    """Return a sheet of a member's card in a layer."""
    return Sheet.objects.get(card=card_of(world, member), layer__kind=kind, **facts)


def given(sheet: Sheet, values: Mapping[str, object], *, reason: str = "") -> dict[int, MarkGiven]:
    """Return marks by criterion from values by code: every other criterion gets 0 (or "Tốt")."""
    told: dict[int, MarkGiven] = {}
    for leaf in marked_by(sheet):
        value = values.get(leaf.code, 0)
        told[leaf.pk] = MarkGiven(Decimal(str(value)), reason=reason)
    return told


@kept
def a_self_score(world: World, member: int, **values: object) -> Sheet:
    """Mark and send a member's own card; ``values`` by code with "_" for "." (I_1=35)."""
    sheet = sheet_of(world, member)
    by_code = {code.replace("_", "."): value for code, value in values.items()}
    save_marks(sheet, given(sheet, by_code), by=world.heads[member])
    return send_sheet(sheet, by=world.heads[member])


@kept
def all_scored(world: World, first: int = 40) -> None:
    """Send every member's own marks: the first gets ``first`` for I.1, each next one point less."""
    for member in range(len(world.members)):
        a_self_score(world, member, I_1=first - member, II_1=30)


@kept
def a_scored_world(members: int = 3) -> World:
    """Make a bloc with a table in use, each of whose members has sent its own marks."""
    world = a_bloc(members)
    a_table(world)
    all_scored(world)
    return world


@kept
def a_result(world: World) -> Result:
    """Draw up the preliminary result of a world that was scored."""
    return draw_up_result(world.cycle, by=world.heads[0])


@kept
def an_adopted_result(world: World) -> Result:
    """Let the meeting adopt the preliminary result."""
    day: date = clock.today()
    return adopt_result(a_result(world), by=world.heads[0], minutes="01/BB-K", adopted_on=day)


@kept
def a_published_result(world: World, audience: str = "public") -> Result:
    """Publish the adopted result."""
    return publish_result(an_adopted_result(world), by=world.heads[0], audience=audience)
