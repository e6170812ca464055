"""What an issued paper of a year is worth now, for whoever checks it (`documents.standings`)."""

from dataclasses import replace

from thidua.documents.models import Version
from thidua.documents.standings import Standing, issued
from thidua.paperwork.models import Draft


def standing_of(version: Version) -> Standing | None:
    """Return the paper's standing: those who follow the year read it, the public what it is."""
    draft = (
        Draft.objects.filter(version=version)
        .select_related("cycle__bloc", "enrolment__organization")
        .first()
    )
    if draft is None:
        return None
    return replace(
        issued(version),
        permission="paperwork.view_draft",
        thing=draft,
        at="papers:show",
        files="papers:download",
    )
