"""The emulation year of a bloc: a cycle and its members."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core import clock
from thidua.core.fields import BodyField, FoldedField, LineField
from thidua.cycles import permissions as may

if TYPE_CHECKING:
    from thidua.cycles.models.phases import Phase


class Cycle(RulesModel):
    """One bloc in one year (năm thi đua của khối, cụm)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("đang chuẩn bị")
        OPEN = "open", _("đang mở")
        CLOSED = "closed", _("đã khép lại")
        ARCHIVED = "archived", _("đã lưu trữ")

    NEXT = {
        State.DRAFT: {State.OPEN},
        State.OPEN: {State.CLOSED},
        State.CLOSED: {State.OPEN, State.ARCHIVED},
        State.ARCHIVED: set(),
    }
    bloc = models.ForeignKey("organizations.Bloc", models.PROTECT, related_name="cycles")
    year = models.PositiveSmallIntegerField(_("năm"))
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.DRAFT)
    theme = LineField(_("chủ đề của khối, cụm"), max_length=500, blank=True)
    province_theme = LineField(_("chủ đề năm của tỉnh, thành phố"), max_length=500, blank=True)
    regulation = BodyField(_("quy chế"), blank=True)
    summary = BodyField(_("tóm tắt"), blank=True)
    leader_reads_from = models.DateField(_("trưởng chỉ còn đọc từ ngày"), null=True, editable=False)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    is_illustration = models.BooleanField(_("có phần minh họa"), default=False)
    source = LineField(_("nguồn"), max_length=300, blank=True)
    folded = FoldedField("theme", "province_theme")

    class Meta:
        verbose_name = _("năm thi đua")
        ordering = ["-year", "bloc__sort_key"]
        constraints = [
            models.UniqueConstraint("bloc", "year", name="one_cycle_a_year"),
            models.CheckConstraint(
                condition=Q(year__gte=1948, year__lte=2200), name="year_of_emulation"
            ),
        ]
        rules_permissions = {
            "view": may.view,
            "follow": may.follow,
            "found": may.found,
            "manage": may.manage,
            "edit": may.edit,
            "schedule": may.schedule,
            "lead": may.lead,
            "prepare": may.prepare,
            "nudge": may.nudge,
        }

    def __str__(self) -> str:
        return f"{self.bloc.title}, {_now('năm %(year)d') % {'year': self.year}}"

    @property
    def is_public(self) -> bool:
        """Drafts are the bloc's own; from the opening on the year is for all to see."""
        return self.state != self.State.DRAFT

    @property
    def is_running(self) -> bool:
        """In preparation or open: what stands in it may still change."""
        return self.state in (self.State.DRAFT, self.State.OPEN)

    @property
    def is_over(self) -> bool:
        """Closed or archived: nothing in it changes any more."""
        return self.state in (self.State.CLOSED, self.State.ARCHIVED)

    @property
    def is_handed_over(self) -> bool:
        """Whether the day has come from which the leader, having handed over, only reads."""
        return self.leader_reads_from is not None and clock.today() >= self.leader_reads_from

    @property
    def last_day(self) -> date:
        """The day whose names the year bears: 31 December, or today while the year runs."""
        return min(date(self.year, 12, 31), max(clock.today(), date(self.year, 1, 1)))

    def current(self) -> list["Enrolment"]:
        """Return the enrolments whose duties run, leaders first (prefetch ``enrolments``)."""
        return [e for e in self.enrolments.all() if e.left_on is None]

    def in_role(self, role: str) -> list["Enrolment"]:
        """Return the current enrolments in ``role``."""
        return [e for e in self.current() if e.role == role]

    def enrolment_of(self, organization_id: int | None) -> "Enrolment | None":
        """Return the current enrolment of an organisation, or None."""
        return next((e for e in self.current() if e.organization_id == organization_id), None)

    def reviewers_of(self, enrolment: "Enrolment") -> list["Enrolment"]:
        """Return who answers this member's targets: nobody judges their own case (design 4.9).

        A member's are the leader's to answer, the leader's the deputy's, with no deputy those of
        the member that the meeting named. Nobody at all means the managing body's board.
        """
        leaders = [] if self.is_handed_over else self.in_role(Enrolment.Role.LEADER)
        if enrolment.role != Enrolment.Role.LEADER:
            return leaders
        others = self.in_role(Enrolment.Role.DEPUTY) or [
            e for e in self.current() if e.reviews_leader
        ]
        return [e for e in others if e.pk != enrolment.pk]

    def phase(self, kind: str) -> "Phase | None":
        """Return the phase of ``kind``, or None where this year leaves it out."""
        return next((p for p in self.phases.all() if p.kind == kind), None)


class Enrolment(models.Model):
    """That an organisation takes part in a cycle, in a role, from a day; and that it left."""

    class Role(models.TextChoices):
        LEADER = "leader", _("trưởng")
        DEPUTY = "deputy", _("phó")
        MEMBER = "member", _("thành viên")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="enrolments")
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="enrolments"
    )
    role = models.CharField(_("vai trò"), max_length=10, choices=Role, default=Role.MEMBER)
    place = models.PositiveSmallIntegerField(_("thứ tự"))
    reviews_leader = models.BooleanField(_("được hội nghị cử xem xét đơn vị trưởng"), default=False)
    joined_on = models.DateField(_("tham gia từ ngày"))
    join_basis = LineField(_("căn cứ tham gia"), max_length=300, blank=True)
    left_on = models.DateField(_("rời ngày"), null=True, blank=True)
    leave_basis = LineField(_("căn cứ rời"), max_length=300, blank=True)
    leave_reason = LineField(_("lý do rời"), max_length=500, blank=True)
    # Who bore this part before, oldest first: {"id", "name", "until" (ISO day)}. `Carrying` rows
    # say by which act; kept here too so that no page asks for them row by row.
    borne_before = models.JSONField(_("tiền thân"), default=list, editable=False)

    class Meta:
        verbose_name = _("đơn vị tham gia")
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint("cycle", "organization", name="enrolled_once"),
            models.UniqueConstraint(
                fields=["cycle"], condition=Q(reviews_leader=True), name="one_named_reviewer"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | (Q(left_on__gte=F("joined_on")) & ~Q(leave_reason="")),
                name="leaving_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization)

    @property
    def role_label(self) -> str:
        """Khối trưởng, cụm phó, thành viên: the noun follows the bloc's kind."""
        if self.role == self.Role.LEADER:
            return self.cycle.bloc.leader_noun
        if self.role == self.Role.DEPUTY:
            return self.cycle.bloc.deputy_noun
        return str(self.get_role_display())

    @property
    def name(self) -> str:
        """The name the organisation bore in that year (prefetch ``organization__names``)."""
        return self.organization.name_on(self.cycle.last_day)

    @property
    def former_names(self) -> list[str]:
        """The names of the units that bore this part before (tiền thân), oldest first."""
        return [str(before["name"]) for before in self.borne_before]

    @property
    def bearer_ids(self) -> set[int]:
        """Who bears this part or bore it: a signature of any of them is the member's."""
        return {self.organization_id, *(int(before["id"]) for before in self.borne_before)}

    @property
    def joined_as_id(self) -> int:
        """The organisation that joined, whoever bears the part now."""
        return int(self.borne_before[0]["id"]) if self.borne_before else self.organization_id
