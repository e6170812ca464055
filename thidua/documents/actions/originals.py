"""The signing original of a frozen paper: made once, and then these bytes are what is signed."""

from django.utils.translation import gettext as _

from thidua.core.errors import WrongState
from thidua.documents.actions.printing import cannot_print, fonts_in_use, keep_printing
from thidua.documents.models import Printing, Version
from thidua.documents.originals import parties_of
from thidua.typesetting.official import from_data
from thidua.typesetting.pdf import Unprintable


def signing_original(version: Version) -> Printing:
    """Return the file that members sign, made now where it is not there yet.

    Like `print_version` it is called outside a transaction, twice without harm. Refuses
    `WrongState` for a paper that nobody signs with a certificate, `CannotPrint` if setting fails.
    """
    kept = version.printings.filter(form=Printing.Form.SIGN).select_related("blob").first()
    if kept is not None:
        return kept
    from thidua.pades.originals import prepare  # noqa: PLC0415  (half a second: pyHanko)

    parties = parties_of(version)
    if not parties:
        raise WrongState(_("Văn bản này không có bản để ký số."))
    try:
        content = prepare(from_data(version.official), parties, fonts_in_use())
    except Unprintable as fault:
        raise cannot_print(f"{version.kind}, version {version.pk}", fault) from fault
    return keep_printing(version, Printing.Form.SIGN, content)
