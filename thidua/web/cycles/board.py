"""The board of a year: members × duties, gathered in one query whatever their number.

A cell says in a word how a duty stands and opens where it is done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.covenants.models import Comment, Covenant, Decline
from thidua.covenants.queries import seen_by
from thidua.cycles.models import Cycle, Enrolment, Phase
from thidua.documents.models import Signature
from thidua.movements.models import Adoption, Participation
from thidua.reporting.standings import Cell as Reported
from thidua.reporting.standings import standing_board
from thidua.scoring.models import Layer, Mark, ScoringTable, Sheet
from thidua.targets.models import Sending, TargetSet
from thidua.web.cycles.cell import Cell
from thidua.web.reporting.cells import report_cell
from thidua.web.reporting.wording import report_named

Facts = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One member with its cells, in the order of the board's duties."""

    enrolment: Enrolment
    cells: list[Cell]
    duties: list[str]

    @property
    def pairs(self) -> list[tuple[str, Cell]]:
        """Each duty's name with its cell."""
        return list(zip(self.duties, self.cells, strict=True))

    @property
    def missing(self) -> int:
        """How many duties are still owed."""
        return sum(cell.is_missing for cell in self.cells)


@dataclass(frozen=True)
class Duty:
    """One column: its name, and who has not done it yet."""

    name: str
    missing: list[Enrolment]


@dataclass(frozen=True)
class Board:
    """The whole board: who owes most on top, else in the year's order."""

    duties: list[Duty]
    rows: list[Row]
    covenant: Covenant | None

    @property
    def is_complete(self) -> bool:
        """Whether nobody owes anything."""
        return not any(duty.missing for duty in self.duties)


@dataclass(frozen=True)
class Year:
    """What every cell asks of the year."""

    cycle: Cycle
    covenant: Covenant | None
    adopted: int
    registration: Phase | None


def board_of(cycle: Cycle, who: Acting) -> Board:
    """Return the board of ``cycle`` (with its parts): six queries, however many members.

    After the year's own duties comes a column for each period of reporting.
    """
    covenant = _newest_covenant(cycle, who)
    adopted = Adoption.objects.filter(cycle=cycle).count()
    year = Year(cycle, covenant, adopted, cycle.phase(Phase.Kind.REGISTRATION))
    facts = _facts_of_members(cycle, covenant)
    reports = {row.enrolment.pk: row.cells for row in standing_board(cycle)}
    names, tellers = [name for name, _cell in _duties()], [cell for _name, cell in _duties()]
    names += _names_of_reports(next(iter(reports.values()), []))
    is_scored = any(row["card"] for row in facts.values())
    names += [_("Tự chấm điểm")] if is_scored else []
    rows = []
    for member in cycle.current():
        cells = [tell(year, facts[member.pk]) for tell in tellers]
        cells += [report_cell(found, member, who) for found in reports[member.pk]]
        cells += [_self_score(year, facts[member.pk])] if is_scored else []
        rows.append(Row(member, cells, names))
    duties = [
        Duty(name, [r.enrolment for r in rows if r.cells[n].is_missing])
        for n, name in enumerate(names)
    ]
    rows.sort(key=lambda row: -row.missing)
    return Board(duties, rows, covenant)


def _duties() -> list[tuple[str, Callable[[Year, Facts], Cell]]]:
    return [
        (_("Đăng ký chỉ tiêu"), _registration),
        (_("Góp ý giao ước"), _comment),
        (_("Ký giao ước"), _signature),
        (_("Tham gia phong trào"), _movements),
    ]


def _names_of_reports(cells: list[Reported]) -> list[str]:
    return [capfirst(report_named(cell.period.name)) for cell in cells]


def _newest_covenant(cycle: Cycle, who: Acting) -> Covenant | None:
    whole = seen_by(who).filter(cycle=cycle, kind=Covenant.Kind.WHOLE)
    covenant = whole.order_by("-number").first()
    if covenant is not None:
        covenant.cycle = cycle
    return covenant


def _facts_of_members(cycle: Cycle, covenant: Covenant | None) -> dict[int, Facts]:
    same = {"organization": OuterRef("organization")}
    sent = Sending.objects.filter(target_set__enrolment=OuterRef("pk"), takes_back=False)
    version = covenant.version_id if covenant else None
    signatures = Signature.objects.filter(version=version, **same)
    joined = Participation.objects.filter(adoption__cycle=cycle, **same).order_by()
    own = Sheet.objects.filter(
        card__enrolment=OuterRef("pk"),
        card__table__state=ScoringTable.State.ADOPTED,
        layer__kind=Layer.Kind.SELF,
    )
    facts = cycle.enrolments.filter(left_on=None).annotate(
        set_pk=F("target_set__pk"),
        set_state=F("target_set__state"),
        sent_late=Subquery(sent.order_by("at", "pk").values("is_late")[:1]),
        commented=Exists(Comment.objects.filter(covenant=covenant, **same)),
        signed_at=Subquery(signatures.values("signed_at")[:1]),
        signed_late=Subquery(signatures.values("is_late")[:1]),
        declined=Exists(Decline.objects.filter(version=version, **same)),
        joined=Subquery(joined.values("organization").annotate(n=Count("pk")).values("n")),
        card=Subquery(own.values("card")[:1]),
        self_state=Subquery(own.values("state")[:1]),
        self_late=Subquery(own.values("is_late")[:1]),
        self_begun=Exists(Mark.objects.filter(sheet__in=own.values("pk"), fact="")),
    )
    names = ["set_pk", "set_state", "sent_late", "commented", "signed_at", "signed_late"]
    names += ["declined", "joined", "card", "self_state", "self_late", "self_begun"]
    return {row["pk"]: row for row in facts.values("pk", *names)}


