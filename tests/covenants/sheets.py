"""Sheets that a head signed by hand, brought for a second person."""

from datetime import date
from typing import Any

from tests import factories as make
from tests.files.samples import picture, sent
from thidua.core import clock
from thidua.covenants.actions.on_paper import SheetFacts, bring_sheet
from thidua.covenants.models import Covenant
from thidua.documents.models import PaperSheet
from thidua.organizations.models import Organization


def sheet_facts(covenant: Covenant, unit: Organization, **told: Any) -> SheetFacts:
    """Return what a unit tells of the sheet that its head, who has no account, signed today."""
    assert covenant.version is not None
    facts: dict[str, Any] = {
        "organization_id": unit.pk,
        "digest": covenant.version.digest,
        "signed_on": clock.today(),
        "file": sent(picture(), "phieu.jpg"),
        "name": "Trần Thị Ký Tay",
        "capacity": "TM. BAN THƯỜNG TRỰC\nCHỦ TỊCH",
    }
    return SheetFacts(**{**facts, **told})


def a_sheet(covenant: Covenant, unit: Organization, *, by: make.Acting, **told: Any) -> PaperSheet:
    """Bring a sheet."""
    return bring_sheet(covenant, sheet_facts(covenant, unit, **told), by=by)


def day_before(day: date) -> date:
    """Return the day before."""
    return date.fromordinal(day.toordinal() - 1)
