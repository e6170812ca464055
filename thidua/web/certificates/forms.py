"""What the operator types about authorities, certificates and keys."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thidua.accounts.queries import current_appointments
from thidua.core.text import fold
from thidua.documents.models import RegisteredCertificate
from thidua.organizations.models import Organization, Person
from thidua.web.fields import REQUIRED, LineField, PickField
from thidua.web.organizations.picking import OrganizationByName
from thidua.web.upload import FileField

MOST_BYTES = 1024 * 1024  # a certificate has some 2 KB, a PKCS#12 with its chain some 10 KB
TOO_BIG = _("Tệp nặng quá 1 MB nên không phải chứng thư hay khóa. Hãy chọn lại tệp.")


class SmallFile(FileField):
    """A file that is read at once, and of which nothing else is kept."""

    def __init__(self, *, accept: str, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs["accept"] = accept

    def clean(self, data: Any, initial: Any = None) -> bytes:
        """Return its bytes; refuse what is far too big."""
        upload = super().clean(data, initial)
        if (upload.size or 0) > MOST_BYTES:
            raise ValidationError(TOO_BIG)
        content: bytes = upload.read()
        return content


def _certificate_file() -> SmallFile:
    help_text = _("Tệp .cer, .crt hoặc .pem. Không chọn tệp khóa ở đây.")
    label = _("Tệp chứng thư")
    return SmallFile(label=label, help_text=help_text, accept=".cer,.crt,.der,.pem")


class UnitForm(forms.Form):
    """For which organisation."""

    unit = OrganizationByName(label=_("Đơn vị"), help_text=_("Gõ tên, không cần dấu."))

    def clean_unit(self) -> Organization:
        """Return the organisation; the name is needed."""
        found: Organization | None = self.cleaned_data["unit"]
        if found is None:
            raise ValidationError(REQUIRED)
        return found


class RootForm(forms.Form):
    """An authority to be believed."""

    name = LineField(
        label=_("Tên gọi"), max_length=200, help_text=_("Ví dụ: Ban Cơ yếu Chính phủ, RootCA 2021.")
    )
    file = _certificate_file()


class RegisterForm(UnitForm):
    """A certificate of an organisation, or of one person signing for it."""

    person = LineField(
        label=_("Của riêng ai"),
        required=False,
        max_length=200,
        help_text=_("Họ tên người đang làm việc cho đơn vị. Để trống: chứng thư của cả đơn vị."),
    )
    file = _certificate_file()

    def clean(self) -> dict[str, Any]:
        """Return what was typed, with the person that the name means."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        unit, name = told.get("unit"), told.get("person", "")
        if unit and name:
            told["person"] = self._person(unit, name)
        else:
            told["person"] = None
        return told

    def _person(self, unit: Organization, name: str) -> Person | None:
        working = current_appointments().filter(organization=unit)
        same = {one.user.person for one in working if fold(one.user.name) == fold(name)}
        if len(same) == 1:
            return same.pop()
        self.add_error("person", _("Chưa thấy đúng một người có tên này làm việc cho đơn vị."))
        return None


class EndForm(forms.Form):
    """Why a certificate is accepted no more."""

    ending = PickField(label=_("Vì sao"), choices=RegisteredCertificate.Ending.choices)
    reason = LineField(label=_("Lý do, căn cứ"), max_length=500)


class ReasonForm(forms.Form):
    """Why an authority is believed no more, or a key held no more."""

    reason = LineField(label=_("Lý do"), max_length=500)


class PicturesForm(UnitForm):
    """What the visible mark shows beside its lines."""

    hand = FileField(
        label=_("Ảnh chữ ký tay"),
        required=False,
        help_text=_("Mực đậm trên nền trắng; in ra màu xanh."),
    )
    seal = FileField(
        label=_("Ảnh con dấu"),
        required=False,
        help_text=_("In ra màu đỏ, trùm một phần ba bên trái chữ ký."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("hand", "seal"):
            self.fields[name].widget.attrs["accept"] = "image/png,image/jpeg"


class KeyForm(PicturesForm):
    """A PKCS#12 to be held."""

    file = SmallFile(
        label=_("Tệp khóa PKCS#12"), help_text=_("Tệp .p12 hoặc .pfx."), accept=".p12,.pfx"
    )
    key_password = forms.CharField(
        label=_("Mật khẩu của tệp khóa"),
        required=False,
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("unit", "file", "key_password", "hand", "seal")


class TokenForm(PicturesForm):
    """A key on a token that is plugged into the server."""

    token_label = LineField(label=_("Tên thiết bị (token label)"), max_length=100)
    key_label = LineField(label=_("Tên khóa (key label)"), max_length=100)
    field_order = ("unit", "token_label", "key_label", "hand", "seal")
