"""A board imports into its own organisations and blocs alone; rights are asked again at the end."""

import pytest

from tests import factories as make
from tests.imports.sheets import brought, problems, rows_of, unit
from thidua.accounts.acting import acting_of
from thidua.accounts.actions import end_appointment
from thidua.accounts.models import Appointment
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import WrongState
from thidua.cycles.models import Cycle
from thidua.imports.actions import bringing, writing
from thidua.imports.actions.undoing import undo_import
from thidua.imports.actions.writing import confirm_import
from thidua.imports.models import Import, ImportedRow
from thidua.jobs.queue import Job
from thidua.jobs.work import run_due
from thidua.organizations.actions import found_organization
from thidua.organizations.actions.founding import OrganizationFacts, found_organizations
from thidua.organizations.models import Bloc, Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make.board(make.an_organization("Ban Thi đua tỉnh", kind="board"))


@pytest.fixture
def operator():
    body = make.an_organization("Cơ quan quản lý", kind="board")
    return make.a_person_for(body, Appointment.Role.OPERATOR)


def a_sheet(by, *names):
    return brought("organizations", rows_of("organizations", *(unit(n) for n in names)), by)


def test_units_of_another_body_are_neither_written_to_nor_staffed(board):
    other = make.board(make.an_organization("Ban khác", kind="board"))
    found_organization(OrganizationFacts("Hội của ban khác", "social", "province"), by=other)
    name = "Hội của ban khác"

    units = brought(
        "organizations",
        rows_of("organizations", unit("Hội A", parent=name), unit(name, place="Huế")),
        board,
    )
    people = brought(
        "people",
        rows_of("people", {"full_name": "Ví Dụ", "organization": name, "post": "Chủ tịch"}),
        board,
    )
    accounts = brought(
        "accounts",
        rows_of("accounts", {"full_name": "Ví Dụ", "organization": name, "role": "lãnh đạo"}),
        board,
    )

    assert problems(units) == [(2, "E2", "parent_of_others")]
    assert units.found["counts"]["keep"] == 1
    assert problems(people) == problems(accounts) == [(2, "B2", "unit_of_others")]


def test_who_runs_the_installation_may_write_everywhere_but_names_no_board_elsewhere(operator):
    make.an_organization("Hội A")
    row = {"full_name": "Ví Dụ", "organization": "Hội A"}
    rows = rows_of("accounts", {**row, "role": "lãnh đạo"}, {**row, "role": "ban thi đua"})

    assert problems(brought("accounts", rows, operator)) == [(3, "C3", "role_not_given")]


def test_a_change_fills_what_was_blank_and_is_put_back(board):
    there = make.an_organization("Hội A", parent=board.organization, place="")
    rows = rows_of("organizations", unit("Hội A", place="Huế", source="QĐ 1", short_name="HA"))

    imported = confirm_import(brought("organizations", rows, board), by=board)
    there = Organization.objects.get(pk=there.pk)
    assert (there.place, there.source, there.short_name) == ("Huế", "QĐ 1", "")
    assert imported.found["counts"]["change"] == 1

    undo_import(imported, by=board)
    there = Organization.objects.get(pk=there.pk)
    assert (there.place, there.source) == ("", "")


def test_roles_of_a_year_are_changed_and_put_back(board):
    for name in ("Hội A", "Hội B", "Hội C"):
        make.an_organization(name, parent=board.organization)
    row = {"kind": "cụm", "name": "Đoàn thể", "level": "tỉnh", "year": clock.today().year}
    rows = rows_of(
        "blocs", {**row, "member": "Hội A", "role": "trưởng"}, {**row, "member": "Hội B"}
    )
    confirm_import(brought("blocs", rows, board), by=board)
    other = rows_of(
        "blocs",
        {**row, "member": "Hội A", "role": "thành viên"},
        {**row, "member": "Hội B", "role": "cụm trưởng"},
        {**row, "member": "Hội C", "role": "phó"},
    )

    imported = confirm_import(brought("blocs", other, board), by=board)
    cycle = Cycle.objects.get()
    assert _roles(cycle) == {"Hội A": "member", "Hội B": "leader", "Hội C": "deputy"}

    undo_import(imported, by=board)
    assert _roles(cycle) == {"Hội A": "leader", "Hội B": "member"}
    assert Bloc.objects.count() == 1


