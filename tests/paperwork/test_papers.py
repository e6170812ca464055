"""What a draft's paper is made of: the year's data, the officer's texts, head and foot."""

from datetime import date

import pytest
from django.utils.translation import override

from tests import factories as make
from tests.paperwork.drafts import a_draft, paper_of, reread, words_of
from tests.reporting import factories as report
from thidua.accounts.models import Appointment
from thidua.core.errors import Invalid
from thidua.documents.verifying import KINDS as NAMES
from thidua.paperwork.papers import KINDS, kind_of, official_of, texts_of
from thidua.paperwork.papers.heads import header_lines
from thidua.reporting.models import Period

pytestmark = pytest.mark.django_db


def signer_of(organization):
    return Appointment.objects.get(organization=organization, role="head")


def test_a_registration_shows_what_the_member_registered_and_nothing_of_others():
    world = make.a_bloc()
    make.a_target_set(world, 2)
    make.a_target_set(world, 1, name="Chỉ tiêu của đơn vị khác")
    words = paper_of(world, "registration")
    assert "Kết nạp hội viên" in words
    assert "ít nhất 120 hội viên" in words
    assert "đơn vị khác" not in words


def test_a_registration_not_begun_says_so_instead_of_failing():
    assert "Chưa đăng ký chỉ tiêu." in paper_of(make.a_bloc(), "registration")


def test_a_report_measures_itself_against_the_registration():
    world = make.a_bloc()
    target = report.a_sent_target(world)
    report.measured(world, target, 390)
    period = report.a_period(world, kind=Period.Kind.YEAR)
    report.a_report(world, period=period, text="Nhiều mô hình mới.")
    words = paper_of(world, "year_report")
    assert "390 | đạt 325 %, vượt 225 %" in words
    assert "01 chỉ tiêu đạt hoặc vượt" in words
    assert "Nhiều mô hình mới." in words


def test_a_report_that_was_sent_reads_as_it_was_sent():
    world = make.a_bloc()
    target = report.a_sent_target(world)
    report.measured(world, target, 60)
    period = report.a_period(world, kind=Period.Kind.YEAR)
    report.a_sent_report(world, period=period)
    report.measured(world, target, 200)
    assert "60 | đạt 50 %" in paper_of(world, "year_report")


def test_a_report_of_a_period_of_another_year_is_not_found():
    world, other = make.a_bloc(), make.a_bloc()
    period = report.a_period(other, kind=Period.Kind.YEAR)
    report.a_report(other, period=period, text="Của khối khác")
    assert "Của khối khác" not in paper_of(world, "year_report", subject=period.pk)


def test_what_the_officer_wrote_stands_and_an_emptied_part_stays_empty():
    draft = a_draft(make.a_bloc(), "registration")
    assert texts_of(draft)["measures"]
    draft.parts = {"measures": "", "bases": "Luật Thi đua, khen thưởng\nKế hoạch của khối"}
    assert texts_of(draft)["measures"] == ""
    official = official_of(draft)
    assert official.bases == ["Luật Thi đua, khen thưởng", "Kế hoạch của khối"]


def test_an_organisation_without_a_head_or_with_two_leaves_the_name_to_be_chosen():
    """An organisation without a head, with two heads on the day: never guessed."""
    world = make.a_bloc()
    draft = a_draft(world, "registration")
    make.head(world.members[2])
    assert [s.name for s in official_of(draft).signatories] == [""]
    assert official_of(draft).signatories[0].capacity == ["LÃNH ĐẠO ĐƠN VỊ"]
    draft.signer = signer_of(world.members[1])
    chosen = official_of(draft).signatories[0]
    assert chosen.name == draft.signer.user.name
    assert chosen.capacity == ["CHỦ TỊCH"]


