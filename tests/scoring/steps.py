"""What scorers do, for the tests of marking: mark, check, appraise, send."""

from decimal import Decimal

from tests.kept import kept
from tests.scoring.factories import (
    card_of,
    criterion,
    given,
)
from thidua.scoring.actions.checks import assign_check, open_sheet
from thidua.scoring.actions.marking import save_marks, send_sheet
from thidua.scoring.given import MarkGiven
from thidua.scoring.models import Sheet


def head(world, number):
    return world.heads[number]


def mark(sheet, code, value=None, *, by, **told):
    """Give one mark by the criterion's code."""
    leaf = criterion(sheet.card.table, code)
    number = None if value is None else Decimal(str(value))
    return save_marks(sheet, {leaf.pk: MarkGiven(number, **told)}, by=by)


@kept
def a_check(world, member, checker):
    """Assign and return the check of a member's card."""
    assigned = assign_check(card_of(world, member), world.members[checker].pk, by=world.heads[0])
    return Sheet.objects.get(pk=assigned.pk)


@kept
def an_appraisal(world, member, by, kind="lead"):
    """Begin and return the appraisal of a member's card."""
    card = card_of(world, member)
    card.enrolment.cycle = world.fresh_cycle()
    return Sheet.objects.get(pk=open_sheet(card, kind, by=by).pk)


def send_all(sheet, by, reason="Xem lại", **values):
    """Mark everything and send; values by code with "_" for "."."""
    told = {code.replace("_", "."): value for code, value in values.items()}
    save_marks(sheet, given(sheet, told, reason=reason), by=by)
    return send_sheet(sheet, by=by)
