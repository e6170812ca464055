"""Organisations, the people who hold offices in them, and blocs."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import BodyField, FoldedField, LineField, SortKeyField
from thidua.organizations import permissions as may

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
    is_illustration = models.BooleanField(_("minh họa"), default=False)
    source = LineField(_("nguồn"), max_length=300, blank=True)
    folded = FoldedField("name", "short_name", "former_names")
    sort_key = SortKeyField("name")

    class Meta:
        verbose_name = _("đơn vị")
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="not_its_own_parent"),
        ]
        rules_permissions = {"found": may.found, "edit": may.edit, "staff": may.staff}

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name where there is one: for tables and narrow screens."""
        return self.short_name or self.name

    def name_on(self, day: date) -> str:
        """Return the full name borne on ``day`` (reads ``names``: prefetch it for lists)."""
        for name in self.names.all():
            if name.since <= day and (name.until is None or day <= name.until):
                return name.name
        return self.name


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
    def known_since(self) -> date | None:
        """The first day, or None where it was not told when the organisation was entered."""
        return None if self.since == NOT_TOLD else self.since


class Person(RulesModel):
    """A person, as little of them as the year needs: a name."""

    full_name = LineField(_("họ và tên"), max_length=200)
    is_illustration = models.BooleanField(_("minh họa"), default=False)
    source = LineField(_("nguồn"), max_length=300, blank=True)
    folded = FoldedField("full_name")
    sort_key = SortKeyField("full_name")

    class Meta:
        verbose_name = _("người")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.full_name


class Office(models.Model):
    """A post that a person holds in an organisation, with its days where they are known."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="offices")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="offices")
    post = LineField(_("chức vụ"), max_length=200)
    since = models.DateField(_("từ ngày"), null=True, blank=True)
    until = models.DateField(_("đến ngày"), null=True, blank=True)
    source = LineField(_("nguồn"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("chức vụ")
        ordering = ["organization", "pk"]


class Bloc(RulesModel):
    """An emulation bloc (khối, cụm thi đua). Its kind, number and name are separate."""

    class Kind(models.TextChoices):
        BLOC = "khoi", _("khối")
        CLUSTER = "cum", _("cụm")

    kind = models.CharField(_("loại"), max_length=4, choices=Kind)
    number = LineField(_("số hiệu"), max_length=20, blank=True)
    name = LineField(_("tên"), max_length=300)
    short_name = LineField(_("tên ngắn"), max_length=100, blank=True)
    level = models.CharField(_("cấp"), max_length=10, choices=Level)
    managing_body = models.ForeignKey(
        Organization, models.PROTECT, related_name="blocs", verbose_name=_("cơ quan quản lý")
    )
    decision_number = LineField(_("số quyết định thành lập"), max_length=60, blank=True)
    decision_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    decision_by = LineField(_("cơ quan ban hành"), max_length=300, blank=True)
    place = LineField(_("địa danh"), max_length=100, blank=True)
    is_illustration = models.BooleanField(_("minh họa"), default=False)
    source = LineField(_("nguồn"), max_length=300, blank=True)
    folded = FoldedField("name", "short_name", "number", "place")
    sort_key = SortKeyField("name")

    class Meta:
        verbose_name = _("khối, cụm thi đua")
        ordering = ["sort_key"]
        rules_permissions = {"found": may.found_bloc, "edit": may.edit_bloc}

    def __str__(self) -> str:
        return self.title

    @property
    def noun(self) -> str:
        """Khối or cụm: every sentence takes its noun from here."""
        return str(self.get_kind_display())

    @property
    def title(self) -> str:
        """The full name with its noun: "Khối thi đua …", "Cụm thi đua số 7 …"."""
        number = " " + _now("số %(number)s") % {"number": self.number} if self.number else ""
        return _now("%(noun)s thi đua%(number)s %(name)s") % {
            "noun": self.noun.capitalize(),
            "number": number,
            "name": self.name,
        }

    @property
    def leader_noun(self) -> str:
        """Khối trưởng or cụm trưởng."""
        return _now("cụm trưởng") if self.kind == self.Kind.CLUSTER else _now("khối trưởng")

    @property
    def deputy_noun(self) -> str:
        """Khối phó or cụm phó."""
        return _now("cụm phó") if self.kind == self.Kind.CLUSTER else _now("khối phó")
