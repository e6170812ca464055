"""The facts of a report as it is sent: exactly what is kept, and what its digest is made of."""

from typing import Any

from django.utils.translation import override

from thidua.core.numbers import format_number
from thidua.reporting.models import Evidence, Report, Turnout
from thidua.reporting.queries import TargetLine
from thidua.targets.models import Direction


def report_content(
    report: Report, lines: list[TargetLine], evidence: list[Evidence]
) -> dict[str, Any]:
    """Return what is sent: texts, targets with results, turnouts, evidence with digests.

    ``report`` has its parts, ``evidence`` hangs on the report as a whole. Numbers are written as
    Vietnamese read them, days as ISO; a record is Vietnamese, whatever the sender reads.
    """
    with override("vi"):
        return {
            "organization": report.enrolment.organization_id,
            "unit": report.enrolment.name,
            "year": report.period.cycle.year,
            "period": {
                "id": report.period_id,
                "name": report.period.name,
                "due": report.period.due_on.isoformat(),
            },
            "texts": report.texts(),
            "targets": [_target(line) for line in lines],
            "turnouts": [_turnout(turnout) for turnout in report.turnouts.all()],
            "evidence": _evidence(lines, evidence),
        }


def _target(line: TargetLine) -> dict[str, Any]:
    target, result = line.target, line.result
    measurement = result.measurement
    return {
        "id": target.pk,
        "name": target.name,
        "unit": target.unit,
        "direction": target.direction,
        "promise": target.promise,
        "number": format_number(target.number),
        "value": _value(line),
        "measurement": measurement.pk if measurement else None,
        "measured_on": measurement.measured_on.isoformat() if measurement else "",
        "percent": format_number(result.percent),
        "surplus": format_number(result.surplus),
        "is_reached": result.is_reached,
        "words": result.words,
    }


def _value(line: TargetLine) -> str:
    if line.result.measurement is None or line.target.direction == Direction.YES_NO:
        return str(line.result.measurement or "")
    return format_number(line.result.actual)


def _turnout(turnout: Turnout) -> dict[str, Any]:
    return {
        "id": turnout.pk,
        "movement": turnout.adoption.movement.name,
        "people": turnout.people,
        "note": turnout.note,
    }


def _evidence(lines: list[TargetLine], whole: list[Evidence]) -> list[dict[str, Any]]:
    """Return each piece once, with the places that it proves."""
    places: dict[int, list[str]] = {}
    pieces = {piece.pk: piece for piece in whole}
    for piece in whole:
        places.setdefault(piece.pk, []).append("report")
    for line in lines:
        for piece in line.evidence:
            pieces.setdefault(piece.pk, piece)
            places.setdefault(piece.pk, []).append(f"target:{line.target.pk}")
    return [
        {
            "id": piece.pk,
            "kind": piece.kind,
            "name": str(piece),
            "digest": piece.blob.digest if piece.blob else "",
            "url": piece.url,
            "text": piece.text,
            "places": places[pk],
        }
        for pk, piece in pieces.items()
    ]


def places_of(report: Report, lines: list[TargetLine], evidence: list[Evidence]) -> dict[str, str]:
    """Return the places for which a report may be returned, with their names for a person.

    The free texts by their names; "target:7", "turnout:7" and "evidence:7" by id.
    """
    names = {name: Report.label_of(name) for name in Report.TEXTS}
    for line in lines:
        names[f"target:{line.target.pk}"] = line.target.name
    for turnout in report.turnouts.all():
        names[f"turnout:{turnout.pk}"] = turnout.adoption.movement.name
    for piece in [*evidence, *(piece for line in lines for piece in line.evidence)]:
        names[f"evidence:{piece.pk}"] = str(piece)
    return names
