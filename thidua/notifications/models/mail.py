"""Mail that leaves the house: an outbox, how each person wants it, and a server in trouble."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.digest import digest_text
from thidua.core.fields import BodyField, LineField
from thidua.notifications import permissions as may


class MailChoice(models.Model):
    """How a person wants their notices by mail. Who has chosen nothing gets each at once."""

    class Manner(models.TextChoices):
        AT_ONCE = "at_once", _("gửi ngay từng thông báo")
        DAILY = "daily", _("gộp lại, mỗi sáng một thư")
        NONE = "none", _("không gửi thư, chỉ xem trong chương trình")

    user = models.OneToOneField("accounts.User", models.PROTECT, related_name="mail_choice")
    manner = models.CharField(
        _("cách nhận thư"), max_length=10, choices=Manner, default=Manner.AT_ONCE
    )
    language = models.CharField(_("thư viết bằng tiếng"), max_length=5, default="vi")
    since = models.DateTimeField(_("chọn lúc"))

    class Meta:
        verbose_name = _("cách nhận thư")
        constraints = [
            models.CheckConstraint(
                condition=Q(manner__in=["at_once", "daily", "none"]), name="known_manner_of_mail"
            ),
        ]


class Trouble(models.TextChoices):
    """Why a mail did not arrive, in words that an operator understands."""

    CONNECTION = "connection", _("Không kết nối được với máy chủ thư.")
    SLOW = "slow", _("Máy chủ thư trả lời quá chậm.")
    BROKEN = "broken", _("Máy chủ thư ngắt giữa chừng.")
    LOGIN = "login", _("Máy chủ thư không nhận tên đăng nhập hoặc mật khẩu đã đặt.")
    SENDER = "sender", _("Máy chủ thư không cho gửi từ địa chỉ của nơi này.")
    LATER = "later", _("Máy chủ thư bảo gửi lại sau.")
    ADDRESS = "address", _("Máy chủ thư nói không có địa chỉ này, hoặc hộp thư không nhận.")
    CONTENT = "content", _("Máy chủ thư không nhận nội dung thư này.")
    UNWRITABLE = "unwritable", _("Địa chỉ viết sai nên không gửi được.")
    REFUSED = "refused", _("Máy chủ thư không nhận thư này.")
    UNANSWERED = "unanswered", _("Đã trao thư nhưng máy chủ chưa kịp xác nhận.")
    STOPPED = "stopped", _("Chương trình bị dừng đúng lúc đang trao thư.")
    GIVEN_UP = "given_up", _("Đã thử nhiều ngày mà máy chủ thư không nhận.")
    GONE = "gone", _("Tài khoản đã ngừng dùng, hết quyền hoặc không còn địa chỉ thư.")
    DROPPED = "dropped", _("Người quản trị đã bỏ thư này.")


class Mail(RulesModel):
    """One mail to one address. ``key`` is unique for a person and an event: none is doubled.

    It carries notices (``notices``), or a text of its own, which is emptied once it was sent. A
    row is taken by a worker (``turn``), is handing in the moment its content goes to the server,
    and whoever dies in that moment leaves it unsure: nobody repeats it but an operator.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("chờ gửi")
        TAKEN = "taken", _("đang chuẩn bị")
        HANDING = "handing", _("đang trao cho máy chủ")
        SENT = "sent", _("đã gửi")
        FAILED = "failed", _("không gửi được")
        UNSURE = "unsure", _("không chắc đã tới")
        DROPPED = "dropped", _("đã bỏ")

    NEXT = {
        State.QUEUED: {State.TAKEN, State.FAILED, State.DROPPED},
        State.TAKEN: {State.QUEUED, State.HANDING, State.FAILED, State.DROPPED},
        State.HANDING: {State.SENT, State.QUEUED, State.FAILED, State.UNSURE},
        State.UNSURE: {State.SENT, State.QUEUED, State.DROPPED},
        State.FAILED: {State.QUEUED, State.DROPPED},
        State.SENT: set(),
        State.DROPPED: set(),
    }
    key = models.CharField(max_length=120, unique=True)
    user = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    address = models.EmailField(_("gửi tới"))
    subject = LineField(_("tiêu đề"), max_length=300, blank=True)
    text = BodyField(_("nội dung"), blank=True)
    html = models.TextField(blank=True)
    state = models.CharField(_("trạng thái"), max_length=8, choices=State, default=State.QUEUED)
    queued_at = models.DateTimeField(_("viết lúc"))
    next_at = models.DateTimeField(_("gửi từ lúc"))
    tries = models.PositiveIntegerField(_("số lần thử"), default=0)
    turn = models.CharField(max_length=32, blank=True)
    since = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    trouble = models.CharField(_("lý do"), max_length=12, choices=Trouble, blank=True)
    answer = LineField(_("lời máy chủ"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("thư")
        ordering = ["-queued_at", "-pk"]
        rules_permissions = {"run": may.run_mail}
        indexes = [models.Index(fields=["state", "next_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["sent", "failed", "dropped"], ended_at__isnull=False)
                | Q(state__in=["queued", "taken", "handing", "unsure"], ended_at=None),
                name="mail_ended_with_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sent", "failed", "dropped"])
                | (~Q(turn="") & Q(since__isnull=False)),
                name="mail_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["failed", "unsure"]) | ~Q(trouble=""),
                name="mail_failed_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(address=""), name="mail_to_an_address"),
        ]

    def __str__(self) -> str:
        return self.user.name if self.user else self.address

    @property
    def message_id(self) -> str:
        """The name that the mail keeps however often it is handed over."""
        mark = digest_text(f"{self.pk}:{self.key}")[:40]
        return f"<{mark}@{settings.PUBLIC_HOST}>"


class Outage(models.Model):
    """That the mail server is in trouble now, since when, and when it is asked again."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    since = models.DateTimeField(_("từ lúc"))
    next_at = models.DateTimeField(_("thử lại lúc"))
    tries = models.PositiveIntegerField(_("số lần thử"), default=1)
    trouble = models.CharField(_("lý do"), max_length=12, choices=Trouble)
    answer = LineField(_("lời máy chủ"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("máy chủ thư trục trặc")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_outage")]
