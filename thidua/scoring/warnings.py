"""What is wrong with a table while it is being written, and what keeps it from being used."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from thidua.core.text import fold
from thidua.cycles.models import Cycle
from thidua.marks.classes import class_problems
from thidua.marks.rules import Fault
from thidua.marks.tables import problems
from thidua.scoring.compute import classes_of
from thidua.scoring.facts import COMMON_TARGET, FACTS
from thidua.scoring.models import Criterion, Layer, ScoringTable
from thidua.scoring.trees import tree_of
from thidua.scoring.wording import words_of
from thidua.targets.models import CommonTarget

Kind = Criterion.Kind
# The kinds that can reckon with what a fact gives. (A knock-out is marked when something bad
# happened, so a "yes" of ours would strike the wrong ones.)
FITTING = {
    "yes_no": {Kind.PASS_FAIL},
    "count": {Kind.COUNT, Kind.DEDUCT, Kind.PENALTY, Kind.BANDED},
    "percent": {Kind.PROPORTIONAL, Kind.BANDED},
    "number": {Kind.PROPORTIONAL, Kind.LEADER_RELATIVE, Kind.BANDED},
}


@dataclass(frozen=True)
class Warning:
    """One thing to mend: at a node (its primary key) or at the table itself (None)."""

    node: int | None
    sentence: str
    where: str = ""


def warnings_of(table: ScoringTable, criteria: list[Criterion] | None = None) -> list[Warning]:
    """Return everything to mend before the table can be used, from top to bottom."""
    nodes = list(table.criteria.all()) if criteria is None else criteria
    for node in nodes:
        node.table = table
    found: list[Warning] = []
    if not any(not node.is_group for node in nodes):
        found.append(Warning(None, _("Bảng điểm chưa có tiêu chí nào.")))
    by_code = {node.code: node for node in nodes}
    unreadable = _unreadable(nodes)
    for problem in [] if unreadable else problems(tree_of(table, nodes)):
        at = by_code.get(problem.node)
        found.append(Warning(at.pk if at else None, words_of(problem), problem.node))
    about_classes = class_problems(classes_of(table))
    found += [Warning(None, words_of(problem), problem.node) for problem in about_classes]
    found += unreadable + _about_ties(table, by_code)
    return found + _about_owners(table, nodes) + _about_facts(table, nodes)


def _unreadable(nodes: list[Criterion]) -> list[Warning]:
    """Return a warning for each rule that cannot even be read, so that no sum could be told."""
    found = []
    for node in nodes:
        try:
            _rule = node.is_group or node.rule
        except Fault as fault:
            found.append(Warning(node.pk, words_of(fault), node.code))
    return found


def _about_ties(table: ScoringTable, by_code: dict[str, Criterion]) -> list[Warning]:
    found = []
    for tie in table.ties:
        code = tie.removeprefix("group:")
        if tie.startswith("group:") and code not in by_code:
            sentence = _("Nhóm “%(code)s” dùng để phân định không có trong bảng.")
            found.append(Warning(None, sentence % {"code": code}))
    return found


def _about_owners(table: ScoringTable, nodes: list[Criterion]) -> list[Warning]:
    """A criterion of the board needs the board's layer; one of the system a fact it knows."""
    has_board = Layer.objects.filter(cycle=table.cycle_id, kind=Layer.Kind.BOARD).exists()
    found = []
    for node in nodes:
        if node.is_group:
            continue
        if node.owner == Criterion.Owner.BOARD and not has_board:
            sentence = _("Cơ quan quản lý chấm tiêu chí này, nhưng năm chưa có lớp chấm của họ.")
            found.append(Warning(node.pk, sentence, node.code))
        if node.owner == Criterion.Owner.SYSTEM and not node.fact:
            sentence = _("Hệ thống chấm tiêu chí này, nhưng chưa chọn số liệu nào.")
            found.append(Warning(node.pk, sentence, node.code))
    return found


def _about_facts(table: ScoringTable, nodes: list[Criterion]) -> list[Warning]:
    """A fact must be of the sort that the kind reckons with, a common target of this year."""
    asked = [node for node in nodes if node.fact]
    common = [node.fact for node in asked if node.fact.startswith(COMMON_TARGET)]
    here = CommonTarget.objects.filter(cycle=table.cycle_id) if common else []
    names = {fold(target.name) for target in here}
    found = []
    for node in asked:
        name = node.fact.removeprefix(COMMON_TARGET)
        if node.fact in common and fold(name) not in names:
            sentence = _("Năm này không có chỉ tiêu chung “%(name)s”.") % {"name": name}
            found.append(Warning(node.pk, sentence, node.code))
        elif node.kind not in FITTING[gives(node.fact)]:
            sentence = _("Số liệu hệ thống đã chọn không hợp với cách tính điểm này.")
            found.append(Warning(node.pk, sentence, node.code))
    return found


def gives(fact: str) -> str:
    """Return what sort of value a fact gives, a key of ``FITTING``."""
    return FACTS[fact].gives if fact in FACTS else "number"


def why_results_stand(cycle: Cycle) -> str:
    """Return why the year's table cannot change any more; empty while it can."""
    if cycle.results.filter(state__in=["adopted", "published"]).exists():
        return _("Kết quả đã được thông qua nên không đổi bảng điểm nữa.")
    return ""


def blocking(table: ScoringTable) -> list[str]:
    """Return the sentences that keep a table from being used, each with its place."""
    return [f"{w.where}: {w.sentence}" if w.where else w.sentence for w in warnings_of(table)]
