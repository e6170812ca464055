"""What the split screen shows: the list of criteria, one criterion with its marks, its evidence."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core.numbers import format_number, format_points
from thidua.scoring.compute import Reckoned
from thidua.scoring.models import Criterion, Mark, Proof, Sheet
from thidua.scoring.opened import is_blank
from thidua.scoring.rule_words import how_marked, points_of, said_in
from thidua.scoring.sheets import closed_because, is_marked_in, kept_because
from thidua.scoring.working import Work, proofs_of
from thidua.web.marking.forms import MarkForm
from thidua.web.marking.saving import moment, what_of
from thidua.web.marking.wording import (
    accepts,
    layer_name,
    own_name,
    state_words,
    who_else,
    window,
)
from thidua.web.reporting.pieces import Piece, pieces_of

LONGEST = 60  # letters of a criterion in the list


@dataclass(frozen=True)
class Item:
    """One line of the list of criteria: a group's heading, or a criterion with how it stands."""

    node: Criterion
    word: str = ""
    kind: str = ""
    points: str = ""
    url: str = ""
    is_here: bool = False

    @property
    def anchor(self) -> str:
        """What tells the line from others for scripts."""
        return str(self.node.pk)

    @property
    def name(self) -> str:
        """The criterion, in a list: of a long one its beginning."""
        name = self.node.name
        return name if len(name) <= LONGEST else Truncator(name).chars(LONGEST)


@dataclass(frozen=True)
class Said:
    """What one scorer said about a criterion, as whoever looks may see it."""

    layer: str
    scorer: str
    what: str
    reason: str = ""
    fact: str = ""
    when: str = ""

    @property
    def by(self) -> str:
        """In which layer and by whom: "Tự chấm (Hội Nông dân)"; of earlier marks, when."""
        if not self.layer:
            return f"{self.scorer}, {self.when}"
        layer = capfirst(self.layer)
        return f"{layer} ({self.scorer})" if self.scorer else layer


@dataclass(frozen=True)
class Proven:
    """One piece of evidence behind a criterion, and whether it is shown at once."""

    proof: Proof
    piece: Piece
    is_open: bool


@dataclass(frozen=True)
class Total:
    """What the card comes to so far: points, % of the maximum, bonus and penalty apart."""

    points: str
    percent: str
    maximum: str
    bonus: str = ""
    penalty: str = ""
    knocked: bool = False
    is_empty: bool = False


def total_of(one: Reckoned) -> Total:
    """Return the total of a card as these sheets make it."""
    score = one.score
    if score is None:
        return Total("0", "0", "", is_empty=True)
    return Total(
        points=format_points(score.total).replace("-", "−"),
        percent=format_number(score.percent).replace("-", "−"),
        maximum=format_points(score.maximum),
        bonus=f"+{format_points(score.bonus)}" if score.bonus else "",
        penalty=f"−{format_points(score.penalty)}" if score.penalty else "",
        knocked=bool(score.knockouts),
    )


def mark_url(sheet: Sheet, leaf: Criterion) -> str:
    """Return where a criterion is marked on a sheet."""
    return reverse("marking:mark", args=[sheet.pk, leaf.pk])


def mark_urls(sheet: Sheet) -> Callable[[Criterion], str]:
    """Return what says where each criterion of a sheet is marked: the address is made once."""
    before, after = reverse("marking:mark", args=[sheet.pk, 0]).rsplit("0", 1)
    return lambda leaf: f"{before}{leaf.pk}{after}"


def items_of(work: Work, here: Criterion | None = None) -> list[Item]:
    """Return the list of criteria, groups as headings."""
    urls = mark_urls(work.sheet)
    return [item_of(work, node, urls, is_here=node == here) for _depth, node in work.nodes]


def item_of(
    work: Work, node: Criterion, url_of: Callable[[Criterion], str], *, is_here: bool = False
) -> Item:
    """Return one line of the list."""
    if node.is_group:
        return Item(node)
    word, kind = state_words(work, node)
    mark = work.own.get(node.pk)
    points = points_of(node, mark.points) if mark and not is_blank(mark) else ""
    return Item(node, word, kind, points, url_of(node), is_here)


def said_of(sheet: Sheet, leaf: Criterion, mark: Mark) -> Said:
    """Return a mark in words, with who gave it in which layer."""
    who = sheet.organization.name
    layer = layer_name(sheet.layer.kind, sheet.card.enrolment.cycle)
    if sheet.layer.kind == "meeting":
        who = ""  # the meeting's, whoever wrote it down
    return Said(layer, who, what_of(mark, leaf), mark.reason, mark.fact)


def others_said(work: Work, leaf: Criterion) -> list[Said]:
    """Return what the others whose marks may be seen said about a criterion, lowest layer first.

    Of what the system marks, its own finding stands on the member's sheet.
    """
    found = []
    for sheet in work.seen:
        mark = work.marks.get(sheet.pk, {}).get(leaf.pk)
        is_own = sheet == work.sheet and is_marked_in(sheet.layer.kind, leaf)
        if mark is None or is_own or is_blank(mark) or not (sheet.is_sent or mark.fact):
            continue
        sheet.card = work.sheet.card
        found.append(said_of(sheet, leaf, mark))
    return found


