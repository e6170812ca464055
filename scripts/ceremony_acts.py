"""What happens in the hall while its pictures are taken; run beside the demonstration.

`python -m scripts.ceremony_acts open` opens the ceremony of the bloc that is signing and prints the
address of its screen; `begin` begins it and calls a member; `finish` lets everyone sign.
"""

import os
import sys
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from thidua.accounts.acting import NOBODY, Acting, acting_of  # noqa: E402  (after the set-up)
from thidua.accounts.actions import Terms, appoint, open_account  # noqa: E402
from thidua.accounts.models import Appointment  # noqa: E402
from thidua.accounts.queries import current_appointments  # noqa: E402
from thidua.ceremonies.actions.hosting import (  # noqa: E402
    begin_ceremony,
    call_member,
    open_ceremony,
)
from thidua.ceremonies.models import Ceremony  # noqa: E402
from thidua.core import clock  # noqa: E402
from thidua.covenants.actions.signing import SIGNERS, sign_covenant  # noqa: E402
from thidua.covenants.models import Covenant  # noqa: E402
from thidua.covenants.queries import for_a_deed, unsigned_members  # noqa: E402
from thidua.organizations.actions import enter_person  # noqa: E402
from thidua.organizations.models import Organization  # noqa: E402


def main(step: str) -> None:
    """Do one step of the ceremony."""
    {"open": _open, "begin": _begin, "finish": _finish}[step]()


def _covenant() -> Covenant:
    signing = Covenant.objects.filter(state=Covenant.State.SIGNING)
    return for_a_deed(signing).latest("cycle__year")


def _open() -> None:
    covenant = _covenant()
    ceremony = open_ceremony(covenant, by=NOBODY, version_id=covenant.version_id)
    print(ceremony.address)


def _begin() -> None:
    ceremony = begin_ceremony(Ceremony.objects.get(), by=NOBODY)
    call_member(ceremony, by=NOBODY)


def _finish() -> None:
    covenant = _covenant()
    assert covenant.version is not None
    for member in unsigned_members(covenant):
        by = _head_of(member.organization)
        digest, unit = covenant.version.digest, member.organization_id
        sign_covenant(covenant, by=by, digest=digest, organization_id=unit)


def _head_of(unit: Organization) -> Acting:
    """Return who signs for the unit; where nobody does today, somebody invented is appointed."""
    heads = current_appointments().filter(organization=unit, role__in=SIGNERS)
    found = next((one for one in heads if one.holds(clock.today())), None)
    if found is not None:
        return acting_of(found.user, unit.pk)
    person = enter_person("Lãnh đạo mới (minh họa)", by=NOBODY, is_illustration=True)
    user = open_account(person, by=NOBODY, username="lanh-dao-moi", password="")
    terms = Terms(since=date(clock.today().year, 1, 1), post="Chủ tịch")
    appoint(user, unit, by=NOBODY, role=Appointment.Role.HEAD, terms=terms)
    return acting_of(user, unit.pk)


if __name__ == "__main__":
    main(sys.argv[1])
