"""What stands above the papers of an organisation and of a bloc."""

from datetime import date

import pytest

from tests import factories as make
from thidua.accounts.acting import NOBODY
from thidua.audit.models import Entry
from thidua.core.errors import Invalid
from thidua.organizations.actions import (
    Letterhead,
    edit_bloc,
    rename_organization,
    write_letterhead,
)
from thidua.organizations.actions.blocs import BlocFacts
from thidua.organizations.queries import header_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)


def test_a_header_is_that_of_its_day():
    unit = make.an_organization("Tỉnh đoàn", header="youth", superior="Đoàn TNCS Hồ Chí Minh")
    rename_organization(unit, by=NOBODY, name="Tỉnh đoàn Ninh Bình", since=date(2025, 7, 1))
    write_letterhead(unit, Letterhead("youth", "Trung ương Đoàn", "Ninh Bình", "TĐTN"), by=NOBODY)

    old, new = header_of(unit, date(2025, 6, 30)), header_of(unit, DAY)

    assert (old.style, old.superior, old.body) == ("youth", "ĐOÀN TNCS HỒ CHÍ MINH", "TỈNH ĐOÀN")
    assert (new.superior, new.body) == ("TRUNG ƯƠNG ĐOÀN", "TỈNH ĐOÀN NINH BÌNH")
    assert (new.place, new.symbol, new.remarks) == ("Ninh Bình", "TĐTN", ())


def test_one_that_told_no_header_has_quoc_hieu_above_its_name():
    """an organisation without a header."""
    parent = make.an_organization("Liên đoàn Lao động tỉnh")
    unit = make.an_organization("Hội Luật gia", parent=parent, short_name="Hội LG", symbol="")

    header = header_of(unit, DAY)

    assert (header.style, header.superior, header.body) == ("state", "", "HỘI LUẬT GIA")
    assert header.symbol == ""
    assert header.remarks == ("Hội Luật gia chưa ghi tên cơ quan cấp trên trên đầu văn bản.",)


def test_before_its_first_day_the_first_name_stands_with_a_remark():
    """a day before its founding."""
    unit = make.an_organization("Hội mới", since=DAY)

    header = header_of(unit, date(2026, 3, 4))

    assert header.body == "HỘI MỚI"
    assert "Ngày 4/3/2026 là trước khi có Hội mới (từ ngày 5/3/2026)" in header.remarks[0]


def test_a_short_name_in_capitals_is_a_symbol_already():
    unit = make.an_organization("Liên đoàn Lao động", short_name="LĐLĐ", symbol="")

    assert header_of(unit, DAY).symbol == "LĐLĐ"


def test_a_bloc_has_its_body_above_it_until_it_tells_its_own_header():
    world = make.a_bloc(1, kind="cum")
    before = header_of(world.bloc, DAY)
    facts = BlocFacts(
        name="các hội",
        kind="cum",
        level="province",
        managing_body=world.body,
        superior="Hội đồng Thi đua - Khen thưởng tỉnh",
        heading="Cụm thi đua số 7",
        decision_on=date(2026, 1, 2),
    )
    bloc = edit_bloc(world.bloc, facts, by=world.board)

    after = header_of(bloc, date(2026, 1, 1))

    assert before.superior == world.body.name.upper()
    assert before.body.startswith("CỤM THI ĐUA THỬ NGHIỆM")
    assert (before.style, before.symbol) == ("state", "CTĐ")
    assert after.superior == "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG TỈNH"
    assert after.body == "CỤM THI ĐUA SỐ 7"
    assert "trước khi lập" in after.remarks[0]


@pytest.mark.parametrize("symbol", ["LĐ LĐ", "LĐLĐ-", "a/b", "<b>"])
def test_a_symbol_that_cannot_stand_on_a_paper_is_refused(symbol):
    unit = make.an_organization("Hội Luật gia")

    with pytest.raises(Invalid) as refusal:
        write_letterhead(unit, Letterhead(symbol=symbol), by=NOBODY)

    assert refusal.value.field == "symbol"
    assert not Entry.objects.filter(code="organization.letterhead_written").exists()
