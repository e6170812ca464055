"""Writing a report before it is sent: begin it, and keep the draft while it is typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import Invalid, WrongState
from thidua.core.text import one_line
from thidua.cycles.actions.years import locked
from thidua.cycles.models import Enrolment
from thidua.movements.models import Adoption
from thidua.reporting.models import Period, Report, Turnout

LONGEST_TEXT = 50_000
MOST_PEOPLE = 100_000_000  # more than there are people in the country: a slip
EDITABLE = (Report.State.DRAFT, Report.State.RETURNED)


@dataclass(frozen=True)
class Texts:
    """The free texts of a report; each may be empty."""

    achievements: str = ""
    difficulties: str = ""
    plan: str = ""
    proposals: str = ""


@dataclass(frozen=True)
class People:
    """How many took part in one movement; ``people`` None says nothing and takes the row away."""

    people: int | None
    note: str = ""


def note(code: str, report: Report, by: Acting, **facts: str | int | None) -> None:
    """Record something about a report on its bloc's chain."""
    record(code, by=by, on=report, chain=chain_of_bloc(report.period.cycle.bloc_id), **facts)


@deed()
def begin_report(
    enrolment: Enrolment, period: Period, *, by: Acting, is_illustration: bool = False
) -> Report:
    """Return the member's report for the period, begun if there was none."""
    cycle = locked(enrolment.cycle)
    enrolment = cycle.enrolments.select_related("organization").get(pk=enrolment.pk)
    if enrolment.left_on is not None:
        raise WrongState(_("Đơn vị đã rời nên không báo cáo nữa."))
    if period.cycle_id != cycle.pk:
        raise Invalid(_("Chỉ chọn trong cùng năm thi đua."), field="period")
    report, made = Report.objects.select_related(
        "enrolment__organization", "period__cycle"
    ).get_or_create(
        enrolment=enrolment,
        period=period,
        defaults={"is_illustration": is_illustration or by.is_illustration},
    )
    if made:
        note("report.begun", report, by)
    return report


@transaction.atomic
def save_draft(
    report: Report,
    texts: Texts,
    turnouts: Mapping[int, People],
    *,
    by: Acting,
    revision: int,
) -> Report:
    """Keep what is typed, as often as the page likes: no deed, so nothing is recorded.

    ``turnouts`` are by the adoption's id; movements that are not named stay as they were.
    ``revision`` is the one that the writer saw. If another was saved since, this is refused and
    nothing is overwritten; the report returned carries the new one.
    """
    _refuse_too_long(texts)
    kept = Report.objects.select_related("enrolment__cycle").get(pk=report.pk)
    _refuse_unwritable(kept)
    _refuse_bad_people(turnouts, kept.enrolment.cycle_id)
    saved = Report.objects.filter(pk=kept.pk, revision=revision, state__in=EDITABLE).update(
        **vars(texts), revision=F("revision") + 1, saved_at=clock.now(), saved_by=by.user
    )
    if not saved:
        sentence = _(
            "Báo cáo vừa được lưu ở nơi khác nên chữ vừa gõ chưa được lưu đè lên. "
            "Hãy chép lại chữ của bạn, tải lại trang rồi ghép vào."
        )
        raise WrongState(sentence)
    _write_turnouts(kept, turnouts)
    return Report.objects.get(pk=kept.pk)


def _refuse_too_long(texts: Texts) -> None:
    for name, text in vars(texts).items():
        if len(text) > LONGEST_TEXT:
            sentence = _("Phần này dài quá %(most)s chữ; hãy gửi phần dài thành tệp minh chứng.")
            raise Invalid(sentence % {"most": "50.000"}, field=name)


def _refuse_unwritable(report: Report) -> None:
    cycle = report.enrolment.cycle
    if cycle.is_over:
        sentence = _("Năm thi đua %(year)d %(state)s, không thay đổi được nữa.")
        raise WrongState(sentence % {"year": cycle.year, "state": cycle.get_state_display()})
    if report.enrolment.left_on is not None:
        raise WrongState(_("Đơn vị đã rời nên không báo cáo nữa."))
    if not report.is_editable:
        raise WrongState(
            _("Báo cáo %(state)s nên chưa sửa được.") % {"state": report.get_state_display()}
        )


def _refuse_bad_people(turnouts: Mapping[int, People], cycle_id: int) -> None:
    adopted = set(Adoption.objects.filter(cycle=cycle_id).values_list("pk", flat=True))
    for adoption_id, told in turnouts.items():
        name = f"turnout_{adoption_id}"
        if adoption_id not in adopted:
            raise Invalid(_("Chỉ chọn trong cùng năm thi đua."), field=name)
        if told.people is not None and not 0 <= told.people <= MOST_PEOPLE:
            raise Invalid(_("Số người phải từ 0 đến 100 triệu."), field=name)
        if len(one_line(told.note)) > 300:
            raise Invalid(_("Ghi chú dài nhất 300 chữ."), field=name)


def _write_turnouts(report: Report, turnouts: Mapping[int, People]) -> None:
    gone = [pk for pk, told in turnouts.items() if told.people is None]
    Turnout.objects.filter(report=report, adoption__in=gone).delete()
    Turnout.objects.bulk_create(
        [
            Turnout(report=report, adoption_id=pk, people=told.people, note=told.note)
            for pk, told in turnouts.items()
            if told.people is not None
        ],
        update_conflicts=True,
        unique_fields=["report", "adoption"],
        update_fields=["people", "note"],
    )