def _registration(year: Year, facts: Facts) -> Cell:
    if facts["set_pk"] is None:
        url = reverse("targets:of_cycle", args=[year.cycle.pk])
        if year.registration and year.registration.standing() == Phase.Standing.UPCOMING:
            return Cell(_("chưa tới hạn mở"), "quiet", url)
        return _owed(year, _("chưa bắt đầu"), url)
    url = reverse("targets:show", args=[facts["set_pk"]])
    if facts["set_state"] == TargetSet.State.DRAFT:
        return _owed(year, _("đang soạn"), url)
    if facts["set_state"] == TargetSet.State.RETURNED:
        return Cell(_("cần xem lại"), "open", url, is_missing=True)
    note = _("gửi muộn") if facts["sent_late"] else ""
    if facts["set_state"] == TargetSet.State.SENT:
        return Cell(_("đã gửi"), "wait", url, note or _("chờ trả lời"))
    return Cell(_("đã khóa"), "done", url, note)


def _owed(year: Year, word: str, url: str) -> Cell:
    """Return a registration not sent yet: late once its day is over."""
    standing = year.registration.standing() if year.registration else Phase.Standing.OPEN
    if standing in (Phase.Standing.LATE, Phase.Standing.CLOSED):
        return Cell(word, "late", url, _("quá hạn"), is_missing=True)
    return Cell(word, "wait", url, is_missing=True)


def _comment(year: Year, facts: Facts) -> Cell:
    url = _covenant_url(year)
    if facts["commented"]:
        return Cell(_("đã góp ý"), "done", url)
    if year.covenant is not None and year.covenant.state == Covenant.State.CIRCULATED:
        return Cell(_("chưa góp ý"), "wait", url)
    if year.covenant is None or year.covenant.state == Covenant.State.DRAFT:
        return Cell(_("chưa lấy ý kiến"), "quiet", url)
    return Cell(_("không góp ý"), "quiet", url)


def _signature(year: Year, facts: Facts) -> Cell:
    covenant, url = year.covenant, _covenant_url(year)
    if facts["signed_at"]:
        day = timezone.localtime(facts["signed_at"])
        word = _("ký sau") if facts["signed_late"] else _("đã ký")
        return Cell(word, "signed", url, f"{day.day}/{day.month}")
    if covenant is None:
        return Cell(_("chưa có giao ước"), "quiet", url)
    if covenant.is_editable:
        return Cell(_("chưa chốt để ký"), "quiet", url)
    if facts["declined"]:
        return Cell(_("từ chối ký"), "danger", url, is_missing=True)
    if covenant.is_past_sign_by or covenant.state == Covenant.State.IN_FORCE:
        return Cell(_("chưa ký"), "late", url, _("quá hạn"), is_missing=True)
    return Cell(_("chờ ký"), "wait", url, is_missing=True)


def _movements(year: Year, facts: Facts) -> Cell:
    url = reverse("movements:of_cycle", args=[year.cycle.pk])
    if not year.adopted:
        return Cell(_("chưa có phong trào"), "quiet", url)
    joined = facts["joined"] or 0
    word = _("%(joined)d/%(adopted)d phong trào") % {"joined": joined, "adopted": year.adopted}
    if joined == 0:
        return Cell(word, "wait", url, is_missing=True)
    return Cell(word, "done" if joined == year.adopted else "open", url)


def _self_score(year: Year, facts: Facts) -> Cell:
    """Return the cell of a member's own marks; it opens the year's marking."""
    url = reverse("marking:of_cycle", args=[year.cycle.pk])
    if facts["card"] is None:
        return Cell(_("chưa có phiếu"), "quiet", url)
    if facts["self_state"] == Sheet.State.SENT:
        return Cell(_("đã gửi"), "done", url, _("gửi muộn") if facts["self_late"] else "")
    word = _("đang chấm") if facts["self_begun"] else _("chưa chấm")
    phase = year.cycle.phase(Phase.Kind.SELF_SCORING)
    standing = phase.standing() if phase else Phase.Standing.OPEN
    if standing == Phase.Standing.UPCOMING:
        return Cell(_("chưa tới hạn mở"), "quiet", url)
    if standing in (Phase.Standing.LATE, Phase.Standing.CLOSED):
        return Cell(word, "late", url, _("quá hạn"), is_missing=True)
    return Cell(word, "wait", url, is_missing=True)


def _covenant_url(year: Year) -> str:
    return reverse("covenants:show", args=[year.covenant.pk]) if year.covenant else ""
