"""What is typed about a legal text."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.documents.actions import TextFacts
from thidua.documents.legal import named
from thidua.lawbook.texts import Certainty, LegalText
from thidua.web.fields import BodyField, DayField, LineField, PickField

CERTAINTIES = {
    Certainty.READ: _("đã đọc trong văn bản"),
    Certainty.QUOTED: _("đã đọc qua trích dẫn nguyên văn"),
    Certainty.SECONDARY: _("chưa xác minh: chỉ thấy nơi khác nhắc đến"),
    Certainty.UNVERIFIED: _("chưa xác minh: không chắc"),
}


class TextForm(forms.Form):
    """A law, decree, decision …: what is not known stays empty."""

    form = LineField(
        label=_("Loại văn bản"), max_length=60, help_text=_("Ví dụ: Nghị định, Quyết định.")
    )
    number = LineField(
        label=_("Số, ký hiệu"),
        max_length=60,
        required=False,
        help_text=_("Ví dụ: 152/2025/NĐ-CP."),
    )
    title = LineField(
        label=_("Tên gọi, trích yếu"),
        max_length=500,
        required=False,
        help_text=_("Đúng như sẽ in ở dòng căn cứ. Luật thì ghi cả tên luật."),
    )
    issuer = LineField(label=_("Cơ quan ban hành"), max_length=300, required=False)
    issued_on = DayField(label=_("Ngày ban hành"), required=False)
    since = DayField(label=_("Có hiệu lực từ ngày"), required=False)
    until = DayField(
        label=_("Ngày cuối cùng có hiệu lực"),
        required=False,
        help_text=_("Để trống nếu chưa biết ngày hết hiệu lực."),
    )
    replaced_by = PickField(label=_("Được thay bằng"), choices=[], required=False)
    articles = BodyField(
        label=_("Các điều khoản dùng đến"),
        max_length=5000,
        required=False,
        help_text=_("Mỗi dòng một điều khoản."),
    )
    note = BodyField(label=_("Ghi chú"), max_length=2000, required=False)
    certainty = PickField(
        label=_("Mức chắc chắn"), choices=[(one.value, words) for one, words in CERTAINTIES.items()]
    )

    def __init__(
        self, *args: Any, texts: Mapping[str, LegalText], itself: str = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        others = [(key, named(text)) for key, text in texts.items() if key != itself]
        self.fields["replaced_by"].choices = [  # type: ignore[attr-defined]
            ("", _("– chưa biết –")),
            *others,
        ]

    def facts(self) -> TextFacts:
        """Return what was told, for `add_legal_text` and `write_legal_text`."""
        return TextFacts(**self.cleaned_data)


def told_before(text: LegalText) -> dict[str, Any]:
    """Return a text as the form first shows it."""
    told = {name: getattr(text, name) for name in TextFacts.__annotations__}
    articles = "\n".join(text.articles)
    return {**told, "articles": articles, "certainty": text.certainty.value}
