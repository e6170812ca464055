"""Vietnamese text: one form, found without marks, sorted by the alphabet."""

import unicodedata

import pytest

from thidua.core.text import fold, join_names, nfc, one_line, sort_key


@pytest.mark.parametrize(
    "typed", ["Uỷ ban", "Ủy ban", "uy ban", "ỦY BAN", unicodedata.normalize("NFD", "Uỷ ban")]
)
def test_old_and_new_tone_placement_and_no_marks_fold_the_same(typed):
    assert fold(typed) == "uy ban"


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("UBMTTQ", "Ủy ban Mặt trận Tổ quốc"),
        ("UBMTTQVN", "Uỷ ban Mặt trận Tổ quốc Việt Nam"),
        ("LĐLĐ tỉnh", "Liên đoàn Lao động tỉnh"),
        ("Hội CCB", "Hội Cựu chiến binh"),
        ("Đoàn TNCS HCM", "Đoàn Thanh niên Cộng sản Hồ Chí Minh"),
        ("TP. Đà Nẵng", "thành phố Đà Nẵng"),
        ("XH, XH-NN", "xã hội, xã hội - nghề nghiệp"),
    ],
)
def test_an_abbreviation_folds_as_what_it_stands_for(short, full):
    assert fold(short) == fold(full)


def test_d_with_a_stroke_folds_to_d():
    assert fold("Đường đê") == "duong de"


def test_signs_fold_to_nothing():
    assert fold("“!!!” – … %") == ""


def test_decomposed_text_is_composed_and_control_characters_go():
    assert nfc(unicodedata.normalize("NFD", "Hội\x00 viên\r\nmới")) == "Hội viên\nmới"


def test_one_line_joins_every_white_space():
    assert one_line("  Hội \n Nông\t dân\u00a0tỉnh ") == "Hội Nông dân tỉnh"


def test_names_sort_by_the_vietnamese_alphabet():
    names = ["Đà Nẵng", "Ăn", "An", "Ân", "Dũng", "Ánh", "Anh", "Ảnh", "Ông", "Oanh", "Ơn"]
    ordered = ["An", "Anh", "Ảnh", "Ánh", "Ăn", "Ân", "Dũng", "Đà Nẵng", "Oanh", "Ông", "Ơn"]
    assert sorted(names, key=sort_key) == ordered


def test_tones_decide_only_between_words_of_the_same_letters():
    assert sorted(["Má", "Ma", "Mạ", "Mà", "Mã", "Mả"], key=sort_key) == [
        "Ma",
        "Mà",
        "Mả",
        "Mã",
        "Má",
        "Mạ",
    ]


@pytest.mark.parametrize(
    ("names", "sentence"),
    [([], ""), (["A"], "A"), (["A", "B"], "A và B"), (["A", "B", "C"], "A, B và C")],
)
def test_names_join_as_in_a_sentence(names, sentence):
    assert join_names(names, "và") == sentence
