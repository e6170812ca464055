"""Small builders for reporting, made by the actions a person would use.

They stand on a world of `tests.factories.a_bloc`; ``member`` is the place in its list of members.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories as make
from tests.kept import kept, number
from thidua.core import clock
from thidua.core.errors import DomainError
from thidua.cycles.models import Enrolment
from thidua.files.storage import open_bytes, place_of, store
from thidua.reporting.actions.answering import send_report
from thidua.reporting.actions.evidence import EvidenceFacts, attach, keep_evidence
from thidua.reporting.actions.measuring import MeasurementFacts, measure
from thidua.reporting.actions.periods import PeriodFacts, write_period
from thidua.reporting.actions.reports import Texts, begin_report, save_draft
from thidua.reporting.models import Evidence, Measurement, Period, Report
from thidua.reporting.queries import with_parts
from thidua.targets.actions.negotiation import send_set
from thidua.targets.models import Target


def refused(
    refusal: type[DomainError],
    call: Callable[..., Any],
    *args: Any,
    field: str | None = None,
    **options: Any,
) -> str:
    """Call, expect the refusal beside ``field``, and return its sentence."""
    with pytest.raises(refusal) as caught:
        call(*args, **options)
    assert caught.value.field == field
    return caught.value.sentence


@kept
def a_period(world: make.World, name: str = "", **facts: Any) -> Period:
    """Make a period that is open today and due in ten days, unless told otherwise."""
    today = clock.today()
    facts.setdefault("opens_on", today - timedelta(days=10))
    facts.setdefault("due_on", max(facts["opens_on"], today + timedelta(days=10)))
    told = PeriodFacts(name=name or f"Kỳ {number()}", **facts)
    return write_period(world.cycle, told, by=world.board)


@kept
def a_sent_target(world: make.World, member: int = 2, **facts: Any) -> Target:
    """Make a member's registration of one target (120 hội viên), sent."""
    target_set = make.a_target_set(world, member, **facts)
    send_set(target_set, by=world.heads[member])
    return target_set.targets.get()


@kept
def measured(world: make.World, target: Target, told: Any, on: date | None = None) -> Measurement:
    """Measure a target today: a number, or True and False for a yes or no."""
    day = on or clock.today()
    if isinstance(told, bool):
        facts = MeasurementFacts(day, is_done=told)
    else:
        facts = MeasurementFacts(day, Decimal(told))
    acting = next(h for h in world.heads if h.has_perm("reporting.measure_target", target))
    return measure(target, facts, by=acting, confirmed=True)


@kept
def a_report(
    world: make.World, member: int = 2, period: Period | None = None, text: str = "Đã làm tốt."
) -> Report:
    """Make a member's draft that says ``text``, for ``period`` or one made for it."""
    acting = world.heads[member]
    report = begin_report(world.enrolments[member], period or a_period(world), by=acting)
    save_draft(report, Texts(achievements=text), {}, by=acting, revision=report.revision)
    return reread(report)


@kept
def a_sent_report(world: make.World, member: int = 2, period: Period | None = None) -> Report:
    """Make a member's report and send it."""
    report = a_report(world, member, period)
    send_report(report, by=world.heads[member])
    return reread(report)


@kept
def attach_and_send(world: make.World, member: int, target: Target, evidence: Evidence) -> Report:
    """Let the evidence prove the target, and send a report that shows it."""
    attach(evidence, target, by=world.heads[member])
    return a_sent_report(world, member)


def reread(report: Report) -> Report:
    """Return the report as the database has it, with its parts."""
    return with_parts(Report.objects.filter(pk=report.pk)).get()


def a_file(content: str = "", name: str = "Danh sách hội viên.txt") -> SimpleUploadedFile:
    """Return an upload with ``content``, or with words of its own."""
    told = content or f"Danh sách số {number()}"
    return SimpleUploadedFile(name, told.encode(), content_type="text/plain")


def evidence_of_kind(
    world: make.World, kind: str = "link", member: int = 2, **facts: Any
) -> Evidence:
    """Let a member keep a file, a link or an explanation that is not yet used anywhere."""
    evidence, content = _evidence_and_bytes(world, kind, member, **facts)
    if evidence.blob and not store().exists(place := place_of(evidence.blob.digest)):
        store().save(place, ContentFile(content))  # only rows are put back
    return evidence


@kept
def _evidence_and_bytes(
    world: make.World, kind: str, member: int, **facts: Any
) -> tuple[Evidence, bytes]:
    mark = number()
    usual: dict[str, dict[str, Any]] = {
        "file": {"file": a_file()},
        "link": {"url": f"https://vidu.vn/{mark}"},
        "explanation": {"text": f"Chưa có số liệu thống kê, lý do {mark}"},
    }
    told = EvidenceFacts(kind=kind, **{**usual[kind], **facts})
    evidence = keep_evidence(enrolment_of(world, member), told, by=world.heads[member])
    if evidence.blob is None:
        return evidence, b""
    with open_bytes(evidence.blob) as file:
        return evidence, file.read()


def enrolment_of(world: make.World, member: int) -> Enrolment:
    """Return the member's part in the year."""
    return world.enrolments[member]
