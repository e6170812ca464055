"""What stands of a ceremony on the pages of its covenant and its year."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.ceremonies.models import Ceremony
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

    ``address`` and ``state`` are of the one that is open, perhaps a rehearsal; ``over`` is the id
    of the newest real one that was closed, and ``over_at`` when. ``may_host`` says whether this
    person may open and steer one.
    """

    address: str = ""
    state: str = ""
    is_rehearsal: bool = False
    over: int | None = None
    over_at: datetime | None = None
    may_host: bool = False

    @property
    def is_told(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.address or self.over or self.may_host)


def ceremonies_of(covenant: Covenant, who: Acting) -> Ceremonies:
    """Return what to say of a covenant's ceremonies (`with_ceremonies`): no query.

    An open one is found by the bloc's people; one that is over by everyone who may read the
    covenant.
    """
    if covenant.version_id is None:
        return Ceremonies()
    told: dict[str, Any] = vars(covenant)
    hosts = who.has_perm("ceremonies.open_ceremony", covenant)
    is_open = bool(told.get("ceremony_now"))
    over: dict[str, Any] = {
        "over": told.get("ceremony_over"),
        "over_at": told.get("ceremony_over_at"),
    }
    may_host = hosts and (is_open or covenant.state == Covenant.State.SIGNING)
    if not is_open or not who.has_perm("covenants.follow_covenant", covenant):
        return Ceremonies(**over, may_host=may_host)
    return Ceremonies(
        address=told["ceremony_now"],
        state=str(Ceremony.State(told["ceremony_now_state"]).label),
        is_rehearsal=told["ceremony_now_is_rehearsal"],
        may_host=may_host,
        **over,
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
