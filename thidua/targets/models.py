"""What each member promises for the year: targets with numbers, and registered honours."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rules.contrib.models import RulesModel

from thidua.core.fields import LineField
from thidua.core.numbers import format_number
from thidua.lawbook.honours import BY_CODE, Honour, Subject
from thidua.targets import permissions as may


class Direction(models.TextChoices):
    """Which way is good."""

    MORE = "more", _("càng nhiều càng tốt")
    LESS = "less", _("càng ít càng tốt")
    EXACTLY = "exactly", _("đúng bằng")
    YES_NO = "yes_no", _("có hoặc không")


class Measured(models.Model):
    """What a target says: the measure, its unit, the number, the direction, the due day."""

    name = LineField(_("chỉ tiêu"), max_length=400)
    unit = LineField(_("đơn vị tính"), max_length=60, blank=True)
    number = models.DecimalField(_("con số"), max_digits=19, decimal_places=4, null=True)
    direction = models.CharField(
        _("chiều"), max_length=8, choices=Direction, default=Direction.MORE
    )
    due_on = models.DateField(_("hạn hoàn thành"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def promise(self) -> str:
        """The number in words a person would say: "ít nhất 1.234 hội viên"."""
        if self.direction == Direction.YES_NO:
            return _now("có thực hiện")
        told = f"{format_number(self.number)} {self.unit}".strip()
        if self.direction == Direction.LESS:
            return _now("không quá %(number)s") % {"number": told}
        if self.direction == Direction.EXACTLY:
            return _now("đúng %(number)s") % {"number": told}
        return _now("ít nhất %(number)s") % {"number": told}

    @property
    def recorded_promise(self) -> str:
        """The promise as the trail keeps it: in Vietnamese, whatever language the actor reads."""
        with override("vi"):
            return self.promise


class CommonTarget(Measured):
    """A target of the whole bloc; members take their part in it with targets of their own."""

    cycle = models.ForeignKey("cycles.Cycle", models.PROTECT, related_name="common_targets")
    is_illustration = models.BooleanField(_("minh họa"), default=False)

    class Meta:
        verbose_name = _("chỉ tiêu chung")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class TargetSet(RulesModel):
    """All that one member registers for one year. Locked with a digest once both sides agree."""

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        SENT = "sent", _("đã gửi, chờ trả lời")
        RETURNED = "returned", _("cần đơn vị xem lại")
        LOCKED = "locked", _("đã thống nhất, đã khóa")

    NEXT = {
        State.DRAFT: {State.SENT},
        State.SENT: {State.DRAFT, State.RETURNED, State.LOCKED},
        State.RETURNED: {State.SENT, State.LOCKED},
        State.LOCKED: set(),
    }
    enrolment = models.OneToOneField("cycles.Enrolment", models.PROTECT, related_name="target_set")
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.DRAFT)
    digest = models.CharField(_("mã băm SHA-256"), max_length=64, blank=True)
    locked_at = models.DateTimeField(_("khóa lúc"), null=True, blank=True)
    is_illustration = models.BooleanField(_("minh họa"), default=False)

    class Meta:
        verbose_name = _("bản đăng ký thi đua")
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(state="locked") & ~models.Q(digest=""))
                | (~models.Q(state="locked") & models.Q(digest="", locked_at=None)),
                name="locked_with_a_digest",
            ),
        ]
        rules_permissions = {
            "view": may.view,
            "prepare": may.prepare,
            "send": may.send,
            "answer": may.answer,
        }

    def __str__(self) -> str:
        return _now("Bản đăng ký thi đua của %(unit)s") % {"unit": self.enrolment.organization}

    @property
    def is_editable(self) -> bool:
        """Whether the member may change what stands in it."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    @property
    def is_answered(self) -> bool:
        """Whether the reviewer has answered any target since the set was last sent."""
        sent = next((s for s in self.sendings.all() if not s.takes_back), None)
        return sent is not None and any(
            answer.at >= sent.at for t in self.targets.all() for answer in t.answers.all()
        )

    def content(self) -> dict[str, Any]:
        """Return what the digest is made of: targets and honours in their order."""
        return {
            "organization": self.enrolment.joined_as_id,
            "year": self.enrolment.cycle.year,
            "targets": [target.content() for target in self.targets.all()],
            "honours": [honour.content() for honour in self.registrations.all()],
        }


