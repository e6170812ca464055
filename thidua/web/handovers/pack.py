"""What is handed over, as the page shows it and as the ZIP holds it.

Papers are what was frozen (covenants, results) and sent (reports); files are the pieces that the
reports and cards of the year name. Nothing here is more than the year's leader sees anyway.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.acting import Acting
from thidua.core.text import day_text
from thidua.covenants.models import Covenant
from thidua.cycles.models import Cycle
from thidua.files.kinds import BY_MEDIA_TYPE
from thidua.files.names import clean_name, name_as
from thidua.files.storage import CHUNK, open_bytes
from thidua.handovers.actions import OpenWork
from thidua.handovers.models import Handover
from thidua.notifications.links import address_of
from thidua.reporting.models import Evidence, Period, Report
from thidua.reporting.queries import sent_in
from thidua.scoring.models import Result
from thidua.web.reporting.wording import weight
from thidua.web.work.desk import years_of
from thidua.web.work.tasks import tasks_of


@dataclass(frozen=True)
class Paper:
    """One paper of the year: what it is, since when, its exact text, and its page."""

    name: str
    day: date
    text: str
    subject: Model

    @property
    def address(self) -> str:
        """Where it is shown; empty when nothing shows it."""
        return address_of(self.subject._meta.label_lower, self.subject.pk)


@dataclass(frozen=True)
class Day:
    """One day of the year's calendar, with what it is the day of."""

    day: date
    what: str


@dataclass
class Pack:
    """Everything that is handed over with a year."""

    papers: list[Paper] = field(default_factory=list)
    files: list[Evidence] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many bytes the files have together."""
        return sum(e.blob.size for e in self.files if e.blob and not e.blob.is_blanked)

    @property
    def weight(self) -> str:
        """The same in words: "1,2 MB"."""
        return weight(self.size)


def pack_of(cycle: Cycle) -> Pack:
    """Gather what is handed over with a year (with its phases): five queries."""
    with override("vi"):
        return Pack(list(_papers(cycle)), list(sent_in(cycle)), sorted(_days(cycle), key=_by_day))


def open_work_of(cycle: Cycle, acting: Acting) -> list[OpenWork]:
    """Return what is still due from whoever runs the year, as their desk tells it."""
    years = [year for year in years_of([acting]) if year.cycle.pk == cycle.pk]
    found = [task for task in tasks_of(acting, years) if task.cycle and task.cycle.pk == cycle.pk]
    return [OpenWork(task.title, task.due, task.note) for task in found]


def _papers(cycle: Cycle) -> Iterator[Paper]:
    if cycle.regulation:
        yield Paper(_("Quy chế"), date(cycle.year, 1, 1), cycle.regulation, cycle)
    covenants = Covenant.objects.filter(cycle=cycle, version__isnull=False)
    for covenant in covenants.select_related("version", "cycle__bloc").defer("version__official"):
        assert covenant.version is not None  # noqa: S101  (filtered above)
        version = covenant.version
        yield Paper(covenant.title, _day(version.frozen_at), version.text, covenant)
    results = Result.objects.filter(cycle=cycle, version__isnull=False)
    for result in results.select_related("version"):
        assert result.version is not None  # noqa: S101  (filtered above)
        version = result.version
        yield Paper(version.title, _day(version.frozen_at), version.text, result)
    reports = Report.objects.filter(period__cycle=cycle).exclude(state=Report.State.DRAFT)
    parts = reports.select_related("period", "enrolment__organization")
    for report in parts.prefetch_related("sendings"):
        sent = report.last_sending()
        if sent is not None:
            yield Paper(str(report), _day(sent.at), _told(sent.content), report)


def _told(content: dict[str, Any]) -> str:
    """Return a sent report as a text: its numbers as they were, then what was written."""
    lines = [f"{content.get('unit', '')}, {content.get('period', {}).get('name', '')}"]
    for told in content.get("targets", []):
        promised = f"{told['promise']} {told['unit']}"
        lines += [f"- {told['name']}: {told['value']} / {promised}"]
    for section, text in content.get("texts", {}).items():
        if text:
            lines += ["", Report.label_of(section).upper(), text]
    return "\n".join(lines) + "\n"


def _days(cycle: Cycle) -> Iterator[Day]:
    for phase in cycle.phases.all():
        yield Day(phase.opens_on, _("mở giai đoạn %(phase)s") % {"phase": phase})
        if phase.due_on:
            yield Day(phase.due_on, _("hạn giai đoạn %(phase)s") % {"phase": phase})
        if phase.closes_on:
            yield Day(phase.closes_on, _("đóng giai đoạn %(phase)s") % {"phase": phase})
    for period in Period.objects.filter(cycle=cycle):
        yield Day(period.due_on, _("hạn báo cáo %(period)s") % {"period": period.name})


def _by_day(one: Day) -> tuple[date, str]:
    return one.day, one.what


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def index_of(handover: Handover, pack: Pack) -> str:
    """Return the index of the ZIP: a Vietnamese text, for whoever opens it years later."""
    with override("vi"):
        told = {"giver": handover.giver.name, "receiver": handover.receiver.name}
        lines = [_("BÀN GIAO"), str(handover.cycle), ""]
        lines += [_("Bên giao: %(giver)s") % told, _("Bên nhận: %(receiver)s") % told]
        reads = day_text(handover.reads_from)
        lines.append(_("Bên giao chỉ còn đọc từ ngày %(day)s.") % {"day": reads})
        lines += ["", _("GHI CHÚ"), handover.notes or _("không có"), "", _("VIỆC CÒN DỞ")]
        lines += [_left(work) for work in handover.left_open] or [_("không có")]
        lines += ["", _("NGÀY THÁNG"), *[f"{day_text(d.day)}: {d.what}" for d in pack.days]]
        lines += ["", _("VĂN BẢN"), *[f"{day_text(p.day)}: {p.name}" for p in pack.papers]]
        lines += ["", _("TỆP (SHA-256)")]
        for evidence in pack.files:
            if evidence.blob is not None:
                lines.append(f"{evidence.blob.digest}  {evidence.enrolment}: {evidence}")
        return "\n".join(lines) + "\n"


def _left(work: dict[str, Any]) -> str:
    due = f" ({day_text(date.fromisoformat(work['due']))})" if work["due"] else ""
    return f"- {work['title']}{due}"


class _Outlet(io.RawIOBase):
    """Takes what the ZIP writes, to be handed on piece by piece: nothing is kept whole."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.waiting.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        taken, self.waiting = b"".join(self.waiting), []
        return taken


