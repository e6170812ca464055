"""Forms of a personal link: the six digits; what else than signing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.web.fields import REQUIRED, BodyField

DECLINE, COMMENT = "decline", "comment"


def _code_field() -> forms.CharField:
    return forms.CharField(
        label=_("Mã sáu số trong thư"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": REQUIRED, "max_length": _("Mã chỉ có sáu số.")},
    )


class CodeForm(forms.Form):
    """The digits that were mailed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"] = _code_field()


class OtherForm(forms.Form):
    """Why the head does not sign, or what they say to the text; and the digits."""

    act = forms.ChoiceField(
        label=_("Muốn gửi"),
        choices=[(DECLINE, _("Lý do chưa ký")), (COMMENT, _("Ý kiến, chưa quyết định ký"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một mục.")},
    )
    body = BodyField(
        label=_("Nội dung"),
        help_text=_("Các đơn vị trong năm thi đua và cơ quan quản lý đọc được."),
        max_length=5_000,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"] = _code_field()
