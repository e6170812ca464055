"""Kế hoạch and quy chế of a bloc, out of its year."""

from django.utils.translation import gettext_lazy as _

from thidua.covenants.papers import movement_line
from thidua.cycles.models import Cycle
from thidua.movements.queries import adoptions_of
from thidua.paperwork.brought_queries import sent_regulations
from thidua.paperwork.models import Draft
from thidua.paperwork.papers.base import Gathered, Kind, Part, Texts, whole_year
from thidua.paperwork.papers.heads import BASES, RECIPIENTS
from thidua.reporting.standings import periods_of
from thidua.targets.queries import shares_of
from thidua.typesetting.papers import plan as paper
from thidua.typesetting.papers import regulation as rules
from thidua.typesetting.papers.frame import Frame
from thidua.typesetting.papers.reminder import report
from thidua.typesetting.papers.wording import day_short

ARTICLES = Part(
    "articles",
    _("Các chương, điều"),
    _("Mỗi chương, điều, khoản một dòng: Chương I, Điều 1. …, 1. …, a) …"),
    rows=24,
    required=True,
)
PLAN_PARTS = (
    BASES,
    Part("purpose", _("Mục đích, yêu cầu"), rows=6, required=True),
    Part("duties", _("Tổ chức thực hiện"), rows=8, required=True),
    RECIPIENTS,
)


def plan_defaults(draft: Draft) -> dict[str, str]:
    """Return the proposed texts."""
    bloc = draft.cycle.bloc
    names = paper.Names(
        bloc=bloc.title,
        noun=bloc.noun,
        leader=bloc.leader_noun,
        deputy=bloc.deputy_noun,
        manager=bloc.managing_body.name,
    )
    return paper.proposed(names, draft.cycle.year)


def gather_plan(draft: Draft, frame: Frame, texts: Texts) -> Gathered:
    """Return the year's themes, movements, common targets and days."""
    cycle = draft.cycle
    shared = [share.target for share in shares_of(cycle)]
    facts = paper.Plan(
        frame=frame,
        year=cycle.year,
        bloc=cycle.bloc.title,
        purpose=texts["purpose"],
        duties=texts["duties"],
        theme=cycle.theme,
        province_theme=cycle.province_theme,
        movements=[movement_line(adoption) for adoption in adoptions_of(cycle)],
        targets=[paper.CommonRow(target.name, target.promise) for target in shared],
        steps=_steps(cycle),
    )
    return Gathered(facts, any(target.is_illustration for target in shared))


def _steps(cycle: Cycle) -> list[paper.StepRow]:
    """Return the phases and the days of the reports, by the day on which each is to be done."""
    steps = [
        (p.due_on or p.closes_on or p.opens_on, str(p), p.opens_on, p.due_on or p.closes_on)
        for p in cycle.phases.all()
    ]
    steps += [(p.due_on, report(p.name), p.opens_on, p.due_on) for p in periods_of(cycle)]
    return [
        paper.StepRow(name[:1].upper() + name[1:], paper.days(day_short(first), day_short(last)))
        for _day, name, first, last in sorted(steps, key=lambda step: (step[2], step[0]))
    ]


def regulation_defaults(draft: Draft) -> dict[str, str]:
    """Return the year's own quy chế (its articles as they were confirmed, else its text), or one
    that is proposed."""
    cycle, bloc = draft.cycle, draft.cycle.bloc
    brought = sent_regulations(cycle).prefetch_related("articles").first()
    if brought:
        told = [
            rules.ArticleText(article.number, article.title, article.text, article.chapter)
            for article in brought.articles.all()
        ]
        return {ARTICLES.name: rules.written_out(told)}
    proposed = rules.proposed(
        bloc.title, bloc.noun, bloc.leader_noun, bloc.deputy_noun, bloc.managing_body.name
    )
    return {ARTICLES.name: cycle.regulation.strip() or proposed}


def gather_regulation(draft: Draft, frame: Frame, texts: Texts) -> Gathered:
    """Return the text as it was written."""
    cycle = draft.cycle
    return Gathered(rules.Regulation(frame, cycle.year, cycle.bloc.title, texts[ARTICLES.name]))


PLAN = Kind(
    paper=paper.TYPE,
    name=_("kế hoạch hoạt động"),
    parts=PLAN_PARTS,
    about=whole_year,
    defaults=plan_defaults,
    gather=gather_plan,
    compose=paper.compose,
)
REGULATION = Kind(
    paper=rules.TYPE,
    name=_("quy chế hoạt động"),
    parts=(BASES, ARTICLES, RECIPIENTS),
    about=whole_year,
    defaults=regulation_defaults,
    gather=gather_regulation,
    compose=rules.compose,
)