def zipped(handover: Handover, pack: Pack) -> Iterator[bytes]:
    """Yield the ZIP: index, papers as texts, files under their own names; in flat memory."""
    outlet, used = _Outlet(), set[str]()
    with override("vi"), zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_("00-muc-luc.txt"), index_of(handover, pack))
        for paper in pack.papers:
            name = _free(f"van-ban/{clean_name(f'{paper.day:%Y-%m-%d} {paper.name}.txt')}", used)
            archive.writestr(name, paper.text)
            yield outlet.take()
        for evidence in pack.files:
            blob = evidence.blob
            if blob is None or blob.is_blanked:
                continue
            called = name_as(BY_MEDIA_TYPE[blob.media_type], evidence.name)
            name = _free(f"tep/{clean_name(str(evidence.enrolment))}/{called}", used)
            try:
                source = open_bytes(blob)
            except FileNotFoundError:
                continue  # the index names it with its digest; check_files tells the operator
            with source, archive.open(name, "w", force_zip64=True) as inside:
                while piece := source.read(CHUNK):
                    inside.write(piece)
                    yield outlet.take()
    yield outlet.take()


def _free(name: str, used: set[str]) -> str:
    """Return the name, with a number before its end when another file has it."""
    stem, dot, suffix = name.rpartition(".")
    tried, number = name, 1
    while tried.casefold() in used:
        number += 1
        tried = f"{stem} ({number}){dot}{suffix}"
    used.add(tried.casefold())
    return tried
