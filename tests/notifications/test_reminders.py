"""Reminders before a deadline: who, when, how often; a bloc's own days; digests; nudges."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.kept import kept
from tests.notifications.conftest import SENTENCE, sent, with_address
from tests.reporting import factories as some
from tests.scoring.factories import a_self_score, a_table
from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid
from thidua.covenants.actions.signing import remind_unsigned
from thidua.cycles.actions.nudging import nudge_members
from thidua.cycles.actions.years import set_phase
from thidua.notifications.actions import mark_all_read, notify
from thidua.notifications.actions.choosing import choose_mail
from thidua.notifications.actions.reminding import plan_reminders
from thidua.notifications.due import due_between
from thidua.notifications.models import DueReminder, Mail, Notice, Nudge, ReminderPlan
from thidua.notifications.tasks import deliver, digest, remind
from thidua.targets.actions.negotiation import send_set

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 20)


def on(day: int, hour: int = 8) -> datetime:
    """Return a moment of March 2026 in Vietnam."""
    return clock.start_of(date(2026, 3, day)) + timedelta(hours=hour)


@pytest.fixture
@kept
def world():
    """Return a year whose registration is due on 20 March."""
    world = make.a_bloc(3, year=2026)
    days = {"opens_on": date(2026, 3, 1), "due_on": DUE}
    set_phase(world.cycle, by=world.board, kind="registration", **days)
    Notice.objects.all().delete()
    return world


def reminded(moment: datetime) -> int:
    """Return how many are told at ``moment``."""
    with clock.at(moment):
        return remind()


def test_who_has_not_acted_is_reminded_seven_three_one_days_before_and_on_the_day(world):
    with clock.at(on(10)):
        send_set(make.a_target_set(world, 2), by=world.heads[2])
    Notice.objects.all().delete()
    told = {day: reminded(on(day)) for day in range(10, 23)}

    assert {day for day, count in told.items() if count} == {13, 17, 19, 20}
    assert set(told.values()) == {0, 2}
    people = Counter(Notice.objects.values_list("user", flat=True))
    assert people == {make.user_of(world.heads[n]).pk: 4 for n in (0, 1)}
    with clock.at(on(13)):
        texts = list(Notice.objects.order_by("sent_at").values_list("facts__left", flat=True))
    assert texts == [7, 7, 3, 3, 1, 1, 0, 0]
    last = Notice.objects.latest("sent_at")
    assert last.text.startswith("Nhắc hạn: hôm nay, 20/3/2026, là ngày cuối gửi bản đăng ký")


def test_asked_twice_or_all_day_it_tells_once(world):
    assert reminded(on(13)) == 3
    assert reminded(on(13)) == reminded(on(13, 22)) == reminded(on(14)) == 0

    row = DueReminder.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        DueReminder.objects.create(
            user=row.user, thing=row.thing, due_on=row.due_on, step=2, day=row.day
        )


def test_nobody_is_reminded_at_night(world):
    assert reminded(on(13, 0)) == reminded(on(13, 6)) == 0
    assert reminded(on(13, 7)) == 3


def test_a_day_on_which_nothing_ran_is_made_up_for(world):
    assert reminded(on(18)) == 3
    assert Notice.objects.latest("pk").facts["left"] == 2
    assert reminded(on(18, 20)) == 0
    assert reminded(on(19)) == 3


def test_a_window_that_opens_late_reminds_of_no_day_before_it(world):
    days = {"opens_on": date(2026, 3, 16), "due_on": DUE}
    set_phase(world.cycle, by=world.board, kind="registration", **days)

    assert [reminded(on(day)) for day in (16, 17)] == [0, 3]


def test_a_deadline_that_is_moved_is_reminded_of_anew(world):
    assert reminded(on(13)) == 3
    days = {"opens_on": date(2026, 3, 1), "due_on": date(2026, 3, 27)}
    set_phase(world.cycle, by=world.board, kind="registration", **days)

    assert [reminded(on(day)) for day in (14, 20)] == [0, 3]


def test_a_bloc_has_its_own_days_or_none(world):
    plan_reminders(world.bloc, by=world.board, days=[5, 5, 2])
    assert ReminderPlan.objects.get().days == [5, 2]
    assert [reminded(on(day)) for day in (13, 15, 17, 18, 20)] == [0, 3, 0, 3, 0]

    plan_reminders(world.bloc, by=world.board, days=[])
    assert reminded(on(19)) == 0
    with pytest.raises(Invalid):
        plan_reminders(world.bloc, by=world.board, days=[61])


def test_a_reminder_goes_by_mail_too(world):
    with_address(world.heads[1], "hai@hoi.example")
    with clock.at(on(13)):
        remind()
        deliver()

    assert [m.to for m in sent()] == [["hai@hoi.example"]]
    assert "còn 7 ngày" in sent()[0].subject


def test_every_duty_with_a_day_is_told_and_ceases_when_done(world):
    with clock.at(on(2)):
        make.a_frozen_covenant(world, sign_by=DUE)
        table = a_table(world)
        days = {"opens_on": date(2026, 3, 1), "due_on": DUE}
        set_phase(world.cycle, by=world.board, kind="self_scoring", **days)
        period = some.a_period(world, opens_on=date(2026, 3, 1), due_on=DUE)

        owed = Counter(
            due.thing.partition(":")[0]
            for due in due_between(DUE, DUE)
            for _organization in due.organizations
        )
        assert owed == {
            "targets.registration": 3,
            "covenants.signature": 3,
            "reporting.report": 3,
            "scoring.sheet": 3,
        }
        a_self_score(world, 1, I_1=30)
        some.a_sent_report(world, 2, period)
        left = Counter(due.thing.partition(":")[0] for due in due_between(DUE, DUE))
    assert table.cards.count() == 3
    assert (left["scoring.sheet"], left["reporting.report"]) == (2, 2)


# The morning's digest


def test_a_digest_gathers_what_is_new_in_one_mail_each_morning(world):
    reader = with_address(world.heads[1], "hai@hoi.example")
    with clock.at(on(2)):
        choose_mail(make.user_of(reader), manner="daily", language="vi")
        for year in (2026, 2027):
            notify([reader.organization_id], SENTENCE, about=world.cycle, year=year)
    with clock.at(on(3, 6)):
        assert digest() == 0
    with clock.at(on(3, 8)):
        assert digest() == 1
        assert digest() == 0
        deliver()

    (letter,) = sent()
    assert letter.subject == "2 thông báo, ngày 3/3/2026"
    assert "năm 2026 đã có hiệu lực" in letter.body
    assert "năm 2027 đã có hiệu lực" in letter.body
    with clock.at(on(4, 8)):
        assert digest() == 0
    assert set(Notice.objects.values_list("mail", flat=True)) == {Mail.objects.get().pk}


def test_what_was_read_meanwhile_or_came_before_the_choice_stands_in_no_digest(world):
    reader = with_address(world.heads[1], "hai@hoi.example")
    user = make.user_of(reader)
    choose_mail(user, manner="none", language="vi")
    notify([reader.organization_id], SENTENCE, about=world.cycle, year=2025)
    with clock.at(clock.now() + timedelta(minutes=1)):
        choose_mail(user, manner="daily", language="vi")
        assert digest() == 0
        notify([reader.organization_id], SENTENCE, about=world.cycle, year=2026)
        mark_all_read(user)
    with clock.at(clock.start_of(clock.today()) + timedelta(days=1, hours=8)):
        assert digest() == 0


# The leader's nudge


def test_a_nudge_says_what_is_owed_and_reaches_a_person_once_a_day(world):
    leader, units = world.heads[0], world.members
    owed = {units[1].pk: "Đăng ký chỉ tiêu", units[2].pk: "Ký giao ước"}
    with clock.at(on(13)):
        told = nudge_members(world.cycle, by=leader, owed=owed)
        assert told.told == [
            (world.heads[1].actor_name, units[1].pk),
            (world.heads[2].actor_name, units[2].pk),
        ]
        with pytest.raises(AlreadyDone):
            nudge_members(world.cycle, by=leader, owed=owed)
        with pytest.raises(AlreadyDone):
            nudge_members(world.cycle, by=world.board, owed=owed)
    assert [n.facts["owed"] for n in Notice.objects.order_by("pk")] == list(owed.values())
    assert Notice.objects.first().text.startswith(f"{units[0].name} nhắc: đơn vị còn việc")
    with clock.at(on(14)):
        assert len(nudge_members(world.cycle, by=leader, owed=owed).told) == 2

    nudge = Nudge.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Nudge.objects.create(user=nudge.user, day=nudge.day, bloc=nudge.bloc, at=clock.now())


def test_a_newcomer_of_the_same_day_is_told_and_the_others_left_in_peace(world):
    leader, unit = world.heads[0], world.members[1]
    nudge_members(world.cycle, by=leader, owed={unit.pk: "Ký giao ước"})
    newcomer = make.officer(unit)

    told = nudge_members(world.cycle, by=leader, owed={unit.pk: "Ký giao ước"})

    assert told.told == [(newcomer.actor_name, unit.pk)]
    assert told.before == [(world.heads[1].actor_name, unit.pk)]


def test_the_reminder_to_sign_is_the_same_nudge(world):
    covenant = make.a_frozen_covenant(world)
    owed = {unit.pk: "Ký giao ước" for unit in world.members}
    nudge_members(world.cycle, by=world.heads[0], owed=owed)

    make.sign(covenant, world.heads[0])
    with pytest.raises(AlreadyDone):
        remind_unsigned(covenant, by=world.heads[0])


def test_where_nobody_acts_the_nudge_says_so_and_who_is_no_member_is_not_nudged(world):
    stranger = make.a_visitor_with_account()
    with pytest.raises(AlreadyDone):
        nudge_members(world.cycle, by=NOBODY, owed={stranger.organization_id: "Báo cáo"})
    assert Nudge.objects.count() == 0
