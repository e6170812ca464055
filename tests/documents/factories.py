"""Papers' numbers for tests of pages."""

from typing import Any

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.documents.actions import take_number
from thidua.documents.models import Number
from thidua.organizations.models import Organization


def a_number(issuer: Organization, by: Acting, number: int | None = 5, **told: Any) -> Number:
    """Take a number for a report of today."""
    facts: dict[str, Any] = {
        "kind": "BC",
        "dated": clock.today(),
        "title": "Báo cáo năm",
        "number": number,
    }
    return take_number(issuer, by=by, **facts | told)
