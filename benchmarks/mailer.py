"""Queues ten thousand mails and hands them over, then the same ones bare; prints JSON.

Queued as the program does it: notices for the people of an organisation, each with its mail. Handed
over by the job that every worker runs. Beside it stands `smtplib` on one connection with messages
that lie ready as bytes, once alone and once with what nobody can leave out who must neither lose
nor double a mail: its row changed and synced to the disk before its content goes out.
"""

import json
import os
import smtplib
import sys
import time
from datetime import date
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402  (after the set-up)
from django.db.models import F  # noqa: E402

from thidua.accounts.models import Appointment, User  # noqa: E402
from thidua.notifications.actions import notify  # noqa: E402
from thidua.notifications.letters import letter_of  # noqa: E402
from thidua.notifications.models import Mail  # noqa: E402
from thidua.notifications.tasks import deliver  # noqa: E402
from thidua.organizations.models import Organization, Person  # noqa: E402

PEOPLE, EVENTS = 500, 20
SENTENCE = "Giao ước thi đua năm %(year)d đã có hiệu lực."


def a_unit() -> Organization:
    """Write a unit with people who all have an address."""
    unit = Organization.objects.create(kind="social", level="province", name="Hội Nghề đan")
    people = Person.objects.bulk_create(
        Person(full_name=f"Người thử {n}", is_illustration=True) for n in range(PEOPLE)
    )
    users = User.objects.bulk_create(
        User(username=f"nguoi{n}", email=f"nguoi{n}@hoi.example", person=person)
        for n, person in enumerate(people)
    )
    Appointment.objects.bulk_create(
        Appointment(user=user, organization=unit, role="officer", since=date(2020, 1, 1))
        for user in users
    )
    return unit


def queue(unit: Organization) -> float:
    """Tell everybody of so many events; return the seconds."""
    begun = time.perf_counter()
    for number in range(EVENTS):
        notify([unit.pk], SENTENCE, about=unit, year=2000 + number)
    return time.perf_counter() - begun


def hand_over() -> float:
    """Empty the outbox; return the seconds."""
    begun = time.perf_counter()
    deliver()
    return time.perf_counter() - begun


def written(mail: Mail) -> bytes:
    """Return the message as it goes over the line."""
    message: Any = letter_of(mail).message()
    return bytes(message.as_bytes(linesep="\r\n"))


def ready() -> list[tuple[int, str, bytes]]:
    """Return every mail's key, address and message."""
    mails = Mail.objects.select_related("user__person").prefetch_related(
        "notices__organization", "user__appointments"
    )
    return [(mail.pk, mail.address, written(mail)) for mail in mails]


def bare(mails: list[tuple[int, str, bytes]], *, is_noted: bool) -> float:
    """Hand the same messages over without us, each noted before it goes or not; the seconds."""
    begun = time.perf_counter()
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as server:
        for pk, address, content in mails:
            if is_noted:
                Mail.objects.filter(pk=pk).update(tries=F("tries") + 1)
            server.sendmail("thidua@127.0.0.1", [address], content)
    return time.perf_counter() - begun


def came() -> dict[str, int]:
    """Ask the sink, through our parent, what came since the last time."""
    print("?", flush=True)
    return dict(json.loads(sys.stdin.readline()))


def main() -> None:
    """Measure, and tell each time as soon as it is known."""
    unit = a_unit()
    queued = queue(unit)
    ours = hand_over()
    arrived = came()
    states = list(Mail.objects.order_by().values_list("state", flat=True).distinct())
    mails = ready()
    told: dict[str, Any] = {
        "queued": queued,
        "ours": ours,
        "states": states,
        **arrived,
        "mails": PEOPLE * EVENTS,
    }
    told["bare"], told["bare_came"] = bare(mails, is_noted=False), came()["came"]
    told["noted"], told["noted_came"] = bare(mails, is_noted=True), came()["came"]
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
