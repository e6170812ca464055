"""What the queue of django-tasks does not know: who holds a job, how it goes, which ticks ran."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import LineField
from thidua.jobs import permissions as may
from thidua.jobs.register import title_of


class Lease(RulesModel):
    """One job since it was first begun: who holds it now, how far it is, why it failed last.

    The holder raises ``beat`` while it works; whoever looks long enough and sees it stand still
    takes the job back. ``turn`` goes up at each taking, so a result is accepted only from the
    turn that still stands (docs/decisions/0010).
    """

    task = models.OneToOneField(
        "django_tasks_database.DBTaskResult", models.PROTECT, related_name="lease"
    )
    holder = models.CharField(_("máy đang làm"), max_length=100, blank=True)
    turn = models.PositiveIntegerField(_("lượt"), default=0)
    beat = models.PositiveBigIntegerField(_("nhịp"), default=0)
    failures = models.PositiveIntegerField(_("số lần không xong"), default=0)
    trouble = LineField(_("lý do không xong"), max_length=400, blank=True)
    done = models.PositiveBigIntegerField(_("đã làm"), default=0)
    of = models.PositiveBigIntegerField(_("trong số"), default=0)

    class Meta:
        verbose_name = _("việc chạy nền")
        rules_permissions = {"run": may.run}
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("of")), name="lease_done_within"),
            models.CheckConstraint(
                condition=Q(failures=0) | ~Q(trouble=""), name="lease_failed_with_a_sentence"
            ),
        ]
        indexes = [models.Index("holder", condition=~Q(holder=""), name="lease_held")]

    def __str__(self) -> str:
        return title_of(self.task.queue_name)


class Tick(models.Model):
    """One time that scheduled work came due. The key lets each be taken by one worker alone."""

    name = models.CharField(_("việc"), max_length=60)
    number = models.PositiveBigIntegerField(_("lần thứ"))
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("lần đến hẹn")
        constraints = [models.UniqueConstraint("name", "number", name="tick_once")]
