"""The covenant itself: a bloc's promise for one year and its addenda, clauses, comments."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core import clock
from thidua.core.fields import BodyField, LineField
from thidua.covenants import permissions as may


class Covenant(RulesModel):
    """One version of a bloc's covenant for a year, or an addendum to one (phụ lục giao ước).

    An addendum is drafted, frozen and signed as a covenant is; ``amends`` names the version that it
    changes, and both hold side by side. Numbers are counted for each kind.
    """

    class Kind(models.TextChoices):
        WHOLE = "whole", _("giao ước")
        ADDENDUM = "addendum", _("phụ lục giao ước")

    class State(models.TextChoices):
        DRAFT = "draft", _("dự thảo")
        CIRCULATED = "circulated", _("đang lấy ý kiến")
        SIGNING = "signing", _("đang ký")
        IN_FORCE = "in_force", _("có hiệu lực")
        SUPERSEDED = "superseded", _("đã có bản thay thế")

    NEXT = {
        State.DRAFT: {State.CIRCULATED, State.SIGNING},
        State.CIRCULATED: {State.DRAFT, State.SIGNING},
        State.SIGNING: {State.DRAFT, State.IN_FORCE, State.SUPERSEDED},
        State.IN_FORCE: {State.SUPERSEDED},
        State.SUPERSEDED: set(),
    }
    cycle = models.ForeignKey("cycles.Cycle", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("bản số"), default=1)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.DRAFT)
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("loại"), max_length=8, choices=Kind, default=Kind.WHOLE)
    amends = models.ForeignKey("self", models.PROTECT, null=True, related_name="addenda")
    amend_reason = LineField(_("lý do lập bản mới"), max_length=500, blank=True)
    bases = BodyField(_("căn cứ, mỗi dòng một căn cứ"), blank=True)
    opening = BodyField(_("lời mở đầu"), blank=True)
    sign_by = models.DateField(_("hạn ký"), null=True, blank=True)
    is_in_turn = models.BooleanField(_("ký theo thứ tự"), default=False)
    version = models.ForeignKey("documents.Version", models.PROTECT, null=True, related_name="+")
    in_force_at = models.DateTimeField(_("có hiệu lực từ"), null=True, blank=True)
    is_illustration = models.BooleanField(_("minh họa"), default=False)

    class Meta:
        verbose_name = _("giao ước thi đua")
        ordering = ["-cycle__year", "-kind", "-number"]  # whole ones first
        constraints = [
            models.UniqueConstraint("cycle", "kind", "number", name="covenant_number_once"),
            models.UniqueConstraint(
                fields=["cycle"],
                condition=Q(state="in_force", kind="whole"),
                name="one_covenant_in_force",
            ),
            models.CheckConstraint(
                condition=Q(kind="whole", amends=None) | Q(kind="addendum", amends__isnull=False),
                name="addendum_amends_one",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "circulated"], version=None)
                | Q(state__in=["signing", "in_force", "superseded"], version__isnull=False),
                name="signed_over_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_force") | Q(in_force_at__isnull=False),
                name="in_force_since",
            ),
        ]
        rules_permissions = {
            "view": may.view,
            "follow": may.follow,
            "write": may.write,
            "draft": may.draft,
            "speak": may.speak,
            "comment": may.comment,
            "freeze": may.freeze,
            "answer": may.answer,
            "sign": may.sign,
            "declare": may.declare,
            "stand_in": may.stand_in,
            "bring": may.bring,
            "compare": may.compare,
        }

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Giao ước thi đua năm …, with the number of the version from the second on."""
        if self.is_addendum:
            facts = {"number": self.number, "year": self.cycle.year}
            return _now("Phụ lục số %(number)d của Giao ước thi đua năm %(year)d") % facts
        told = _now("Giao ước thi đua năm %(year)d") % {"year": self.cycle.year}
        if self.number > 1:
            return _now("%(title)s (bản %(number)d)") % {"title": told, "number": self.number}
        return told

    @property
    def is_addendum(self) -> bool:
        """Whether it changes another one, which goes on holding beside it."""
        return self.kind == self.Kind.ADDENDUM

    @property
    def is_editable(self) -> bool:
        """Whether its clauses may still change."""
        return self.state in (self.State.DRAFT, self.State.CIRCULATED)

    @property
    def takes_signatures(self) -> bool:
        """Whether it stands where members sign: in the round, or late once it is in force."""
        return self.state in (self.State.SIGNING, self.State.IN_FORCE)

    @property
    def is_expired(self) -> bool:
        """Whether its round is over with signatures missing: extended or declared, or it rests."""
        return self.state == self.State.SIGNING and self.is_past_sign_by

    @property
    def is_open_to_sign(self) -> bool:
        """Whether a signature is taken now (whose turn it is is asked besides)."""
        return self.takes_signatures and not self.is_expired

    @property
    def is_published(self) -> bool:
        """Whether everyone may read it: once it has come in force."""
        return self.in_force_at is not None

    @property
    def matches(self) -> bool:
        """Whether the frozen text is still what its digest says; true while nothing is frozen."""
        return self.version is None or self.version.matches

    @property
    def is_past_sign_by(self) -> bool:
        """Whether the day set for signing is over."""
        return self.sign_by is not None and clock.now() >= clock.end_of(self.sign_by)


class Clause(models.Model):
    """A numbered clause: free text, a movement of the year, or the members' targets."""

    class Kind(models.TextChoices):
        TEXT = "text", _("nội dung")
        MOVEMENTS = "movements", _("các phong trào của năm")
        TARGETS = "targets", _("chỉ tiêu các đơn vị đăng ký")

    covenant = models.ForeignKey(Covenant, models.PROTECT, related_name="clauses")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(_("loại"), max_length=10, choices=Kind, default=Kind.TEXT)
    heading = LineField(_("tiêu đề"), max_length=300)
    body = BodyField(_("lời văn"), blank=True)

    class Meta:
        verbose_name = _("điều khoản")
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["covenant", "kind"],
                condition=~Q(kind="text"),
                name="drawn_from_data_once",
            ),
        ]

    def __str__(self) -> str:
        return self.heading


class Comment(models.Model):
    """What a member says to the draft, and what the leader answers. Never edited."""

    covenant = models.ForeignKey(Covenant, models.PROTECT, related_name="comments")
    about = LineField(_("về điều khoản"), max_length=300, blank=True)
    body = BodyField(_("ý kiến"))
    speaker = LineField(_("người nói, khi không có tài khoản"), max_length=200, blank=True)
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    replies_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )
    is_taken_up = models.BooleanField(_("tiếp thu"), null=True, blank=True)

    class Meta:
        verbose_name = _("ý kiến")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(replies_to=F("pk")), name="no_reply_to_itself"),
            models.CheckConstraint(
                condition=Q(replies_to=None, is_taken_up=None)
                | Q(replies_to__isnull=False, is_taken_up__isnull=False),
                name="a_reply_decides",
            ),
        ]
