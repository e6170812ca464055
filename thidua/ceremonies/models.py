"""Ceremonies: the hour in which a hall watches a covenant being signed.

A ceremony keeps no signature. What counts are the rows of `documents.Signature`, whoever watches;
here stands who opened the screen, when it began and ended, and where it is shown.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.ceremonies import permissions as may


class Ceremony(RulesModel):
    """One ceremony (lễ ký) over one frozen version of a covenant, or its rehearsal (diễn tập).

    ``address`` is 128 random bits: whoever has it sees the screen. ``called`` is the member whom
    the host asks to sign now; ``is_dark`` that the host has darkened the screen. Neither is an
    act: nothing depends on them, and they are not recorded.
    """

    class State(models.TextChoices):
        OPENED = "opened", _("đang chuẩn bị")
        BEGUN = "begun", _("đang diễn ra")
        CLOSED = "closed", _("đã kết thúc")

    NEXT = {
        State.OPENED: {State.BEGUN, State.CLOSED},
        State.BEGUN: {State.CLOSED, State.OPENED},  # back again: only a rehearsal
        State.CLOSED: set(),
    }
    covenant = models.ForeignKey("covenants.Covenant", models.PROTECT, related_name="+")
    version = models.ForeignKey("documents.Version", models.PROTECT, related_name="+")
    state = models.CharField(_("trạng thái"), max_length=6, choices=State, default=State.OPENED)
    is_rehearsal = models.BooleanField(_("diễn tập"), default=False)
    address = models.CharField(_("địa chỉ màn hình"), max_length=32, unique=True)
    host = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    host_for = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(_("mở lúc"))
    begun_at = models.DateTimeField(_("bắt đầu lúc"), null=True)
    closed_at = models.DateTimeField(_("kết thúc lúc"), null=True)
    called = models.ForeignKey("cycles.Enrolment", models.PROTECT, null=True, related_name="+")
    is_dark = models.BooleanField(_("tắt màn hình"), default=False)

    class Meta:
        verbose_name = _("lễ ký")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["covenant"], condition=~Q(state="closed"), name="one_ceremony_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="begun") | Q(begun_at__isnull=False), name="begun_at_a_moment"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                name="closed_at_a_moment",
            ),
            models.CheckConstraint(condition=~Q(address=""), name="a_screen_has_an_address"),
        ]
        rules_permissions = {"view": may.view, "host": may.hosts}

    def __str__(self) -> str:
        if self.is_rehearsal:
            return _now("Diễn tập lễ ký %(covenant)s") % {"covenant": self.covenant.title}
        return _now("Lễ ký %(covenant)s") % {"covenant": self.covenant.title}

    @property
    def is_over(self) -> bool:
        """Whether the host has closed it: the screen then stays as it is."""
        return self.state == self.State.CLOSED


class Trial(models.Model):
    """That a member's card was lit in a rehearsal: no signature, and a reset takes it away."""

    ceremony = models.ForeignKey(Ceremony, models.PROTECT, related_name="trials")
    enrolment = models.ForeignKey("cycles.Enrolment", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("lượt ký thử")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("ceremony", "enrolment", name="lit_once_in_a_rehearsal"),
        ]


class Picture(models.Model):
    """The drawing of the screen as it stood when the ceremony was closed: drawn, no photograph."""

    ceremony = models.OneToOneField(Ceremony, models.PROTECT, related_name="picture")
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("vẽ lúc"))

    class Meta:
        verbose_name = _("hình lễ ký")
