"""Work of ceremonies in the background."""

from django.utils.translation import gettext_lazy as _

from thidua.ceremonies.actions.drawing import draw_picture
from thidua.ceremonies.models import Ceremony
from thidua.documents.actions.printing import CannotPrint
from thidua.jobs.work import work


@work(name="ceremonies.draw", title=_("Vẽ lại màn hình lễ ký để lưu"))
def draw(pk: int) -> None:
    """Draw the picture of a closed ceremony; the operator is told the cause of what fails."""
    ceremony = Ceremony.objects.filter(pk=pk).first()
    if ceremony is None:
        return
    try:
        draw_picture(ceremony)
    except CannotPrint as refusal:
        raise refusal.__cause__ or refusal from refusal
