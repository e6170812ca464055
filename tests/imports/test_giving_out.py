"""The form that goes out is the form that comes in, and nobody gets more than they may see."""

import io

import pytest

from tests import factories as make
from tests.imports.sheets import brought, problems, rows_of, unit, upload
from thidua.accounts.actions import Terms, appoint
from thidua.accounts.models import User
from thidua.imports.actions.bringing import bring_sheet
from thidua.imports.actions.writing import confirm_import
from thidua.imports.filling import as_csv, as_xlsx
from thidua.imports.form import form
from thidua.imports.kinds import kinds, the_kind
from thidua.imports.reading.opening import open_sheet
from thidua.imports.reading.safe import guarded, unguarded
from thidua.organizations.models import Organization

pytestmark = pytest.mark.django_db
DANGEROUS = ["=1+1", "+84 912", "-1", "@abc", "'=x", "''-", "'thường"]


@pytest.fixture
def board():
    return make.board(make.an_organization("Ban Thi đua tỉnh", kind="board"))


def workbook(of, rows=()):
    """Return the workbook that is handed out, in memory."""
    with as_xlsx(of, rows) as file:
        return io.BytesIO(file.read())


def csv_of(kind, by):
    return "".join(as_csv(kind.form, kind.exported(by)))


@pytest.mark.parametrize("key", ["organizations", "blocs", "people", "accounts"])
def test_the_empty_form_is_read_by_its_own_headings(key):
    table = open_sheet(workbook(form(key)))
    cells = next(table.rows())[1]

    assert form(key).recognised(list(cells)) == {
        place: column.name for place, column in enumerate(form(key).columns)
    }
    assert len(table.sheets) == 3


def test_the_words_of_a_choice_are_all_that_there_is():
    for kind in kinds().values():
        for column in kind.form.columns:
            assert not column.choices or all(column.offered)
    assert set(form("organizations").column("kind").choices) == set(Organization.Kind.values)


def test_text_that_looks_like_a_formula_stays_text(board):
    """“text that begins with = + - @ (kept, neutralised on the way out)”, and read back."""
    rows = rows_of("organizations", *(unit(name) for name in DANGEROUS))
    confirm_import(brought("organizations", rows, board), by=board)
    assert {o.name for o in Organization.objects.filter(kind="social")} == set(DANGEROUS)

    kind = the_kind("organizations")
    given = csv_of(kind, board)
    assert ";'=1+1;" in f";{given}".replace("\r\n", ";")
    for file, name in (
        (io.BytesIO(given.encode()), "a.csv"),
        (workbook(kind.form, kind.exported(board)), "a.xlsx"),
    ):
        again = bring_sheet(upload(file, name), by=board, kind="organizations")
        assert problems(again) == []
        assert (again.found["counts"]["keep"], again.found["counts"]["make"]) == (8, 0)


@pytest.mark.parametrize("text", ["", *DANGEROUS, "\t=", "\r=", "'", "'''+"])
def test_what_is_guarded_is_read_back_as_it_was(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_what_comes_out_of_every_kind_is_all_there_when_it_comes_in(board):
    world = make.a_bloc(3)
    for unit_ in world.members:
        Organization.objects.filter(pk=unit_.pk).update(keeper=world.body)
    acting = world.board
    for key in ("organizations", "blocs", "people", "accounts"):
        kind = the_kind(key)
        file = workbook(kind.form, kind.exported(acting))
        again = bring_sheet(upload(file), by=acting, kind=key)
        counts = again.found["counts"]
        assert (problems(again), counts["make"], counts["change"], counts["open"]) == ([], 0, 0, 0)
        assert counts["keep"] >= (0 if key == "people" else 3)


def test_an_address_is_given_out_only_of_those_who_act_nowhere_else(board):
    mine = make.an_organization("Hội A", parent=board.organization)
    other = make.an_organization("Hội của tỉnh khác")
    here, elsewhere = make.head(mine), make.head(mine)
    User.objects.filter(pk=here.user.pk).update(email="day@example.vn")
    User.objects.filter(pk=elsewhere.user.pk).update(email="hai-noi@example.vn")
    terms = Terms(since=elsewhere.appointments[0].since)
    appoint(elsewhere.user, other, by=board, role="head", terms=terms)
    stranger = make.head(other)

    given = csv_of(the_kind("accounts"), board)

    assert "day@example.vn" in given
    assert elsewhere.user.name in given
    assert "hai-noi@example.vn" not in given
    assert f"{stranger.user.name};" not in given
