"""Reminders before a deadline, nudges by a leader, the private address of a calendar."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

USUAL_DAYS = (7, 3, 1, 0)


def usual_days() -> list[int]:
    """Return how many days before a deadline people are reminded where nobody said otherwise."""
    return list(USUAL_DAYS)


class ReminderPlan(models.Model):
    """How many days before a deadline the people of a bloc are reminded; 0 is the day itself."""

    bloc = models.OneToOneField("organizations.Bloc", models.PROTECT, related_name="+")
    days = models.JSONField(_("nhắc trước"), default=usual_days)

    class Meta:
        verbose_name = _("lịch nhắc hạn")


class DueReminder(models.Model):
    """That a person was reminded of a thing (``thing``: what is due, whose) before its day.

    Once for each step of the plan, and never twice on one day.
    """

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    thing = models.CharField(max_length=120)
    due_on = models.DateField(_("hạn"))
    step = models.PositiveSmallIntegerField(_("trước mấy ngày"))
    day = models.DateField(_("nhắc ngày"))

    class Meta:
        verbose_name = _("lời nhắc hạn")
        indexes = [models.Index(fields=["due_on"])]
        constraints = [
            models.UniqueConstraint("user", "thing", "day", name="reminded_of_it_once_a_day"),
            models.UniqueConstraint("user", "thing", "due_on", "step", name="reminded_once_a_step"),
            models.CheckConstraint(condition=Q(day__lte=F("due_on")), name="reminded_before_due"),
        ]


class Nudge(models.Model):
    """That a leader reminded a person of what their organisation still owes: once a day."""

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    day = models.DateField(_("ngày"))
    bloc = models.ForeignKey("organizations.Bloc", models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("lời nhắc của trưởng")
        constraints = [models.UniqueConstraint("user", "day", name="nudged_once_a_day")]


class CalendarAddress(models.Model):
    """The private address at which a person's calendar can be subscribed to.

    ``name`` alone opens nothing: the address also bears a code made of it with the installation's
    secret key, so that it can be shown again and is not in any copy of the database.
    """

    user = models.OneToOneField("accounts.User", models.PROTECT, related_name="+")
    name = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField(_("tạo lúc"))

    class Meta:
        verbose_name = _("địa chỉ lịch riêng")
