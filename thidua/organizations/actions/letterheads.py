"""What stands above an organisation's papers: writing it, and putting it right."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from thidua.audit.actions import Actor, record
from thidua.core.deeds import deed
from thidua.core.errors import Invalid
from thidua.core.text import one_line
from thidua.organizations.actions.deciding import refuse_bad_symbol
from thidua.organizations.models import Name, Organization


@dataclass(frozen=True)
class Letterhead:
    """The header of an organisation's papers, as far as it is told apart from its name."""

    header: str = "state"
    superior: str = ""
    place: str = ""
    symbol: str = ""


@deed()
def write_letterhead(organization: Organization, told: Letterhead, *, by: Actor) -> Name:
    """Write the header under the name borne today; older names keep theirs.

    Refuses a symbol with blanks or other signs than letters, digits and "-", "&", "." between them.
    """
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    symbol = one_line(told.symbol)
    refuse_bad_symbol(symbol)
    if told.header not in Name.Header.values:
        raise Invalid(_("Hãy chọn một kiểu đầu văn bản."), field="header")
    name = organization.names.get(until=None)
    before = _in_words(name)
    name.header, name.superior, name.symbol = told.header, told.superior, symbol
    name.place = organization.place = one_line(told.place)
    name.save(update_fields=["header", "superior", "symbol", "place"])
    organization.save(update_fields=["place"])
    record("organization.letterhead_written", by=by, on=organization, before=before)
    return name


def _in_words(name: Name) -> str:
    """Return what was told before, for the record."""
    return "; ".join(filter(None, (name.superior, name.place, name.symbol))) or "–"