def test_a_member_s_paper_has_its_header_of_the_day():
    world = make.a_bloc()
    unit = world.members[2]
    unit.names.filter(until=None).update(
        since=date(2020, 1, 1), header="youth", superior="Tỉnh đoàn", place="Nam Định"
    )
    draft = a_draft(world, "registration")
    draft.dated = date(2026, 2, 5)
    official = official_of(draft)
    assert official.header.body == unit.name.upper()
    assert (official.header.superior, official.header.style) == ("TỈNH ĐOÀN", "youth")
    assert (official.place, official.dated) == ("Nam Định", date(2026, 2, 5))


def test_a_day_before_its_founding_still_gives_a_header():
    """A day before its founding: the paper has the first name, and the form says so."""
    world = make.a_bloc()
    world.members[2].names.update(since=date(2020, 1, 1))
    draft = a_draft(world, "registration")
    draft.dated = date(2010, 1, 1)
    assert official_of(draft).header.body == world.members[2].name.upper()
    assert len(header_lines(draft).remarks) == 1


def test_the_number_is_a_blank_until_it_is_given():
    world = make.a_bloc()
    world.members[2].names.update(symbol="LĐLĐ")
    draft = a_draft(world, "registration")
    assert official_of(draft).symbol == "     /ĐK-LĐLĐ"
    assert official_of(draft, symbol="05/ĐK-LĐLĐ").symbol == "05/ĐK-LĐLĐ"


def test_a_draft_says_that_it_is_one_and_what_is_invented_always_does():
    world = make.a_bloc()
    draft = a_draft(world, "registration")
    assert official_of(draft).watermark == "DỰ THẢO"
    assert official_of(draft, is_final=True).watermark == ""
    type(draft.cycle.bloc).objects.update(is_illustration=True)
    assert official_of(reread(draft), is_final=True).watermark == "MINH HỌA"


def test_the_bloc_s_paper_has_the_bloc_s_header_and_is_signed_for_it():
    world = make.a_bloc()
    draft = a_draft(world, "plan")
    draft.signer = signer_of(world.members[0])
    official = official_of(draft)
    assert official.header.body == world.bloc.title.upper()
    assert official.header.superior == world.body.name.upper()
    assert official.signatories[0].capacity == ["TM. KHỐI THI ĐUA", "KHỐI TRƯỞNG", "CHỦ TỊCH"]


def test_laws_in_force_on_the_paper_s_day_are_proposed():
    draft = a_draft(make.a_bloc(), "plan")
    draft.dated = date(2026, 2, 5)
    assert any("Luật Thi đua, khen thưởng" in line for line in official_of(draft).bases)


def test_the_decision_that_founded_the_bloc_is_cited_from_its_day_on():
    draft = a_draft(make.a_bloc(), "plan")
    bloc = draft.cycle.bloc
    bloc.decision_number, bloc.decision_on = "45/QĐ-UBND", date(2026, 2, 5)
    draft.dated = date(2026, 2, 4)
    assert "45/QĐ-UBND" not in str(official_of(draft).bases)
    draft.dated = date(2026, 2, 5)
    cited = "Căn cứ Quyết định số 45/QĐ-UBND ngày 05 tháng 02 năm 2026 về việc thành lập"
    assert cited in official_of(draft).bases[-1]


def test_the_paper_is_vietnamese_whatever_the_reader_reads():
    world = make.a_bloc()
    make.a_target_set(world)
    draft = a_draft(world, "registration")
    with override("en"):
        assert "ít nhất 120 hội viên" in words_of(official_of(draft))


def test_there_is_no_other_kind():
    with pytest.raises(Invalid):
        kind_of("love_letter")


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_every_kind_names_its_parts_once_and_writes_them_all(kind):
    names = [part.name for part in kind.parts]
    assert len(names) == len(set(names))
    assert all(str(part.label) for part in kind.parts)
    assert str(kind.name)


def test_whoever_checks_a_paper_is_told_its_kind_by_name():
    """The check stands below and cannot ask the kinds: its names must be there for each."""
    assert set(KINDS) <= set(NAMES)
