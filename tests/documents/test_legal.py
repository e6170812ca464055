"""Legal texts: the lines that papers cite, what is wrong with them, putting them right."""

from datetime import date

import pytest

from tests import factories as make
from thidua.accounts.acting import NOBODY
from thidua.core.errors import AlreadyDone, Invalid
from thidua.documents.actions import TextFacts, add_legal_text, write_legal_text
from thidua.documents.legal import ended, findings, lines_for, registry
from thidua.lawbook.texts import BY_KEY, TEXTS, Certainty, Standing

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)
LAW = "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;"


def test_every_text_has_its_own_key_and_a_successor_that_is_there():
    assert len(BY_KEY) == len(TEXTS) == len({text.number for text in TEXTS})
    for text in TEXTS:
        assert text.key.startswith("TX")
        assert {text.replaced_by, text.amended_by} <= {"", *BY_KEY}


def test_a_law_is_cited_by_name_and_a_decree_by_number_day_and_issuer():
    law, decree = lines_for(DAY)

    assert law == LAW
    assert decree.startswith(
        "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về"
    )
    assert ended([law, decree])[-1].endswith("khen thưởng.")


def test_the_lines_of_a_day_are_the_texts_in_force_then():
    assert "98/2023/NĐ-CP" in lines_for(date(2025, 6, 30))[1]
    assert "152/2025/NĐ-CP" in lines_for(date(2025, 7, 1))[1]
    assert lines_for(date(2022, 5, 1)) == [
        "Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;"
    ]  # the first day of NĐ 91/2017 was not found, so it is not offered by itself


def test_an_expired_text_warns_and_names_the_one_that_came_after():
    (found,) = findings(["Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ;"], DAY)

    assert (found.key, found.problem, found.successor) == ("TX04", "expired", "TX08")
    assert "đã được thay bằng Nghị định số 152/2025/NĐ-CP" in found.sentence


def test_the_successor_is_the_one_there_on_the_day():
    (found,) = findings(["TX02"], date(2026, 1, 1))

    assert found.successor == "TX08"
    (late,) = findings(["TX08"], date(2027, 3, 1))
    assert (late.successor, "chưa biết văn bản nào thay" in late.sentence) == ("", True)


def test_what_is_not_yet_in_force_not_read_or_amended_is_said():
    assert [f.problem for f in findings(["TX13"], DAY)] == ["not_yet"]
    assert [f.problem for f in findings(["TX10"], DAY)] == ["unverified"]
    assert [f.problem for f in findings(["TX12"], DAY)] == ["unknown"]
    assert [f.problem for f in findings([LAW], date(2026, 10, 1))] == ["amended"]
    assert findings([LAW, "Căn cứ Quyết định số 12/QĐ-UBND;"], DAY) == []


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Căn cứ Luật Thi đua, khen thưởng ngày 26/11/2003;", "TX01"),
        ("Luật Thi đua - Khen thưởng năm 2003", "TX01"),
    ],
)
def test_a_law_is_known_by_its_name_and_day_or_year(line, key):
    assert [found.key for found in findings([line], DAY)] == [key]


def test_a_row_of_a_board_takes_the_place_of_what_is_shipped():
    board = make.board(make.an_organization(kind="board"))
    facts = TextFacts("Thông tư", "28/2025/TT-BTC", since=date(2025, 7, 16), certainty="read")

    write_legal_text("TX11", facts, by=board)
    row = write_legal_text("TX11", facts, by=board)

    text = registry()["TX11"]
    assert (text.since, text.certainty) == (date(2025, 7, 16), Certainty.READ)
    assert text.standing(DAY) is Standing.IN_FORCE
    assert row.organization_id == board.organization_id
    assert "TX11" in registry(DAY)
    assert "TX12" not in registry(DAY)


def test_a_text_of_ones_own_is_cited_like_any_other():
    facts = TextFacts(
        "Quyết định",
        "15/2026/QĐ-UBND",
        "ban hành Quy chế thi đua, khen thưởng",
        "Ủy ban nhân dân tỉnh",
        issued_on=date(2026, 2, 5),
        since=date(2026, 2, 15),
    )

    row = add_legal_text(facts, by=NOBODY)

    assert lines_for(DAY, [row.key]) == [
        "Căn cứ Quyết định số 15/2026/QĐ-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh "
        "ban hành Quy chế thi đua, khen thưởng;"
    ]
    with pytest.raises(AlreadyDone):
        add_legal_text(facts, by=NOBODY)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"form": " "}, "form"),
        ({"number": ""}, "number"),
        ({"since": date(2026, 2, 1), "until": date(2026, 1, 1)}, "until"),
        ({"since": date(2026, 2, 1), "issued_on": date(2026, 3, 1)}, "since"),
        ({"certainty": "sure"}, "certainty"),
        ({"replaced_by": "TX99"}, "replaced_by"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(told, field):
    with pytest.raises(Invalid) as refusal:
        add_legal_text(TextFacts(**{"form": "Quyết định", "number": "1/QĐ"} | told), by=NOBODY)

    assert refusal.value.field == field


def test_who_put_a_text_right_may_do_so_again_and_no_other_board():
    boards = [make.board(make.an_organization(kind="board")) for _n in range(2)]
    row = add_legal_text(TextFacts("Quyết định", "1/QĐ"), by=boards[0])

    assert [b.has_perm("documents.write_legaltext", row) for b in boards] == [True, False]
    assert boards[1].has_perm("documents.begin_legaltext")
    assert not make.head(make.an_organization()).has_perm("documents.begin_legaltext")
