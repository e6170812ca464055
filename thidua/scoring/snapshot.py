"""A card opened down to every mark, reason and file, as a result keeps it: plain data, frozen."""

from collections.abc import Iterable
from typing import Any

from thidua.scoring.compute import NOT_APPLICABLE, Reckoned, Reckoning
from thidua.scoring.models import Card, Criterion, Mark, Proof, Sheet
from thidua.scoring.opened import is_blank
from thidua.scoring.queries import marks_of
from thidua.scoring.trees import in_order

Line = dict[str, Any]


def lines_of(reckoning: Reckoning) -> dict[int, list[Line]]:
    """Return the lines of every card by its primary key, as the table is read: two queries more.

    A line has criterion (its primary key), code, name, depth, is_group, is_bonus, kind, max,
    points, counted (what it adds to the total, in hundredths), na, layer (which counts), knocked,
    marks (one for each scorer) and proofs.
    """
    read = reckoning.read
    sheets = _with_scorers(read.sheets)
    marks = marks_of(sheets)
    proofs = proofs_of(read.cards.values())
    table = in_order(read.criteria.values())
    found: dict[int, list[Line]] = {}
    for one in reckoning.cards:
        its = [sheet for sheet in sheets if sheet.card_id == one.card.pk]
        found[one.card.pk] = [
            {
                **_line(one, depth, node),
                "marks": [
                    _mark(sheet, node, mark)
                    for sheet in its
                    if (mark := marks[sheet.pk].get(node.pk)) and not is_blank(mark)
                ],
                "proofs": proofs.get((one.card.pk, node.pk), []),
            }
            for depth, node in table
        ]
    return found


def _with_scorers(sheets: Iterable[int]) -> list[Sheet]:
    return list(
        Sheet.objects.filter(pk__in=sheets)
        .select_related("organization", "layer")
        .order_by("layer__place", "pk")
    )


def _line(one: Reckoned, depth: int, node: Criterion) -> Line:
    """Return what a node of the table came to in one card."""
    line = one.score.lines.get(node.code) if one.score else None
    counted = one.counted.get(node.pk)
    points = line.points if line else None
    return {
        "criterion": node.pk,
        "code": node.code,
        "name": node.name,
        "depth": depth,
        "is_group": node.is_group,
        "is_bonus": node.is_bonus,
        "kind": node.kind,
        "max": line.max if line else node.max_points,
        "points": points,
        "counted": line.counted if line else None,
        "na": bool(counted and counted.points == NOT_APPLICABLE),
        "layer": counted.layer.kind if counted else "",
        "knocked": bool(counted and counted.knocks_out),
    }


def _mark(sheet: Sheet, node: Criterion, mark: Mark) -> Line:
    """Return one scorer's mark: the organisation is named, the person is not.

    ``label`` is the step that was chosen, where steps have names.
    """
    return {
        "layer": sheet.layer.kind,
        "scorer": sheet.organization.name,
        "points": mark.points,
        "value": None if mark.value is None else f"{mark.value.normalize():f}",
        "target": None if mark.target is None else f"{mark.target.normalize():f}",
        "label": _label(node, mark),
        "na": mark.is_na,
        "reason": mark.reason,
        "fact": mark.fact,
    }


def _label(node: Criterion, mark: Mark) -> str:
    if node.kind != Criterion.Kind.GRADED or mark.value is None:
        return ""
    return node.rule.steps[int(mark.value)].label


def proofs_of(cards: Iterable[Card]) -> dict[tuple[int, int], list[Line]]:
    """Return what stands behind each criterion of each card (not what was withdrawn)."""
    rows = Proof.objects.filter(
        card__in=[card.pk for card in cards], evidence__withdrawn_at=None
    ).select_related("evidence__blob")
    found: dict[tuple[int, int], list[Line]] = {}
    for row in rows:
        evidence = row.evidence
        found.setdefault((row.card_id, row.criterion_id), []).append(
            {
                "evidence": evidence.pk,
                "kind": evidence.kind,
                "name": evidence.name or evidence.url,
                "text": evidence.text,
                "digest": evidence.blob.digest if evidence.blob else "",
            }
        )
    return found
