"""Sheets of years past: awards and rankings, under the units there were in each year."""

import pytest

from tests import factories as make
from tests.commendations.factories import a_bloc_of, a_board, a_merger, a_unit, an_award
from tests.imports.sheets import brought, problems, rows_of
from thidua.commendations.actions.awards import AwardFacts, correct_award
from thidua.commendations.actions.rankings import RankingFacts, enter_ranking
from thidua.commendations.models import Award, PastRanking
from thidua.core.errors import WrongState
from thidua.imports.actions.undoing import undo_import
from thidua.imports.actions.writing import confirm_import
from thidua.imports.kinds import the_kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return a_board()


@pytest.fixture
def unit(board):
    return a_unit(board, "Hội Nông dân tỉnh", short_name="HND tỉnh")


def award(**told):
    return {"organization": "HND tỉnh", "honour_name": "Giấy khen", "year": 2024, **told}


def counts(imported):
    return {k: imported.found["counts"][k] for k in ("make", "change", "keep", "problems", "open")}


def codes(imported):
    return [(row, cell, code) for row, cell, code in problems(imported)]


def given_out(key, board):
    return list(the_kind(key).exported(board))


def test_awards_come_in_and_go_out_in_the_same_form(board, unit):
    rows = rows_of(
        "awards",
        award(honour_name="Cờ thi đua của UBND tỉnh", decision_number="12/QĐ-UBND",
              decided_on="20/02/2025", decided_by="Chủ tịch UBND tỉnh"),
        award(person_name="Lê Ví Dụ", post="Chủ tịch", honour_name="CSTĐCS", year="2023"),
    )  # fmt: skip

    imported = confirm_import(brought("awards", rows, board), by=board)

    assert imported.state == "done", imported.refusal
    flag = Award.objects.get(honour="co_tinh")
    assert (flag.organization, flag.organization_name, flag.year) == (unit, unit.name, 2024)
    out = given_out("awards", board)
    assert [(o["year"], o["person_name"], o["unit_name"]) for o in out] == [
        (2024, "", ""),
        (2023, "Lê Ví Dụ", ""),
    ]
    again = brought("awards", rows_of("awards", *out), board)
    assert counts(again) == {"make": 0, "change": 0, "keep": 2, "problems": 0, "open": 0}


def test_a_row_means_the_unit_that_there_was_in_its_year(board, unit):
    new = a_merger("Hội Nông dân tỉnh", unit, a_unit(board), by=board)

    imported = brought("awards", rows_of("awards", award(year=2023), award(year=2026),
                                         award(organization="Hội Nông dân tỉnh", year=2023,
                                               decision_number="9")), board)  # fmt: skip
    assert [code for _r, _c, code in problems(imported)] == ["unit_of_another_year", "award_twice"]
    good = brought("awards", rows_of("awards", *(award(organization=unit.name, year=year)
                                                 for year in (2023, 2026))), board)  # fmt: skip
    confirm_import(good, by=board)

    assert list(Award.objects.order_by("year").values_list("organization", "year")) == [
        (unit.pk, 2023),
        (new.pk, 2026),
    ]
    both = brought("awards", rows_of("awards", award(organization=unit.name, year=2025)), board)
    assert both.found["questions"][0][3] == "which_unit"
    assert [label for _v, label in both.found["questions"][0][4]] != []


def test_what_is_wrong_in_a_row_of_awards_stands_at_its_cell(board, unit):
    other = make.board(make.an_organization("Ban khác", kind="board"))
    foreign = a_unit(other, "Hội của ban khác")
    rows = rows_of(
        "awards",
        award(year=1900),
        award(organization="Hội không có"),
        award(organization=foreign.name),
        award(decided_on="01/01/2023"),
        award(honour_name="CSTĐCS"),
        award(honour_name="Cờ thi đua của Chính phủ", person_name="Lê Ví Dụ"),
        award(decision_number="1"),
        award(),
    )

    imported = brought("awards", rows, board)

    assert codes(imported) == [
        (2, "G2", "year_not_past"),
        (3, "A3", "unknown_unit"),
        (4, "A4", "unit_of_others"),
        (5, "I5", "decision_before_year"),
        (6, "D6", "honour_of_persons"),
        (7, "D7", "honour_of_collectives"),
        (8, "F8", "award_twice"),
        (9, "F9", "award_twice"),
    ]


