"""Whom we believe about certificates, whose they are, keys kept here, and what a signature left."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thidua.core.fields import BodyField, LineField
from thidua.documents.models.versions import Signature, Version


class CertificateRow(models.Model):
    """What a certificate says, as far as anybody may read it (`pades.certificates.shown`).

    ``pem`` is the certificate itself; ``fingerprint`` the SHA-256 of its DER, in hex.
    """

    pem = models.TextField(_("chứng thư"))
    fingerprint = models.CharField(_("dấu vân tay SHA-256"), max_length=64)
    subject = BodyField(_("cấp cho"))
    issuer = BodyField(_("nơi cấp"))
    serial = models.CharField(_("số sê-ri"), max_length=60)
    valid_from = models.DateTimeField(_("có hiệu lực từ"))
    valid_until = models.DateTimeField(_("hết hiệu lực"))
    is_illustration = models.BooleanField(_("minh họa"), default=False)

    class Meta:
        abstract = True


class TrustRoot(CertificateRow):
    """An authority that the operator decided to believe: all that it issued may be accepted.

    Retired, it is believed no more, and what it issued is "of an unknown issuer". One that is
    ``is_illustration`` is believed in a demonstration alone.
    """

    name = LineField(_("tên gọi"), max_length=200)
    added_at = models.DateTimeField(_("thêm lúc"))
    added_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(_("thôi tin lúc"), null=True)
    retired_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    retire_reason = LineField(_("lý do thôi tin"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("nơi cấp chứng thư được tin")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(retired_at=None), name="root_believed_once"
            ),
            models.CheckConstraint(
                condition=Q(retired_at=None, retire_reason="")
                | (Q(retired_at__isnull=False) & ~Q(retire_reason="")),
                name="root_retired_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RegisteredCertificate(CertificateRow):
    """That a certificate is an organisation's, or of one person signing for it.

    ``person`` is None for the organisation's own. Ended, it is accepted no more; what was signed
    with it before stays signed.
    """

    class Ending(models.TextChoices):
        REVOKED = "revoked", _("bị thu hồi")
        STOPPED = "stopped", _("thôi dùng")

    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="certificates"
    )
    person = models.ForeignKey("organizations.Person", models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField(_("đăng ký lúc"))
    registered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("thôi nhận lúc"), null=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ending = models.CharField(_("vì sao thôi nhận"), max_length=10, choices=Ending, blank=True)
    end_reason = LineField(_("lý do"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("chứng thư của đơn vị")
        ordering = ["organization", "-registered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "fingerprint"],
                condition=Q(ended_at=None),
                name="certificate_registered_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="", end_reason="")
                | (Q(ended_at__isnull=False) & ~Q(ending="") & ~Q(end_reason="")),
                name="certificate_ended_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class HeldKey(models.Model):
    """A key of an organisation that this installation signs with when its head says so.

    The key is not in the database: a PKCS#12 lies in `HELD_KEYS_DIR` as ``file``, its passphrase
    here, closed with `HELD_KEYS_SECRET` of the environment (``closed``); a token's key is named by
    its labels, its program and PIN stand in the environment. ``hand`` and ``seal`` are pictures for
    the visible mark (NĐ 30/2020/NĐ-CP, Phụ lục I).
    """

    class Kind(models.TextChoices):
        PKCS12 = "pkcs12", _("tệp PKCS#12")
        TOKEN = "token", _("thiết bị ký (PKCS#11)")

    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="held_keys"
    )
    certificate = models.ForeignKey(RegisteredCertificate, models.PROTECT, related_name="keys")
    kind = models.CharField(_("loại khóa"), max_length=6, choices=Kind)
    file = models.CharField(_("tên tệp khóa"), max_length=64, blank=True)
    closed = models.TextField(_("mật khẩu đã khóa kín"), blank=True)
    token_label = LineField(_("tên thiết bị"), max_length=100, blank=True)
    key_label = LineField(_("tên khóa trong thiết bị"), max_length=100, blank=True)
    hand = models.ForeignKey("files.Blob", models.PROTECT, null=True, related_name="+")
    seal = models.ForeignKey("files.Blob", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(_("giao lúc"))
    added_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("thôi giữ lúc"), null=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    end_reason = LineField(_("lý do thôi giữ"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("khóa do hệ thống giữ")
        ordering = ["organization", "-added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=Q(ended_at=None), name="one_held_key"
            ),
            models.CheckConstraint(
                condition=Q(kind="pkcs12", token_label="", key_label="")
                | (Q(kind="token", file="", closed="") & ~Q(token_label="") & ~Q(key_label="")),
                name="held_key_lies_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="")
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="held_key_ended_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.certificate}"


class CertificateProof(models.Model):
    """The PDF that a certificate signature made: the bytes before it and one increment.

    In turn: upon the newest PDF, so that it also covers all signatures before. Side by side: upon
    an earlier one, kept as an original of its own. ``base`` is the SHA-256 of the PDF before.
    ``field`` is the signature's in the PDF; names are as the certificate had them then.
    """

    class Manner(models.TextChoices):
        IN_TURN = "in_turn", _("ký nối tiếp trên một tệp")
        SIDE_BY_SIDE = "side", _("ký song song, tệp riêng")

    signature = models.OneToOneField(Signature, models.PROTECT, related_name="certified")
    version = models.ForeignKey(Version, models.PROTECT, related_name="signed_pdfs")
    blob = models.OneToOneField("files.Blob", models.PROTECT, related_name="+")
    manner = models.CharField(_("nối tiếp hay song song"), max_length=7, choices=Manner)
    original = models.CharField(_("mã băm bản để ký"), max_length=64)
    base = models.CharField(_("mã băm tệp trước khi ký"), max_length=64)
    field = models.CharField(_("ô chữ ký"), max_length=200)
    certificate = models.ForeignKey(RegisteredCertificate, models.PROTECT, related_name="+")
    fingerprint = models.CharField(_("dấu vân tay chứng thư"), max_length=64)
    subject = BodyField(_("chứng thư cấp cho"))
    issuer = BodyField(_("nơi cấp chứng thư"))
    level = models.CharField(_("mức PAdES"), max_length=4)
    remark = models.CharField(_("vì sao không ở mức cao hơn"), max_length=30, blank=True)
    seen_at = models.DateTimeField(_("hệ thống nhận lúc"))

    class Meta:
        verbose_name = _("bằng chứng chữ ký số")
        ordering = ["pk"]
        constraints = [
            # The line of PDFs signed in turn never forks: whoever came second stands beside it.
            models.UniqueConstraint(
                fields=["version", "base"], condition=Q(manner="in_turn"), name="one_next_pdf"
            ),
            models.CheckConstraint(condition=~Q(field=""), name="signed_in_a_field"),
            models.CheckConstraint(
                condition=Q(level__in=["B-B", "B-T", "B-LT"]), name="level_of_pades"
            ),
        ]

    @property
    def is_in_turn(self) -> bool:
        """Whether it stands in the one line of PDFs."""
        return self.manner == self.Manner.IN_TURN
