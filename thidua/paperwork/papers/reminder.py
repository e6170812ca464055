"""Công văn nhắc, out of what the members of a year still owe."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from thidua.core import clock
from thidua.covenants.models import Covenant
from thidua.covenants.queries import for_a_deed, unsigned_members
from thidua.cycles.models import Cycle, Enrolment, Phase
from thidua.paperwork.models import Draft
from thidua.paperwork.papers.base import Gathered, Kind, Part, Subject, Texts, Year, day_of
from thidua.paperwork.papers.heads import ADDRESSED, RECIPIENTS
from thidua.reporting.standings import ReportStanding, standing_board
from thidua.scoring.models import Layer
from thidua.scoring.queries import table_in_use
from thidua.scoring.readiness import readiness_of
from thidua.targets.queries import overview_of
from thidua.typesetting.papers import reminder as paper
from thidua.typesetting.papers.frame import Frame
from thidua.typesetting.papers.standard import all_members, recipients_of_letter
from thidua.typesetting.papers.wording import day_short, day_words

Owed = tuple[Enrolment, str, date | None]
PARTS = (
    ADDRESSED,
    Part("about", _("Về việc"), rows=2, required=True),
    Part("opening", _("Mở đầu"), rows=4, required=True),
    Part("asked", _("Đề nghị"), rows=5, required=True),
    RECIPIENTS,
)
NOT_SENT = (ReportStanding.NONE, ReportStanding.DRAFT, ReportStanding.MISSING)


def owed_in(cycle: Cycle) -> list[Owed]:
    """Return what each member owes now, in the members' order: a number of queries that does not
    grow with them. What has not begun yet is not owed."""
    found = [*_registrations(cycle), *_signatures(cycle), *_reports(cycle), *_self_scores(cycle)]
    return sorted(found, key=lambda owed: (owed[0].place, owed[0].pk))


def _begun(cycle: Cycle, kind: str) -> Phase | None:
    phase = cycle.phase(kind)
    return None if phase is None or phase.standing() == Phase.Standing.UPCOMING else phase


def _registrations(cycle: Cycle) -> Iterator[Owed]:
    phase = _begun(cycle, Phase.Kind.REGISTRATION)
    sets = overview_of(cycle) if phase else {}
    for member in cycle.current() if phase else ():
        found = sets.get(member.pk)
        if phase and (found is None or found.is_editable):
            yield member, paper.registration(), phase.due_on


def _signatures(cycle: Cycle) -> Iterator[Owed]:
    whole = Covenant.objects.filter(cycle=cycle, kind=Covenant.Kind.WHOLE)
    signing = whole.filter(state=Covenant.State.SIGNING)
    for covenant in for_a_deed(signing)[:1]:
        for member in unsigned_members(covenant):
            yield member, paper.signature(), covenant.sign_by


def _reports(cycle: Cycle) -> Iterator[Owed]:
    for row in standing_board(cycle):
        for cell in row.cells:
            is_open = cell.period.standing() != Phase.Standing.UPCOMING
            if is_open and cell.standing in NOT_SENT and row.enrolment.left_on is None:
                yield row.enrolment, paper.report(cell.period.name), cell.period.due_on


def _self_scores(cycle: Cycle) -> Iterator[Owed]:
    phase, table = _begun(cycle, Phase.Kind.SELF_SCORING), table_in_use(cycle)
    if phase is None or table is None:
        return
    for marked in readiness_of(cycle, table).members:
        parts = [part for part in marked.parts if part.layer.kind == Layer.Kind.SELF]
        if marked.has_card and not all(part.is_done for part in parts):
            yield marked.enrolment, paper.self_score(), phase.due_on


def subjects(year: Year) -> list[Subject]:
    """Return the year while it runs and somebody owes something."""
    return [Subject(0)] if year.cycle.is_running and owed_in(year.cycle) else []


def while_it_runs(year: Year) -> list[Subject]:
    """Return the year while it runs: who owes what is asked once a letter is begun."""
    return [Subject(0)] if year.cycle.is_running else []


def defaults(draft: Draft) -> dict[str, str]:
    """Return the proposed texts: to whom, about what, and what is asked."""
    cycle, bloc = draft.cycle, draft.cycle.bloc
    units = dict.fromkeys(member.name for member, _what, _due in owed_in(cycle))
    whole = not units or len(units) == len(cycle.current())
    addressed = all_members(bloc.title) if whole else "\n".join(units)
    texts = paper.proposed(bloc.title, bloc.leader_noun, cycle.year, day_words(day_of(draft)))
    recipients = "\n".join(recipients_of_letter(bloc.managing_body.name))
    return {ADDRESSED.name: addressed, RECIPIENTS.name: recipients} | texts


def gather(draft: Draft, frame: Frame, texts: Texts) -> Gathered:
    """Return what is owed today."""
    facts = paper.Reminder(
        frame=frame,
        about=texts["about"],
        opening=texts["opening"],
        asked=texts["asked"],
        rows=[_row(*owed) for owed in owed_in(draft.cycle)],
    )
    return Gathered(facts)


def _row(member: Enrolment, what: str, due: date | None) -> paper.OwedRow:
    is_over = due is not None and due < clock.today()
    remark = paper.overdue() if is_over else ""
    return paper.OwedRow(member.name, what, day_short(due), remark)


KIND = Kind(
    paper=paper.TYPE,
    name=_("công văn nhắc"),
    parts=PARTS,
    about=subjects,
    offered=while_it_runs,
    defaults=defaults,
    gather=gather,
    compose=paper.compose,
)
