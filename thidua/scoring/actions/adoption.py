"""Putting a table to use: adopting a draft, drafting the next version, the layers of the year."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.digest import digest_data
from thidua.core.errors import AlreadyDone, Invalid, WrongState, race_lost
from thidua.core.workflow import move
from thidua.cycles.actions.years import locked
from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.queries import with_parts as with_cycle_parts
from thidua.notifications.actions import notify
from thidua.scoring.actions.known import mark_facts
from thidua.scoring.actions.tables import TableFacts, begin_table, editable, note
from thidua.scoring.differences import Changes, changes_between, digest_of
from thidua.scoring.models import Card, Criterion, Layer, Mark, Proof, ScoringTable, Sheet
from thidua.scoring.trees import in_order
from thidua.scoring.warnings import blocking, why_results_stand

USUAL_LAYERS = (Layer.Kind.SELF, Layer.Kind.CROSS, Layer.Kind.LEAD, Layer.Kind.MEETING)
ORDER = [str(kind) for kind in Layer.Kind.values]
State = ScoringTable.State


@deed()
def set_layers(
    cycle: Cycle,
    kinds: Sequence[str],
    *,
    by: Acting,
    combine: str = Layer.Combine.MEAN,
    is_blind: bool = True,
) -> list[Layer]:
    """Say which layers the year has. ``combine`` and ``is_blind`` are the cross-check's.

    Self-scoring always stands; a layer in which somebody already marks cannot be left out.
    """
    cycle = locked(cycle)
    wanted = [kind for kind in ORDER if kind in {*kinds, Layer.Kind.SELF}]
    for layer in list(cycle.layers.all()):
        if layer.kind in wanted:
            continue
        if layer.sheets.exists():
            raise WrongState(_("Đã có người chấm ở lớp “%(layer)s”.") % {"layer": layer})
        layer.delete()
    for kind in wanted:
        facts: dict[str, object] = {"place": ORDER.index(kind)}
        if kind == Layer.Kind.CROSS:
            facts |= {"combine": combine, "is_blind": is_blind}
        Layer.objects.update_or_create(cycle=cycle, kind=kind, defaults=facts)
    told = ", ".join(wanted)
    record("layers.set", by=by, on=cycle, chain=chain_of_bloc(cycle.bloc_id), layers=told)
    return list(cycle.layers.all())


@deed()
def draft_next_version(table: ScoringTable, *, by: Acting) -> ScoringTable:
    """Begin the next version as a copy of one that is or was in use."""
    head = {name: getattr(table, name) for name in TableFacts.__annotations__}
    draft = begin_table(
        table.cycle, TableFacts(**head), by=by, is_illustration=table.is_illustration
    )
    draft.previous = table
    draft.save(update_fields=["previous"])
    copy_criteria(table, draft)
    return draft


def copy_criteria(old: ScoringTable, new: ScoringTable) -> None:
    """Copy every node of ``old`` into the empty ``new``, level by level."""
    made: dict[int | None, Criterion | None] = {None: None}
    levels: dict[int, list[Criterion]] = {}
    for depth, node in in_order(old.criteria.all()):
        levels.setdefault(depth, []).append(node)
    for depth in sorted(levels):
        copies = []
        for node in levels[depth]:
            copy = _copy_of(node)
            copy.table, copy.parent = new, made[node.parent_id]
            copies.append(copy)
        for node, copy in zip(levels[depth], Criterion.objects.bulk_create(copies), strict=True):
            made[node.pk] = copy


def _copy_of(node: Criterion) -> Criterion:
    """Return an unsaved node that says the same."""
    skipped = {"id", "table", "parent"}
    fields = [f.name for f in Criterion._meta.concrete_fields if f.name not in skipped]
    return Criterion(**{name: getattr(node, name) for name in fields})


@deed()
def adopt_table(table: ScoringTable, *, by: Acting, seen_digest: str = "") -> ScoringTable:
    """Put a draft to use: every member gets a card; the version before it is replaced.

    Marks for criteria that stayed exactly the same move along to the new cards; where anything
    changed, sheets that were sent are open again and their scorers are told. ``seen_digest`` is
    that of the table as whoever adopts it saw it: a draft that changed since is refused.
    """
    table = editable(table)
    faults = blocking(table)
    if faults:
        raise Invalid(_("Chưa dùng được bảng điểm: %(faults)s") % {"faults": " ".join(faults[:5])})
    cycle = with_cycle_parts(Cycle.objects.filter(pk=table.cycle_id)).get()
    if stands := why_results_stand(cycle):
        raise WrongState(stands)
    digest = digest_of(table)
    if seen_digest not in ("", digest):
        raise race_lost()
    before = cycle.scoring_tables.filter(state=State.ADOPTED).first()
    changes = changes_between(before, table) if before else None
    if before is not None:
        move(before, State.REPLACED)
    move(table, State.ADOPTED, digest=digest, adopted_at=clock.now())
    if not cycle.layers.exists():
        set_layers(cycle, USUAL_LAYERS, by=by)
    for enrolment in cycle.current():
        begin_card(enrolment, table, by=by, changes=changes)
    note("table.adopted", table, by, name=table.name, digest=digest)
    _tell(cycle, table, changes)
    return table


def _tell(cycle: Cycle, table: ScoringTable, changes: Changes | None) -> None:
    """Tell every member, and those whose sent marks are open again that they send them anew."""
    members = [enrolment.organization_id for enrolment in cycle.current()]
    sentence = gettext_noop("Bảng điểm năm %(year)d, bản số %(number)d đã được đưa vào dùng.")
    notify(members, sentence, about=table, year=cycle.year, number=table.number)
    if changes is None or changes.is_whole:
        return
    sent = Sheet.objects.filter(card__table=changes.old, state=Sheet.State.SENT)
    scorers = set(sent.values_list("organization_id", flat=True))
    sentence = gettext_noop(
        "Bảng điểm năm %(year)d đổi nội dung nên phiếu đơn vị đã gửi mở lại. Hãy xem rồi gửi lại."
    )
    notify(scorers, sentence, about=table, year=cycle.year)


def begin_card(
    enrolment: Enrolment, table: ScoringTable, *, by: Acting, changes: Changes | None = None
) -> Card:
    """Return the member's card by ``table`` with its own sheet, begun if there was none.

    ``changes`` since the version before bring along what still stands of the former card.
    """
    illustrated = table.is_illustration or by.is_illustration
    card, made = Card.objects.get_or_create(
        enrolment=enrolment, table=table, defaults={"is_illustration": illustrated}
    )
    if not made:
        return card
    old = Card.objects.filter(enrolment=enrolment, table=changes.old).first() if changes else None
    if changes and old:
        _carry_over(old, card, changes)
    layer = Layer.objects.get(cycle=enrolment.cycle_id, kind=Layer.Kind.SELF)
    Sheet.objects.get_or_create(card=card, layer=layer, organization_id=enrolment.organization_id)
    mark_facts(card)
    return card


def _carry_over(old: Card, new: Card, changes: Changes) -> None:
    """Copy sheets, marks and proofs to the new card, for criteria that say the same as before."""
    for sheet in list(old.sheets.all()):
        copy = Sheet.objects.create(
            card=new, layer_id=sheet.layer_id, organization_id=sheet.organization_id
        )
        marks = list(sheet.marks.filter(is_current=True, criterion__in=changes.same))
        for mark in marks:
            mark.pk, mark._state.adding = None, True
            mark.sheet, mark.criterion, mark.number = copy, changes.same[mark.criterion_id], 1
        Mark.objects.bulk_create(marks)
        if sheet.is_sent and changes.is_whole:
            _keep_sent(sheet, copy, marks)
    Proof.objects.bulk_create(
        Proof(
            card=new,
            criterion=changes.same[proof.criterion_id],
            evidence_id=proof.evidence_id,
            by_id=proof.by_id,
            at=proof.at,
        )
        for proof in old.proofs.all()
        if proof.criterion_id in changes.same
    )


def _keep_sent(sheet: Sheet, copy: Sheet, marks: list[Mark]) -> None:
    """Let the copy of a sent sheet be sent too, over the digest of its own marks."""
    typed = sorted((m for m in marks if not m.fact), key=lambda mark: mark.criterion_id)
    digest = digest_data([mark.content() for mark in typed])
    kept = {name: getattr(sheet, name) for name in ("sent_at", "sent_by", "is_late")}
    move(copy, Sheet.State.SENT, digest=digest, **kept)


@deed()
def begin_missing_cards(cycle: Cycle, *, by: Acting) -> list[Card]:
    """Give a card to each member that joined after the table was put to use."""
    table = cycle.scoring_tables.filter(state=State.ADOPTED).first()
    if table is None:
        raise WrongState(_("Năm này chưa có bảng điểm được dùng."))
    cycle = with_cycle_parts(Cycle.objects.filter(pk=cycle.pk)).get()
    have = set(table.cards.values_list("enrolment_id", flat=True))
    missing = [enrolment for enrolment in cycle.current() if enrolment.pk not in have]
    if not missing:
        raise AlreadyDone(_("Mọi đơn vị đều đã có phiếu điểm."))
    return [begin_card(enrolment, table, by=by) for enrolment in missing]
