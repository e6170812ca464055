"""An issued paper has its number, its frozen words and its files; it is replaced, not changed."""

from datetime import date

import pytest

from tests.factories import a_bloc
from thidua.core import clock
from thidua.core.errors import AlreadyDone, DomainError, Invalid, WrongState
from thidua.documents.actions import open_book
from thidua.documents.models import Number, Version
from thidua.notifications.models import Notice
from thidua.paperwork.actions.drafting import DraftFacts, begin_draft, save_draft
from thidua.paperwork.actions.issuing import issue_draft, replace_draft, withdraw_draft
from thidua.paperwork.gathering import every_file, issued_files
from thidua.paperwork.models import Draft
from thidua.paperwork.queries import drafts_for, signers_of, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return a_bloc(3, year=2026)


def ready(world, member=1, **facts):
    who, unit = world.heads[member], world.members[member]
    draft = begin_draft("registration", world.cycle, by=who, enrolment=world.enrolments[member])
    [signer] = signers_of(unit)
    told = {"parts": {"measures": "Làm đến nơi."}, "place": "Ninh Bình", "dated": clock.today()}
    save_draft(draft, DraftFacts(**{**told, "typed_number": 5, "signer": signer, **facts}), by=who)
    return whole(Draft.objects.filter(pk=draft.pk)).get()


def test_issuing_freezes_words_and_number_and_prints_both_files(world):
    draft = issue_draft(ready(world), by=world.heads[1])

    version = Version.objects.get()
    assert draft.version == version
    assert str(version.number).startswith("05/")
    assert "Làm đến nơi." in version.text
    assert {p.form for p in version.printings.all()} == {"pdf", "docx"}
    assert drafts_for(world.heads[2]).filter(pk=draft.pk).exists()
    assert Notice.objects.filter(user=world.heads[2].user).exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"dated": None}, "dated"),
        ({"signer": None}, "signer"),
        ({"typed_number": None}, "typed_number"),
        ({"parts": {"measures": " "}}, "measures"),
        ({"dated": date(2100, 1, 1)}, "dated"),
    ],
)
def test_a_paper_that_lacks_something_is_refused_beside_its_field(world, facts, field):
    with pytest.raises(Invalid) as refusal:
        issue_draft(ready(world, **facts), by=world.heads[1])

    assert refusal.value.field == field
    assert not Version.objects.exists()
    assert not Number.objects.exists()


def test_a_number_that_was_used_is_refused_and_the_paper_stays_a_draft(world):
    issue_draft(ready(world), by=world.heads[1])
    second = replace_draft(Draft.objects.get(), by=world.heads[1])
    facts = DraftFacts({"measures": "Khác."}, "", clock.today(), 5, second.signer)
    save_draft(second, facts, by=world.heads[1])

    with pytest.raises(AlreadyDone):
        issue_draft(whole(Draft.objects.filter(pk=second.pk)).get(), by=world.heads[1])

    second.refresh_from_db()
    assert second.state == Draft.State.DRAFT


def test_where_our_book_gives_numbers_they_follow_each_other(world):
    open_book(world.members[1], kind="ĐK", year=clock.today().year, by=world.heads[1], first=12)
    draft = issue_draft(ready(world, typed_number=None), by=world.heads[1])

    assert draft.version.number.number == 12


def test_what_changed_since_it_was_read_is_not_issued(world):
    draft = ready(world)
    told = DraftFacts({"measures": "Khác."}, "", clock.today(), 5, draft.signer)
    save_draft(draft, told, by=world.heads[1])

    with pytest.raises(WrongState):
        issue_draft(draft, by=world.heads[1])

    assert not Version.objects.exists()


def test_a_new_version_names_the_old_one_which_stays(world):
    old = issue_draft(ready(world), by=world.heads[1])
    new = replace_draft(old, by=world.heads[1])
    facts = DraftFacts({"measures": "Sửa lại."}, "", clock.today(), 6, new.signer)
    save_draft(new, facts, by=world.heads[1])
    issued = issue_draft(whole(Draft.objects.filter(pk=new.pk)).get(), by=world.heads[1])

    assert issued.version.previous == old.version
    with pytest.raises(AlreadyDone):
        replace_draft(old, by=world.heads[1])


def test_a_withdrawn_paper_keeps_its_words_and_says_why(world):
    draft = issue_draft(ready(world), by=world.heads[1])
    with pytest.raises(DomainError):
        withdraw_draft(draft, by=world.heads[1], reason=" ")

    withdraw_draft(draft, by=world.heads[1], reason="Sai số liệu")

    assert Version.objects.get().withdrawal.reason == "Sai số liệu"
    with pytest.raises(AlreadyDone):
        withdraw_draft(draft, by=world.heads[1], reason="Lần nữa")


def test_the_files_of_a_year_are_those_issued_and_for_an_operator_the_rest_as_drafts(world):
    issue_draft(ready(world), by=world.heads[1])
    cycle = world.fresh_cycle()

    issued = [file.line for file in issued_files(cycle, world.heads[2])]
    every = [file.line for file in every_file(cycle)]

    assert [line.file.rpartition(".")[2] for line in issued] == ["pdf", "docx"]
    assert all(line.sha256 and line.code for line in issued)
    assert [line for line in every if line.sha256] == issued
    assert {line.key for line in every if "registration" in line.key and not line.sha256}
