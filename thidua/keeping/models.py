"""What is kept about keeping: restores done, and people whose names were deleted on request."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import BodyField, LineField
from thidua.keeping import permissions as may


class Restoration(models.Model):
    """That this database was restored from a backup. What was recorded after it is not in it.

    ``lost`` is how many entries of the trail the database had that the backup had not.
    """

    backup = LineField(_("bản sao lưu"), max_length=100)
    made_at = models.DateTimeField(_("sao lưu lúc"))
    restored_at = models.DateTimeField(_("phục hồi lúc"))
    by = LineField(_("người phục hồi"), max_length=200, blank=True)
    lost = models.PositiveBigIntegerField(_("số việc đã mất"), default=0)

    class Meta:
        verbose_name = _("lần phục hồi")
        ordering = ["-restored_at", "-pk"]

    def __str__(self) -> str:
        return self.backup


class Erasure(RulesModel):
    """A person's lawful request to have their name deleted; done when a second person confirms."""

    class State(models.TextChoices):
        ASKED = "asked", _("chờ người thứ hai xác nhận")
        DONE = "done", _("đã xóa")
        DROPPED = "dropped", _("đã bỏ")

    NEXT = {
        State.ASKED: {State.DONE, State.DROPPED},
        State.DONE: set(),
        State.DROPPED: set(),
    }
    person = models.ForeignKey("organizations.Person", models.PROTECT, related_name="+")
    state = models.CharField(_("trạng thái"), max_length=8, choices=State, default=State.ASKED)
    reason = BodyField(_("lý do"))
    basis = LineField(_("căn cứ"), max_length=400)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("đề nghị lúc"))
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("xong lúc"), null=True)

    class Meta:
        verbose_name = _("yêu cầu xóa tên")
        ordering = ["-asked_at", "-pk"]
        rules_permissions = {
            "view": may.view_erasure,
            "confirm": may.confirm_erasure,
            "drop": may.drop_erasure,
        }
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=["asked", "done"]),
                name="one_erasure_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", ended_at=None)
                | Q(state__in=["done", "dropped"], ended_at__isnull=False),
                name="erasure_ended_with_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(ended_by=None) | ~Q(ended_by=F("asked_by")),
                name="erasure_by_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(basis=""), name="erasure_with_reason_and_basis"
            ),
        ]

    def __str__(self) -> str:
        return _now("yêu cầu xóa tên số %(number)s") % {"number": self.pk}
