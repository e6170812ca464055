"""What a frozen paper is worth now, told by the app that it belongs to: a register.

    from thidua.documents.standings import told_by
    told_by("covenant", standing_of)  # in AppConfig.ready()

So the page that checks papers knows of every kind without knowing what it is about.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Model
from django.utils.translation import gettext as _

from thidua.documents.models import Version

# Drafts have no code. "frozen" is a text kept without a paper to give out, "reopened" one that was
# opened again before anybody signed.
State = Literal["frozen", "issued", "signing", "in_force", "amended", "reopened", "withdrawn"]


@dataclass(frozen=True)
class Standing:
    """What one version is now.

    ``words`` say it in a sentence. ``is_public``: everyone may read the paper itself, else whoever
    has ``permission`` for ``thing``. ``at`` names the address of its page (of ``thing``), ``files``
    that of its printings (of ``thing`` and a form), "" where there is none. ``newer`` is the
    version that took its place, where everyone may know of it.
    """

    state: State
    words: str
    is_public: bool = False
    permission: str = ""
    thing: Model | None = None
    at: str = ""
    files: str = ""
    since: datetime | None = None
    newer: Version | None = None
    is_illustration: bool = False


Teller = Callable[[Version], Standing | None]
_tellers: dict[str, Teller] = {}


def told_by(kind: str, teller: Teller) -> None:
    """Register who tells what papers of this kind are worth; None: what every issued paper is."""
    _tellers[kind] = teller


def standing_of(version: Version) -> Standing:
    """Return what the version is now. What was withdrawn is withdrawn, whoever tells of it."""
    teller = _tellers.get(version.kind)
    told = (teller(version) if teller else None) or issued(version)
    withdrawal = getattr(version, "withdrawal", None)
    if withdrawal is None:
        return told
    words = _("Đã thu hồi. Lý do: %(reason)s") % {"reason": withdrawal.reason}
    return Standing(**{**vars(told), "state": "withdrawn", "words": words, "since": None})


def issued(version: Version) -> Standing:
    """Return what every issued paper is, whatever it is about: issued, or followed by another."""
    newer = Version.objects.filter(previous=version).defer("text", "official").last()
    if newer is not None:
        words = _("Đã ban hành, sau đó được sửa đổi bằng một bản mới.")
        return Standing("amended", words, newer=newer)
    if not version.code:
        return Standing("frozen", _("Nguyên văn đã được chốt trong hệ thống."))
    return Standing("issued", _("Đã ban hành, chưa bị sửa đổi hay thu hồi."))