def test_an_award_that_is_there_is_filled_in_and_blank_again_after_undoing(board, unit):
    there = an_award(unit, board)
    rows = rows_of("awards", award(decision_number="12/QĐ", decided_on="20/02/2025"))

    imported = brought("awards", rows, board)
    assert counts(imported)["change"] == 1
    imported = confirm_import(imported, by=board)
    there.refresh_from_db()
    assert there.basis == "12/QĐ, ngày 20/2/2025"
    undo_import(imported, by=board)

    there.refresh_from_db()
    assert there.basis == ""


def test_awards_are_taken_back_unless_one_was_corrected_since(board, unit):
    imported = confirm_import(brought("awards", rows_of("awards", award()), board), by=board)
    other = confirm_import(brought("awards", rows_of("awards", award(year=2023)), board), by=board)
    correct_award(Award.objects.get(year=2023), AwardFacts("Giấy khen", 2022), by=board)

    undo_import(imported, by=board)
    with pytest.raises(WrongState, match="đã có việc của mình"):
        undo_import(other, by=board)

    assert [a.year for a in Award.objects.all()] == [2022]


def ranking(**told):
    return {"bloc": "Khối thi đua số 7 Đoàn thể", "organization": "HND tỉnh", "year": 2024, **told}


def test_rankings_come_in_and_go_out_in_the_same_form(board, unit):
    bloc = a_bloc_of(board, "Đoàn thể", number="7")
    other = a_unit(board, "Hội Phụ nữ tỉnh")
    rows = rows_of(
        "rankings",
        ranking(rank=1, points=985.5, maximum=1000, class_name="Xuất sắc"),
        ranking(bloc="khối số 7", organization=other.name, rank="Hạng nhì", points="0"),
    )

    imported = confirm_import(brought("rankings", rows, board), by=board)

    assert imported.state == "done", imported.refusal
    kept = PastRanking.objects.filter(bloc=bloc).values_list("rank", "points", "maximum")
    assert list(kept) == [(1, 98550, 100000), (2, 0, None)]
    again = brought("rankings", _as_typed(given_out("rankings", board)), board)
    assert counts(again) == {"make": 0, "change": 0, "keep": 2, "problems": 0, "open": 0}
    undo_import(imported, by=board)
    assert PastRanking.objects.count() == 0


def _as_typed(out):
    """Write points as a board does: the form's own sheet has them in whole points."""
    for row in out:
        for name in ("points", "maximum"):
            row[name] = row[name] if row[name] is None else row[name] / 100
    return rows_of("rankings", *out)


def test_what_is_wrong_in_a_row_of_rankings_stands_at_its_cell(board, unit):
    bloc = a_bloc_of(board, "Đoàn thể", number="7")
    enter_ranking(bloc, unit, RankingFacts(2023, rank=2), by=board)
    rows = rows_of(
        "rankings",
        ranking(rank="nhất nhì"),
        ranking(year=2022, bloc="Khối không có", rank=1),
        ranking(year=2023, rank=1),
        ranking(year=2021, rank=1, points="9,5555"),
        ranking(year=2020, points="1.000"),
        ranking(year=2019, rank=1, maximum=100),
        ranking(year=2018, rank=1),
        ranking(year=2018, rank=2),
    )

    imported = brought("rankings", rows, board)

    assert codes(imported) == [
        (2, "E2", "no_rank"),
        (2, "E2", "ranking_empty"),
        (3, "A3", "unknown_bloc"),
        (4, "E4", "ranking_differs"),
        (5, "F5", "no_points"),
        (6, "F6", "unclear_points"),
        (6, "E6", "ranking_empty"),
        (7, "G7", "maximum_alone"),
        (9, "C9", "ranking_twice"),
    ]
