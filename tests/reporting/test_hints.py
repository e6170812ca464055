"""Hints on the words of a report: what contradicts the numbers is named, and nothing else."""

from decimal import Decimal

import pytest

from thidua.reporting.hints import hints_in
from thidua.reporting.results import TargetResult


def result(percent):
    """Return a result that is known to have come to ``percent``."""
    number = Decimal(percent)
    over = number - 100 if number > 100 else None
    return TargetResult(number, number, over, number >= 100, number - 100, "")


@pytest.mark.parametrize(
    "text",
    [
        "Kết nạp 11.789/4.500 hội viên, vượt 161,9 % kế hoạch.",
        "Kết nạp 11 789/4 500 hội viên, vượt 161,98 %.",
        "Kết nạp 11\u00a0789/4\u00a0500 hội viên, đạt 261,97%.",
        "Xây dựng 132/40 mô hình, vượt 230 %.",
        "Xây 13/7 nhà, đạt 185,7 %.",
        "đạt 390 % (936/240).",
        "Kết nạp 120/960 quần chúng, đạt tỷ lệ 12,5 %; 12.5/25 tấn, đạt 50%",
        "8/8 đơn vị, đạt 100 %",
        "936/240, vượt trên 250 %; 936/240 đạt gần 400 %",
        "936/240, chưa đạt 500 %",
        "936/240, vượt 12 % so với năm trước",
        "Ngày 30/6 đạt 80 %. Dịp 19/5, vượt 20 % kế hoạch",
        "Theo Nghị quyết 18/2022 đạt 80 %; Quyết định số 1526/QĐ-TTg, đạt 3 %",
        "Phấn đấu đạt 95 % trong năm sau: 936/240",
        "936/240. Năm sau đạt 100 %",
        "936/0 đạt 100 %",
        "Tổng cộng 150 hội viên (gồm 120 nam, 30 nữ).",
        "Tổng số 1.250 hội viên, bao gồm: 1.200 hội viên mới và 50 hội viên chuyển đến",
        "Tổng cộng 12,5 tấn (gồm 10 tấn gạo, 2,5 tấn muối)",
        "Tổng cộng 150 (gồm nhiều loại, 30 nữ)",
        "Tổng cộng 150 hội viên (gồm 120 kết nạp năm 2025, 30 kết nạp năm 2026)",
        "gồm 60 % nam, 40 % nữ; trong đó 33,4 % trẻ, 33,3 % trung niên và 33,4 % già",
        "chiếm 100 % tổng số",
        "Đoàn kết, vượt khó; đạt và vượt 100 % chỉ tiêu",
        "",
    ],
)
def test_what_may_be_right_draws_no_hint(text):
    assert hints_in(text) == []


@pytest.mark.parametrize(
    ("text", "found", "words"),
    [
        (
            "Kết nạp 936/240 hội viên, vượt 390 % kế hoạch.",
            "vượt 390 %",
            "936/240: đạt 390 %, tức vượt 290 %; “vượt 390 %” lấy số đạt làm số vượt.",
        ),
        (
            "Xây dựng 132/40 mô hình, đạt 230 %",
            "đạt 230 %",
            "132/40: đạt 330 %, tức vượt 230 %; “đạt 230 %” lấy số vượt làm số đạt.",
        ),
        (
            "Kết nạp 11.789/4.500 hội viên, vượt mức 160 %",
            "vượt mức 160 %",
            "11.789/4.500: đạt 261,98 %, vượt 161,98 %, còn bài viết ghi “vượt mức 160 %”.",
        ),
        (
            "80/100 hộ, vượt 80%",
            "vượt 80%",
            "80/100: đạt 80 %, chưa đủ 100 %, còn bài viết ghi “vượt 80%”.",
        ),
        ("vượt 390 % (936/240)", "vượt 390 %", "936/240: đạt 390 %, tức vượt 290 %"),
        ("936/240, đạt trên 400 %", "đạt trên 400 %", "936/240: đạt 390 %"),
        (
            "Tổng cộng 160 hội viên (gồm 120 nam, 30 nữ).",
            "Tổng cộng 160 hội viên (gồm 120 nam, 30 nữ",
            "Các phần cộng lại là 150, không phải 160.",
        ),
        ("tổng số: 1.300, gồm: 1.200 mới và 50 cũ", "tổng số", "1.250, không phải 1.300"),
        ("trong đó 60 % nam, 50 % nữ", "trong đó 60 %", "cộng lại là 110 %, quá 100 %."),
        ("nữ chiếm tỷ lệ 120,5 %", "chiếm tỷ lệ 120,5 %", "không thể quá 100 %"),
    ],
)
def test_what_contradicts_the_numbers_is_named_with_its_place(text, found, words):
    (hint,) = hints_in(text)

    assert words in hint.sentence
    assert hint.found.startswith(found)
    assert text[hint.position :].startswith(hint.found)


def test_a_percentage_beside_a_targets_name_is_held_against_the_measurements():
    results = {"Kết nạp hội viên": result(390), "Kết nạp": result(50), "Vi phạm": result(80)}

    (hint,) = hints_in("Về kết nạp hội viên mới, đơn vị vượt 390 %. Khác: đạt 7 %", results)

    assert hint.sentence == (
        "Theo số đo, “Kết nạp hội viên”: đạt 390 %, tức vượt 290 %; "
        "“vượt 390 %” lấy số đạt làm số vượt."
    )
    assert hints_in("Kết nạp hội viên: đạt 390 %; vi phạm: đạt 80 %", results) == []


def test_a_fraction_in_the_sentence_outweighs_the_targets_name():
    assert hints_in("Kết nạp hội viên 5/10, đạt 50 %", {"Kết nạp hội viên": result(390)}) == []


def test_a_target_without_a_percentage_says_nothing():
    unknown = TargetResult(Decimal(3), None, None, True, Decimal(-2), "đạt")

    assert hints_in("Số vụ vi phạm: đạt 60 %", {"Số vụ vi phạm": unknown}) == []


def test_hints_stand_in_the_order_of_the_text_and_each_once():
    text = "Nữ chiếm 120 %. 936/240, vượt 390 %. Nam chiếm 130 %."

    places = [hint.position for hint in hints_in(text)]

    assert places == sorted(set(places))
    assert len(places) == 3


def test_decomposed_letters_are_read_alike():
    import unicodedata

    (hint,) = hints_in(unicodedata.normalize("NFD", "936/240 hội viên, vượt 390 %"))

    assert hint.position == len("936/240 hội viên, ")


@pytest.mark.parametrize("piece", ["9", "1/2 ", "đạt 1 % ", "tổng cộng 1 gồm ", "1.111", "gồm 1, "])
def test_a_long_text_is_read_in_no_time(piece):
    assert len(hints_in(piece * (50_000 // len(piece)), {"A": result(1)})) < 50_000
