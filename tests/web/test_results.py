"""Pages of results: who sees what, that every total opens to its marks, what they cost."""

import re

import pytest
from django.urls import reverse

from tests import factories as make
from tests.scoring.bare import NA, a_bare_table, each, leaf, mark
from tests.scoring.factories import (
    a_published_result,
    a_result,
    a_scored_world,
    a_table,
    all_scored,
    card_of,
    criterion,
)
from tests.scoring.steps import an_appraisal
from tests.scoring.steps import mark as give
from thidua.core import clock
from thidua.cycles.actions.members import leave_cycle
from thidua.reporting.actions.evidence import EvidenceFacts, keep_evidence
from thidua.reporting.models import Evidence, Sharing
from thidua.scoring.actions.marking import send_sheet
from thidua.scoring.actions.results import object_to_result
from thidua.scoring.models import Proof
from thidua.web.results.opened import opened

pytestmark = pytest.mark.django_db
PROPOSAL = "chưa phải quyết định khen thưởng"


@pytest.fixture
def world() -> make.World:
    return a_scored_world()


def sign_in(client, acting):
    client.force_login(make.user_of(acting))


def page(name: str, *args: int) -> str:
    return reverse(f"results:{name}", args=args)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_year_says_where_its_result_stands_at_each_step(client):
    world = make.a_bloc(3)
    sign_in(client, world.heads[0])
    address = page("of_cycle", world.cycle.pk)
    nothing = client.get(address)
    assert nothing.context["where"].title == "Năm này chưa có bảng điểm được dùng"
    assert nothing.context["main_step"].label == "Soạn bảng điểm"

    a_table(world)
    begun = client.get(address)
    assert begun.context["main_step"].label == "Lập kết quả sơ bộ"
    assert "còn 3 phiếu chưa xong" in text(begun)
    all_scored(world)
    result = a_result(world)
    preliminary = client.get(address)
    assert preliminary.context["where"].title == "Kết quả sơ bộ, đang lấy ý kiến"
    assert preliminary.context["main_step"].label == "Ghi hội nghị thông qua"

    objection = object_to_result(result, by=world.heads[2], text="Thiếu điểm")
    waiting = client.get(address)
    assert waiting.context["main_step"].url == page("answer", objection.pk)
    adopting = next(s for s in waiting.context["other_steps"] if s.off)
    assert adopting.off == "Còn 1 kiến nghị chưa trả lời."
    sign_in(client, world.heads[2])
    assert client.get(address).context["main_step"].label == "Xem điểm của đơn vị bạn"


def test_a_leader_that_leads_its_own_bloc_is_told_of_with_who_appraised_it(client, world):
    result = a_result(world)
    sign_in(client, world.heads[2])
    lone = "Không bên nào thẩm định phiếu này ở lớp trưởng, phó."
    assert lone in text(client.get(page("show", result.pk)))
    sheet = an_appraisal(world, 0, world.heads[1])
    give(sheet, "I.1", 39.5, by=world.heads[1], reason="Thẩm định")
    send_sheet(sheet, by=world.heads[1])
    result = a_result(world)

    told = text(client.get(page("show", result.pk)))

    assert f"phiếu này do {world.members[1].name} thẩm định" in told
    first = result.standings.get(rank=1)
    appraised = client.get(page("standing", first.pk)).context["appraised"]
    assert appraised == f"Đơn vị này là khối trưởng; phiếu do {world.members[1].name} thẩm định."


LEAVES = (
    leaf("I.1", allows_na=True),
    leaf("I.2"),
    leaf("II.1", "leader_relative"),
    leaf("B.1", "count", 10, parameters={"each": 300}, is_bonus=True),
    leaf("B.2", "penalty", None, parameters={"each": 125}),
)


def test_the_sums_on_the_page_are_the_totals(client):
    """Rescaled, cut at a cap, subtracted: what the page shows always adds up."""
    world = make.a_bloc(3)
    table = a_bare_table(world, *LEAVES, bonus_cap=500)
    mark(world, 0, "self", I_1=NA, I_2=7, II_1=(120, 100), B_1=3, B_2=1)
    mark(world, 1, "self", I_1=5, I_2=3, II_1=(90, 100), B_1=1, B_2=0)
    mark(world, 1, "cross", world.members[2], I_1=4)
    result = a_result(world)
    sign_in(client, world.heads[2])

    for standing in result.standings.exclude(total=None):
        card = client.get(page("standing", standing.pk)).context["card"]
        shown = [row for row in card.rows if not row.line["is_group"]]
        assert sum(_hundredths(row.counted) for row in shown) == standing.total
        for group in table.criteria.filter(is_group=True):
            head = next(row for row in card.rows if row.line["code"] == group.code)
            parts = [r for r in shown if r.line["code"].startswith(f"{group.code}.")]
            assert sum(_hundredths(r.counted) for r in parts) == _hundredths(head.counted)
    remarks = {
        row.line["code"]: row.remark for row in opened(result.standings.get(rank=1), ()).rows
    }
    assert remarks["B.1"] == "Cộng lại 9, tính 5 vì có trần điểm thưởng."
    assert remarks["I.2"] == "Chấm 7, tính 14 sau khi quy đổi hoặc áp trần."


