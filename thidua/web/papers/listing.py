"""The papers of a year as rows: what there is, and what may be begun."""

from dataclasses import dataclass, field

from thidua.accounts.acting import Acting
from thidua.cycles.models import Cycle, Enrolment
from thidua.paperwork.models import Draft
from thidua.paperwork.papers import KINDS, Kind, Year
from thidua.paperwork.queries import drafts_of


@dataclass
class Row:
    """A paper that there is, or one that may be begun (``draft`` None)."""

    kind: Kind
    about: str = ""
    subject: int = 0
    enrolment: Enrolment | None = None
    draft: Draft | None = None


@dataclass
class Group:
    """The papers of the bloc, of one's own unit, or those that others issued."""

    title: str
    rows: list[Row] = field(default_factory=list)


def rows_of(cycle: Cycle, who: Acting) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the rows of the bloc, of the unit worked for, and the issued papers of others."""
    mine = next(
        (e for e in cycle.enrolments.all() if e.organization_id == who.organization_id), None
    )
    drafts = list(
        drafts_of(cycle, who)
        .select_related("version__number", "version__withdrawal")
        .defer("version__official", "version__text")
    )
    members = {e.pk: e for e in cycle.enrolments.all() if e != mine}
    bloc = _rows(cycle, None, drafts, begins=who.has_perm("paperwork.draft_for_bloc", cycle))
    own = _rows(cycle, mine, drafts, begins=True) if mine and who.appointments else []
    others = [
        Row(kind, members[draft.enrolment_id].name, draft=draft)
        for kind in KINDS.values()
        for draft in drafts
        if draft.kind == kind.key and draft.enrolment_id in members
    ]
    return bloc, own, others


def _rows(
    cycle: Cycle, enrolment: Enrolment | None, drafts: list[Draft], *, begins: bool
) -> list[Row]:
    rows = []
    year = Year(cycle, enrolment)
    for kind in KINDS.values():
        if kind.of_member != (enrolment is not None):
            continue
        whose = enrolment and enrolment.pk
        there = [d for d in drafts if d.kind == kind.key and d.enrolment_id == whose]
        subjects = kind.listed(year)
        names = {subject.pk: subject.label for subject in subjects}
        rows += [Row(kind, names.get(d.subject, ""), d.subject, enrolment, d) for d in there]
        if begins:
            taken = {d.subject for d in there}
            rows += [
                Row(kind, subject.label, subject.pk, enrolment)
                for subject in subjects
                if subject.pk not in taken
            ]
    return rows
