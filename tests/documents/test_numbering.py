"""Numbers of papers: typed or given out, cancelled, and the books that give them out."""

from datetime import date

import pytest

from tests import factories as make
from tests.covenants.test_races import at_once
from thidua.accounts.acting import NOBODY
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.documents.actions import (
    Line,
    NumberMoved,
    cancel_number,
    close_book,
    open_book,
    peek_number,
    take_number,
)
from thidua.documents.models import Number, NumberBook
from thidua.documents.queries import numbers_for

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 3)


@pytest.fixture
def issuer():
    return make.an_organization("Liên đoàn Lao động tỉnh", symbol="LĐLĐ")


@pytest.fixture
def officer(issuer):
    return make.officer(issuer)


def take(issuer, officer, number=None, **told):
    facts = {"kind": "BC", "dated": DAY, "title": "Báo cáo năm", "by": officer, "number": number}
    return take_number(issuer, **facts | told)


def test_a_typed_number_makes_the_symbol_with_two_digits_below_ten(issuer, officer):
    row = take(issuer, officer, 5, line=Line(signer="Nguyễn Minh Họa"))

    assert (row.symbol, row.year, row.is_ours) == ("05/BC-LĐLĐ", 2026, False)
    assert Entry.objects.get(code="number.taken").subject_name == "05/BC-LĐLĐ"


def test_a_cong_van_has_no_kind_in_its_symbol_and_may_name_who_drafted_it(issuer, officer):
    row = take(issuer, officer, 112, kind="CV", line=Line(symbol="LĐLĐ-TG"))

    assert row.symbol == "112/LĐLĐ-TG"


def test_a_number_typed_twice_names_the_paper_that_has_it(issuer, officer):
    """two officers issuing the same number: one after the other."""
    take(issuer, officer, 5)

    with pytest.raises(AlreadyDone) as refusal:
        take(issuer, officer, 5, title="Kế hoạch khác")

    assert refusal.value.field == "number"
    assert "05/BC-LĐLĐ năm 2026 đã dùng cho “Báo cáo năm”, ngày 3/9/2026" in refusal.value.sentence
    assert Number.objects.count() == 1
    assert Entry.objects.filter(code="number.taken").count() == 1


