"""Who is to sign a frozen paper with a certificate, told by the app it belongs to: a register.

    from thidua.documents.originals import parties_told_by
    parties_told_by("covenant", parties_of)  # in AppConfig.ready()

Only of such papers there is a signing original (bản để ký số), with a field for each party.
"""

from collections.abc import Callable

from thidua.documents.models import Version
from thidua.typesetting.sheet import Party

Teller = Callable[[Version], list[Party]]
_tellers: dict[str, Teller] = {}


def parties_told_by(kind: str, teller: Teller) -> None:
    """Register who tells the parties of papers of this kind; none: it is not to be signed."""
    _tellers[kind] = teller


def parties_of(version: Version) -> list[Party]:
    """Return who is to sign ``version``, in the order of the boxes; none for most papers."""
    teller = _tellers.get(version.kind)
    return teller(version) if teller and version.official else []
