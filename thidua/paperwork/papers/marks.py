"""Bảng tự chấm of a member, and biên bản kiểm tra chéo of the member that checked another."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from thidua.core.numbers import format_points
from thidua.marks.cards import Score
from thidua.paperwork.models import Draft
from thidua.paperwork.papers.base import Gathered, Kind, Part, Subject, Texts, Year, of_member
from thidua.paperwork.papers.heads import BASES, RECIPIENTS
from thidua.scoring.for_papers import card_in_use, checks_by, marks_in, with_sheets
from thidua.scoring.models import Card, Criterion, Layer, Mark, Sheet
from thidua.scoring.opened import come_to, is_blank
from thidua.scoring.rule_words import points_of, said_in
from thidua.scoring.sheets import differs, is_marked_in
from thidua.scoring.snapshot import proofs_of
from thidua.scoring.trees import in_order
from thidua.typesetting.official import Signatory
from thidua.typesetting.papers import cross_check, self_score
from thidua.typesetting.papers.frame import Frame
from thidua.typesetting.papers.standard import LEAD_HEADS

Marks = Mapping[int, Mapping[int, Mark]]
NOTE = Part("note", _("Ý kiến của đơn vị"), rows=4)
CHECK_PARTS = (
    Part("held", _("Thời gian, địa điểm"), rows=2, required=True),
    Part("checkers", _("Thành phần đoàn kiểm tra"), rows=4, required=True),
    Part("present", _("Thành phần đơn vị được kiểm tra"), rows=4, required=True),
    Part("opinions", _("Ý kiến của đơn vị được kiểm tra"), rows=4),
    Part("conclusion", _("Kết luận"), rows=4, required=True),
    RECIPIENTS,
)


def self_subjects(year: Year) -> list[Subject]:
    """Return the year where the member has a card by the table in use."""
    whose = year.enrolment and year.enrolment.pk
    return [Subject(0)] if any(s.card.enrolment_id == whose for s in year.sheets) else []


def no_texts(_draft: Draft) -> dict[str, str]:
    """Return no proposed text: what is said is the member's own."""
    return {}


def gather_self(draft: Draft, frame: Frame, texts: Texts) -> Gathered:
    """Return the member's own marks as they stand, sent or not."""
    member = of_member(draft)
    card = card_in_use(member)
    rows, score = _own(card) if card else ([], None)
    facts = self_score.SelfScore(
        frame=frame,
        year=draft.cycle.year,
        unit=member.name,
        bloc=draft.cycle.bloc.title,
        table=str(card.table) if card else "",
        rows=rows,
        standard=format_points(score.standard) if score else "",
        bonus=format_points(score.bonus) if score else "",
        penalty=format_points(score.penalty) if score else "",
        total=format_points(score.total) if score else "",
        maximum=format_points(score.maximum) if score else "",
        note=texts[NOTE.name],
    )
    return Gathered(facts, bool(card and card.is_illustration))


def _own(card: Card) -> tuple[list[self_score.MarkRow], Score | None]:
    """Return the card's lines by the member's own sheet, and what they come to."""
    sheets = [sheet for sheet in card.sheets.all() if sheet.layer.kind == Layer.Kind.SELF]
    marks = marks_in(card, sheets)
    score = _score(card, sheets, marks)
    proofs = proofs_of([card])
    given = marks[sheets[0].pk] if sheets else {}
    rows = [
        _row(node, given.get(node.pk), score, [str(p["name"] or p["text"]) for p in proven])
        for _depth, node in in_order(card.table.criteria.all())
        if node.is_group or is_marked_in(Layer.Kind.SELF, node)
        for proven in [proofs.get((card.pk, node.pk), [])]
    ]
    return rows, score


def _score(card: Card, sheets: list[Sheet], marks: Marks) -> Score | None:
    """Return what these sheets alone come to, or None while nothing is marked in them."""
    criteria = {criterion.pk: criterion for criterion in card.table.criteria.all()}
    score = come_to(card, criteria, sheets, marks).score
    return None if score is None or score.is_empty else score