class Target(Measured):
    """One target of one member. Answers count for the revision that they answered."""

    class Standing(models.TextChoices):
        WAITING = "waiting", _("chờ trả lời")
        AGREED = "agreed", _("đã thống nhất")
        PROPOSED = "proposed", _("được đề nghị sửa")

    target_set = models.ForeignKey(TargetSet, models.PROTECT, related_name="targets")
    place = models.PositiveSmallIntegerField()
    baseline = models.DecimalField(
        _("năm trước"), max_digits=19, decimal_places=4, null=True, blank=True
    )
    adoption = models.ForeignKey(
        "movements.Adoption",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("thuộc phong trào"),
    )
    common = models.ForeignKey(
        CommonTarget,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("góp vào chỉ tiêu chung"),
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("chỉ tiêu")
        ordering = ["place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(direction="yes_no") | models.Q(number__isnull=False),
                name="target_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def last_answer(self) -> "Answer | None":
        """Return the newest answer to this revision (prefetch ``answers``)."""
        return next((a for a in self.answers.all() if a.revision == self.revision), None)

    @property
    def standing(self) -> str:
        """Whether both sides agree on this target as it stands."""
        answer = self.last_answer()
        if answer is None:
            return self.Standing.WAITING
        proposed = answer.kind == Answer.Kind.PROPOSE
        return self.Standing.PROPOSED if proposed else self.Standing.AGREED

    def get_standing_display(self) -> str:
        """Return the standing in words."""
        return str(self.Standing(self.standing).label)

    def content(self) -> dict[str, Any]:
        """Return what the set's digest is made of."""
        return {
            "name": self.name,
            "unit": self.unit,
            "number": format_number(self.number),
            "baseline": format_number(self.baseline),
            "direction": self.direction,
            "due": self.due_on.isoformat() if self.due_on else "",
            "movement": self.adoption.movement.name if self.adoption else "",
        }


class Answer(models.Model):
    """What the reviewer says to one target, or that the member accepts it. Never edited."""

    class Kind(models.TextChoices):
        AGREE = "agree", _("đồng ý")
        PROPOSE = "propose", _("đề nghị sửa")
        ACCEPT = "accept", _("nhận con số được đề nghị")

    target = models.ForeignKey(Target, models.CASCADE, related_name="answers")
    revision = models.PositiveIntegerField()
    kind = models.CharField(_("trả lời"), max_length=8, choices=Kind)
    number = models.DecimalField(
        _("con số đề nghị"), max_digits=19, decimal_places=4, null=True, blank=True
    )
    reason = LineField(_("lý do"), max_length=500, blank=True)
    organization_name = LineField(max_length=300)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("trả lời")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="propose") | ~models.Q(reason=""),
                name="proposal_has_a_reason",
            ),
        ]


class Sending(models.Model):
    """That a set was sent, or taken back before anybody acted on it. Never edited."""

    target_set = models.ForeignKey(TargetSet, models.PROTECT, related_name="sendings")
    takes_back = models.BooleanField(default=False)
    is_late = models.BooleanField(_("gửi muộn"), default=False)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("lần gửi")
        ordering = ["-at", "-pk"]


class Registration(models.Model):
    """A title or form registered for the unit, a small collective or a person."""

    SUBJECTS = [
        (Subject.UNIT.value, _("cả đơn vị")),
        (Subject.COLLECTIVE.value, _("tập thể nhỏ")),
        (Subject.PERSON.value, _("cá nhân")),
    ]
    target_set = models.ForeignKey(TargetSet, models.PROTECT, related_name="registrations")
    subject = models.CharField(_("đăng ký cho"), max_length=10, choices=SUBJECTS)
    subject_name = LineField(_("tên tập thể, cá nhân"), max_length=300, blank=True)
    honour = models.CharField(_("danh hiệu, hình thức"), max_length=20)
    note = LineField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("đăng ký danh hiệu")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "target_set", "subject", "subject_name", "honour", name="registered_once"
            ),
        ]

    @property
    def law(self) -> Honour:
        """The honour as the lawbook knows it."""
        return BY_CODE[self.honour]

    @property
    def honour_name(self) -> str:
        """The honour's name as the law writes it."""
        return self.law.name

    def content(self) -> dict[str, str]:
        """Return what the set's digest is made of."""
        return {"subject": self.subject, "name": self.subject_name, "honour": self.honour}
