"""Notices: who is told, for which organisation, in which language, and only if the deed holds."""

import pytest
from django.utils.translation import override

from tests import factories as make
from thidua.core.deeds import deed
from thidua.core.errors import Invalid
from thidua.notifications.actions import mark_all_read, notify
from thidua.notifications.models import Notice
from thidua.notifications.queries import notices_for

pytestmark = pytest.mark.django_db
SENTENCE = "Giao ước thi đua năm %(year)d đã có hiệu lực."


@pytest.fixture
def world():
    world = make.a_bloc(2)
    Notice.objects.all().delete()
    return world


def test_everyone_who_acts_for_the_organisation_is_told_once(world):
    officer = make.officer(world.members[0])

    count = notify([world.members[0].pk], SENTENCE, about=world.cycle, year=2026)

    assert count == 2
    told = {notice.user for notice in Notice.objects.all()}
    assert told == {make.user_of(world.heads[0]), make.user_of(officer)}


def test_the_notice_says_for_which_organisation_it_is(world):
    notify([world.members[1].pk], SENTENCE, about=world.cycle, year=2026)

    assert Notice.objects.get().organization == world.members[1]


def test_each_reads_it_in_their_own_language(world):
    notify([world.members[0].pk], SENTENCE, about=world.cycle, year=2026)
    notice = Notice.objects.get()

    with override("vi"):
        assert notice.text == "Giao ước thi đua năm 2026 đã có hiệu lực."
    with override("en"):
        assert notice.text != "Giao ước thi đua năm 2026 đã có hiệu lực."
        assert "2026" in notice.text


def test_it_leads_to_what_it_is_about(world):
    notify([world.members[0].pk], SENTENCE, about=world.cycle, year=2026)

    assert Notice.objects.get().link == f"/nam/{world.cycle.pk}/"


def test_a_deed_that_fails_tells_nobody(world):
    @deed()
    def tell_and_fail():
        notify([world.members[0].pk], SENTENCE, about=world.cycle, year=2026)
        raise Invalid("không được")

    with pytest.raises(Invalid):
        tell_and_fail()

    assert list(Notice.objects.all()) == []


def test_nobody_reads_or_marks_anothers(world):
    notify([o.pk for o in world.members], SENTENCE, about=world.cycle, year=2026)
    first, second = make.user_of(world.heads[0]), make.user_of(world.heads[1])

    assert mark_all_read(first) == 1

    assert [n.read_at is None for n in notices_for(first)] == [False]
    assert [n.read_at is None for n in notices_for(second)] == [True]
