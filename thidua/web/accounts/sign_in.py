"""What allauth's own pages ask, in our words: signing in, naming a passkey."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NAME_HELP = gettext_lazy("Để nhận ra máy hoặc khóa này về sau, ví dụ: điện thoại của tôi.")


class SignInForm(LoginForm):
    """User name or e-mail, and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"] = forms.CharField(
            label=_("Tên đăng nhập hoặc thư điện tử"),
            max_length=254,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        )
        self.fields["remember"].label = _("Nhớ đăng nhập trên máy này (đừng chọn ở máy dùng chung)")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)  # it would say the label again, and fade


class AddKeyForm(AddWebAuthnForm):
    """A new passkey: a name to know it by, and whether it alone lets one in."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        name, alone = self.fields["name"], self.fields["passwordless"]
        name.label, name.help_text = _("Tên gợi nhớ"), NAME_HELP
        alone.label = _("Chỉ cần thiết bị này là đăng nhập được, không phải gõ mật khẩu")
        alone.help_text = _("Máy sẽ hỏi vân tay, khuôn mặt hoặc mã PIN của bạn.")

    def clean_name(self) -> str:
        """Return the name, cut: by now the device has made its key, so nothing is refused."""
        return str(super().clean_name())[:100]


class EditKeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"] = forms.CharField(
            label=_("Tên gợi nhớ"), help_text=NAME_HELP, max_length=100
        )
