"""Honours that were decided stand under the names of then, once, and for whom they are meant."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.commendations.factories import a_board, a_merger, a_unit, an_award
from thidua.accounts.acting import NOBODY
from thidua.audit.models import Entry
from thidua.commendations.actions.awards import (
    AwardFacts,
    blank_awards_of,
    correct_award,
    remove_award,
)
from thidua.commendations.honours import code_of
from thidua.commendations.models import Award
from thidua.commendations.queries import awards_for, naming
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid
from thidua.organizations.actions import enter_holder, rename_organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return a_board()


@pytest.fixture
def unit(board):
    return a_unit(board, "Hội Nông dân tỉnh Nam Định")


def test_an_award_keeps_the_name_borne_then(board, unit):
    old = unit.name
    rename_organization(unit, by=board, name="Hội Nông dân tỉnh Ninh Bình", since=date(2025, 7, 1))
    unit.refresh_from_db()

    before = an_award(unit, board, year=2023)
    after = an_award(unit, board, year=2025, decided_on=date(2026, 2, 1))

    assert (before.organization_name, after.organization_name) == (old, unit.name)
    assert before.keeper == board.organization
    assert Entry.objects.filter(code="award.entered", subject_id=before.pk).exists()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("CSTĐCS", "cstd_cs"),
        ("Chiến sỹ thi đua cơ sở", ""),
        ("Bằng khen của Thủ tướng Chính phủ", "bk_ttg"),
        ("bằng khen của Chủ tịch UBND tỉnh", "bk_tinh"),
        ("Cờ thi đua của UBND tỉnh", "co_tinh"),
        ("Huân chương Lao động hạng Ba", ""),
    ],
)
def test_a_name_is_taken_for_an_honour_of_the_lawbook_only_where_it_surely_is(written, code):
    assert code_of(written) == code


def test_the_decisions_own_words_stay_beside_the_code(board, unit):
    award = an_award(unit, board, honour_name="Bằng khen của Chủ tịch UBND tỉnh")
    other = an_award(unit, board, honour_name="", honour="giay_khen")

    assert (award.honour, award.honour_name) == ("bk_tinh", "Bằng khen của Chủ tịch UBND tỉnh")
    assert other.honour_name == "Giấy khen"


def test_the_same_award_is_not_entered_twice(board, unit):
    an_award(unit, board, honour_name="Giấy khen", decision_number="12/QĐ-UBND")

    for told in ({"decision_number": "12/QĐ-UBND"}, {"decision_number": ""}, {"honour_name": "GK"}):
        with pytest.raises(AlreadyDone, match="Đã có Giấy khen năm 2024"):
            an_award(unit, board, **told)
    an_award(unit, board, decision_number="90/QĐ-UBND")

    assert Award.objects.count() == 2
    first = Award.objects.first()
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"honour_name": ""}, "honour_name"),
        ({"honour": "khong-co"}, "honour"),
        ({"year": 1900}, "year"),
        ({"year": clock.today().year + 1}, "year"),
        ({"decided_on": clock.today() + timedelta(days=1)}, "decided_on"),
        ({"decided_on": date(2023, 12, 31)}, "decided_on"),
        ({"honour_name": "Chiến sĩ thi đua cơ sở"}, "person_name"),
        ({"honour_name": "Cờ thi đua của Chính phủ", "person_name": "Nguyễn A"}, "person_name"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(board, unit, told, field):
    with pytest.raises(Invalid) as refused:
        an_award(unit, board, **told)

    assert refused.value.field == field
    assert Award.objects.count() == 0


def test_a_unit_that_has_ended_is_honoured_for_no_later_year(board, unit):
    a_merger("Hội Nông dân tỉnh mới", unit, a_unit(board), by=board)
    unit.refresh_from_db()

    an_award(unit, board, year=2025)
    with pytest.raises(Invalid, match="đã kết thúc ngày 30/6/2025"):
        an_award(unit, board, year=2026)


def test_a_correction_keeps_what_stood_before_in_the_trail(board, unit):
    award = an_award(unit, board, decision_number="1/QĐ")

    correct_award(award, AwardFacts("Giấy khen", 2024, decision_number="11/QĐ"), by=board)

    entry = Entry.objects.get(code="award.corrected")
    assert "1/QĐ" in entry.facts["before"]
    assert Award.objects.get().decision_number == "11/QĐ"


def test_what_was_entered_wrongly_goes_with_a_reason_and_the_trail_keeps_it(board, unit):
    award = an_award(unit, board)

    with pytest.raises(Invalid):
        remove_award(award, by=board, reason="  ")
    remove_award(award, by=board, reason="Nhầm đơn vị")

    entry = Entry.objects.get(code="award.removed", subject_id=unit.pk)
    assert entry.facts == {"before": str(award), "reason": "Nhầm đơn vị"}
    assert Award.objects.count() == 0
    with pytest.raises(AlreadyDone):
        remove_award(award, by=board, reason="Nhầm đơn vị")


def test_a_person_who_holds_a_post_there_is_known_again(board, unit):
    office = enter_holder("Trần Thị Ví Dụ", unit, by=board, post="Chủ tịch")

    award = an_award(unit, board, honour_name="LĐTT", person_name="trần thị ví dụ", post="Chủ tịch")
    stranger = an_award(unit, board, honour_name="LĐTT", person_name="Lê Ví Dụ")

    assert (award.person, stranger.person) == (office.person, None)


def test_on_lawful_request_a_name_goes_from_every_award(board, unit):
    office = enter_holder("Trần Thị Ví Dụ", unit, by=board, post="Chủ tịch")
    for number in ("1", "2"):
        an_award(unit, board, honour_name="LĐTT", person_name="Trần Thị Ví Dụ",
                 post="Chủ tịch", decision_number=number)  # fmt: skip

    blank_awards_of(office.person, name="đã xóa")

    assert not Award.objects.filter(folded__contains="tran thi").exists()
    assert Award.objects.exclude(person_name="").count() == 2


def test_who_sees_a_persons_award_and_the_permission_says_the_same(board, unit):
    new = a_merger("Hội Nông dân tỉnh mới", unit, a_unit(board), by=board)
    unit.refresh_from_db()
    persons = an_award(unit, board, honour_name="LĐTT", person_name="Lê Ví Dụ")
    units = an_award(unit, board)
    everyone = {
        "visitor": (NOBODY, False),
        "stranger": (make.a_visitor_with_account(), False),
        "another board": (make.board(make.an_organization(kind="board")), False),
        "board": (board, True),
        "its successor": (make.officer(new), True),
        "operator": (make.a_person_for(board.organization, "operator"), True),
    }

    for name, (acting, sees) in everyone.items():
        seen = set(awards_for(acting))
        assert seen == ({persons, units} if sees else {units}), name
        assert [acting.has_perm("commendations.view_award", a) for a in (persons, units)] == [
            sees,
            True,
        ], name
        may_write = acting.has_perm("commendations.write_award", persons)
        assert may_write == (name == "board"), name


def test_an_award_is_found_by_folded_words_of_then_and_of_today(board, unit):
    award = an_award(unit, board, person_name="Lê Ví Dụ", honour_name="LĐTT")
    rename_organization(unit, by=board, name="Hội Nông dân tỉnh Ninh Bình", since=date(2025, 7, 1))

    for words in ("le vi du", "nam dinh ldtt", "ninh bình"):
        assert list(Award.objects.filter(naming(words))) == [award]
    assert not Award.objects.filter(naming("thái bình")).exists()
