"""A head without an account: how they are reached, and the link by which they act once."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua.core.fields import LineField


class Contact(models.Model):
    """A head who has no account: their post, and the address at which codes reach them.

    Who entered it, and for which organisation, says whether the address may be trusted: see
    `actions.contacts.is_vouched`. ``ended_at``: it is used no more; the row stays.
    """

    person = models.ForeignKey("organizations.Person", models.PROTECT, related_name="+")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    post = LineField(_("chức vụ"), max_length=200)
    collective = LineField(_("thay mặt (TM.)"), max_length=200, blank=True)
    address = models.EmailField(_("thư điện tử nhận mã"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_for = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("ghi lúc"))
    ended_at = models.DateTimeField(_("thôi dùng lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lãnh đạo ký bằng đường dẫn")
        ordering = ["organization", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "address"],
                condition=Q(ended_at=None),
                name="one_contact_an_address",
            ),
            models.CheckConstraint(
                condition=~Q(address="") & ~Q(post=""), name="contact_can_be_reached"
            ),
        ]

    def __str__(self) -> str:
        return self.person.full_name

    @property
    def capacity(self) -> list[str]:
        """The lines above the signature, as an appointment's."""
        lines = [f"TM. {self.collective.upper()}"] if self.collective else []
        return [*lines, self.post.upper()]

    @property
    def shown_address(self) -> str:
        """The address as far as everybody with the link may know it: "n•••@hoi.example"."""
        name, _at, host = self.address.partition("@")
        return f"{name[:1]}•••@{host}"


class SigningLink(models.Model):
    """A personal link for one head and one act over one frozen text.

    Kept is the digest of the link's secret. The six digits that are mailed are made of
    ``code_seed`` with the installation's key when the mail goes out (`covenants.codes`), so
    neither can be read out of the database. ``tries`` counts those of the present code.
    """

    class Act(models.TextChoices):
        SIGNED = "signed", _("đã ký")
        DECLINED = "declined", _("đã ghi lý do chưa ký")
        COMMENTED = "commented", _("đã gửi ý kiến")

    covenant = models.ForeignKey("covenants.Covenant", models.PROTECT, related_name="links")
    version = models.ForeignKey("documents.Version", models.PROTECT, related_name="+")
    enrolment = models.ForeignKey("cycles.Enrolment", models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="links")
    is_newly_given = models.BooleanField(_("địa chỉ do người tạo đường dẫn ghi"), default=False)
    digest = models.CharField(_("mã băm của đường dẫn"), max_length=64, unique=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_for = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("tạo lúc"))
    expires_at = models.DateTimeField(_("dùng được tới"))
    code_seed = models.CharField(max_length=32, blank=True)
    code_sent_at = models.DateTimeField(_("gửi mã lúc"), null=True, blank=True)
    codes = models.PositiveSmallIntegerField(_("số mã đã gửi"), default=0)
    tries = models.PositiveSmallIntegerField(_("số lần gõ mã này"), default=0)
    used_at = models.DateTimeField(_("dùng lúc"), null=True, blank=True)
    signature = models.OneToOneField(
        "documents.Signature", models.PROTECT, null=True, related_name="link"
    )
    act = models.CharField(_("việc đã làm"), max_length=9, choices=Act, blank=True)
    ended_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("đường dẫn ký")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "enrolment"],
                condition=Q(used_at=None, ended_at=None),
                name="one_open_link_a_member",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="link_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None, act="") | (Q(used_at__isnull=False) & ~Q(act="")),
                name="link_used_for_an_act",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(ended_at=None), name="link_used_or_ended"
            ),
        ]

    def is_living(self, moment: datetime) -> bool:
        """Say whether it still opens at ``moment``: neither used, nor revoked, nor expired."""
        return self.used_at is None and self.ended_at is None and moment < self.expires_at
