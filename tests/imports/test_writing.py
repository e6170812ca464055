"""Sheets are written whole or not at all, and can be brought twice and taken back."""

import pytest

from tests import factories as make
from tests.imports.sheets import brought, problems, rows_of, unit
from thidua.accounts.models import Appointment, User
from thidua.audit.models import Entry
from thidua.core.errors import WrongState
from thidua.cycles.models import Cycle, Enrolment
from thidua.imports.actions.undoing import undo_import
from thidua.imports.actions.writing import confirm_import
from thidua.imports.models import Import
from thidua.organizations.models import Bloc, Office, Organization, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make.board(make.an_organization("Ban Thi đua tỉnh", kind="board"))


def counts(imported):
    return {k: imported.found["counts"][k] for k in ("make", "change", "keep", "problems", "open")}


def test_organizations_are_entered_under_those_of_the_same_sheet(board):
    rows = rows_of(
        "organizations",
        unit("Hội Nông dân xã A", level="xã", parent="Hội Nông dân tỉnh", short_name="HND A"),
        unit("Hội Nông dân tỉnh", place="Ninh Bình", since="01/07/2025"),
    )

    imported = brought("organizations", rows, board)
    assert problems(imported) == []
    assert counts(imported) == {"make": 2, "change": 0, "keep": 0, "problems": 0, "open": 0}
    imported = confirm_import(imported, by=board)

    assert imported.state == Import.State.DONE
    under = Organization.objects.get(name="Hội Nông dân xã A")
    assert (under.parent.name, under.keeper) == ("Hội Nông dân tỉnh", board.organization)
    assert Entry.objects.filter(code="organization.founded", subject_id=under.pk).exists()


def test_the_second_time_all_is_there_already(board):
    rows = rows_of("organizations", unit("Hội A"), unit("Hội B", parent="Hội A"))
    confirm_import(brought("organizations", rows, board), by=board)

    again = brought("organizations", rows, board)

    assert counts(again) == {"make": 0, "change": 0, "keep": 2, "problems": 0, "open": 0}
    assert "brought_before" in dict(again.found["remarks"])
    with pytest.raises(WrongState, match="đã có rồi"):
        confirm_import(again, by=board)


def test_blocs_come_with_members_roles_and_a_year(board):
    for name in ("Hội A", "Hội B", "Hội C"):
        make.an_organization(name, parent=board.organization)
    row = {"kind": "khối", "number": "7", "name": "Đoàn thể", "level": "tỉnh", "year": 2026}
    rows = rows_of(
        "blocs",
        {**row, "member": "hoi a", "role": "Khối trưởng"},
        {**row, "member": "Hội B", "role": "phó"},
        {**row, "member": "Hội C"},
    )

    imported = confirm_import(brought("blocs", rows, board), by=board)

    assert imported.state == Import.State.DONE, imported.refusal
    cycle = Cycle.objects.get(year=2026)
    assert cycle.bloc == Bloc.objects.get(number="7", managing_body=board.organization)
    roles = Enrolment.objects.filter(cycle=cycle).values_list("organization__name", "role")
    assert sorted(roles) == [("Hội A", "leader"), ("Hội B", "deputy"), ("Hội C", "member")]
    assert counts(brought("blocs", rows, board))["keep"] == 3


def test_people_and_accounts(board):
    make.an_organization("Hội A", parent=board.organization)
    people = rows_of(
        "people",
        {"full_name": "Nguyễn Văn Ví Dụ", "organization": "Hội A", "post": "Chủ tịch"},
        {"full_name": "Trần Thị Ví Dụ", "organization": "Hội A", "post": "Chuyên viên"},
    )
    confirm_import(brought("people", people, board), by=board)
    rows = rows_of(
        "accounts",
        {"full_name": "Nguyễn Văn Ví Dụ", "organization": "Hội A", "role": "lãnh đạo",
         "email": "A@example.vn"},
        {"full_name": "Trần Thị Ví Dụ", "organization": "Hội A", "role": "cán bộ"},
    )  # fmt: skip

    imported = confirm_import(brought("accounts", rows, board), by=board)

    assert imported.state == Import.State.DONE, imported.refusal
    assert (Person.objects.filter(full_name__endswith="Ví Dụ").count(), Office.objects.count()) == (
        2,
        2,
    )
    head = User.objects.get(email="a@example.vn")
    assert (head.username, head.has_usable_password()) == ("dunvv", False)
    assert Appointment.objects.filter(user=head, role="head").exists()
    assert counts(brought("accounts", rows, board))["keep"] == 2


def test_an_import_is_taken_back_whole(board):
    rows = rows_of("organizations", unit("Hội A"), unit("Hội B", parent="Hội A"))
    imported = confirm_import(brought("organizations", rows, board), by=board)

    undone = undo_import(imported, by=board)

    assert undone.state == Import.State.UNDONE
    assert not Organization.objects.filter(name__in=["Hội A", "Hội B"]).exists()


def test_what_is_in_use_is_named_and_stays(board):
    rows = rows_of("organizations", unit("Hội A"), unit("Hội B"))
    imported = confirm_import(brought("organizations", rows, board), by=board)
    make.head(Organization.objects.get(name="Hội B"))

    with pytest.raises(WrongState, match="bổ nhiệm “Người thử"):
        undo_import(imported, by=board)

    assert Organization.objects.filter(name__in=["Hội A", "Hội B"]).count() == 2
    assert Import.objects.get(pk=imported.pk).state == Import.State.DONE
