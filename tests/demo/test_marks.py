"""What no report tells of Nam Định 2023 is invented and says so; the fictional bloc is marking."""

import pytest

from thidua.cycles.models import Cycle
from thidua.cycles.queries import with_parts
from thidua.demo.minh_hoa import BLOC
from thidua.reporting.models import Report
from thidua.reporting.standings import ReportStanding, standing_board
from thidua.scoring.models import Card, Layer, Result, ScoringTable, Sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def nam_dinh(year: int) -> Cycle:
    """Return the year of Nam Định's bloc."""
    return with_parts(Cycle.objects.filter(bloc__place="Nam Định", year=year)).get()


def being_marked() -> Cycle:
    """Return the fictional bloc's last year."""
    found = Cycle.objects.filter(bloc__short_name="hội nghề").order_by("year")
    return with_parts(found.filter(pk=found[0].pk)).get()


def test_nam_dinh_2023_was_reported_scored_in_all_layers_and_ranked():
    cycle = nam_dinh(2023)
    rows = standing_board(cycle)
    assert [[cell.report is not None for cell in row.cells] for row in rows] == [[True, True]] * 6
    assert [row.cells[1].is_late for row in rows] == [False] * 5 + [True]
    result = Result.objects.get(cycle=cycle)
    assert result.state == Result.State.PUBLISHED
    assert result.version is not None
    assert result.version.matches
    standings = list(result.standings.all())
    assert [s.rank for s in standings] == [1, 2, 3, 4, 5, 6]
    assert all(s.why for s in standings)
    layers = {mark["layer"] for s in standings for line in s.lines for mark in line["marks"]}
    assert layers >= {Layer.Kind.SELF, Layer.Kind.CROSS, Layer.Kind.LEAD, Layer.Kind.BOARD}
    assert all(sheet.is_sent for sheet in Sheet.objects.filter(layer__cycle=cycle))


def test_every_invented_report_card_and_result_says_so():
    cycle = nam_dinh(2023)
    assert cycle.is_illustration
    assert Result.objects.get(cycle=cycle).is_illustration
    for model in (Report, Card):
        found = model.objects.filter(enrolment__cycle=cycle)
        assert found.count() >= 6
        assert all(thing.is_illustration for thing in found)


def test_nam_dinh_2024_was_copied_with_the_lead_handed_on():
    before, cycle = nam_dinh(2023), nam_dinh(2024)
    assert cycle.copied_from == before
    assert cycle.state == Cycle.State.OPEN
    leaders = [c.in_role("leader")[0].organization for c in (before, cycle)]
    assert leaders[0] != leaders[1]
    assert leaders[1] == before.in_role("deputy")[0].organization
    assert cycle.scoring_tables.get().state == ScoringTable.State.DRAFT


def test_the_fictional_bloc_stands_in_the_middle_of_marking():
    cycle = being_marked()
    sheets = Sheet.objects.filter(layer__cycle=cycle).select_related("layer")
    sent = {(s.layer.kind, s.is_sent) for s in sheets}
    assert sent == {
        ("self", True),
        ("self", False),
        ("cross", True),
        ("cross", False),
        ("lead", False),
    }
    assert sheets.filter(layer__kind="self").count() == len(BLOC)
    assert [s.is_late for s in sheets if s.layer.kind == "self" and s.is_sent].count(True) == 1
    assert not Result.objects.filter(cycle=cycle).exists()
    cells = [row.cells[-1].standing for row in standing_board(cycle)]
    assert set(cells) == {ReportStanding.ACCEPTED}
