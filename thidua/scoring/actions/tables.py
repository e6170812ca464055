"""Writing a scoring table: its criteria, one by one or from a ready table."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState, race_lost
from thidua.core.numbers import format_points
from thidua.core.text import one_line
from thidua.cycles.actions.years import lock_year, locked
from thidua.cycles.models import Cycle
from thidua.discards.actions import keep_discarded
from thidua.marks.checks import rule_problems
from thidua.marks.rules import Fault, rule_from
from thidua.scoring.actions.heads import refuse_bad_classes, refuse_bad_ties
from thidua.scoring.facts import COMMON_TARGET, FACTS
from thidua.scoring.models import Criterion, ScoringTable
from thidua.scoring.trees import in_order
from thidua.scoring.wording import words_of

MOST_CRITERIA = 2_000
DEEPEST = 10
FIELDS = {"max_not_positive": "max_points"}  # the others belong beside the parameters
OUTSIDE = (Criterion.Kind.PENALTY, Criterion.Kind.KNOCKOUT)


@dataclass(frozen=True)
class TableFacts:
    """What stands at the head of a table. ``step`` and ``bonus_cap`` are in hundredths."""

    name: str
    basis: str = ""
    source: str = ""
    remark: str = ""
    step: int = 1
    bonus_cap: int | None = None
    ties: list[str] = field(default_factory=list)
    classes: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class CriterionFacts:
    """What a node says. Points in hundredths; ``parameters`` as `marks.rules.rule_from` reads."""

    code: str
    name: str
    kind: str = ""
    max_points: int | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    is_bonus: bool = False
    bonus_cap: int | None = None
    owner: str = Criterion.Owner.BLOC
    needs_evidence: bool = False
    allows_na: bool = False
    na: str = Criterion.Missing.RESCALE
    fact: str = ""
    guidance: str = ""

    @property
    def is_group(self) -> bool:
        """A node without a way to reckon points holds others."""
        return not self.kind


def note(code: str, table: ScoringTable, by: Acting, **facts: str | int | None) -> None:
    """Record something about a table on its bloc's chain."""
    record(code, by=by, on=table, chain=chain_of_bloc(table.cycle.bloc_id), **facts)


def editable(table: ScoringTable) -> ScoringTable:
    """Return the table locked for change; refuse when it is in use or its year is over."""
    lock_year(table.cycle)
    fresh = ScoringTable.objects.select_for_update(of=("self",)).select_related("cycle__bloc")
    table = fresh.get(pk=table.pk)
    if not table.is_editable:
        raise WrongState(
            _("Bảng điểm %(state)s. Muốn sửa, hãy soạn bản mới.")
            % {"state": table.get_state_display()}
        )
    return table


@deed()
def begin_table(
    cycle: Cycle, facts: TableFacts, *, by: Acting, is_illustration: bool = False
) -> ScoringTable:
    """Begin an empty draft. A year has one draft at a time."""
    cycle = locked(cycle)
    _refuse_bad_head(facts)
    if cycle.scoring_tables.filter(state=ScoringTable.State.DRAFT).exists():
        raise AlreadyDone(_("Năm này đã có một bảng điểm đang soạn."))
    last = cycle.scoring_tables.aggregate(last=Max("number"))["last"] or 0
    table = ScoringTable.objects.create(
        cycle=cycle,
        number=last + 1,
        is_illustration=is_illustration or by.is_illustration,
        **asdict(facts),
    )
    note("table.begun", table, by, name=facts.name)
    return table


def _refuse_bad_head(facts: TableFacts) -> None:
    if not one_line(facts.name):
        raise Invalid(_("Bảng điểm cần có tên."), field="name")
    if facts.step not in (1, 25, 50, 100):
        raise Invalid(_("Bước điểm là 1; 0,5; 0,25 hoặc 0,01."), field="step")
    _refuse_bad_cap(facts.bonus_cap, facts.step)
    refuse_bad_ties(facts.ties)
    refuse_bad_classes(facts.classes)


