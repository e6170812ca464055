"""Marking a card: many marks in one act, sending them, taking them back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.digest import digest_data
from thidua.core.errors import AlreadyDone, Invalid, NoRight, WrongState
from thidua.core.workflow import move, require_state
from thidua.cycles.actions.years import lock_year
from thidua.cycles.models import Cycle, Phase
from thidua.cycles.queries import for_a_deed, refuse_unless_accepting
from thidua.marks.rules import Fault, Given
from thidua.notifications.actions import notify
from thidua.reporting.actions.evidence import share, unshare
from thidua.reporting.models import Evidence
from thidua.scoring.actions.known import mark_facts
from thidua.scoring.errors import MarksRefused
from thidua.scoring.given import MarkGiven, points_for
from thidua.scoring.models import Criterion, Layer, Mark, Sheet
from thidua.scoring.queries import marked_by, missing_before_sending
from thidua.scoring.sheets import closed_because, kept_because
from thidua.scoring.wording import words_of

State = Sheet.State
PHASES: dict[str, str] = {
    Layer.Kind.SELF: Phase.Kind.SELF_SCORING,
    Layer.Kind.CROSS: Phase.Kind.CHECKING,
    Layer.Kind.LEAD: Phase.Kind.CHECKING,
}


@dataclass
class Saved:
    """What came of saving: the marks written, and those of another that were overtaken."""

    marks: list[Mark] = field(default_factory=list)
    overtaken: list[Mark] = field(default_factory=list)


def fresh_sheet(sheet: Sheet) -> Sheet:
    """Return the sheet locked until the deed ends, with its card, table, layer, year."""
    found = (
        Sheet.objects.select_for_update(of=("self",))
        .select_related("card__table", "card__enrolment__organization", "layer", "organization")
        .prefetch_related(Prefetch("card__sheets", Sheet.objects.select_related("layer")))
        .get(pk=sheet.pk)
    )
    cycle = for_a_deed(Cycle.objects.filter(pk=found.layer.cycle_id)).get()
    found.card.enrolment.cycle = found.layer.cycle = cycle
    return found


def _refuse_over(sheet: Sheet, permission: str, by: Acting) -> None:
    """Refuse whoever has no right at this layer, and to mark what is no longer marked: another
    table, a unit that left, a conflict of interest, a result that was adopted."""
    lock_year(sheet.layer.cycle)
    if not by.has_perm(permission, sheet):
        raise NoRight(
            _("Bạn không có quyền chấm phiếu này ở lớp “%(layer)s”.") % {"layer": sheet.layer}
        )
    why = closed_because(sheet)
    if why:
        raise WrongState(why)


def note(code: str, sheet: Sheet, by: Acting, **facts: str | int | None) -> None:
    """Record something about a sheet on its bloc's chain."""
    chain = chain_of_bloc(sheet.layer.cycle.bloc_id)
    record(code, by=by, on=sheet, chain=chain, **facts)


def save_marks(sheet: Sheet, given: Mapping[int, MarkGiven], *, by: Acting) -> Saved:
    """Keep marks while they are being typed: by criterion's primary key, all or none.

    A draft is no deed and leaves no entry; sending it does. Where another person marked the same
    criterion since the scorer looked (``seen``), both marks are kept and the other's is returned
    in ``overtaken``. Refuses `MarksRefused` with a sentence for each criterion.
    """
    with deed():
        sheet = fresh_sheet(sheet)
        require_state(sheet, State.OPEN)
        _refuse_over(sheet, "scoring.mark_sheet", by)
        criteria = {c.pk: c for c in marked_by(sheet)}
        points = _points_of(criteria, given)
        current = {mark.criterion_id: mark for mark in sheet.marks.filter(is_current=True)}
        saved = Saved()
        for pk, what in given.items():
            write_mark(sheet, criteria[pk], what, points[pk], by=by, current=current, saved=saved)
    return saved


def _points_of(
    criteria: Mapping[int, Criterion], given: Mapping[int, MarkGiven]
) -> dict[int, int | None]:
    """Return the points of each mark in hundredths; refuse all if one cannot stand."""
    wrong: dict[int, str] = {}
    points: dict[int, int | None] = {}
    for pk, what in given.items():
        criterion = criteria.get(pk)
        if criterion is None:
            wrong[pk] = _("Tiêu chí này không thuộc phần chấm của bản bảng điểm đang dùng.")
            continue
        try:
            points[pk] = points_for(criterion, what)
        except Fault as fault:
            wrong[pk] = words_of(fault, criterion)
        except Invalid as refusal:
            wrong[pk] = refusal.sentence
    if wrong:
        raise MarksRefused(_("Chưa lưu được: có điểm chưa hợp lệ."), wrong)
    return points


