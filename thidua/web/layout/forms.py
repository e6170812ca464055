"""What is asked before a layout is checked: the file, and whether the decree has its kind."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.web.upload import FileField


def _help() -> str:
    told = _now("Tệp PDF, nặng nhiều nhất %(limit)d MB. Tệp chỉ được đọc, không được giữ lại.")
    return told % {"limit": settings.UPLOAD_MAX_MB}


class CheckForm(forms.Form):
    """One PDF."""

    file = FileField(label=_("Tệp PDF"), help_text=lazy(_help, str)())
    is_other = forms.BooleanField(
        label=_("Văn bản này không thuộc các loại của Nghị định 30 (ví dụ bản giao ước)"),
        help_text=_("Phần nào văn bản không có thì được coi là không áp dụng."),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].widget.attrs["accept"] = ".pdf"
