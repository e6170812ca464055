"""Frozen papers, the signatures under them, what was printed of them, and their withdrawal."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thidua.core.digest import digest_text
from thidua.core.fields import LineField
from thidua.documents.codes import shown


class Version(models.Model):
    """The exact text of a paper as it was frozen, with its digest. A correction is a new row."""

    kind = models.CharField(_("loại văn bản"), max_length=30)
    title = LineField(_("tên văn bản"), max_length=400)
    text = models.TextField(_("nguyên văn"))
    official = models.JSONField(_("nội dung để in"), default=dict)
    code = models.CharField(_("mã tra cứu"), max_length=16, blank=True)
    digest = models.CharField(_("mã băm SHA-256"), max_length=64)
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    frozen_at = models.DateTimeField(_("chốt lúc"))
    frozen_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    frozen_for = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )
    chain = models.CharField(max_length=40)
    chain_head = models.CharField(_("đầu chuỗi dấu vết khi chốt"), max_length=64)
    is_illustration = models.BooleanField(_("minh họa"), default=False)

    class Meta:
        verbose_name = _("bản chốt")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="code_once")
        ]
        # SQLite takes the partial one above for no look-up by code alone.
        indexes = [
            models.Index("code", name="version_by_code"),
            models.Index("digest", name="version_by_digest"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_code(self) -> str:
        """The code as papers write it: XXXXX-XXXXX; "" where it has none."""
        return shown(self.code)

    @property
    def matches(self) -> bool:
        """Whether the text is still the one that the digest was made of, and that was signed.

        Whoever changes the digest along with the text cannot change the signatures: they keep
        the digest that was signed (prefetch ``signatures``).
        """
        return digest_text(self.text) == self.digest and all(
            signature.digest == self.digest for signature in self.signatures.all()
        )


class Signature(models.Model):
    """The act of signing a version. The row is the proof: never edited, never deleted.

    ``user`` is empty where a head without an account signed on paper or by a link.
    """

    class Method(models.TextChoices):
        IN_SYSTEM = "in_system", _("xác nhận trong hệ thống bằng mật khẩu")
        SECOND_FACTOR = "factor", _("xác nhận trong hệ thống bằng bước thứ hai")
        PASSKEY = "passkey", _("ký bằng khóa truy cập (passkey)")
        HELD_KEY = "held_key", _("ký số bằng khóa của đơn vị giữ trên máy chủ")
        UPLOAD = "upload", _("ký số trên máy của đơn vị rồi tải tệp lên")
        PAPER = "paper", _("ký tay trên giấy")
        LINK = "link", _("xác nhận bằng mã gửi qua thư điện tử")

    version = models.ForeignKey(Version, models.PROTECT, related_name="signatures")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    organization_name = LineField(_("đơn vị"), max_length=300)
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    signer_name = LineField(_("người ký"), max_length=200)
    capacity = models.TextField(_("tư cách ký"))
    authorization = LineField(_("giấy ủy quyền"), max_length=500, blank=True)
    method = models.CharField(_("cách ký"), max_length=12, choices=Method)
    digest = models.CharField(_("mã băm đã ký"), max_length=64)
    signed_at = models.DateTimeField(_("ký lúc"))
    is_late = models.BooleanField(_("ký sau"), default=False)
    is_illustration = models.BooleanField(_("minh họa"), default=False)

    class Meta:
        verbose_name = _("chữ ký")
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint("version", "organization", name="signature_once"),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(method__in=["paper", "link"]),
                name="signed_by_an_account_or_beside_it",
            ),
        ]

    @property
    def capacity_lines(self) -> list[str]:
        """The lines above the name, as they were when it was signed."""
        return self.capacity.split("\n")


class Printing(models.Model):
    """A file made of a version: exactly these bytes are what was given out."""

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        WORD = "docx", "Word"
        SIGN = "sign", _("bản để ký số")

    version = models.ForeignKey(Version, models.PROTECT, related_name="printings")
    form = models.CharField(_("dạng"), max_length=4, choices=Form)
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("in lúc"))
    family = LineField(_("phông chữ"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("bản in")
        ordering = ["version", "-form"]
        constraints = [models.UniqueConstraint("version", "form", name="printed_once")]


class Withdrawal(models.Model):
    """That an issued paper was taken back (thu hồi). The paper and its number stay readable."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="withdrawal")
    reason = LineField(_("lý do"), max_length=500)
    at = models.DateTimeField(_("thu hồi lúc"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("việc thu hồi")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_a_reason")
        ]
