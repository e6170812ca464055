"""Users, their ways in, and their appointments: for whom a person may act, in which role, when."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.timezone import localtime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rules.contrib.models import RulesModel, RulesModelBase, RulesModelMixin

from thidua.accounts import permissions as may
from thidua.core.fields import BodyField, LineField


class User(RulesModelMixin, AbstractBaseUser, metaclass=RulesModelBase):
    """An account. It carries no rights: those come from appointments alone."""

    username = models.CharField(
        _("tên đăng nhập"),
        max_length=150,
        unique=True,
        error_messages={"unique": _("Tên đăng nhập này đã có người dùng.")},
    )
    email = models.EmailField(_("thư điện tử"), blank=True)
    person = models.ForeignKey("organizations.Person", models.PROTECT, related_name="+")
    is_active = models.BooleanField(_("đang dùng"), default=True)
    date_joined = models.DateTimeField(_("mở ngày"), auto_now_add=True)
    # Part of what each session must match: one more, and all that were signed in are out.
    sign_outs = models.PositiveIntegerField(_("số lần đăng xuất khỏi mọi nơi"), default=0)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: UserManager[Any] = UserManager()

    class Meta:
        verbose_name = _("tài khoản")
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="email_opens_one_account"
            ),
        ]
        rules_permissions = {"set_password": may.set_password, "list": may.list_accounts}

    def __str__(self) -> str:
        return self.person.full_name

    @property
    def name(self) -> str:
        """The person's full name."""
        return self.person.full_name

    def get_full_name(self) -> str:
        """Return the person's full name."""
        return self.name

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """Return what a session must match, of the password and of ``sign_outs``.

        With none yet it is what the framework makes of the password alone, so that sessions from
        before the column live on.
        """
        if not self.sign_outs:
            return super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        salt, value = "thidua.accounts.session", f"{self.sign_outs}:{self.password}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()


class Invitation(models.Model):
    """A way in for one person: a one-time code, by mail or on a slip, kept as its digest alone.

    ``seed`` is there for one sent by mail: with the installation's secret key it makes the code
    again when the mail goes out (`codes.code_of`), so that no code waits in the database.
    """

    class Way(models.TextChoices):
        MAIL = "mail", _("thư mời")
        SLIP = "slip", _("phiếu mời")

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    way = models.CharField(_("cách mời"), max_length=4, choices=Way)
    seed = models.CharField(max_length=32, blank=True)
    digest = models.CharField(_("mã băm của mã mời"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("mời lúc"))
    expires_at = models.DateTimeField(_("dùng được tới"))
    used_at = models.DateTimeField(_("dùng lúc"), null=True, blank=True)
    ended_at = models.DateTimeField(_("bỏ lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lời mời")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at=None, ended_at=None),
                name="one_open_invitation_an_account",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(ended_at=None), name="invitation_used_or_ended"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="invitation_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.name}, {self.get_way_display()}"

    @property
    def is_open(self) -> bool:
        """Whether it is neither used nor replaced; it may have expired."""
        return self.used_at is None and self.ended_at is None

    @property
    def last_day(self) -> date:
        """The last day on which it lets its person in."""
        return localtime(self.expires_at - timedelta(seconds=1)).date()

    def is_living(self, moment: datetime) -> bool:
        """Say whether it lets its person in at ``moment``."""
        return self.is_open and moment < self.expires_at


class Appointment(RulesModel):
    """One person's right to act for one organisation in one role, with its days.

    A secretary's appointment names the bloc and the year. A stand-in (người ký thay) names
    whose place they take and how; TUQ. needs the authorisation's number, scope and days.
    """

    class Role(models.TextChoices):
        OFFICER = "officer", _("cán bộ thi đua")
        HEAD = "head", _("lãnh đạo")
        STAND_IN = "stand_in", _("người ký thay")
        SECRETARY = "secretary", _("thư ký")
        BOARD = "board", _("ban, phòng thi đua - khen thưởng")
        OPERATOR = "operator", _("quản trị hệ thống")

    class Manner(models.TextChoices):
        SELF = "", _("trực tiếp")
        ACTING = "Q.", _("quyền (Q.)")
        FOR = "KT.", _("ký thay (KT.)")
        BY_ORDER = "TL.", _("thừa lệnh (TL.)")
        AUTHORIZED = "TUQ.", _("thừa ủy quyền (TUQ.)")

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="appointments"
    )
    role = models.CharField(_("vai trò"), max_length=10, choices=Role)
    bloc = models.ForeignKey(
        "organizations.Bloc", models.PROTECT, null=True, blank=True, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("năm"), null=True, blank=True)
    since = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến hết ngày"), null=True, blank=True)
    # Ended at once: not even the rest of its last day is left.
    stopped_at = models.DateTimeField(_("dừng ngay lúc"), null=True, blank=True)
    post = LineField(_("chức vụ"), max_length=200, blank=True)
    collective = LineField(_("thay mặt (TM.)"), max_length=200, blank=True)
    manner = models.CharField(
        _("cách ký"), max_length=4, choices=Manner, default=Manner.SELF, blank=True
    )
    stands_in_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="stand_ins"
    )
    authorization_number = LineField(_("số giấy ủy quyền"), max_length=60, blank=True)
    authorization_scope = BodyField(_("phạm vi ủy quyền"), blank=True)

    class Meta:
        verbose_name = _("bổ nhiệm")
        ordering = ["organization", "role", "since"]
        rules_permissions = {"end": may.end}
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="appointment_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(until__isnull=False),
                name="stopped_appointment_has_a_last_day",
            ),
            models.CheckConstraint(
                condition=~Q(role="secretary") | Q(bloc__isnull=False, year__isnull=False),
                name="secretary_of_a_bloc_year",
            ),
            models.CheckConstraint(
                condition=~Q(role="stand_in") | Q(stands_in_for__isnull=False),
                name="stand_in_for_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(manner="TUQ.")
                | (
                    Q(until__isnull=False)
                    & ~Q(authorization_number="")
                    & ~Q(authorization_scope="")
                ),
                name="authorized_by_a_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.name}, {self.get_role_display()}"

    def is_current(self, day: date) -> bool:
        """Say whether the appointment holds on ``day``, today or later."""
        if self.stopped_at is not None:
            return False
        return self.since <= day and (self.until is None or day <= self.until)

    def holds(self, day: date) -> bool:
        """Say whether one may act under it on ``day``: a stand-in only while the principal may."""
        principal = self.stands_in_for
        return self.is_current(day) and (principal is None or principal.is_current(day))

    @property
    def capacity(self) -> list[str]:
        """The lines above a signature, e.g. TM. BAN THƯỜNG TRỰC / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH."""
        lines = [f"TM. {self.collective.upper()}"] if self.collective else []
        principal = self.stands_in_for.post if self.stands_in_for else ""
        if self.manner == self.Manner.ACTING:
            return [*lines, f"Q. {self.post.upper()}"]
        if self.manner and principal:
            lines.append(f"{self.manner} {principal.upper()}")
        with override("vi"):  # as the paper has it, whatever the reader's language
            return [*lines, self.post.upper() or _now("LÃNH ĐẠO ĐƠN VỊ")]
