"""What the page of a draft shows: results, remarks, hints, each beside what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from thidua.movements.models import Adoption
from thidua.reporting.hints import hints_in
from thidua.reporting.models import Report, ReportAnswer
from thidua.reporting.queries import TargetLine, target_lines
from thidua.reporting.results import TargetResult
from thidua.web.access import bind
from thidua.web.reporting.doors import why_over
from thidua.web.reporting.evidence_form import EvidenceForm
from thidua.web.reporting.forms import ReportForm
from thidua.web.reporting.pieces import Piece, proving
from thidua.web.reporting.wording import reviewers_of, state_tag, window


@dataclass(frozen=True)
class Section:
    """One free text with what was asked about it and what looks strange in it."""

    field: BoundField
    remarks: list[str]
    hints: list[str]


@dataclass(frozen=True)
class People:
    """The two fields of one movement."""

    adoption: Adoption
    people: BoundField
    note: BoundField
    remarks: list[str]


@dataclass(frozen=True)
class Asked:
    """One place that the reviewer asks to look at again, and where that is done."""

    name: str
    reason: str
    url: str


def hints_by_section(
    texts: Mapping[str, str], results: Mapping[str, TargetResult]
) -> dict[str, list[str]]:
    """Return by free text the sentences about its numbers; a section without any has none."""
    told = {}
    for name in Report.TEXTS:
        found = hints_in(texts.get(name) or "", results)
        told[name] = [
            _("Bạn viết “%(found)s”. %(sentence)s") % {"found": h.found, "sentence": h.sentence}
            for h in found
        ]
    return told


def saved_at(report: Report) -> str:
    """Say when the draft was last saved."""
    if report.saved_at is None:
        return ""
    moment = date_format(timezone.localtime(report.saved_at), "H:i")
    return _("Đã lưu lúc %(time)s.") % {"time": moment}


def draft_page(request: HttpRequest, report: Report, form: ReportForm) -> dict[str, Any]:
    """Return the context of `reporting/edit.html`."""
    cycle, enrolment = report.enrolment.cycle, report.enrolment
    lines, remarks = target_lines(enrolment), report.remarks()
    by_place: dict[str, list[str]] = {}
    for remark in remarks:
        by_place.setdefault(remark.place, []).append(remark.reason)
    texts = {name: form[name].value() or "" for name in Report.TEXTS}
    hints = hints_by_section(texts, {line.target.name: line.result for line in lines})
    add_url = reverse("reporting:prove_report", args=[report.pk])
    add_form = bind(EvidenceForm, request, at=add_url, enrolment=enrolment, thing=report)
    over = why_over(enrolment)
    return {
        "report": report,
        "form": form,
        "cycle": cycle,
        "enrolment": enrolment,
        "illustration": cycle.is_illustration or report.is_illustration,
        "window": window(report.period),
        "tag": state_tag(report),
        "saved": saved_at(report),
        "reviewers": reviewers_of(cycle, enrolment),
        "asked": [_asked(remark, report) for remark in remarks],
        "lines": [(line, by_place.get(f"target:{line.target.pk}", [])) for line in lines],
        "lacking": sum(line.lacks_proof for line in lines),
        "sections": [Section(form[n], by_place.get(n, []), hints[n]) for n in Report.TEXTS],
        "people": _people(report, form, by_place),
        "pieces": _pieces(report, by_place),
        "unprove": "reporting:unprove_report",
        "add_url": add_url,
        "add_form": None if over else add_form,
        "over": over,
    }


def _asked(remark: ReportAnswer, report: Report) -> Asked:
    return Asked(remark.place_name, remark.reason, _where(remark.place, report))


def _where(place: str, report: Report) -> str:
    """Return the address at which the unit mends ``place`` of its report."""
    kind, _colon, pk = place.partition(":")
    if kind == "target":
        return reverse("reporting:target", args=[int(pk)])
    if kind == "evidence":
        return reverse("reporting:evidence", args=[int(pk)])
    if kind == "turnout":
        found = (t.adoption_id for t in report.turnouts.all() if t.pk == int(pk))
        return f"#id_turnout_{next(found, '')}"
    return f"#id_{place}"


def _people(report: Report, form: ReportForm, by_place: dict[str, list[str]]) -> list[People]:
    turnouts = {turnout.adoption_id: turnout.pk for turnout in report.turnouts.all()}
    return [
        People(
            adoption,
            form[f"turnout_{adoption.pk}"],
            form[f"note_{adoption.pk}"],
            by_place.get(f"turnout:{turnouts.get(adoption.pk)}", []),
        )
        for adoption in form.adoptions
    ]


def _pieces(report: Report, by_place: dict[str, list[str]]) -> list[Piece]:
    return [
        Piece(evidence, remark="; ".join(by_place.get(f"evidence:{evidence.pk}", [])))
        for evidence in proving(report)
    ]


def unfinished(report: Report, lines: list[TargetLine]) -> list[str]:
    """Return what a report still lacks that is no reason to refuse it."""
    told = []
    without = [line.target.name for line in lines if line.result.measurement is None]
    if without:
        sentence = _("Chưa ghi kết quả của: %(targets)s.")
        told.append(sentence % {"targets": "; ".join(without)})
    if not report.achievements.strip():
        told.append(_("Phần “Kết quả” chưa có chữ nào."))
    results = {line.target.name: line.result for line in lines}
    for hints in hints_by_section(report.texts(), results).values():
        told += hints
    return told
