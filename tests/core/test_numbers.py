"""Numbers as officers write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.errors import Invalid
from thidua.core.numbers import LIMIT, format_number, format_points, parse_number, parse_points


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0", "0"),
        ("7", "7"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("12,5", "12.5"),
        ("1.234,5", "1234.5"),
        ("0,0001", "0.0001"),
        ("1200", "1200"),
        ("  1 234 ", "1234"),
        ("1\u00a0234", "1234"),
        ("1\u202f234,50", "1234.5"),
        ("+5", "5"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("-0", "0"),
        ("999.999.999.999.999", "999999999999999"),
    ],
)
def test_a_number_means_what_a_vietnamese_reader_takes_it_for(typed, meant):
    number = parse_number(typed)

    assert number == Decimal(meant)
    assert str(number) != "-0"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "mười hai",
        "12 hội viên",
        "1,234.5",
        "1.23",
        "1.5",
        "1.234.5",
        "12,",
        ",5",
        "1e5",
        "10^30",
        "NaN",
        "Infinity",
        "<b>12</b>",
        "12,5,5",
        "--5",
    ],
)
def test_what_is_no_number_is_refused_with_what_was_typed(typed):
    with pytest.raises(Invalid) as refusal:
        parse_number(typed)

    assert refusal.value.sentence == f"“{typed}” chưa phải là một số. Viết như 1.234 hoặc 12,5."


@pytest.mark.parametrize("typed", ["1" + "0" * 30, "1.000.000.000.000.000", "-" + "9" * 16])
def test_a_number_beyond_all_sense_is_refused(typed):
    """A number such as 10^30, written out."""
    with pytest.raises(Invalid) as refusal:
        parse_number(typed)

    assert refusal.value.sentence == "Số này quá lớn: phải nhỏ hơn 10¹⁵."


def test_a_fifth_decimal_is_refused_unless_it_is_nought():
    assert parse_number("0,12340") == Decimal("0.1234")
    with pytest.raises(Invalid) as refusal:
        parse_number("0,12345")

    assert refusal.value.sentence == "Số có nhiều nhất bốn chữ số sau dấu phẩy."


def test_only_the_beginning_of_a_long_text_is_said_back():
    with pytest.raises(Invalid) as refusal:
        parse_number("rất nhiều " * 1000)

    assert len(refusal.value.sentence) < 100


def test_nothing_is_written_as_nothing():
    assert format_number(None) == ""


@given(st.decimals(min_value=-LIMIT + 1, max_value=LIMIT - 1, places=4, allow_nan=False))
def test_what_is_written_is_understood_again(number):
    written = format_number(number)

    assert parse_number(written) == number
    assert format_number(parse_number(written)) == written or number == 0


@given(st.text(alphabet="0123456789.,-+ %eaN", max_size=40))
def test_any_text_is_a_number_that_can_be_kept_or_gets_a_sentence(text):
    try:
        number = parse_number(text)
    except Invalid as refusal:
        sentence = refusal.sentence
        number = Decimal(0)
    else:
        sentence = format_number(number)

    assert sentence
    assert abs(number) < LIMIT
    assert number == number.quantize(Decimal("0.0001"))


@pytest.mark.parametrize(
    ("typed", "points"),
    [("12,5", 1250), ("12.5", 1250), (" 12 ", 1200), ("0", 0), ("0,25", 25), ("999.00", 99900)],
)
def test_in_a_mark_both_signs_are_decimal(typed, points):
    """“"12,5" and "12.5"” mean the same, in whole hundredths."""
    assert parse_points(typed) == points


@pytest.mark.parametrize("typed", ["１２", "NaN", "inf", "12,5,0", "1.234.567", "12 điểm", "", "½"])
def test_what_is_no_number_of_points_is_refused(typed):
    """“"１２"” of another script and “NaN” are refused with a sentence, not guessed."""
    with pytest.raises(Invalid, match="chưa phải là số điểm"):
        parse_points(typed)


def test_points_have_two_decimals_at_most():
    """“three decimals” are refused; a third one that is 0 says nothing more."""
    with pytest.raises(Invalid, match="hai chữ số"):
        parse_points("12,345")
    assert parse_points("12,340") == 1234


@pytest.mark.parametrize(("points", "text"), [(1250, "12,5"), (100, "1"), (5, "0,05"), (None, "")])
def test_points_are_written_with_a_comma(points, text):
    assert format_points(points) == text
