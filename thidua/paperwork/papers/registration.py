"""Bản đăng ký thi đua, out of the member's registration."""

from django.utils.translation import gettext_lazy as _

from thidua.core.numbers import format_number
from thidua.cycles.models import Enrolment
from thidua.lawbook.honours import Subject as For
from thidua.movements.queries import adoptions_of
from thidua.paperwork.models import Draft
from thidua.paperwork.papers.base import Gathered, Kind, Part, Texts, of_member, whole_year
from thidua.paperwork.papers.heads import BASES, RECIPIENTS
from thidua.targets.models import Registration as Honour
from thidua.targets.models import Target
from thidua.targets.queries import set_of
from thidua.typesetting.papers import registration as paper
from thidua.typesetting.papers.frame import Frame
from thidua.typesetting.papers.wording import day_short

MEASURES = Part("measures", _("Biện pháp thực hiện"), rows=8, required=True)


def defaults(draft: Draft) -> dict[str, str]:
    """Return the proposed texts."""
    return {MEASURES.name: paper.measures(draft.cycle.bloc.title)}


def gather(draft: Draft, frame: Frame, texts: Texts) -> Gathered:
    """Return what the member has registered, agreed to or not."""
    member = of_member(draft)
    found = set_of(member)
    targets = found.targets.all() if found else []
    honours = found.registrations.all() if found else []
    facts = paper.Registration(
        frame=frame,
        year=draft.cycle.year,
        unit=member.name,
        bloc=draft.cycle.bloc.title,
        targets=[_target(target) for target in targets],
        movements=_movements(member),
        honours=[_honour(honour) for honour in honours],
        measures=texts[MEASURES.name],
    )
    return Gathered(facts, bool(found and found.is_illustration))


def _target(target: Target) -> paper.TargetRow:
    return paper.TargetRow(
        name=target.name,
        promise=target.promise,
        baseline=format_number(target.baseline),
        due=day_short(target.due_on),
    )


def _honour(honour: Honour) -> paper.HonourRow:
    whose = honour.subject_name or str(honour.get_subject_display())
    if honour.subject == For.UNIT.value:
        whose = str(honour.get_subject_display())
    return paper.HonourRow(whose[:1].upper() + whose[1:], honour.honour_name, honour.note)


def _movements(member: Enrolment) -> list[str]:
    """Return the year's movements that the member takes part in, with what it will do."""
    told = []
    for adoption in adoptions_of(member.cycle):
        mine = [p for p in adoption.participations.all() if p.organization_id in member.bearer_ids]
        plans = [f": {' '.join(p.plan.split())}" if p.plan.strip() else "" for p in mine]
        told += [paper.movement(adoption.movement.name, plan) for plan in plans]
    return told


KIND = Kind(
    paper=paper.TYPE,
    name=_("bản đăng ký thi đua"),
    parts=(BASES, MEASURES, RECIPIENTS),
    about=whole_year,
    defaults=defaults,
    gather=gather,
    compose=paper.compose,
    of_member=True,
)