def test_another_year_kind_or_issuer_may_have_the_same_number(issuer, officer):
    take(issuer, officer, 5)
    take(issuer, officer, 5, dated=date(2025, 12, 31))
    take(issuer, officer, 5, kind="KH")

    assert take(make.an_organization("Hội khác"), officer, 5).number == 5


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"number": None}, "number"),
        ({"number": 0}, "number"),
        ({"number": 10**9}, "number"),
        ({"number": 1, "title": " "}, "title"),
        ({"number": 1, "kind": "B C"}, "kind"),
        ({"number": 1, "dated": date(2199, 1, 1)}, "dated"),
        ({"number": 1, "line": Line(symbol="LĐ LĐ")}, "symbol"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(issuer, officer, told, field):
    with pytest.raises(Invalid) as refusal:
        take(issuer, officer, **told)

    assert refusal.value.field == field
    assert not Number.objects.exists()


def test_a_paper_from_before_its_issuer_is_refused(officer):
    """a day before its founding."""
    young = make.an_organization("Hội mới", since=date(2026, 9, 4))

    with pytest.raises(Invalid, match="Hội mới có từ ngày 4/9/2026") as refusal:
        take(young, officer, 1)

    assert refusal.value.field == "dated"


def test_an_issuer_without_a_symbol_is_told_where_to_write_it(officer):
    bare = make.an_organization("Hội chưa có ký hiệu", symbol="")

    with pytest.raises(Invalid, match="chưa ghi ký hiệu trên văn bản"):
        take(bare, officer, 1)


def test_our_book_gives_numbers_out_in_turn_from_the_first_one_set(issuer, officer):
    open_book(issuer, kind="BC", year=2026, by=officer, first=41)

    assert peek_number(issuer, "BC", 2026) == 41
    assert [take(issuer, officer).number for _n in range(3)] == [41, 42, 43]
    assert Number.objects.filter(is_ours=True).count() == 3


def test_a_typed_number_is_refused_where_ours_is_on_and_the_other_way_round(issuer, officer):
    book = open_book(issuer, kind="BC", year=2026, by=officer)

    with pytest.raises(Invalid, match="do chương trình cấp"):
        take(issuer, officer, 7)
    close_book(book, by=officer)
    with pytest.raises(Invalid, match="sổ văn bản đi của đơn vị"):
        take(issuer, officer)

    assert not Number.objects.exists()
    codes = Entry.objects.filter(subject_id=issuer.pk).values_list("code", flat=True)
    assert {"book.opened", "book.closed"} <= set(codes)


def test_a_book_goes_on_after_the_numbers_that_were_typed(issuer, officer):
    take(issuer, officer, 12)

    with pytest.raises(Invalid, match="phải từ 13 trở lên") as refusal:
        open_book(issuer, kind="BC", year=2026, by=officer, first=12)
    open_book(issuer, kind="BC", year=2026, by=officer, first=13)

    assert refusal.value.field == "first"
    assert take(issuer, officer).number == 13
    with pytest.raises(AlreadyDone):
        open_book(issuer, kind="BC", year=2026, by=officer, first=14)


def test_a_number_that_moved_between_preview_and_deed_asks_to_try_again(issuer, officer):
    open_book(issuer, kind="BC", year=2026, by=officer)
    peeked = peek_number(issuer, "BC", 2026)
    take(issuer, officer)

    with pytest.raises(NumberMoved):
        take(issuer, officer, line=Line(peeked=peeked))

    assert take(issuer, officer, line=Line(peeked=2)).number == 2


def test_a_cancelled_number_keeps_its_reason_and_is_never_given_again(issuer, officer):
    open_book(issuer, kind="BC", year=2026, by=officer)
    first = cancel_number(take(issuer, officer), by=officer, reason="Ghi nhầm sổ")

    assert first.cancel_reason == "Ghi nhầm sổ"
    assert take(issuer, officer).number == 2
    with pytest.raises(AlreadyDone):
        cancel_number(first, by=officer, reason="Lần nữa")
    with pytest.raises(Invalid):
        cancel_number(Number.objects.get(number=2), by=officer, reason=" ")
    close_book(NumberBook.objects.get(), by=officer)
    with pytest.raises(AlreadyDone, match="đã hủy và không cấp lại"):
        take(issuer, officer, 1)


def test_a_number_of_an_issued_paper_is_not_cancelled_but_withdrawn(issuer, officer):
    from thidua.documents.actions import Wording, freeze_text

    version = freeze_text(
        Wording("year_report", "Báo cáo", "Nguyên văn"), by=officer, chain="house"
    )
    row = take(issuer, officer, 1, line=Line(version=version))

    with pytest.raises(WrongState, match="thu hồi"):
        cancel_number(row, by=officer, reason="Nhầm")


def test_numbers_are_seen_by_those_who_work_for_the_issuer_alone(issuer, officer):
    row = take(issuer, officer, 1)
    stranger = make.a_visitor_with_account()

    for who in (officer, stranger, NOBODY):
        assert who.has_perm("documents.view_number", row) == numbers_for(who).exists()
    assert not stranger.has_perm("documents.cancel_number", row)
    assert not officer.has_perm("documents.keep_book", issuer)
    assert make.head(issuer).has_perm("documents.keep_book", issuer)


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_the_same_instant_one_has_the_number_and_one_a_sentence():
    """two officers issuing the same number."""
    issuer = make.an_organization("Hội Nông dân tỉnh", symbol="HND")
    officers = [make.officer(issuer), make.officer(issuer)]

    refusals = at_once(*[lambda w=who: take(issuer, w, 9) for who in officers])

    (refusal,) = [refusal for refusal in refusals if refusal]
    assert isinstance(refusal, AlreadyDone)
    assert "09/BC-HND năm 2026 đã dùng cho “Báo cáo năm”" in refusal.sentence
    assert Number.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_take_our_numbers_without_a_gap_or_a_double():
    """two officers issuing the same number: here twenty, from a book of ours."""
    issuer = make.an_organization("Hội Nông dân tỉnh", symbol="HND")
    officer = make.officer(issuer)
    open_book(issuer, kind="BC", year=clock.today().year, by=officer)

    refusals = at_once(*[lambda: take(issuer, officer, dated=clock.today())] * 20)

    assert refusals == [None] * 20
    assert list(Number.objects.order_by("number").values_list("number", flat=True)) == [
        *range(1, 21)
    ]
