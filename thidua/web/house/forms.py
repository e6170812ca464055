"""What is typed while an installation is set up."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.core import clock
from thidua.house.actions.beginning import Beginning
from thidua.house.actions.looks import Look
from thidua.house.mail import MailServer
from thidua.organizations.models import Level
from thidua.web.cycles.forms import YearField
from thidua.web.fields import REQUIRED, LineField, PickField
from thidua.web.upload import FileField

LEVELS = [choice for choice in Level.choices if choice[0] != Level.DISTRICT]
SECURITY = [
    ("starttls", _("STARTTLS, thường ở cổng 587")),
    ("tls", _("TLS ngay từ đầu, thường ở cổng 465")),
    ("none", _("không bảo mật, chỉ dùng cho máy chủ thư trong mạng nội bộ, cổng 25")),
]
NAMES = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
FRESH = {"autocomplete": "new-password"}


def _password_help() -> str:
    return " ".join(password_validators_help_texts())


class EmailField(forms.EmailField):
    """An e-mail address, in small letters."""

    default_error_messages = {
        "required": REQUIRED,
        "invalid": _("Chưa phải là địa chỉ thư điện tử. Viết như ten@donvi.vn."),
    }

    def to_python(self, value: Any) -> str:
        """Return what was typed, without blanks around it, in small letters."""
        return (super().to_python(value) or "").lower()


class BeginForm(forms.Form):
    """The managing body, the body above it, and the first account."""

    code = LineField(
        label=_("Mã thiết lập"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("16 chữ số in ra trên máy chủ lúc khởi động, cuối địa chỉ thiết lập."),
    )
    body_name = LineField(
        label=_("Tên đầy đủ"),
        max_length=300,
        help_text=_("Ví dụ: Ban Thi đua - Khen thưởng tỉnh Ninh Bình"),
    )
    body_short_name = LineField(
        label=_("Tên ngắn"), max_length=100, required=False, help_text=_("Ví dụ: Ban TĐKT tỉnh")
    )
    level = PickField(label=_("Cấp"), choices=LEVELS)
    place = LineField(
        label=_("Địa danh"), max_length=100, required=False, help_text=_("Ví dụ: Ninh Bình")
    )
    above_name = LineField(
        label=_("Cơ quan cấp trên trực tiếp"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: Sở Nội vụ tỉnh Ninh Bình. Có thể nhập sau."),
    )
    full_name = LineField(
        label=_("Họ và tên"), max_length=200, widget=forms.TextInput({"autocomplete": "name"})
    )
    username = LineField(
        label=_("Tên đăng nhập"),
        max_length=150,
        widget=forms.TextInput(NAMES),
        help_text=_("Viết liền không dấu, ví dụ: nguyenvana"),
    )
    email = EmailField(label=_("Thư điện tử"), widget=forms.EmailInput({"autocomplete": "email"}))
    password = forms.CharField(
        label=_("Mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(FRESH),
        error_messages={"required": REQUIRED},
        help_text=lazy(_password_help, str)(),
    )
    password_again = forms.CharField(
        label=_("Gõ lại mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(FRESH),
        error_messages={"required": REQUIRED},
    )

    def clean_password(self) -> str:
        """Refuse what is easily guessed."""
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        told = self.cleaned_data
        once, again = told.get("password"), told.get("password_again")
        if once and again and once != again:
            raise ValidationError({"password_again": _now("Hai lần gõ mật khẩu chưa giống nhau.")})
        return told

    def beginning(self) -> Beginning:
        """Return what was told, for `begin`."""
        return Beginning(**{name: self.cleaned_data[name] for name in Beginning.__annotations__})


class LookForm(forms.Form):
    """Name, emblem and contact: what stands on every page."""

    name = LineField(
        label=_("Tên ở đầu mỗi trang"),
        max_length=50,
        help_text=_("Ngắn thôi, ví dụ: Thi đua Ninh Bình"),
    )
    file = FileField(
        label=_("Biểu trưng"),
        required=False,
        help_text=_("Ảnh PNG, JPG hoặc WebP, vuông là đẹp nhất, nặng nhiều nhất 1 MB."),
    )
    drop = forms.BooleanField(label=_("Bỏ biểu trưng đang dùng"), required=False)
    contact_name = LineField(
        label=_("Người hoặc bộ phận trả lời"),
        max_length=200,
        required=False,
        help_text=_("Hiện ở cuối mỗi trang, để người dùng biết hỏi ai."),
    )
    contact_phone = LineField(label=_("Điện thoại"), max_length=60, required=False)
    contact_email = EmailField(label=_("Thư điện tử"), required=False)

    def __init__(self, *args: Any, has_emblem: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_emblem:
            del self.fields["drop"]

    def look(self) -> Look:
        """Return what was told, for `keep_look`."""
        return Look(**{name: self.cleaned_data[name] for name in Look.__annotations__})


class MailForm(forms.Form):
    """The mail server. A password that is not typed again stays as it is kept."""

    host = LineField(
        label=_("Tên máy chủ gửi thư (SMTP)"),
        max_length=255,
        help_text=_("Hỏi nơi cấp hộp thư của cơ quan. Ví dụ: mail.ninhbinh.gov.vn"),
        widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false"}),
    )
    port = forms.IntegerField(
        label=_("Cổng"),
        initial=587,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": REQUIRED, "invalid": _("Cổng là một số từ 1 đến 65535.")},
    )
    security = forms.ChoiceField(
        label=_("Cách bảo mật"), choices=SECURITY, initial="starttls", widget=forms.RadioSelect
    )
    user = LineField(
        label=_("Tên hộp thư để đăng nhập"),
        max_length=254,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Mật khẩu của hộp thư"),
        strip=False,
        required=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )
    sender = EmailField(
        label=_("Địa chỉ người gửi"),
        help_text=_("Người nhận thấy thư từ địa chỉ này, ví dụ: thidua@ninhbinh.gov.vn"),
    )

    def __init__(self, *args: Any, has_password: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if has_password:
            self.fields["password"].help_text = _now("Đã có. Để trống nghĩa là giữ như cũ.")

    def server(self) -> MailServer:
        """Return what was told, for `set_mail_server`."""
        return MailServer(**{n: self.cleaned_data[n] for n in MailServer.__annotations__})


class TryForm(forms.Form):
    """Whom the test message goes to."""

    to = EmailField(label=_("Gửi thư thử tới"), widget=forms.EmailInput({"autocomplete": "email"}))


class PutOffForm(forms.Form):
    """Why there is no mail for now."""

    reason = LineField(
        label=_("Vì sao chưa gửi thư"),
        max_length=300,
        help_text=_("Ví dụ: đang chờ cơ quan cấp hộp thư. Lý do hiện ở trang kiểm tra."),
    )


class SloganForm(forms.Form):
    """The slogan of a year."""

    slogan = LineField(
        label=_("Chủ đề, khẩu hiệu"),
        max_length=300,
        required=False,
        help_text=_("Ghi đúng như văn bản phát động. Để trống thì trang chủ không hiện."),
    )
    year = YearField(label=_("Của năm"), initial=lambda: clock.today().year)