def _roles(cycle):
    return dict(cycle.enrolments.values_list("organization__name", "role"))


def test_many_rows_are_written_in_the_background_all_or_none(board, monkeypatch):
    monkeypatch.setattr(writing, "AT_ONCE", 1)
    monkeypatch.setattr(bringing, "AT_ONCE", 0)
    imported = a_sheet(board, "Hội A", "Hội B")
    assert imported.state == Import.State.BROUGHT
    run_due()
    imported = confirm_import(Import.objects.get(pk=imported.pk), by=board)
    assert imported.state == Import.State.WRITING
    assert Organization.objects.filter(name="Hội A").count() == 0

    run_due()

    assert Import.objects.get(pk=imported.pk).state == Import.State.DONE
    assert ImportedRow.objects.filter(import_of=imported).count() == 2
    writing.write_import(Import.objects.get(pk=imported.pk), by=board)
    assert Organization.objects.filter(name="Hội A").count() == 1


def test_a_job_that_was_given_up_lets_the_import_go_on(board, monkeypatch):
    monkeypatch.setattr(writing, "AT_ONCE", 0)
    imported = confirm_import(a_sheet(board, "Hội A"), by=board)
    with pytest.raises(WrongState, match="đang chạy"):
        bringing.resume_import(imported, by=board)
    Job.objects.filter(pk=imported.job).delete()

    resumed = bringing.resume_import(imported, by=board)

    assert (resumed.state, resumed.refusal[:4]) == (Import.State.CHECKED, "Lần ")
    assert confirm_import(resumed, by=board).state == Import.State.WRITING


def test_what_changed_since_the_preview_is_told_and_nothing_is_written(board):
    imported = a_sheet(board, "Hội A", "Hội B")
    found_organization(OrganizationFacts("Hội B", "social", "province"), by=board)

    refused = confirm_import(imported, by=board)

    assert refused.state == Import.State.CHECKED
    assert "vừa có thay đổi" in refused.refusal
    assert Organization.objects.filter(name="Hội A").count() == 0
    again = bringing.look_again(refused, by=board)
    assert (again.found["counts"]["keep"], again.refusal) == (1, "")


def test_a_right_that_ended_before_the_writing_writes_nothing(board, monkeypatch):
    monkeypatch.setattr(writing, "AT_ONCE", 0)
    imported = confirm_import(a_sheet(board, "Hội A"), by=board)
    appointment = Appointment.objects.get(user=board.user)
    end_appointment(appointment, by=board, reason="Chuyển công tác")

    run_due()

    imported = Import.objects.get(pk=imported.pk)
    assert imported.state == Import.State.CHECKED
    assert "đã hết" in imported.refusal
    assert Organization.objects.filter(name="Hội A").count() == 0
    assert not acting_of(board.user).has_perm("imports.handle_import", imported)


def test_an_action_that_refuses_takes_all_rows_back(board, monkeypatch):
    imported = a_sheet(board, "Hội A", "Hội B")
    real = found_organizations
    calls = []

    def second_fails(*args, **facts):
        calls.append(1)
        with deed():
            made = real(*args, **facts)
            if len(calls) == 2:
                raise bringing.Invalid("Không được.")
            return made

    monkeypatch.setattr("thidua.imports.kinds.organizations.BATCH", 1)
    monkeypatch.setattr("thidua.imports.kinds.organizations.found_organizations", second_fails)
    refused = confirm_import(imported, by=board)

    assert (refused.state, refused.refusal) == (Import.State.CHECKED, "Không được.")
    assert not Organization.objects.filter(name__startswith="Hội").exists()
    assert ImportedRow.objects.count() == 0
