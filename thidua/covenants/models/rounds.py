"""The signing round: turns, refusals, extensions, who signs in whose place, the declaration."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua.core.fields import BodyField, LineField


class Unfreezing(models.Model):
    """That a frozen text was opened again before anybody signed, and why."""

    covenant = models.ForeignKey("covenants.Covenant", models.PROTECT, related_name="unfreezings")
    version = models.ForeignKey("documents.Version", models.PROTECT, related_name="+")
    reason = LineField(_("lý do"), max_length=500)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("việc mở lại bản chốt")


class Decline(models.Model):
    """That a member declined to sign, and why. It may sign afterwards; both acts stay."""

    covenant = models.ForeignKey("covenants.Covenant", models.PROTECT, related_name="declines")
    version = models.ForeignKey("documents.Version", models.PROTECT, related_name="+")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    reason = BodyField(_("lý do"))
    speaker = LineField(_("người nói, khi không có tài khoản"), max_length=200, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("việc từ chối ký")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint("version", "organization", name="declined_once"),
        ]


class Reminder(models.Model):
    """That a member was reminded to sign; at most once a day."""

    covenant = models.ForeignKey("covenants.Covenant", models.PROTECT, related_name="reminders")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        verbose_name = _("lời nhắc ký")
        constraints = [
            models.UniqueConstraint("covenant", "organization", "day", name="reminded_once_a_day"),
        ]


class DeclineAnswer(models.Model):
    """What the leader answered to a member that declined. The refusal and this both stay."""

    decline = models.OneToOneField(Decline, models.PROTECT, related_name="answer")
    body = BodyField(_("trả lời"))
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("trả lời việc từ chối ký")


class Turn(models.Model):
    """A member's place in a round signed in order. ``told_at``: when it was told to sign."""

    version = models.ForeignKey("documents.Version", models.PROTECT, related_name="+")
    covenant = models.ForeignKey("covenants.Covenant", models.PROTECT, related_name="turns")
    enrolment = models.ForeignKey("cycles.Enrolment", models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(_("thứ tự"))
    told_at = models.DateTimeField(_("báo đến lượt lúc"), null=True)

    class Meta:
        verbose_name = _("lượt ký")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint("version", "enrolment", name="one_turn_a_member"),
            models.UniqueConstraint("version", "place", name="one_member_a_turn"),
        ]


class PassedTurn(models.Model):
    """That the leader let a turn pass on, and why. The member may sign whenever it is ready."""

    turn = models.OneToOneField(Turn, models.PROTECT, related_name="passed")
    reason = LineField(_("lý do"), max_length=500)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("lượt ký chuyển tiếp")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="turn_passed_for_a_reason")
        ]


class Extension(models.Model):
    """That the leader gave the round a later last day, and why."""

    covenant = models.ForeignKey("covenants.Covenant", models.PROTECT, related_name="extensions")
    version = models.ForeignKey("documents.Version", models.PROTECT, related_name="+")
    was = models.DateField(_("hạn cũ"))
    until = models.DateField(_("hạn mới"))
    reason = LineField(_("lý do"), max_length=500)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("gia hạn ký")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("was")), name="extended_to_later"),
            models.CheckConstraint(condition=~Q(reason=""), name="extended_for_a_reason"),
        ]


class Expiry(models.Model):
    """That the members were told that the round's last day was over."""

    covenant = models.ForeignKey("covenants.Covenant", models.PROTECT, related_name="expiries")
    version = models.ForeignKey("documents.Version", models.PROTECT, related_name="+")
    sign_by = models.DateField(_("hạn ký"))
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("việc hết hạn ký")
        constraints = [
            models.UniqueConstraint("version", "sign_by", name="expiry_told_once"),
        ]


class Substitute(models.Model):
    """Whom a head named to sign in their place in this round; ends with the round.

    ``is_own`` where the appointment was made for this round alone and ends with it.
    """

    covenant = models.ForeignKey("covenants.Covenant", models.PROTECT, related_name="substitutes")
    version = models.ForeignKey("documents.Version", models.PROTECT, related_name="+")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    appointment = models.ForeignKey("accounts.Appointment", models.PROTECT, related_name="+")
    is_own = models.BooleanField(_("chỉ cho vòng ký này"), default=False)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(_("thôi lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("người ký thay trong vòng ký")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organization"],
                condition=Q(ended_at=None),
                name="one_substitute_a_member",
            ),
        ]


class Declaration(models.Model):
    """The leader's declaration that the covenant is in force though some have not signed."""

    covenant = models.OneToOneField(
        "covenants.Covenant", models.PROTECT, related_name="declaration"
    )
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("tuyên bố hiệu lực")


class Missing(models.Model):
    """One member that had not signed when the covenant was declared in force, and why."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="missing")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    organization_name = LineField(max_length=300)
    reason = LineField(_("lý do"), max_length=500)

    class Meta:
        verbose_name = _("đơn vị chưa ký")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("declaration", "organization", name="missing_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="missing_has_a_reason"),
        ]