def earlier_said(work: Work, leaf: Criterion) -> list[Said]:
    """Return what stood on this very sheet before, newest first."""
    found = []
    for mark in work.earlier.get(leaf.pk, []):
        who = getattr(mark, "by_name", None) or _("Hệ thống")
        found.append(Said("", who, what_of(mark, leaf), mark.reason, mark.fact, moment(mark)))
    return found


def proven(work: Work, leaf: Criterion, who: Acting) -> list[Proven]:
    """Return the evidence behind a criterion; the first picture or small PDF is open.

    Where the same bytes prove something elsewhere is told to whoever judges, not to the unit.
    """
    rows = proofs_of(work.sheet.card, leaf).get(leaf.pk, []) if leaf.pk in work.proven else []
    shown = [row.evidence for row in rows]
    is_own = work.sheet.layer.kind == "self"
    pieces = [Piece(evidence) for evidence in shown] if is_own else pieces_of(shown, who)
    first = next((p for p in pieces if _opens_by_itself(p)), None)
    return [Proven(row, piece, piece is first) for row, piece in zip(rows, pieces, strict=True)]


def _opens_by_itself(piece: Piece) -> bool:
    """A picture, or a PDF that a slow line brings in seconds."""
    blob = piece.evidence.blob
    if blob is None or piece.is_blanked:
        return False
    return blob.is_picture or (blob.is_pdf and blob.size < 1_000_000)


def why_read_only(sheet: Sheet) -> str:
    """Return why nothing can be written on the sheet now; "" while it can."""
    cycle = sheet.layer.cycle
    if cycle.is_over:
        return _("Năm thi đua %(state)s nên không chấm nữa.") % {"state": cycle.get_state_display()}
    why = closed_because(sheet)
    if why:
        return why
    if sheet.is_sent:
        return _("Bảng chấm này đã gửi. Muốn sửa thì rút lại, khi lớp chấm sau chưa gửi.")
    return ""


def head_of(work: Work, who: Acting) -> dict[str, Any]:
    """Return what every page of a sheet shows: whose, in which layer, how far, until when."""
    sheet = work.sheet
    card, cycle = sheet.card, sheet.card.enrolment.cycle
    may_send = who.has_perm("scoring.send_sheet", sheet)
    why = why_read_only(sheet)
    return {
        "work": work,
        "sheet": sheet,
        "card": card,
        "cycle": cycle,
        "unit": card.enrolment.organization.name,
        "is_self": sheet.layer.kind == "self",
        "layer": layer_name(sheet.layer.kind, cycle),
        "own_name": own_name(sheet.layer.kind),
        "window": "" if sheet.is_sent or why else window(sheet),
        "accepts": accepts(sheet),
        "closed": why,
        "total": total_of(work.come_to()),
        "done": work.done,
        "count": len(work.mine),
        "may_send": may_send,
        "may_take_back": may_send and sheet.is_sent and not _is_kept(sheet),
        "illustration": cycle.is_illustration or card.is_illustration,
    }


def _is_kept(sheet: Sheet) -> bool:
    """Say whether what was sent stays sent."""
    return bool(sheet.layer.cycle.is_over or closed_because(sheet) or kept_because(sheet))


def split_page(work: Work, leaf: Criterion, form: MarkForm, who: Acting) -> dict[str, Any]:
    """Return the context of `marking/split.html`, the screen of one criterion."""
    leaves = work.leaves
    place = leaves.index(leaf)
    head = head_of(work, who)
    is_mine = is_marked_in(work.sheet.layer.kind, leaf)
    own = work.own.get(leaf.pk)
    is_open = not head["closed"] and is_mine
    return head | {
        "leaf": leaf,
        "form": form if is_open or form.is_bound else None,
        "is_mine": is_mine,
        "who_else": "" if is_mine else who_else(leaf),
        "rule": how_marked(leaf),
        "groups": _groups_above(work, leaf),
        "place": place + 1,
        "leaf_count": len(leaves),
        "previous": mark_url(work.sheet, leaves[place - 1]) if place else "",
        "next": mark_url(work.sheet, leaves[place + 1]) if place + 1 < len(leaves) else "",
        "items": items_of(work, leaf),
        "said": others_said(work, leaf),
        "own": said_of(work.sheet, leaf, own) if own and not is_blank(own) else None,
        "earlier": earlier_said(work, leaf),
        "need": work.missing.get(leaf.pk, ""),
        "below": _below(work, leaf),
        "evidence": proven(work, leaf, who),
    }


def _groups_above(work: Work, leaf: Criterion) -> list[Criterion]:
    """Return the groups that a criterion stands in, outermost first."""
    criteria, above = work.criteria, []
    parent = leaf.parent_id
    while parent is not None:
        above.append(criteria[parent])
        parent = criteria[parent].parent_id
    return above[::-1]


def _below(work: Work, leaf: Criterion) -> str:
    """Return what several checkers come to together, where they do not say the same."""
    mark = work.below.get(leaf.pk)
    if mark is None or mark.pk is not None:
        return ""
    return what_of(mark, leaf) if not mark.is_na else said_in(leaf, mark) or _("không áp dụng")
