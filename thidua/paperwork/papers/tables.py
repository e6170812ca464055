"""Bảng điểm of a bloc, out of one version of the year's table."""

from django.utils.translation import gettext_lazy as _

from thidua.core.numbers import format_points
from thidua.marks.rules import Fault
from thidua.marks.tables import maximum_of
from thidua.paperwork.models import Draft
from thidua.paperwork.papers.base import Gathered, Kind, Part, Subject, Texts, Year
from thidua.paperwork.papers.heads import BASES, RECIPIENTS
from thidua.scoring.for_papers import tables_of
from thidua.scoring.models import Criterion, ScoringTable
from thidua.scoring.rule_words import points_of
from thidua.scoring.table_words import table_words
from thidua.scoring.trees import in_order, leaf_of, tree_of
from thidua.scoring.wording import tie_label
from thidua.typesetting.papers import scoring_table as paper
from thidua.typesetting.papers.frame import Frame

PRINCIPLES = Part("principles", _("Nguyên tắc chấm điểm"), rows=6, required=True)


def subjects(year: Year) -> list[Subject]:
    """Return the versions of the year's table: the one in use first, then the newest."""
    by_use = sorted(year.tables, key=lambda table: table.state != ScoringTable.State.ADOPTED)
    return [Subject(table.pk, str(table)) for table in by_use]


def defaults(_draft: Draft) -> dict[str, str]:
    """Return the proposed texts."""
    return {PRINCIPLES.name: paper.PRINCIPLES}


def gather(draft: Draft, frame: Frame, texts: Texts) -> Gathered:
    """Return the table's criteria with their rules in words."""
    table = tables_of(draft.cycle).filter(pk=draft.subject).first()
    nodes = _nodes(table) if table else []
    groups = {node.code: node.name for node in nodes if node.is_group}
    facts = paper.ScoringTable(
        frame=frame,
        year=draft.cycle.year,
        bloc=draft.cycle.bloc.title,
        name=table.name if table else "",
        number=table.number if table else 1,
        principles=texts[PRINCIPLES.name],
        total=_total(table, nodes) if table else "",
        bonus_cap=format_points(table.bonus_cap) if table else "",
        rows=[_row(node, nodes, draft.cycle.bloc.noun) for node in nodes],
        ties=[tie_label(tie, groups) for tie in (table.ties if table else [])],
        classes=[_class(row) for row in (table.classes if table else [])],
    )
    return Gathered(facts, bool(table and table.is_illustration))


def _nodes(table: ScoringTable) -> list[Criterion]:
    nodes = [node for _depth, node in in_order(table.criteria.all())]
    for node in nodes:
        node.table = table
    return nodes


def _row(node: Criterion, nodes: list[Criterion], noun: str) -> paper.CriterionRow:
    if node.is_group:
        below = [n for _depth, n in in_order(nodes, node.pk)]
        points = format_points(node.max_points) or _sum(below)
        return paper.CriterionRow(node.code, node.name, points, is_group=True)
    return paper.CriterionRow(
        code=node.code,
        name=node.name,
        points=points_of(node, node.max_points),
        rule=table_words(node),
        owner=paper.owner(node.owner, noun),
    )


def _sum(nodes: list[Criterion]) -> str:
    """Return the standard maxima together; "" for bonuses and penalties alone, or a faulty rule."""
    try:
        leaves = [leaf_of(node) for node in nodes if not node.is_group]
    except Fault:
        return ""
    return format_points(sum(leaf.rule.max for leaf in leaves if leaf.is_standard) or None)


def _total(table: ScoringTable, nodes: list[Criterion]) -> str:
    try:
        return format_points(maximum_of(tree_of(table, nodes).root))
    except Fault:
        return ""


def _class(row: dict[str, str]) -> str:
    unit = row.get("unit", "percent")
    at_least, each = (str(row.get(name) or "").replace(".", ",") for name in ("at_least", "each"))
    return paper.class_line(row["name"], at_least, unit, each)


KIND = Kind(
    paper=paper.TYPE,
    name=_("bảng điểm"),
    parts=(BASES, PRINCIPLES, RECIPIENTS),
    about=subjects,
    defaults=defaults,
    gather=gather,
    compose=paper.compose,
)