def _row(
    node: Criterion, mark: Mark | None, score: Score | None, proofs: list[str]
) -> self_score.MarkRow:
    maximum = format_points(node.max_points) if node.is_group else points_of(node, node.max_points)
    if node.is_group:
        counted = score.groups.get(node.code) if score else None
        points = format_points(counted)
        return self_score.MarkRow(node.code, node.name, maximum, points, is_group=True)
    reason = ""
    if mark and not is_blank(mark):
        reason = self_score.with_proofs(mark.reason, said_in(node, mark), proofs)
    return self_score.MarkRow(node.code, node.name, maximum, _given(node, mark), reason)


def _given(node: Criterion, mark: Mark | None) -> str:
    if mark is None or is_blank(mark):
        return ""
    return self_score.not_applicable() if mark.is_na else points_of(node, mark.points)


def check_subjects(year: Year) -> list[Subject]:
    """Return the checks that the member does, by the unit that is checked."""
    whose = year.enrolment and year.enrolment.organization_id
    done = [s for s in year.sheets if s.layer.kind == Layer.Kind.CROSS]
    mine = [s for s in done if s.organization_id == whose]
    return [Subject(s.pk, s.card.enrolment.organization.name) for s in mine]


def _checked(draft: Draft) -> Sheet | None:
    return checks_by(of_member(draft)).filter(pk=draft.subject).first()


def check_defaults(draft: Draft) -> dict[str, str]:
    """Return the proposed texts, with blanks for hours and people."""
    sheet = _checked(draft)
    unit = sheet.card.enrolment.organization.name if sheet else ""
    return cross_check.proposed(unit, draft.cycle.bloc.title, draft.cycle.year)


def gather_check(draft: Draft, frame: Frame, texts: Texts) -> Gathered:
    """Return where the check differs from the member's own marks, once those were sent."""
    sheet = _checked(draft)
    unit = sheet.card.enrolment.organization.name if sheet else ""
    told: dict[str, Any] = {p.name: texts[p.name] for p in CHECK_PARTS if p is not RECIPIENTS}
    facts = cross_check.CrossCheck(
        frame=frame,
        year=draft.cycle.year,
        bloc=draft.cycle.bloc.title,
        unit=unit,
        checker=of_member(draft).name,
        checked_signatory=Signatory([LEAD_HEADS], party=unit),
        **told,
        **(_compared(sheet) if sheet else {}),
    )
    return Gathered(facts, bool(sheet and sheet.card.is_illustration))


def _compared(sheet: Sheet) -> dict[str, Any]:
    card = with_sheets(Card.objects.filter(pk=sheet.card_id)).get()
    own = [s for s in card.sheets.all() if s.layer.kind == Layer.Kind.SELF and s.is_sent]
    checked = [s for s in card.sheets.all() if s.pk == sheet.pk]
    marks = marks_in(card, [*own, *checked])
    theirs, mine = marks[own[0].pk] if own else {}, marks[sheet.pk]
    leaves = [node for _depth, node in in_order(card.table.criteria.all()) if not node.is_group]
    seen = [n for n in leaves if n.pk in mine and not is_blank(mine[n.pk])]
    before, after = _score(card, own, marks), _score(card, [*own, *checked], marks)
    return {
        "criteria": len(seen),
        "own_total": format_points(before.total) if before else "",
        "checked_total": format_points(after.total) if after else "",
        "rows": [
            cross_check.DifferenceRow(
                code=node.code,
                name=node.name,
                maximum=points_of(node, node.max_points),
                own=_given(node, theirs[node.pk]),
                checked=_given(node, mine[node.pk]),
                reason=mine[node.pk].reason,
            )
            for node in seen
            if node.pk in theirs and differs(mine[node.pk], theirs[node.pk])
        ],
    }


SELF = Kind(
    paper=self_score.TYPE,
    name=_("bảng tự chấm điểm"),
    parts=(BASES, NOTE, RECIPIENTS),
    about=self_subjects,
    defaults=no_texts,
    gather=gather_self,
    compose=self_score.compose,
    of_member=True,
)
CROSS = Kind(
    paper=cross_check.TYPE,
    name=_("biên bản kiểm tra chéo"),
    parts=CHECK_PARTS,
    about=check_subjects,
    defaults=check_defaults,
    gather=gather_check,
    compose=cross_check.compose,
    of_member=True,
)
