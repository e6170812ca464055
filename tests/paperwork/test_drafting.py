"""A draft is begun once, keeps what was written, and is compared with how it read before."""

from datetime import date

import pytest

from tests.factories import a_bloc, officer
from thidua.core.errors import Invalid, WrongState
from thidua.paperwork.actions.drafting import (
    LONGEST_PART,
    DraftFacts,
    begin_draft,
    discard_draft,
    save_draft,
)
from thidua.paperwork.models import Draft
from thidua.paperwork.queries import drafts_for, signers_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return a_bloc(3, year=2026)


def begun(world, member=1):
    return begin_draft(
        "registration", world.cycle, by=world.heads[member], enrolment=world.enrolments[member]
    )


def test_a_paper_is_begun_once_and_issued_by_its_member(world):
    draft = begun(world)

    assert begun(world).pk == draft.pk
    assert draft.issuer == world.members[1]
    assert draft.state == Draft.State.DRAFT


def test_a_paper_about_what_the_year_does_not_have_is_refused(world):
    with pytest.raises(Invalid, match="Lúc này chưa có gì để ghi vào bản đăng ký thi đua"):
        begin_draft(
            "registration",
            world.cycle,
            by=world.heads[1],
            enrolment=world.enrolments[1],
            subject=99,
        )
    with pytest.raises(Invalid, match="bảng tổng hợp điểm"):
        begin_draft("score_summary", world.cycle, by=world.heads[0], subject=1)
    assert not Draft.objects.exists()


def test_what_was_written_is_kept_and_an_empty_part_stays_empty(world):
    draft = begun(world)
    save_draft(draft, DraftFacts({"measures": "  Làm đến nơi.  "}), by=world.heads[1])
    assert Draft.objects.get().parts == {"measures": "Làm đến nơi."}

    save_draft(draft, DraftFacts({"measures": ""}), by=world.heads[1])
    assert Draft.objects.get().parts == {"measures": ""}


def test_nobody_saves_over_what_they_have_not_seen(world):
    draft = begun(world)
    head, colleague = world.heads[1], officer(world.members[1])
    save_draft(draft, DraftFacts({"measures": "Của tôi."}), by=head, revision=draft.revision)

    with pytest.raises(WrongState, match=head.user.name):
        save_draft(draft, DraftFacts({"measures": "Khác."}), by=colleague, revision=draft.revision)

    kept = Draft.objects.get()
    assert kept.parts == {"measures": "Của tôi."}
    save_draft(kept, DraftFacts({"measures": "Cả hai."}), by=colleague, revision=kept.revision)
    assert Draft.objects.get().parts == {"measures": "Cả hai."}


def test_only_a_paper_that_reads_otherwise_is_kept_for_comparing(world):
    draft = begun(world)
    for text in ("Một.", "Một.", "Hai."):
        save_draft(draft, DraftFacts({"measures": text}), by=world.heads[1])

    assert draft.savings.count() == 2


@pytest.mark.parametrize(
    ("parts", "field"), [({"measures": "a" * (LONGEST_PART + 1)}, "measures"), ({"khac": ""}, None)]
)
def test_a_part_that_is_too_long_or_unknown_is_refused_and_changes_nothing(world, parts, field):
    draft = begun(world)

    with pytest.raises(Invalid) as refusal:
        save_draft(draft, DraftFacts(parts), by=world.heads[1])

    assert refusal.value.field == field
    assert Draft.objects.get().parts == {}


def test_the_signer_is_of_the_issuer(world):
    draft = begun(world)
    [other] = signers_of(world.members[2])

    with pytest.raises(Invalid) as refusal:
        save_draft(draft, DraftFacts(signer=other), by=world.heads[1])

    assert refusal.value.field == "signer"


def test_a_draft_is_its_units_own_and_the_blocs_of_those_who_run_the_year(world):
    own = begun(world)

    assert [d.pk for d in drafts_for(world.heads[1])] == [own.pk]
    assert not drafts_for(world.heads[0]).exists()
    for who in (officer(world.members[1]), world.heads[1]):
        assert who.has_perm("paperwork.write_draft", own)
    assert not officer(world.members[1]).has_perm("paperwork.issue_draft", own)
    assert world.heads[1].has_perm("paperwork.issue_draft", own)
    assert not world.heads[2].has_perm("paperwork.view_draft", own)


def test_a_discarded_draft_is_gone_and_an_issued_one_is_not_discarded(world):
    draft = begun(world)
    save_draft(draft, DraftFacts({"measures": "Một."}), by=world.heads[1])
    discard_draft(draft, by=world.heads[1])
    assert not Draft.objects.exists()


def test_a_year_that_is_closed_takes_no_draft(world):
    type(world.cycle).objects.filter(pk=world.cycle.pk).update(state="closed")

    with pytest.raises(WrongState):
        begun(world)


def test_the_day_and_place_are_as_typed(world):
    draft = save_draft(
        begun(world), DraftFacts(place="Ninh Bình", dated=date(2026, 2, 5)), by=world.heads[1]
    )

    assert (draft.place, draft.dated) == ("Ninh Bình", date(2026, 2, 5))