def _refuse_bad_cap(cap: int | None, step: int) -> None:
    if cap is None:
        return
    if cap < 0:
        raise Invalid(_("Trần điểm thưởng không thể là số âm."), field="bonus_cap")
    if cap % step:
        raise Invalid(words_of(Fault("points_off_step", points=cap, step=step)), field="bonus_cap")


@deed()
def write_table(table: ScoringTable, facts: TableFacts, *, by: Acting) -> ScoringTable:
    """Write the head of a draft anew: name, basis, step, bonus cap, ties, classes."""
    table = editable(table)
    _refuse_bad_head(facts)
    for name, value in vars(facts).items():
        setattr(table, name, value)
    table.save(update_fields=list(vars(facts)))
    note("table.written", table, by, name=facts.name)
    return table


def _refuse_bad(facts: CriterionFacts, step: int) -> None:
    for name in ("code", "name"):
        if not one_line(getattr(facts, name)):
            raise Invalid(_("Hãy điền mục này."), field=name)
    if facts.fact and facts.fact not in FACTS and not facts.fact.startswith(COMMON_TARGET):
        raise Invalid(_("Hệ thống không có số liệu này."), field="fact")
    if facts.owner not in ("", *Criterion.Owner.values):
        raise Invalid(_("Hãy chọn ai chấm tiêu chí này."), field="owner")
    if facts.is_group:
        _refuse_bad_group(facts, step)
        return
    if facts.kind not in Criterion.Kind.values:
        raise Invalid(_("Hãy chọn cách tính điểm."), field="kind")
    _refuse_bad_points(facts, step)


def _refuse_bad_group(facts: CriterionFacts, step: int) -> None:
    if facts.max_points is not None and facts.max_points <= 0:
        raise Invalid(_("Điểm tối đa phải lớn hơn 0."), field="max_points")
    _refuse_bad_cap(facts.bonus_cap, step)


def _refuse_bad_points(facts: CriterionFacts, step: int) -> None:
    is_outside = facts.kind in OUTSIDE
    if not is_outside and (facts.max_points is None or facts.max_points <= 0):
        raise Invalid(_("Điểm tối đa phải lớn hơn 0."), field="max_points")
    if is_outside and facts.is_bonus:
        raise Invalid(_("Điểm trừ, điểm liệt không thể là điểm thưởng."), field="is_bonus")
    try:
        rule = rule_from(facts.kind, facts.max_points or 0, facts.parameters)
    except Fault as fault:
        raise Invalid(words_of(fault), field="parameters") from fault
    for code, told in rule_problems(rule, step, is_bonus=facts.is_bonus):
        field = FIELDS.get(code, "parameters")
        raise Invalid(words_of(Fault(code, **told)), field=field)


def _parent_of(table: ScoringTable, parent: Criterion | None) -> Criterion | None:
    """Return the parent read again; refuse one of another table, one that is marked, too deep."""
    if parent is None:
        return None
    found = table.criteria.filter(pk=parent.pk).first()
    if found is None:
        raise race_lost()
    if not found.is_group:
        raise Invalid(_("Chỉ thêm được tiêu chí vào trong một nhóm."), field="parent")
    depth, above = 1, found
    while above.parent_id is not None:
        depth, above = depth + 1, table.criteria.get(pk=above.parent_id)
    if depth >= DEEPEST:
        raise Invalid(_("Bảng điểm có nhiều nhất 10 cấp."), field="parent")
    return found


@deed()
def add_criterion(
    table: ScoringTable, facts: CriterionFacts, *, by: Acting, parent: Criterion | None = None
) -> Criterion:
    """Add a group or a criterion at the end of ``parent`` (None: the top level)."""
    table = editable(table)
    parent = _parent_of(table, parent)
    _refuse_bad(facts, table.step)
    _refuse_same_code(table, facts)
    there = table.criteria.aggregate(number=Count("pk"), last=Max("place"))
    if there["number"] >= MOST_CRITERIA:
        raise Invalid(_("Một bảng điểm có nhiều nhất 2.000 dòng."))
    told = {**vars(facts), "parameters": dict(facts.parameters)}
    criterion = Criterion.objects.create(
        table=table, parent=parent, place=(there["last"] or 0) + 1, is_group=facts.is_group, **told
    )
    _note_criterion("criterion.added", table, criterion, by)
    return criterion


