"""Builds a hall for `benchmarks.ceremony`, or says what was kept of it; prints JSON.

`python -m benchmarks.hall build 25` makes a bloc of so many members, freezes its covenant and
begins the ceremony; `python -m benchmarks.hall kept` counts what stands afterwards.
"""

import json
import os
import sys
from datetime import date
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from thidua.accounts.acting import NOBODY, Acting, acting_of  # noqa: E402  (after the set-up)
from thidua.accounts.actions import Terms, appoint, open_account  # noqa: E402
from thidua.audit.models import Entry  # noqa: E402
from thidua.ceremonies.actions.hosting import begin_ceremony, open_ceremony  # noqa: E402
from thidua.core import clock  # noqa: E402
from thidua.covenants.actions.drafting import draft_covenant  # noqa: E402
from thidua.covenants.actions.freezing import freeze_covenant  # noqa: E402
from thidua.covenants.models import Covenant  # noqa: E402
from thidua.cycles.actions.members import hand_lead, join_together  # noqa: E402
from thidua.cycles.actions.years import CycleFacts, found_cycle, open_cycle  # noqa: E402
from thidua.cycles.queries import with_parts  # noqa: E402
from thidua.documents.models import Signature  # noqa: E402
from thidua.organizations.actions import (  # noqa: E402
    BlocFacts,
    OrganizationFacts,
    enter_person,
    found_bloc,
    found_organization,
)
from thidua.organizations.models import Organization  # noqa: E402

PASSWORD = "mat-khau-do-tai"


def main(what: str, count: int) -> dict[str, Any]:
    """Return what was built, or what was kept."""
    return _build(count) if what == "build" else _kept()


def _build(count: int) -> dict[str, Any]:
    body = _unit("Ban Thi đua - Khen thưởng", "board")
    board = _person(body, "board", "ban")
    facts = BlocFacts(name="đo tải", kind="khoi", level="province", managing_body=body)
    bloc = found_bloc(facts, by=board)
    cycle = found_cycle(
        bloc, by=board, year=clock.today().year, facts=CycleFacts(), is_illustration=True
    )
    units = [_unit(f"Hội đo tải số {n}", "social") for n in range(count)]
    enrolled = join_together(cycle, units, by=board)
    hand_lead(cycle, by=board, leaders=[enrolled[0]], deputies=[])
    open_cycle(cycle, by=board)
    heads = [_person(unit, "head", f"lanh-dao.{n}") for n, unit in enumerate(units)]
    cycle = with_parts(type(cycle).objects.all()).get()
    covenant = draft_covenant(cycle, by=heads[0], is_illustration=True)
    covenant = freeze_covenant(covenant, by=heads[0], sign_by=clock.today())
    ceremony = open_ceremony(covenant, by=heads[0], version_id=covenant.version_id)
    begin_ceremony(ceremony, by=heads[0])
    names = [head.user.username for head in heads if head.user]
    return {"address": ceremony.address, "names": names, "password": PASSWORD}


def _unit(name: str, kind: str) -> Organization:
    facts = OrganizationFacts(name=name, kind=kind, level="province", symbol="DT")
    return found_organization(facts, by=NOBODY, is_illustration=True)


def _person(unit: Organization, role: str, username: str) -> Acting:
    person = enter_person(f"Người của {unit.name}", by=NOBODY, is_illustration=True)
    user = open_account(person, by=NOBODY, username=username, password=PASSWORD)
    terms = Terms(since=date(2020, 1, 1), post="Chủ tịch")
    appoint(user, unit, by=NOBODY, role=role, terms=terms)
    return acting_of(user)


def _kept() -> dict[str, Any]:
    return {
        "signatures": Signature.objects.count(),
        "recorded": Entry.objects.filter(code="covenant.signed").count(),
        "in_force": Covenant.objects.filter(in_force_at__isnull=False).count(),
    }


if __name__ == "__main__":
    told = main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    print(json.dumps(told, ensure_ascii=False))
