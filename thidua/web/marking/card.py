"""A card opened down: every criterion with the marks that whoever looks may see, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.accounts.acting import Acting
from thidua.core.numbers import format_points
from thidua.scoring.actions.checks import open_sheet
from thidua.scoring.compute import NOT_APPLICABLE, Reckoned, reckon
from thidua.scoring.models import Card, Criterion, Layer, Mark, Sheet
from thidua.scoring.opened import come_to, is_blank
from thidua.scoring.queries import marks_of, visible_sheets
from thidua.scoring.rule_words import points_of, said_in
from thidua.scoring.sheets import closed_because, kept_because, to_begin
from thidua.scoring.trees import in_order
from thidua.scoring.working import criteria_of, proofs_of
from thidua.web.access import acting, require, signed_in
from thidua.web.marking.doors import MARK, SEND, found_card
from thidua.web.marking.page import Said, said_of, total_of
from thidua.web.marking.wording import layer_name, who_else
from thidua.web.reporting.pieces import Piece, pieces_of

Kind = Layer.Kind


@dataclass(frozen=True)
class Line:
    """One node of the card: what each column gave, what counts now, what was said, the proofs."""

    node: Criterion
    depth: int
    cells: list[tuple[str, str]]  # (column, what was given)
    counted: str = ""
    maximum: str = ""
    said: list[Said] = field(default_factory=list)
    pieces: list[tuple[Piece, str]] = field(default_factory=list)  # with its address
    remark: str = ""

    @property
    def anchor(self) -> str:
        """What tells the line's place from others in addresses."""
        return str(self.node.pk)


@dataclass(frozen=True)
class Job:
    """Something that whoever looks may do with the card: open, begin, take back."""

    label: str
    kind: str
    sheet: Sheet | None
    may_take_back: bool = False


@signed_in
@require_GET
def card(request: HttpRequest, card_pk: int) -> HttpResponse:
    """Show the card with all that the person may see of it."""
    found, who = found_card(request, card_pk), acting(request)
    cycle = found.enrolment.cycle
    seen = visible_sheets(found, who)
    nodes = in_order(criteria_of(found))
    marks = marks_of(seen)
    one = _reckoned(found, {n.pk: n for _d, n in nodes}, seen, marks, who)
    proofs = proofs_of(found) if _sees_evidence(found, who) else {}
    pieces = _pieces(proofs, who)
    hidden = sum(s.is_sent for s in found.sheets.all()) - sum(s.is_sent for s in seen)
    columns = [(_column(sheet), sheet) for sheet in seen]
    context = {
        "card": found,
        "cycle": cycle,
        "unit": found.enrolment.organization.name,
        "columns": columns,
        "lines": [_line(d, n, one, columns, marks, pieces) for d, n in nodes],
        "total": total_of(one),
        "hidden": hidden,
        "jobs": _jobs(found, who),
        "closed": closed_because_of(found),
        "illustration": cycle.is_illustration or found.is_illustration,
    }
    return render(request, "marking/card.html", context)


def closed_because_of(card: Card) -> str:
    """Return why nothing in the card changes any more, whoever marks it; "" while it does."""
    layer = Layer(kind=Kind.SELF, cycle=card.enrolment.cycle)
    scorer = card.enrolment.organization_id
    return closed_because(Sheet(card=card, layer=layer, organization_id=scorer))


def _sees_evidence(card: Card, who: Acting) -> bool:
    """Evidence is the unit's own until it has sent its marks."""
    sent = any(s.layer.kind == Kind.SELF and s.is_sent for s in card.sheets.all())
    return sent or who.is_for(card.enrolment.organization_id)


def _reckoned(
    card: Card,
    criteria: Mapping[int, Criterion],
    seen: Sequence[Sheet],
    marks: Mapping[int, Mapping[int, Mark]],
    who: Acting,
) -> Reckoned:
    """Return what the sent marks come to that may be seen; with the others' where all may be."""
    cycle = card.enrolment.cycle
    sent = [sheet for sheet in seen if sheet.is_sent]
    is_relative = any(c.kind == Criterion.Kind.LEADER_RELATIVE for c in criteria.values())
    sees_all = bool(cycle.results.all()) or who.is_for(cycle.bloc.managing_body_id, "board")
    if is_relative and sees_all and card.enrolment.left_on is None:
        whole = reckon(card.table).of(card.enrolment_id)
        if whole is not None:
            return whole
    return come_to(card, criteria, sent, marks)


def _pieces(proofs: Mapping[int, Sequence[Any]], who: Acting) -> dict[int, list[tuple[Piece, str]]]:
    """Return the evidence by criterion, with the same bytes elsewhere, and its address: one query.

    The address is made once: a card may have hundreds of files.
    """
    every = {proof.evidence_id: proof.evidence for its in proofs.values() for proof in its}
    before, after = reverse("reporting:evidence", args=[0]).rsplit("0", 1)
    found = {
        piece.evidence.pk: (piece, f"{before}{piece.evidence.pk}{after}")
        for piece in pieces_of(every.values(), who)
    }
    return {leaf: [found[proof.evidence_id] for proof in its] for leaf, its in proofs.items()}


