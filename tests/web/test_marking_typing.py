"""What is typed as a mark: understood, or refused with a sentence; nothing is guessed."""

from decimal import Decimal

import pytest

from thidua.scoring.models import Criterion, ScoringTable
from thidua.web.marking.forms import MarkForm


def form_for(value, kind="manual", **told):
    """Return the form of a criterion without a database, with what was typed."""
    table = ScoringTable(step=25)
    facts = {"kind": kind, "max_points": 4000, "parameters": {}, **told}
    return MarkForm(
        {"value": value, "seen": "0"},
        criterion=Criterion(table=table, code="I.1", **facts),
        layer="self",
        mark=None,
    )


@pytest.mark.parametrize("typed", ["12,5", "12.5", " 12,50 "])
def test_both_signs_are_decimal_in_a_mark(typed):
    """Points typed as “"12,5" and "12.5"” are the same."""
    form = form_for(typed)

    assert form.is_valid()
    assert form.given().value == Decimal("12.5")


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [("manual", {}), ("count", {"each": 200}), ("proportional", {"percent": "1"})],
)
@pytest.mark.parametrize("typed", ["１２", "NaN", "12,5 điểm", "1e3"])
def test_what_is_no_number_is_refused_and_never_guessed(typed, kind, parameters):
    """Digits of another script, “"１２"”, and words such as NaN get a sentence in every kind."""
    form = form_for(typed, kind, parameters=parameters)

    assert not form.is_valid()
    assert list(form.errors) == ["value"]
    assert form["value"].value() == typed


def test_what_always_applies_offers_nothing_else_and_the_rest_loses_its_points():
    """A value beside "not applicable" counts for nothing."""
    table, facts = ScoringTable(step=25), {"code": "I.1", "kind": "manual", "max_points": 4000}
    told = {"layer": "self", "mark": None}
    always = MarkForm(criterion=Criterion(table=table, parameters={}, **facts), **told)
    sometimes = MarkForm(
        {"value": "12", "is_na": "on", "reason": "Không có đoàn viên", "seen": "0"},
        criterion=Criterion(table=table, parameters={}, allows_na=True, **facts),
        **told,
    )

    assert "is_na" not in always.fields
    assert sometimes.is_valid()
    given = sometimes.given()
    assert (given.value, given.is_na, given.reason) == (None, True, "Không có đoàn viên")
