"""One writer of `benchmarks.deeds`: writes until its time is up, then tells what it did."""

import json
import os
import sys
import time

import django
from django.db import DatabaseError, transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from thidua.accounts.acting import NOBODY  # noqa: E402  (after the set-up)
from thidua.audit.models import Entry  # noqa: E402
from thidua.core import clock  # noqa: E402
from thidua.core.digest import digest_data  # noqa: E402
from thidua.organizations.actions import enter_person  # noqa: E402
from thidua.organizations.models import Person  # noqa: E402


def bare(number: int) -> None:
    """Write the rows of a deed without its chain."""
    mark = [os.getpid(), number]
    with transaction.atomic():
        person = Person.objects.create(full_name=f"Người {number}", is_illustration=True)
        Entry.objects.create(
            chain=f"bare:{os.getpid()}",
            number=number,
            code="person.entered",
            at=clock.now(),
            subject_type="organizations.person",
            subject_id=person.pk,
            previous=digest_data(mark),
            digest=digest_data([*mark, "x"]),
        )


def deed(number: int) -> None:
    """Do the deed."""
    enter_person(f"Người {number}", by=NOBODY, is_illustration=True)


def main(kind: str, start: float, seconds: float) -> None:
    """Write from ``start`` for ``seconds``; print how many were done and how many failed."""
    write = {"bare": bare, "deeds": deed}[kind]
    done = failed = 0
    time.sleep(max(0.0, start - time.time()))
    while time.time() < start + seconds:
        try:
            write(done + failed)
            done += 1
        except DatabaseError as error:
            print(error, file=sys.stderr)
            failed += 1
    print(json.dumps({"done": done, "failed": failed}))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]))