def _column(sheet: Sheet) -> str:
    """Return the heading of a sheet's marks: the layer, and who marked."""
    label = capfirst(str(Kind(sheet.layer.kind).label))
    if sheet.layer.kind in (Kind.CROSS, Kind.LEAD):
        return f"{label}: {sheet.organization.label}"
    return label


def _line(
    depth: int,
    node: Criterion,
    one: Reckoned,
    columns: Sequence[tuple[str, Sheet]],
    marks: Mapping[int, Mapping[int, Mark]],
    pieces: Mapping[int, list[tuple[Piece, str]]],
) -> Line:
    line = one.score.lines.get(node.code) if one.score else None
    maximum = line.max if line else node.max_points
    if node.is_group:
        text = format_points(line.counted).replace("-", "−") if line else ""
        return Line(node, depth, [(name, "") for name, _s in columns], text, format_points(maximum))
    given = {s.pk: marks.get(s.pk, {}).get(node.pk) for _name, s in columns}
    return Line(
        node,
        depth,
        [(name, _cell(node, given[s.pk])) for name, s in columns],
        _counted(node, one),
        format_points(node.max_points),
        _said(
            node,
            [(s, m) for _n, s in columns if (m := given[s.pk]) is not None and not is_blank(m)],
        ),
        pieces.get(node.pk, []),
        _remark(node, one),
    )


def _said(node: Criterion, told: Sequence[tuple[Sheet, Mark]]) -> list[Said]:
    """Return what stands behind the points: reasons, findings, and each value that is a new one."""
    found, before = [], ""
    for sheet, mark in told:
        words = said_in(node, mark)
        if mark.reason or mark.fact or words != before:
            found.append(said_of(sheet, node, mark))
        before = words
    return found


def _cell(node: Criterion, mark: Mark | None) -> str:
    if mark is None or is_blank(mark):
        return "–"
    return _("không áp dụng") if mark.is_na else points_of(node, mark.points) or "…"


def _counted(node: Criterion, one: Reckoned) -> str:
    """Return what a criterion adds to the total now."""
    counted = one.counted.get(node.pk)
    line = one.score.lines.get(node.code) if one.score else None
    if counted is None or line is None:
        return "–"
    if counted.points == NOT_APPLICABLE and not line.counted:
        return _("không áp dụng")
    if counted.points is None:
        return _("chờ các đơn vị")
    text = format_points(abs(line.counted))
    if line.counted < 0:
        return f"−{text}"
    return f"+{text}" if node.is_bonus and line.counted else text


def _remark(node: Criterion, one: Reckoned) -> str:
    """Return what is to be known about how a criterion counts now."""
    counted = one.counted.get(node.pk)
    if counted is None:
        return who_else(node) if node.owner != Criterion.Owner.BLOC else ""
    if counted.knocks_out:
        return _("điểm liệt: không được xếp hạng")
    if not counted.agreed:
        return _("các bên kiểm tra chưa thống nhất")
    return ""


def _jobs(card: Card, who: Acting) -> list[Job]:
    """Return what whoever looks may do: their own sheets, and the layers they may begin."""
    cycle, found = card.enrolment.cycle, []
    for sheet in card.sheets.all():
        sheet.card, sheet.layer.cycle = card, cycle
        if who.has_perm(MARK, sheet):
            may_send = who.has_perm(SEND, sheet)
            is_kept = not sheet.is_sent or kept_because(sheet) or closed_because(sheet)
            label = layer_name(sheet.layer.kind, cycle)
            found.append(Job(label, sheet.layer.kind, sheet, bool(may_send and not is_kept)))
    if cycle.is_over or closed_because_of(card):
        return found
    begun = {*(job.kind for job in found), Kind.SELF, Kind.CROSS}
    return found + [
        Job(layer_name(layer.kind, cycle), layer.kind, None)
        for layer in cycle.layers.all()
        if layer.kind not in begun and _may_begin(card, layer, who)
    ]


def _may_begin(card: Card, layer: Layer, who: Acting) -> bool:
    told = to_begin(card, layer, who.organization_id)
    return bool(who.has_perm(MARK, told)) and not closed_because(told)


@require_POST
@signed_in
def begin(request: HttpRequest, card_pk: int) -> HttpResponse:
    """Begin to mark the card in a layer above the cross-check."""
    found, who = found_card(request, card_pk), acting(request)
    kind = request.POST.get("kind", "")
    layer = found.enrolment.cycle.layers.filter(kind=kind).first() or Layer(kind=Kind.BOARD)
    require(who, MARK, to_begin(found, layer, who.organization_id))
    sheet = open_sheet(found, kind, by=who)
    messages.success(request, _("Đã mở bảng chấm. Điểm được lưu trong lúc gõ; xong thì gửi."))
    return redirect("marking:sheet", sheet.pk)
