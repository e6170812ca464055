"""Organisations and the names they bore, each with its days."""

import re
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import BodyField, FoldedField, LineField, SortKeyField
from thidua.organizations import permissions as may

SYMBOL = re.compile(r"[^\W_]+(?:[-&.][^\W_]+)*")  # "LĐLĐ", "MTTQ-BTT"
NOT_TOLD = date(1900, 1, 1)  # the first day of a name where nobody said since when


class Level(models.TextChoices):
    """Cấp. District stays for old data: since 01-07-2025 there is none."""

    CENTRAL = "central", _("Trung ương")
    SECTOR = "sector", _("ngành, đoàn thể")
    PROVINCE = "province", _("tỉnh, thành phố")
    DISTRICT = "district", _("huyện (trước 01-07-2025)")
    COMMUNE = "commune", _("xã, phường, đặc khu")
    UNIT = "unit", _("đơn vị")


class Organization(RulesModel):
    """A unit (đơn vị). ``name`` and ``short_name`` are today's; `Name` keeps all, with dates."""

    class Kind(models.TextChoices):
        FRONT = "front", _("Mặt trận Tổ quốc")
        SOCIO_POLITICAL = "socio_political", _("tổ chức chính trị - xã hội")
        SOCIO_PROFESSIONAL = "socio_professional", _("tổ chức xã hội - nghề nghiệp")
        SOCIAL = "social", _("tổ chức xã hội")
        STATE = "state", _("cơ quan nhà nước")
        PARTY = "party", _("cơ quan Đảng")
        BOARD = "board", _("ban, phòng thi đua - khen thưởng")
        OTHER = "other", _("đơn vị khác")

    kind = models.CharField(_("loại"), max_length=20, choices=Kind)
    level = models.CharField(_("cấp"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("đơn vị cấp trên"),
    )
    keeper = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("nơi nhập")
    )
    name = LineField(_("tên đầy đủ"), max_length=300)
    short_name = LineField(_("tên ngắn"), max_length=100, blank=True)
    former_names = BodyField(_("tên cũ"), blank=True, editable=False)
    place = LineField(_("địa danh"), max_length=100, blank=True)
    officer_may_send = models.BooleanField(_("cán bộ được gửi thay lãnh đạo"), default=False)
    ended_on = models.DateField(_("ngày cuối cùng"), null=True, blank=True)
    works_until = models.DateField(_("làm nốt việc đến hết ngày"), null=True, blank=True)
    is_illustration = models.BooleanField(_("minh họa"), default=False)
    source = LineField(_("nguồn"), max_length=300, blank=True)
    folded = FoldedField("name", "short_name", "former_names")
    sort_key = SortKeyField("name")

    class Meta:
        verbose_name = _("đơn vị")
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(works_until=None) | Q(works_until__gte=F("ended_on")),
                name="finishes_after_its_end",
            ),
        ]
        rules_permissions = {
            "found": may.found,
            "edit": may.edit,
            "letterhead": may.write_letterhead,
            "staff": may.staff,
            "reorganize": may.reorganize,
        }

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name where there is one: for tables and narrow screens."""
        return self.short_name or self.name

    @property
    def last_day_of_rights(self) -> date | None:
        """The last day somebody may act for it: None while it goes on, later than its end where
        it finishes a year under its old name."""
        return self.works_until or self.ended_on

    def name_on(self, day: date) -> str:
        """Return the full name borne on ``day`` (reads ``names``: prefetch it for lists)."""
        borne = self.borne_on(day)
        return borne.name if borne else self.name

    def place_on(self, day: date) -> str:
        """Return the place (địa danh) that its papers of ``day`` bear (reads ``names``)."""
        borne = self.borne_on(day)
        return (borne.place if borne else "") or self.place

    def borne_on(self, day: date) -> "Name | None":
        """Return the name borne on ``day`` with its header, or None for a day before the first."""
        return next(
            (
                name
                for name in self.names.all()
                if name.since <= day and (name.until is None or day <= name.until)
            ),
            None,
        )


class Name(models.Model):
    """A name of an organisation with the days it was borne, and the header of its papers then."""

    class Header(models.TextChoices):
        STATE = "state", _("quốc hiệu, tiêu ngữ")
        PARTY = "party", _("Đảng Cộng sản Việt Nam")
        YOUTH = "youth", _("Đoàn TNCS Hồ Chí Minh")

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="names")
    name = LineField(_("tên đầy đủ"), max_length=300)
    short_name = LineField(_("tên ngắn"), max_length=100, blank=True)
    since = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến ngày"), null=True, blank=True)
    basis = LineField(_("căn cứ"), max_length=300, blank=True)
    header = models.CharField(_("đầu văn bản"), max_length=10, choices=Header, default="state")
    superior = LineField(_("tên cơ quan cấp trên trên đầu văn bản"), max_length=300, blank=True)
    symbol = LineField(_("ký hiệu đơn vị trên văn bản"), max_length=30, blank=True)
    place = LineField(_("địa danh"), max_length=100, blank=True)
    act = models.ForeignKey(
        "organizations.Reorganization",
        models.PROTECT,
        null=True,
        related_name="names",
        editable=False,
    )

    class Meta:
        verbose_name = _("tên gọi")
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint("organization", "since", name="one_name_a_day"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="name_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(until=None), name="one_name_today"
            ),
        ]

    @property
    def own_symbol(self) -> str:
        """What stands for the organisation in a paper's symbol, or "" where it is not told.

        A short name in capitals without a blank ("LĐLĐ") is one already.
        """
        if self.symbol:
            return self.symbol
        short = self.short_name
        return short if short.isupper() and SYMBOL.fullmatch(short) else ""

    @property
    def known_since(self) -> date | None:
        """The first day, or None where it was not told when the organisation was entered."""
        return None if self.since == NOT_TOLD else self.since
