"""What stands of a ceremony on the pages of its covenant and its year."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.ceremonies.models import Ceremony
from thidua.ceremonies.queries import ceremonies_for
from thidua.covenants.models import Covenant


@dataclass(frozen=True)
class Link:
    """One thing to open or to take home."""

    label: str
    url: str
    downloads: bool = False


@dataclass(frozen=True)
class Ceremonies:
    """A covenant's ceremonies as one person finds them.

    ``now`` is open, perhaps a rehearsal; ``last`` the newest real one that is over. ``may_host``
    says whether this person may open one.
    """

    now: Ceremony | None
    last: Ceremony | None
    may_host: bool

    @property
    def is_told(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.now or self.last or self.may_host)


def ceremonies_of(covenant: Covenant, who: Acting) -> Ceremonies:
    """Return what to say of a covenant's ceremonies: one query, none before it is frozen."""
    if covenant.version_id is None:
        return Ceremonies(None, None, may_host=False)
    told = Q(is_rehearsal=False) | ~Q(state=Ceremony.State.CLOSED)
    found = list(ceremonies_for(who).filter(told, covenant=covenant.pk))
    may_host = covenant.state == Covenant.State.SIGNING and who.has_perm(
        "ceremonies.open_ceremony", covenant
    )
    return Ceremonies(
        now=next((one for one in found if not one.is_over), None),
        last=next((one for one in found if one.is_over), None),
        may_host=may_host,
    )


def signed_paper_of(covenant: Covenant) -> Link | None:
    """Return the paper that a hall takes home; None for a text frozen without one.

    The one place that says which file it is: the printing of the frozen text as it stands now.
    Once there is a PDF that holds the members' own signatures, it is named here instead.
    """
    if covenant.version is None or not covenant.version.code:
        return None
    at = reverse("covenants:printing", args=[covenant.pk, "pdf"])
    return Link(_("Tải giao ước (PDF)"), at, downloads=True)


def taken_home(covenant: Covenant) -> list[Link]:
    """Return the covenant's paper and its signing file."""
    file = reverse("covenants:signing_file", args=[covenant.pk, "pdf"])
    paper = signed_paper_of(covenant)
    return [*([paper] if paper else []), Link(_("Tải hồ sơ ký (PDF)"), file, downloads=True)]
