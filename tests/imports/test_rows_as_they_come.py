"""What is wrong between the rows of a sheet is told at the row and the cell."""

import pytest

from tests import factories as make
from tests.imports.sheets import brought, problems, rows_of, unit
from thidua.imports.actions.writing import confirm_import

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make.board(make.an_organization("Ban Thi đua tỉnh", kind="board"))


def test_one_organisation_in_two_rows_is_an_error_of_the_second(board):
    """“two rows for one organisation”, by one name or by two of its names."""
    make.an_organization("Hội Nông dân", short_name="HND", parent=board.organization)
    rows = rows_of(
        "organizations", unit("Hội A"), unit("hội  a"), unit("Hội Nông dân"), unit("HỘI NÔNG DÂN")
    )
    assert problems(brought("organizations", rows, board)) == [
        (3, "A3", "twice"),
        (5, "A5", "twice"),
    ]
    rows = rows_of("organizations", unit("Hội Nông dân"), unit("HND"))
    imported = brought("organizations", rows, board)
    assert [question[1] for question in imported.found["questions"]] == ["name"]


def test_a_circle_of_parents_is_named(board):
    """“a circular parent”: the way round is told once."""
    rows = rows_of(
        "organizations",
        unit("A", parent="B"),
        unit("B", parent="C"),
        unit("C", parent="A"),
        unit("D", parent="A"),
        unit("E", parent="E"),
    )
    imported = brought("organizations", rows, board)

    assert problems(imported) == [(2, "E2", "circle"), (6, "E6", "circle")]
    assert imported.found["problems"][0][4] == {"chain": "A → B → C → A"}


def test_a_person_needs_a_unit(board):
    """“a person without a unit”, or of one that is not there."""
    row = {"full_name": "Trần Ví Dụ", "post": "Chủ tịch"}
    rows = rows_of("people", row, {**row, "organization": "Hội không có"})

    assert problems(brought("people", rows, board)) == [
        (2, "B2", "no_unit"),
        (3, "B3", "unknown_unit"),
    ]


def test_an_address_belongs_to_one_person(board):
    """“an e-mail twice”: in the sheet, and of an account whose owner is not told."""
    make.an_organization("Hội A", parent=board.organization)
    row = {"organization": "Hội A", "role": "cán bộ", "email": "an@example.vn"}
    rows = rows_of("accounts", {**row, "full_name": "An Ví Dụ"}, {**row, "full_name": "Bình Ví Dụ"})

    assert problems(brought("accounts", rows, board)) == [(3, "E3", "email_twice")]

    confirm_import(brought("accounts", rows[:2], board), by=board)
    again = brought("accounts", [rows[0], rows[2]], board)
    assert problems(again) == [(2, "E2", "email_taken")]
    assert "An Ví Dụ" not in str(again.found)
