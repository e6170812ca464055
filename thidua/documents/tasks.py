"""Work on papers in the background."""

from django.utils.translation import gettext_lazy as _

from thidua.documents.actions.originals import signing_original
from thidua.documents.actions.printing import CannotPrint, print_version
from thidua.documents.models import Version
from thidua.documents.originals import parties_of
from thidua.jobs.work import work


@work(name="documents.print", title=_("Lập bản in PDF và Word của văn bản"))
def print_paper(pk: int) -> None:
    """Print the version; what fails is told to the operator by its cause, not by our sentence."""
    version = Version.objects.filter(pk=pk).first()
    if version is None:
        return
    try:
        print_version(version)
        if parties_of(version):
            signing_original(version)
    except CannotPrint as refusal:
        raise refusal.__cause__ or refusal from refusal
