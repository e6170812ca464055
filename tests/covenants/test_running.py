"""Running a round: its end, a later last day, an answer to who declined, one member nudged."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests import factories as make
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, OutOfTime, WrongState
from thidua.covenants.actions.reminding import remind_unsigned
from thidua.covenants.actions.running import answer_decline, extend_round
from thidua.covenants.actions.signing import declare_in_force, decline_covenant
from thidua.covenants.models import Covenant, DeclineAnswer, Expiry, Extension
from thidua.covenants.tasks import expire
from thidua.documents.models import Signature
from thidua.notifications.models import Notice

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def covenant(world):
    return make.a_frozen_covenant(world)


def the_day_after() -> object:
    """Let the clock stand on the day after the one set for signing."""
    return clock.at(clock.now() + DAY)


def declined(world, covenant):
    """Let the second member decline."""
    return decline_covenant(
        covenant, by=world.heads[1], organization_id=world.members[1].pk, reason="Chỉ tiêu cao"
    )


def test_after_its_last_day_a_round_takes_no_signature_and_says_so(world, covenant):
    make.sign(covenant, world.heads[0])

    with the_day_after(), pytest.raises(OutOfTime, match=r"hết hạn ngày .* gia hạn hoặc tuyên bố"):
        make.sign(covenant, world.heads[1])

    assert Signature.objects.count() == 1


def test_until_twenty_four_hours_of_its_last_day_it_does(world, covenant):
    with clock.at(clock.end_of(clock.today()) - timedelta(seconds=1)):
        make.sign(covenant, world.heads[1])

    assert Signature.objects.count() == 1


def test_the_leader_extends_it_with_a_reason_and_members_sign_again(world, covenant):
    with the_day_after():
        until = clock.today() + 3 * DAY
        extend_round(covenant, by=world.heads[0], sign_by=until, reason="Chờ Hội Nông dân")
        make.sign(covenant, world.heads[1])

    row = Extension.objects.get()
    assert (row.until, row.reason) == (until, "Chờ Hội Nông dân")
    assert make.reread(covenant).sign_by == until
    assert Signature.objects.get().is_late is False
    told = Notice.objects.filter(sentence__startswith="Hạn ký")
    assert told.filter(user=make.user_of(world.heads[2])).count() == 1
    assert Entry.objects.get(code="covenant.extended").facts["reason"] == "Chờ Hội Nông dân"


@pytest.mark.parametrize(("days", "reason"), [(0, "Chờ"), (-1, "Chờ"), (3, " ")])
def test_it_is_extended_only_to_a_later_day_and_for_a_reason(world, covenant, days, reason):
    day = clock.today() + days * DAY

    with pytest.raises(Invalid):
        extend_round(covenant, by=world.heads[0], sign_by=day, reason=reason)

    assert not Extension.objects.exists()


def test_an_expired_round_is_not_extended_into_the_past(world, covenant):
    day = clock.today() + 4 * DAY

    with clock.at(clock.now() + 5 * DAY), pytest.raises(Invalid, match="từ hôm nay"):
        extend_round(covenant, by=world.heads[0], sign_by=day, reason="Chờ")


def test_what_is_in_force_is_not_extended(world):
    covenant = make.in_force(world)

    with pytest.raises(WrongState):
        extend_round(covenant, by=world.heads[0], sign_by=clock.today() + DAY, reason="Chờ")


def test_extensions_can_be_neither_changed_nor_deleted(world, covenant):
    day = clock.today() + DAY
    extend_round(covenant, by=world.heads[0], sign_by=day, reason="Chờ")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Extension.objects.update(reason="Khác")


def test_members_are_told_once_that_the_round_is_over(world, covenant):
    assert expire() == 0
    with the_day_after():
        assert expire() == 1
        assert expire() == 0

    assert Expiry.objects.count() == 1
    told = Notice.objects.filter(sentence__contains="đã hết hạn ngày")
    assert {notice.facts["count"] for notice in told} == {3}
    assert told.count() == 3
    assert Entry.objects.filter(code="covenant.expired").count() == 1


def test_after_an_extension_they_are_told_again_when_that_is_over(world, covenant):
    with the_day_after():
        expire()
        day = clock.today() + DAY
        extend_round(covenant, by=world.heads[0], sign_by=day, reason="Chờ")
        assert expire() == 0
    with clock.at(clock.now() + 9 * DAY):
        assert expire() == 1


def test_a_round_that_came_in_force_never_expires(world):
    make.in_force(world)

    with the_day_after():
        assert expire() == 0


def test_declaring_it_in_force_lets_the_late_ones_sign(world, covenant):
    make.sign(covenant, world.heads[0])
    reasons = {o.pk: "Chưa họp" for o in world.members[1:]}
    with the_day_after():
        declare_in_force(covenant, by=world.heads[0], reasons=reasons)

        assert make.sign(covenant, world.heads[1]).is_late


def test_the_leader_answers_who_declined_and_the_member_is_told(world, covenant):
    decline = declined(world, covenant)

    answer = answer_decline(decline, by=world.heads[0], body="Đã hạ chỉ tiêu trong phụ lục.")

    assert answer.organization == world.members[0]
    told = Notice.objects.filter(sentence__contains="đã được trả lời")
    assert {notice.user_id for notice in told} == {make.user_of(world.heads[1]).pk}
    make.sign(covenant, world.heads[1])


def test_an_answer_has_words_and_is_given_once(world, covenant):
    """a form sent twice: answering who declined."""
    decline = declined(world, covenant)
    with pytest.raises(Invalid):
        answer_decline(decline, by=world.heads[0], body=" \n")
    answer_decline(decline, by=world.heads[0], body="Đã hạ.")

    with pytest.raises(AlreadyDone):
        answer_decline(decline, by=world.heads[0], body="Đã hạ.")

    assert DeclineAnswer.objects.count() == 1


def test_one_member_is_nudged_at_most_once_a_day(world, covenant):
    assert remind_unsigned(covenant, by=world.heads[0], only=world.enrolments[2]) == 1

    with pytest.raises(AlreadyDone, match=f"Hôm nay {world.members[2].name} đã được nhắc"):
        remind_unsigned(covenant, by=world.heads[0], only=world.enrolments[2])
    with the_day_after():
        remind_unsigned(covenant, by=world.heads[0], only=world.enrolments[2])

    told = Notice.objects.filter(sentence__startswith="Nhắc:").values_list("user", flat=True)
    assert set(told) == {make.user_of(world.heads[2]).pk}


def test_a_member_that_has_signed_is_not_nudged(world, covenant):
    make.sign(covenant, world.heads[2])

    with pytest.raises(WrongState, match="đã ký"):
        remind_unsigned(covenant, by=world.heads[0], only=world.enrolments[2])

    assert make.reread(covenant).state == Covenant.State.SIGNING