def _refuse_same_code(
    table: ScoringTable, facts: CriterionFacts, except_for: int | None = None
) -> None:
    if table.criteria.filter(code=one_line(facts.code)).exclude(pk=except_for or 0).exists():
        sentence = _("Bảng đã có ký hiệu “%(code)s”. Mỗi tiêu chí một ký hiệu.")
        raise AlreadyDone(sentence % {"code": facts.code}, field="code")


def _note_criterion(code: str, table: ScoringTable, criterion: Criterion, by: Acting) -> None:
    points = format_points(criterion.max_points)
    note(code, table, by, criterion=str(criterion)[:200], points=points)


@deed()
def write_criterion(criterion: Criterion, facts: CriterionFacts, *, by: Acting) -> Criterion:
    """Write a node of a draft anew. A group stays a group, a criterion a criterion."""
    table = editable(criterion.table)
    found = table.criteria.filter(pk=criterion.pk).first()
    if found is None:
        raise race_lost()
    if found.is_group != facts.is_group:
        raise Invalid(_("Nhóm không đổi thành tiêu chí được. Hãy bỏ đi và thêm lại."), field="kind")
    _refuse_bad(facts, table.step)
    _refuse_same_code(table, facts, except_for=found.pk)
    for name, value in vars(facts).items():
        setattr(found, name, dict(value) if name == "parameters" else value)
    found.save()
    _note_criterion("criterion.changed", table, found, by)
    return found


@deed()
def remove_criterion(criterion: Criterion, *, by: Acting) -> None:
    """Take a node out of a draft, with all that hangs under it."""
    table = editable(criterion.table)
    found = table.criteria.filter(pk=criterion.pk).first()
    if found is None:
        raise race_lost()
    _note_criterion("criterion.removed", table, found, by)
    under = [node for _depth, node in in_order(table.criteria.all(), under=found.pk)]
    keep_discarded([found, *under], by=by, within=table, title=f"{found.code}. {found.name}")
    _delete([*under, found])


@deed()
def shift_criterion(criterion: Criterion, *, by: Acting, up: bool) -> Criterion:
    """Swap a node with its neighbour above or below under the same parent."""
    table = editable(criterion.table)
    beside = list(table.criteria.filter(parent=criterion.parent_id).order_by("place", "pk"))
    at = next((i for i, node in enumerate(beside) if node.pk == criterion.pk), None)
    if at is None:
        raise race_lost()
    other = at - 1 if up else at + 1
    if not 0 <= other < len(beside):
        raise Invalid(_("Dòng này đã ở đầu hoặc cuối nhóm."))
    here, there = beside[at], beside[other]
    here.place, there.place = there.place, here.place
    Criterion.objects.bulk_update([here, there], ["place"])
    _note_criterion("criterion.shifted", table, here, by)
    return here


@deed()
def discard_table(table: ScoringTable, *, by: Acting) -> None:
    """Throw a draft away; versions that were in use stay for ever."""
    table = editable(table)
    note("table.discarded", table, by, name=table.name)
    nodes = [node for _depth, node in in_order(table.criteria.all())]
    keep_discarded([table, *nodes], by=by, within=table.cycle, title=table.name)
    _delete(nodes)
    table.delete()


def _delete(nodes: list[Criterion]) -> None:
    """Delete nodes of a draft, level by level from below: no parent goes before its children."""
    left = {node.pk: node.parent_id for node in nodes}
    while left:
        lowest = left.keys() - set(left.values())
        Criterion.objects.filter(pk__in=lowest).delete()
        for pk in lowest:
            del left[pk]
