"""Which reports fall due: told to the reminders of `notifications`."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Model
from django.utils.translation import gettext_noop

from thidua.cycles.models import Cycle
from thidua.notifications.due import Due
from thidua.reporting.models import Period, Report
from thidua.reporting.standings import owes

SENTENCE = gettext_noop(
    "Nhắc hạn: đơn vị chưa gửi báo cáo “%(period)s” năm %(year)d, hạn hết ngày %(day)s, "
    "còn %(left)d ngày."
)
TODAY = gettext_noop(
    "Nhắc hạn: hôm nay, %(day)s, là ngày cuối gửi báo cáo “%(period)s” năm %(year)d."
)


def owed(first: date, last: date) -> Iterator[Due]:
    """Yield, for each member that has not sent its report, the day by which it should."""
    periods = Period.objects.filter(
        due_on__range=(first, last), cycle__state=Cycle.State.OPEN
    ).select_related("cycle")
    open_now = [
        p for p in periods.prefetch_related("cycle__phases__acts", "cycle__enrolments") if p.accepts
    ]
    reports = {
        (report.period_id, report.enrolment_id): report
        for report in Report.objects.filter(period__in=open_now)
    }
    for period in open_now:
        for member in period.cycle.current():
            report = reports.get((period.pk, member.pk))
            if not owes(member, period) or (report and not report.is_editable):
                continue
            about: Model = report or period.cycle
            yield Due(
                thing=f"reporting.report:{period.pk}:{member.pk}",
                due_on=period.due_on,
                since=period.opens_on,
                bloc_id=period.cycle.bloc_id,
                organizations=[member.organization_id],
                sentence=SENTENCE,
                on_the_day=TODAY,
                about=about,
                facts={"period": period.name, "year": period.cycle.year},
            )
