"""What is due from the second person: sheets that a head signed by hand, to be looked at."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.web.covenants.standing import why_no_second_person
from thidua.web.work.desk import Year
from thidua.web.work.task import Task


def sheets_to_compare(acting: Acting, year: Year) -> Iterator[Task]:
    """Yield the sheets that wait, and that ``acting`` neither brought nor signed."""
    for covenant in year.covenants:
        sheets = getattr(covenant.version, "waiting_sheets", [])
        if not sheets or not acting.has_perm("covenants.compare_covenant", covenant):
            continue
        for sheet in sheets:
            if not why_no_second_person(sheet, acting):
                yield Task(
                    title=_("Đối chiếu phiếu ký giấy của %(unit)s")
                    % {"unit": sheet.organization.name},
                    url=reverse("covenants:sheet", args=[covenant.pk, sheet.pk]),
                    label=_("Xem ảnh phiếu"),
                    cycle=year.cycle,
                    due=covenant.sign_by,
                    note=_("Đơn vị chỉ được tính là đã ký sau khi có người thứ hai xác nhận."),
                )
