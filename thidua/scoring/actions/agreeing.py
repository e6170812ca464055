"""Agreeing to what stands: the marks below are taken for all that a scorer has not marked."""

from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core.deeds import deed
from thidua.core.errors import Invalid, WrongState
from thidua.scoring.actions.marking import Saved, fresh_sheet, save_marks
from thidua.scoring.given import MarkGiven
from thidua.scoring.models import Layer, Sheet
from thidua.scoring.opened import is_blank
from thidua.scoring.queries import below_of, marked_by


@deed()
def agree_rest(sheet: Sheet, *, by: Acting) -> Saved:
    """Mark every criterion that has no mark yet with what stands below it.

    A cross-check takes the member's own marks, a later layer what counts of those before it.
    Where several checkers disagree and no single value gives what they come to, nothing is taken:
    it stands as it is until the scorer decides. Like all marking it is a draft until it is sent.
    """
    sheet = fresh_sheet(sheet)
    if sheet.layer.kind == Layer.Kind.SELF:
        raise WrongState(_("Tự chấm thì không có điểm nào của lớp trước để lấy."))
    below = below_of(sheet)
    have = {m.criterion_id: m for m in sheet.marks.filter(is_current=True)}
    given = {}
    for criterion in marked_by(sheet):
        mark, here = have.get(criterion.pk), below.get(criterion.pk)
        if here is None or is_blank(here) or (mark is not None and not is_blank(mark)):
            continue
        reason = mark.reason if mark else ""
        given[criterion.pk] = MarkGiven(here.value, here.target, here.is_na, reason)
    if not given:
        raise Invalid(_("Không còn tiêu chí nào có điểm để lấy."))
    return save_marks(sheet, given, by=by)
