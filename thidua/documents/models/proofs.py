"""What a signature rests on beside its row: a passkey's answer, a sheet signed by hand."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua.core.fields import LineField
from thidua.documents.models.versions import Signature, Version


class PasskeyProof(models.Model):
    """What the signer's device answered: all that is needed to check it again without us.

    Bytes are base64url without padding; ``public_key`` is COSE. What was signed is made anew from
    the signature's row and ``nonce`` (`documents.passkeys.Statement`).
    """

    signature = models.OneToOneField(Signature, models.PROTECT, related_name="passkey")
    credential_id = models.CharField(_("mã của khóa"), max_length=1400)
    public_key = models.TextField(_("khóa công khai"))
    authenticator_data = models.TextField(_("lời của thiết bị"))
    client_data = models.TextField(_("lời của trình duyệt"))
    answer = models.TextField(_("chữ ký của khóa"))
    rp_id = models.CharField(_("tên miền của khóa"), max_length=253)
    nonce = models.CharField(_("số dùng một lần"), max_length=64, unique=True)
    counter = models.PositiveBigIntegerField(_("số lần khóa đã ký"))

    class Meta:
        verbose_name = _("bằng chứng khóa truy cập")
        constraints = [
            # Two acts with one count of one key: one of the two keys is a copy.
            models.UniqueConstraint(
                fields=["credential_id", "counter"],
                condition=Q(counter__gt=0),
                name="passkey_counts_once",
            ),
        ]


class PaperSheet(models.Model):
    """A sheet that a head signed by hand, photographed back, for a second person to confirm.

    ``appointment`` is the head's where the head has an account, else None; ``signer_name`` and
    ``capacity`` are as on the sheet. Returned is the end of it: the next try is a new row.
    """

    class State(models.TextChoices):
        BROUGHT = "brought", _("chờ đối chiếu")
        CONFIRMED = "confirmed", _("đã xác nhận")
        RETURNED = "returned", _("trả lại")

    NEXT: dict[str, set[str]] = {
        State.BROUGHT: {State.CONFIRMED, State.RETURNED},
        State.CONFIRMED: set(),
        State.RETURNED: set(),
    }
    version = models.ForeignKey(Version, models.PROTECT, related_name="sheets")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    appointment = models.ForeignKey(
        "accounts.Appointment", models.PROTECT, null=True, related_name="+"
    )
    signer_name = LineField(_("người ký"), max_length=200)
    capacity = models.TextField(_("tư cách ký"))
    signed_on = models.DateField(_("ngày ký ghi trên phiếu"))
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+")
    file_name = LineField(_("tên tệp"), max_length=200)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.BROUGHT)
    brought_at = models.DateTimeField(_("nộp lúc"))
    brought_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    brought_for = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("đối chiếu lúc"), null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_for = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )
    reason = LineField(_("lý do trả lại"), max_length=500, blank=True)
    signature = models.OneToOneField(
        Signature, models.PROTECT, null=True, related_name="sheet", verbose_name=_("chữ ký")
    )
    is_illustration = models.BooleanField(_("minh họa"), default=False)

    class Meta:
        verbose_name = _("phiếu ký giấy")
        ordering = ["brought_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organization"],
                condition=Q(state__in=["brought", "confirmed"]),
                name="one_sheet_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="brought", answered_by=None, answered_at=None, signature=None)
                | Q(state="confirmed", answered_by__isnull=False, signature__isnull=False)
                | (Q(state="returned", answered_by__isnull=False, signature=None) & ~Q(reason="")),
                name="sheet_confirmed_with_its_signature",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("brought_by")),
                name="sheet_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signer_name}, {self.file_name}"

    @property
    def capacity_lines(self) -> list[str]:
        """The lines above the name, as they stand on the sheet."""
        return self.capacity.split("\n")
