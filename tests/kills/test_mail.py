"""Mail is handed to a real server while the worker, or the database under it, is killed.

Afterwards no mail was handed over twice, none is lost, and at most the one that was in hand at that
moment is unsure.
"""

import time
from collections import Counter
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection

from tests import factories as make
from tests.kills.house import House, moment, victims, wait_for
from tests.notifications.sink import Sink, sink, slowly
from thidua.accounts.models import Appointment, User
from thidua.notifications.actions import notify
from thidua.notifications.models import Mail
from thidua.organizations.models import Organization, Person

MANY = 60
LONGEST = 0.6  # seconds that the server needs for most of them
State = Mail.State
ON_THE_WAY = [State.QUEUED, State.TAKEN, State.HANDING]


@pytest.fixture
def server(house: House):
    """Return a mail server that the installation's workers use; it takes a moment for each mail."""
    with sink() as (taken, port):
        taken.answer = slowly(0.01)
        house.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        yield taken
        house.kill("worker")
        del house.environment["EMAIL_URL"]


def many_readers() -> Organization:
    """Make a unit with people who all have an address."""
    unit, mark = make.an_organization(), uuid4().hex[:8]
    people = Person.objects.bulk_create(Person(full_name=f"Người thử {n}") for n in range(MANY))
    users = User.objects.bulk_create(
        User(username=f"{mark}.{n}", email=f"{mark}.{n}@hoi.example", person=person)
        for n, person in enumerate(people)
    )
    Appointment.objects.bulk_create(
        Appointment(user=user, organization=unit, role="officer", since=date(2020, 1, 1))
        for user in users
    )
    return unit


def is_quiet(ours: list[int]) -> bool:
    connection.close()
    return not Mail.objects.filter(pk__in=ours, state__in=ON_THE_WAY).exists()


def must_be_whole(ours: list[int], taken: Sink) -> None:
    """Assert that each mail arrived once; of an unsure one, that it arrived once or not at all."""
    arrived = Counter(taken.ids)
    states = Counter(Mail.objects.filter(pk__in=ours).values_list("state", flat=True))
    unsure = Mail.objects.filter(pk__in=ours, state=State.UNSURE)
    assert set(arrived.values()) == {1}, "a mail was handed over twice"
    assert states[State.SENT] + states[State.UNSURE] == MANY
    assert states[State.UNSURE] <= 1
    lost = {mail.message_id for mail in Mail.objects.filter(pk__in=ours)} - set(arrived)
    assert lost <= {mail.message_id for mail in unsure}, "a mail is lost"


@victims("worker", "database")
def test_no_mail_is_lost_or_doubled_by_a_kill(house, server, victim, round_number):
    """“A worker killed in the middle”, and likewise the database, of handing over mail."""
    unit = many_readers()
    notify([unit.pk], "Năm %(year)d đã mở.", about=unit, year=2026)
    ours = list(Mail.objects.filter(notices__organization=unit).values_list("pk", flat=True))
    house.start_worker()
    wait_for(lambda: server.taken, "the first mail")
    time.sleep(moment(round_number, LONGEST))
    house.kill(victim)
    house.kill("worker")

    house.start_worker()
    wait_for(lambda: is_quiet(ours), "the rest of the mail")

    must_be_whole(ours, server)
