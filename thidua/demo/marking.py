"""What the stories do alike when a year is reported and scored. Every mark is MINH HỌA."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.cycles.models import Enrolment
from thidua.reporting.actions.answering import send_report
from thidua.reporting.actions.evidence import EvidenceFacts, keep_evidence
from thidua.reporting.actions.measuring import MeasurementFacts, measure
from thidua.reporting.actions.reports import Texts, begin_report, save_draft
from thidua.reporting.models import Evidence, Period, Report
from thidua.scoring.actions.marking import save_marks, send_sheet
from thidua.scoring.actions.proving import prove
from thidua.scoring.given import MarkGiven
from thidua.scoring.models import Card, Criterion, Layer, ScoringTable, Sheet
from thidua.scoring.queries import below_of, marked_by
from thidua.targets.models import Direction, Target

Kind = Criterion.Kind
Marks = Mapping[str, str]  # the value for a criterion, by its code
NOTE = "MINH HỌA: tài liệu này không có thật, chỉ để thấy minh chứng đi cùng con số.\n"


def a_file(enrolment: Enrolment, what: str, *, by: Acting) -> Evidence:
    """Keep a small text file of the unit that says of itself that it is an illustration."""
    body = f"{NOTE}{enrolment.organization.name}\n{what}\n".encode()
    upload = SimpleUploadedFile(f"Minh hoa - {what}.txt", body, content_type="text/plain")
    facts = EvidenceFacts(Evidence.Kind.FILE, file=upload, is_illustration=True)
    return keep_evidence(enrolment, facts, by=by)


def report_on(
    enrolment: Enrolment, period: Period, share: Decimal, *, by: Acting, on: date
) -> Report:
    """Let a member measure every target at ``share`` of its number, prove it, write and send."""
    with clock.at(on):
        for target in Target.objects.filter(target_set__enrolment=enrolment):
            measure(target, _measured(target, share, on), by=by, confirmed=True)
            text = f"MINH HỌA: số liệu của “{target.name}” lấy từ sổ theo dõi của đơn vị."
            facts = EvidenceFacts(Evidence.Kind.EXPLANATION, text=text, is_illustration=True)
            if not target.evidence_uses.exists():
                keep_evidence(enrolment, facts, by=by, proves=target)
        report = begin_report(enrolment, period, by=by, is_illustration=True)
        texts = Texts(
            achievements="MINH HỌA: đơn vị đã làm các việc đã hứa, số liệu ở bảng chỉ tiêu.",
            difficulties="MINH HỌA: cán bộ làm công tác thi đua đều kiêm nhiệm.",
            plan="MINH HỌA: giữ nhịp các việc đang làm, chuẩn bị tự chấm điểm.",
        )
        save_draft(report, texts, {}, by=by, revision=report.revision)
        send_report(report, by=by)
        return report


def _measured(target: Target, share: Decimal, on: date) -> MeasurementFacts:
    if target.direction == Direction.YES_NO:
        return MeasurementFacts(is_done=True, measured_on=on)
    number = target.number or Decimal(0)
    if target.direction == Direction.MORE:
        number = (number * share).quantize(Decimal(1))
    return MeasurementFacts(value=number, measured_on=on)


def mark_sheet(
    sheet: Sheet, values: Marks, *, by: Acting, on: date, reason: str = "", sends: bool = True
) -> Sheet:
    """Mark every criterion of a sheet as ``values`` say, else as well as can be; send it.

    ``reason`` goes to every mark that differs from the layer below.
    """
    below = below_of(sheet)
    given: dict[int, MarkGiven] = {}
    for criterion in marked_by(sheet):
        here = below.get(criterion.pk)
        value = Decimal(values[criterion.code]) if criterion.code in values else None
        if value is None:
            value = here.value if here else _usual(criterion)
        differs = here is not None and here.value != value
        given[criterion.pk] = MarkGiven(value, reason=reason if differs else "")
    with clock.at(on):
        save_marks(sheet, given, by=by)
        return send_sheet(sheet, by=by) if sends else sheet


def _usual(criterion: Criterion) -> Decimal:
    """Return the value of a good year: most of the points, no bonus, nothing subtracted."""
    if criterion.is_bonus or criterion.kind in (Kind.PENALTY, Kind.KNOCKOUT, Kind.DEDUCT):
        return Decimal(0)
    if criterion.kind == Kind.MANUAL:
        return Decimal((criterion.max_points or 0) * 9 // 1000)
    if criterion.kind == Kind.PASS_FAIL:
        return Decimal(1)
    if criterion.kind == Kind.COUNT:
        each = int(criterion.parameters.get("each") or 1)
        return Decimal((criterion.max_points or 0) // each)
    return Decimal(0)  # of graded steps the first, which is the best


def prove_all(card: Card, evidence: Iterable[Evidence], *, by: Acting, on: date) -> None:
    """Put the member's evidence behind every criterion that wants some."""
    with clock.at(on):
        for criterion in card.table.criteria.filter(is_group=False, fact=""):
            if criterion.needs_evidence or criterion.is_bonus:
                for piece in evidence:
                    prove(card, criterion, piece, by=by)


def own_sheet(enrolment: Enrolment) -> Sheet:
    """Return the member's own sheet by the table in use."""
    return Sheet.objects.select_related("card__table", "layer").get(
        card__enrolment=enrolment,
        card__table__state=ScoringTable.State.ADOPTED,
        layer__kind=Layer.Kind.SELF,
    )
