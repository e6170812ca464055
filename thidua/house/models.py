"""The one row about this installation."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import BodyField, LineField
from thidua.house import permissions as may

THE_ONE = 1


class House(RulesModel):
    """What this installation is called, who runs it, and how far its set-up has come.

    There is one row or none; `queries.house` reads it for pages, `actions` alone write it. The
    mail server is not here: its password lies in a file (`house.mail`), never in the database.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE, editable=False)
    name = LineField(_("tên hiện trên mọi trang"), max_length=120, blank=True)
    managing_body = models.ForeignKey(
        "organizations.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cơ quan quản lý"),
    )
    emblem = models.ForeignKey(
        "files.Blob",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("biểu trưng"),
    )
    contact_name = LineField(_("người hoặc bộ phận trả lời"), max_length=200, blank=True)
    contact_phone = LineField(_("điện thoại"), max_length=60, blank=True)
    contact_email = models.EmailField(_("thư điện tử"), blank=True)
    slogan = LineField(_("chủ đề, khẩu hiệu của năm"), max_length=300, blank=True)
    slogan_year = models.PositiveSmallIntegerField(_("năm"), null=True, blank=True)
    mail_put_off = BodyField(_("vì sao chưa gửi thư"), blank=True)
    mail_tested_at = models.DateTimeField(_("thử gửi thư lúc"), null=True, blank=True)
    mail_trouble = BodyField(_("máy chủ thư trả lời"), blank=True)
    code_digest = models.CharField(_("mã băm của mã thiết lập"), max_length=64, blank=True)
    code_made_at = models.DateTimeField(_("tạo mã lúc"), null=True, blank=True)
    set_up_at = models.DateTimeField(_("thiết lập xong lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("nơi cài đặt")
        rules_permissions = {"run": may.run}
        constraints = [
            models.CheckConstraint(condition=Q(pk=THE_ONE), name="one_house"),
            models.CheckConstraint(
                condition=Q(slogan="", slogan_year=None)
                | (~Q(slogan="") & Q(slogan_year__isnull=False)),
                name="slogan_of_a_year",
            ),
            models.CheckConstraint(
                condition=Q(code_digest="", code_made_at=None)
                | (~Q(code_digest="") & Q(code_made_at__isnull=False)),
                name="setup_code_of_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.name or _now("Thi Đua")

    @property
    def has_contact(self) -> bool:
        """Whether there is anything by which a reader reaches the managing body."""
        return bool(self.contact_name or self.contact_phone or self.contact_email)
