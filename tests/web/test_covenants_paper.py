"""The covenant's text as set paper: each line knows what it is, and not a letter changes."""

import pytest

from tests import factories as make
from thidua.covenants.actions.drafting import draft_covenant, write_clause, write_frame
from thidua.covenants.papers import CovenantText, covenant_text
from thidua.typesetting.papers.covenant import Promise
from thidua.web.covenants.paper import paper_lines

BARE = CovenantText(
    title="BẢN GIAO ƯỚC THI ĐUA NĂM 2026",
    of="Khối thi đua",
    bases=["Căn cứ một", "Căn cứ hai"],
    opening="Chúng tôi\n\n1. cùng hứa",
    parties=["Hội A", "Hội B"],
    clauses=[("Đoàn kết", ["Giúp nhau", "2. không phải điều"]), ("Báo cáo", [])],
    annex=[("Hội A", [Promise("Kết nạp", "ít nhất 12")]), ("Hội B", [])],
)


def test_each_line_is_told_what_it_is():
    kinds = [(line.kind, line.text) for line in paper_lines(BARE.as_text())]

    assert kinds == [
        ("title", "BẢN GIAO ƯỚC THI ĐUA NĂM 2026"),
        ("of", "Khối thi đua"),
        ("paragraph", "Căn cứ một"),
        ("paragraph", "Căn cứ hai"),
        ("paragraph", "Chúng tôi"),
        ("paragraph", "1. cùng hứa"),
        ("party_heading", "CÁC ĐƠN VỊ THAM GIA GIAO ƯỚC"),
        ("party", "1. Hội A"),
        ("party", "2. Hội B"),
        ("clause_heading", "1. Đoàn kết"),
        ("paragraph", "Giúp nhau"),
        ("paragraph", "2. không phải điều"),
        ("clause_heading", "2. Báo cáo"),
        ("annex_heading", "PHỤ LỤC: CHỈ TIÊU CÁC ĐƠN VỊ ĐĂNG KÝ"),
        ("unit_heading", "Hội A"),
        ("paragraph", "- Kết nạp: ít nhất 12"),
        ("unit_heading", "Hội B"),
        ("paragraph", "(chưa thống nhất chỉ tiêu)"),
    ]


def test_a_new_part_begins_with_each_heading():
    parts = [line.part for line in paper_lines(BARE.as_text()) if line.kind.endswith("_heading")]

    assert parts == [2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    "text",
    [
        BARE.as_text(),
        "",
        "\n\n\n",
        "một dòng",
        "1. a\n\n1. b\n\nPHỤ LỤC: CHỈ TIÊU CÁC ĐƠN VỊ ĐĂNG KÝ\nx\n\n \n\ty",
        "  thụt  vào \n<b>&amp;</b>",
    ],
)
def test_not_a_letter_is_changed(text):
    lines = [line.text for line in paper_lines(text)]

    assert lines == [line for line in text.split("\n") if line.strip()]


@pytest.mark.django_db
def test_the_paper_of_a_real_covenant_has_its_title_members_clauses_and_annex():
    world = make.a_bloc(2)
    covenant = draft_covenant(world.cycle, by=world.heads[0])
    write_frame(covenant, by=world.heads[0], bases="Căn cứ", opening="Mở đầu")
    write_clause(covenant, by=world.heads[0], heading="Chung", body="Một", kind="text")

    lines = paper_lines(covenant_text(make.reread(covenant)).as_text())

    kinds = [line.kind for line in lines]
    assert kinds[:2] == ["title", "of"]
    assert kinds.count("party") == 2
    assert kinds.count("clause_heading") == covenant.clauses.count()
    assert kinds.count("unit_heading") == 2
