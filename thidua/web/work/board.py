"""What is due from a managing body's board: blocs, and years made ready, opened and closed."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.cycles.models import Cycle
from thidua.organizations.models import Bloc
from thidua.web.work.desk import Year
from thidua.web.work.task import Task

NEXT_YEAR_FROM = 11  # the month from which the coming year is to be prepared


def board_tasks(acting: Acting, years: Sequence[Year]) -> Iterator[Task]:
    """Yield what the board of the organisation worked for is to set up and to close."""
    if not acting.has_role("board"):
        return
    for year in years:
        if acting.has_perm("cycles.manage_cycle", year.cycle):
            yield from _next_step(year.cycle)
            yield from _closing(year.cycle)
    newest = Cycle.objects.filter(bloc=OuterRef("pk")).order_by("-year")
    blocs = list(
        Bloc.objects.filter(managing_body=acting.organization).annotate(
            last_year=Subquery(newest.values("year")[:1]),
            last_cycle=Subquery(newest.values("pk")[:1]),
        )
    )
    if not blocs:
        yield Task(
            title=_("Lập khối, cụm thi đua đầu tiên"),
            url=reverse("blocs:new"),
            label=_("Lập khối, cụm"),
            note=_("Cần quyết định thành lập và tên các đơn vị."),
        )
    today = clock.today()
    wanted = today.year + (today.month >= NEXT_YEAR_FROM)
    for bloc in blocs:
        if bloc.last_year is not None and bloc.last_year >= wanted:
            continue
        # The year before is copied: its members, regulation, days and clauses.
        copied = reverse("cycles:copy", args=[bloc.last_cycle]) if bloc.last_cycle else ""
        is_next = bloc.last_year == wanted - 1
        yield Task(
            title=_("Chuẩn bị năm thi đua %(year)d") % {"year": wanted},
            url=copied if is_next else reverse("cycles:new", args=[bloc.pk]),
            label=_("Chuẩn bị năm"),
            bloc=bloc,
        )


def _next_step(cycle: Cycle) -> Iterator[Task]:
    """Yield the one step that a year lacks before it can run: members, leader, days, opening."""
    told = {"year": cycle.year, "leader": cycle.bloc.leader_noun}
    if not cycle.current():
        title, address = _("Ghi các đơn vị tham gia năm %(year)d"), "cycles:members"
        label = _("Thêm đơn vị")
    elif not cycle.in_role("leader"):
        title, address = _("Giao %(leader)s năm %(year)d"), "cycles:lead"
        label = _("Giao %(leader)s") % told
    elif not cycle.phases.all():
        title, address = _("Đặt lịch các giai đoạn năm %(year)d"), "cycles:phases"
        label = _("Đặt lịch")
    elif cycle.state == Cycle.State.DRAFT:
        title, address = _("Mở năm thi đua %(year)d"), "cycles:move"
        label = _("Mở năm")
    else:
        return
    url = reverse(address, args=[cycle.pk]) + ("?to=open" if address == "cycles:move" else "")
    due = date(cycle.year, 1, 1) if cycle.state == Cycle.State.DRAFT else None
    yield Task(title=title % told, url=url, label=label, cycle=cycle, due=due)


def _closing(cycle: Cycle) -> Iterator[Task]:
    """Yield the closing of a year whose time is over: its last phase, and March of the next."""
    over_on = max([date(cycle.year + 1, 3, 31), *_last_days(cycle)])
    if cycle.state != Cycle.State.OPEN or clock.today() <= over_on:
        return
    yield Task(
        title=_("Khép năm thi đua %(year)d") % {"year": cycle.year},
        url=reverse("cycles:move", args=[cycle.pk]) + "?to=close",
        label=_("Khép năm"),
        cycle=cycle,
        due=over_on,
    )


def _last_days(cycle: Cycle) -> list[date]:
    return [phase.closes_on or phase.due_on or phase.opens_on for phase in cycle.phases.all()]