def write_mark(
    sheet: Sheet,
    criterion: Criterion,
    what: MarkGiven,
    points: int | None,
    *,
    by: Acting,
    current: Mapping[int, Mark],
    saved: Saved,
) -> None:
    """Write one mark. Another person's, or one that was sent, stays as an older row."""
    before = current.get(criterion.pk)
    facts = {
        "value": None if what.is_na else what.value,
        "target": None if what.is_na else what.target,
        "is_na": what.is_na,
        "points": points,
        "knocks_out": criterion.rule.knocks_out(Given(what.value, what.target, what.is_na)),
        "reason": what.reason.strip(),
        "fact": what.fact,
    }
    if before is not None and all(getattr(before, name) == told for name, told in facts.items()):
        return
    is_mine = before is not None and before.by_id == by.actor_id
    if before is not None and what.seen not in (None, before.number) and not is_mine:
        saved.overtaken.append(before)
    if before is not None and is_mine and not before.was_sent:
        for name, told in facts.items():
            setattr(before, name, told)
        before.at = clock.now()
        before.save()
        saved.marks.append(before)
        return
    if before is None and _says_nothing(what):
        return
    number = before.number + 1 if before else 1
    if before is not None:
        Mark.objects.filter(pk=before.pk).update(is_current=False)
    mark = Mark.objects.create(
        sheet=sheet, criterion=criterion, number=number, by=by.user, at=clock.now(), **facts
    )
    saved.marks.append(mark)


def _says_nothing(what: MarkGiven) -> bool:
    return what.value is None and what.target is None and not what.is_na and not what.reason.strip()


@deed()
def send_sheet(sheet: Sheet, *, by: Acting) -> Sheet:
    """Send the marks: from now on they count and are seen by those who may.

    Every criterion needs a mark; what needs evidence has some, or an explanation; a mark that
    differs from the layer below has a reason. Late when the phase's day is over.
    """
    sheet = fresh_sheet(sheet)
    if sheet.is_sent:
        raise AlreadyDone(_("Bảng chấm này đã được gửi rồi."))
    _refuse_over(sheet, "scoring.send_sheet", by)
    kind = PHASES.get(sheet.layer.kind)
    phase = refuse_unless_accepting(sheet.layer.cycle, kind) if kind else None
    if sheet.layer.kind == Layer.Kind.CROSS and not _is_self_scored(sheet):
        raise WrongState(_("Đơn vị chưa gửi điểm tự chấm nên chưa kiểm tra chéo được."))
    if sheet.layer.kind == Layer.Kind.SELF:
        mark_facts(sheet.card)
    missing = missing_before_sending(sheet)
    if missing:
        raise MarksRefused(
            _("Còn %(count)d tiêu chí chưa xong, xem từng dòng.") % {"count": len(missing)}, missing
        )
    marks = sheet.marks.filter(is_current=True, fact="")
    digest = digest_data([mark.content() for mark in marks.order_by("criterion_id")])
    is_late = phase is not None and phase.standing() == Phase.Standing.LATE
    move(sheet, State.SENT, sent_at=clock.now(), sent_by=by.user, is_late=is_late, digest=digest)
    marks.update(was_sent=True)
    if sheet.layer.kind == Layer.Kind.SELF and sheet.sent_at is not None:
        shown = Evidence.objects.filter(proofs__card=sheet.card, withdrawn_at=None)
        share(shown, through=sheet.card, at=sheet.sent_at)
    note("marks.sent", sheet, by, late=int(is_late), digest=digest)
    _tell(sheet)
    return sheet


def _is_self_scored(sheet: Sheet) -> bool:
    return sheet.card.sheets.filter(layer__kind=Layer.Kind.SELF, state=State.SENT).exists()


def _tell(sheet: Sheet) -> None:
    """Tell whoever comes next that the marks have arrived."""
    if sheet.layer.kind not in (Layer.Kind.SELF, Layer.Kind.CROSS):
        return
    enrolment = sheet.card.enrolment
    leading = [r.organization_id for r in enrolment.cycle.reviewers_of(enrolment)]
    notify(
        leading or [enrolment.cycle.bloc.managing_body_id],
        gettext_noop("%(scorer)s đã gửi điểm của phiếu: %(unit)s."),
        about=sheet,
        scorer=sheet.organization.name,
        unit=enrolment.organization.name,
    )


@deed()
def take_back_sheet(sheet: Sheet, *, by: Acting) -> Sheet:
    """Take back marks that were sent, until somebody in a later layer has sent theirs, or another
    checker whose marks could be seen since."""
    sheet = fresh_sheet(sheet)
    require_state(sheet, State.SENT)
    _refuse_over(sheet, "scoring.send_sheet", by)
    why = kept_because(sheet)
    if why:
        raise WrongState(why)
    if sheet.layer.kind == Layer.Kind.SELF and sheet.sent_at is not None:
        unshare(through=sheet.card, since=sheet.sent_at)
    move(sheet, State.OPEN, sent_at=None, sent_by=None, is_late=False, digest="")
    note("marks.taken_back", sheet, by)
    return sheet
