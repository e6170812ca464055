"""What can be checked: a code, or a file."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.documents.codes import read_code
from thidua.documents.verifying import DIGEST
from thidua.web.upload import FileField


def _help() -> str:
    told = _now(
        "PDF hoặc Word (.docx), nặng nhiều nhất %(limit)d MB. Tệp chỉ được đọc để đối chiếu, "
        "không được lưu lại."
    )
    return told % {"limit": settings.UPLOAD_MAX_MB}


class CodeForm(forms.Form):
    """The code that stands on the paper."""

    code = forms.CharField(
        label=_("Mã tra cứu trên văn bản"),
        help_text=_("Mười chữ và số, dạng XXXXX-XXXXX. Chữ hoa hay thường, có gạch hay không."),
        max_length=100,
        error_messages={"required": _("Hãy gõ mã in trên văn bản.")},
    )

    def clean_code(self) -> str:
        """Return the code as it is kept, or a SHA-256."""
        typed: str = self.cleaned_data["code"]
        bare = typed.strip().lower()
        if DIGEST.fullmatch(bare):
            return bare
        code = read_code(typed)
        if not code:
            told = _(
                "Mã có 10 chữ và số, không có số 0, số 1 và các chữ O, I, L. Hãy xem lại từng chữ."
            )
            raise forms.ValidationError(told)
        return code


class DropForm(forms.Form):
    """A file to be compared with what was given out."""

    file = FileField(label=_("Tệp văn bản"), help_text=lazy(_help, str)())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].widget.attrs["accept"] = ".pdf,.docx"
