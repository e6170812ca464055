"""Results of targets on their pages: written down, asked about, shown with what they come to."""

from datetime import date

import pytest

from tests import factories as make
from tests.reporting import factories as some
from tests.web.counting import cost_of
from tests.web.reports import at, sign_in, text
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import close_cycle
from thidua.reporting.models import Measurement
from thidua.targets.actions.drafting import TargetFacts, write_target
from thidua.targets.actions.negotiation import send_set

pytestmark = pytest.mark.django_db
FORM = {"value": "1.234", "measured_on": "2026-06-18", "note": "theo 12 chi hội"}


@pytest.fixture
def world():
    """A bloc of a leader, a deputy and a member on 20 June 2026."""
    with clock.at(date(2026, 6, 20)):
        yield make.a_bloc(3, year=2026)


@pytest.fixture
def target(world):
    """A sent target of 1,200 members."""
    return some.a_sent_target(world, number=1200)


@pytest.fixture
def officer(client, world):
    """The member's officer, signed in."""
    acting = make.officer(world.members[2])
    sign_in(client, acting)
    return acting


def test_a_result_is_written_and_what_it_comes_to_is_computed(client, officer, target):
    page = text(client.post(at("target", target), FORM, follow=True))

    assert "Đã ghi: 1.234 hội viên. Chỉ tiêu lúc này: đạt 102,83 %, vượt 2,83 %." in page
    (row,) = Measurement.objects.all()
    assert (row.value, row.measured_on) == (1234, date(2026, 6, 18))
    assert "theo 12 chi hội" in page
    assert officer.actor_name in page
    assert "thiếu minh chứng" in page


def test_nobody_types_a_percentage(client, officer, target):
    typed = {**FORM, "percent": "390", "surplus": "390", "words": "vượt 390 %"}

    client.post(at("target", target), typed)

    page = text(client.get(at("results", target.target_set.enrolment_id)))
    assert "đạt 102,83" in page
    assert "390" not in page


def test_a_yes_or_no_is_chosen(client, officer, world):
    target = some.a_sent_target(world, direction="yes_no", number=None, unit="")
    typed = {"measured_on": "2026-06-18", "note": ""}

    response = client.post(at("target", target), typed)
    assert response.status_code == 422
    assert "Cần chọn đã thực hiện hay chưa." in text(response)

    page = text(client.post(at("target", target), {**typed, "is_done": "yes"}, follow=True))
    assert "Chỉ tiêu lúc này: đã thực hiện." in page
    assert Measurement.objects.get().is_done is True


def test_a_thousandfold_is_asked_about_and_confirmed(client, officer, target):
    """Reports: “a measurement that jumps a thousandfold (asked, not refused)”."""
    before = Entry.objects.count()
    typed = {**FORM, "value": "1.200.000"}

    response = client.post(at("target", target), typed)
    page = text(response)

    assert response.status_code == 422
    assert "Con số 1.200.000 chênh từ một nghìn lần so với 1.200. Có đúng không?" in page
    assert 'value="1.200.000"' in page
    assert "theo 12 chi hội" in page
    assert "Đúng là như vậy" in page
    assert (Measurement.objects.count(), Entry.objects.count()) == (0, before)

    # Ticked for that number, it is no answer for another one.
    confirmed = {**typed, "asked": "1200000", "confirmed": "on"}
    assert client.post(at("target", target), {**confirmed, "value": "9.900.000"}).status_code == 422
    client.post(at("target", target), confirmed)
    (row,) = Measurement.objects.all()
    assert (row.value, row.is_confirmed_jump) == (1_200_000, True)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"value": "một nghìn"}, "value", "chưa phải là một số"),
        ({"value": ""}, "value", "Hãy điền mục này."),
        ({"value": "-3"}, "value", ""),
        ({"measured_on": "2026-06-21"}, "measured_on", "Ngày này chưa tới"),
        ({"measured_on": "31/02/2026"}, "measured_on", "Chưa phải là một ngày có thật."),
        ({"note": "x" * 501}, "note", "Dài quá 500 chữ"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_stays(
    client, officer, target, typed, field, said
):
    response = client.post(at("target", target), {**FORM, **typed})

    assert response.status_code == 422
    assert any(said in error for error in response.context["form"].errors[field])
    assert all(f'value="{told}"' in text(response) for told in ({**FORM, **typed}).values() if told)
    assert not Measurement.objects.exists()


def test_a_form_sent_twice_writes_one_row(client, officer, target):
    client.post(at("target", target), FORM)
    response = client.post(at("target", target), FORM)

    assert "Kết quả này đã được ghi rồi." in text(response)
    assert Measurement.objects.count() == 1


def test_the_history_keeps_every_number(client, officer, world, target):
    for value, day in [("900", date(2026, 4, 1)), ("1100", date(2026, 5, 1))]:
        some.measured(world, target, value, on=day)

    page = text(client.get(at("target", target)))

    for told in ("900", "1.100", "tính đến 1/4/2026", "tính đến 1/5/2026"):
        assert told in page


def test_before_the_registration_is_sent_nothing_is_measured(client, officer, world):
    draft = make.a_target_set(world)
    target = draft.targets.get()

    assert "Bản đăng ký chưa gửi" in text(client.get(at("target", target)))
    assert client.post(at("target", target), FORM).status_code == 422
    assert "Chưa có chỉ tiêu để ghi kết quả" in text(client.get(at("results", world.enrolments[2])))


@pytest.mark.parametrize("ends", ["left", "closed"])
def test_when_duties_have_ended_the_results_are_only_read(client, officer, world, target, ends):
    some.measured(world, target, "1234")
    if ends == "left":
        leave_cycle(world.enrolments[2], by=world.board, on=clock.today(), reason="Sáp nhập")
    else:
        close_cycle(world.cycle, by=world.board)

    page = text(client.get(at("target", target)))

    assert "không ghi thêm được nữa." in page
    assert "Ghi kết quả</button>" not in page
    assert "Gửi tệp" not in page
    assert client.post(at("target", target), FORM).status_code == 422
    assert Measurement.objects.count() == 1


def test_results_are_the_units_own(client, world, target):
    for acting in (world.heads[0], world.heads[1], world.board, make.a_visitor_with_account()):
        sign_in(client, acting)
        assert client.get(at("target", target)).status_code == 404
        assert client.post(at("target", target), FORM).status_code == 404
        assert client.get(at("results", world.enrolments[2])).status_code == 403


def test_both_pages_cost_the_same_for_one_and_for_three(client, officer, world):
    target_set = make.a_target_set(world)
    target = target_set.targets.get()
    for number in range(2):
        facts = TargetFacts(name=f"Chỉ tiêu {number}", number=9)
        write_target(target_set, facts, by=world.heads[2])
    send_set(target_set, by=world.heads[2])
    costs = []
    for count, one in enumerate(target_set.targets.all(), start=1):
        for day in range(1, count + 1):
            some.measured(world, one, str(day + 8), on=date(2026, 5, day))
        costs.append(
            (
                cost_of(client, at("results", world.enrolments[2])),
                cost_of(client, at("target", target)),
            )
        )

    assert len(set(costs)) == 1
    assert costs[0][0] <= 15
    assert costs[0][1] <= 17