def _hundredths(counted: str) -> int:
    number = re.fullmatch(r"-?[\d.]+(,\d+)?", counted)
    return round(float(counted.replace(".", "").replace(",", ".")) * 100) if number else 0


def test_a_card_opens_down_to_every_mark_reason_and_proof(client, world):
    own = keep_evidence(
        world.enrolments[2],
        EvidenceFacts(Evidence.Kind.EXPLANATION, text="Ghi trong sổ theo dõi"),
        by=world.heads[2],
    )
    card = card_of(world, 2)
    proven = criterion(card.table, "I.1")
    Proof.objects.create(card=card, criterion=proven, evidence=own, at=clock.now())
    sheet = an_appraisal(world, 2, world.heads[0])
    give(sheet, "I.1", 20, by=world.heads[0], reason="Thiếu văn bản")
    send_sheet(sheet, by=world.heads[0])
    standing = a_result(world).standings.get(enrolment=world.enrolments[2])
    address = page("standing", standing.pk)

    sign_in(client, world.heads[1])
    unshared = text(client.get(address))
    Sharing.objects.create(evidence=own, thing="scoring.card", thing_id=card.pk, at=clock.now())
    shared = text(client.get(address))

    assert f"Trưởng và phó thẩm định ({world.members[0].name}). Lý do: Thiếu văn bản" in unshared
    assert "Minh chứng: giải trình" in unshared
    assert "Ghi trong sổ theo dõi" not in unshared
    assert "Ghi trong sổ theo dõi" in shared
    assert reverse("reporting:evidence", args=[own.pk]) in shared
    assert '<td role="cell" class="num folds__counts" data-label="Trưởng và phó' in shared
    whole = text(client.get(page("whole", standing.result_id)))
    assert all(organization.name in whole for organization in world.members)
    assert "Thiếu văn bản" in whole


def test_earlier_years_are_compared_by_percent_alone(client):
    world = make.a_bloc(2, year=2025)
    a_bare_table(world, leaf("I.1", "manual", 20))
    each(world, "self", {0: 19, 1: 10}, "I_1")
    before = a_published_result(world, audience="members")
    later = make.a_bloc(2, year=2026)
    later.cycle.bloc = world.bloc
    later.cycle.save()
    for enrolment, organization in zip(later.enrolments, world.members, strict=True):
        enrolment.organization = organization
        enrolment.save()
    a_bare_table(later, leaf("I.1"))
    each(later, "self", {0: 8, 1: 9}, "I_1")
    now = a_result(later).standings.get(enrolment=later.enrolments[0])
    sign_in(client, world.heads[0])

    told = client.get(page("standing", now.pk))

    assert [(one.year, one.percent) for one in told.context["earlier"]] == [(2025, 95)]
    assert page("show", before.pk) in text(told)
    assert '<span class="num">95</span> <span class="unit">%</span>' in text(told)


def test_a_unit_that_left_stays_in_the_results_it_was_in(client, world):
    """“a unit that left”: and it still reads them."""
    result = a_published_result(world, audience="members")
    leave_cycle(world.enrolments[2], by=world.board, on=clock.today(), reason="Sáp nhập")
    sign_in(client, world.heads[2])

    told = text(client.get(page("show", result.pk)))

    assert world.members[2].name in told
    assert "đã rời" in told
    standing = result.standings.get(enrolment=world.enrolments[2])
    assert client.get(page("standing", standing.pk)).status_code == 200


def test_who_is_barred_or_without_marks_stands_apart(client):
    world = make.a_bloc(3)
    a_bare_table(world, leaf("I.1"), leaf("I.2", "knockout", None))
    each(world, "self", {0: 5, 1: 6}, "I_1")
    mark(world, 1, "cross", world.members[0], I_2=1)
    result = a_result(world)
    sign_in(client, world.heads[0])

    shown = client.get(page("show", result.pk))

    assert [row.standing.rank for row in shown.context["ranking"].ranked] == [1]
    told = text(shown)
    assert "Không xếp hạng vì điểm liệt" in told
    assert "Chưa có điểm nên chưa xếp hạng" in told
