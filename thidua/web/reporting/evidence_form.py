"""The one form by which evidence is brought: a file, a link, a written reason, or what is there."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.cycles.models import Enrolment
from thidua.reporting.actions.evidence import EvidenceFacts
from thidua.reporting.models import Evidence, Report
from thidua.reporting.queries import attachable
from thidua.targets.models import Target
from thidua.web.fields import REQUIRED, BodyField, LineField, RowField
from thidua.web.upload import FileField

Kind = Evidence.Kind
THERE = "there"
ASKED = {
    Kind.FILE: "file",
    Kind.LINK: "url",
    Kind.EXPLANATION: "text",
    THERE: "evidence",
}


class _EvidenceField(RowField):
    def label_from_instance(self, obj: Model) -> str:
        """Return the kind and the name, or the first words of an explanation."""
        assert isinstance(obj, Evidence)  # noqa: S101  (what `attachable` gives)
        told = {"kind": obj.get_kind_display(), "name": obj.name or Truncator(obj.text).chars(60)}
        return _now("%(name)s (%(kind)s)") % told


class EvidenceForm(forms.Form):
    """Brings evidence; ``kind`` says which of the fields counts. Shown as one small form each."""

    kind = forms.ChoiceField(
        choices=[(kind, kind) for kind in ASKED],
        widget=forms.HiddenInput,
        error_messages={"required": _("Cần chọn loại minh chứng.")},
    )
    file = FileField()
    file_name = LineField(
        label=_("Gọi tên cho dễ tìm"),
        max_length=300,
        required=False,
        help_text=_("Để trống thì lấy tên của tệp."),
    )
    url = LineField(
        label=_("Đường dẫn"),
        help_text=_("Bắt đầu bằng https://. Dùng cho phim, tệp lớn, bài trên báo."),
        error_messages={"required": REQUIRED},
    )
    link_name = LineField(
        label=_("Đường dẫn này là gì"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: tin trên Báo Nam Định"),
    )
    text = BodyField(
        label=_("Lời giải trình"),
        help_text=_("Viết rõ vì sao chưa có tệp, đường dẫn; ai có thể xác nhận."),
    )
    evidence = _EvidenceField(
        label=_("Minh chứng đã có"), queryset=Evidence.objects.none(), empty_label=_("– chọn –")
    )

    def __init__(
        self, *args: Any, enrolment: Enrolment, thing: Target | Report | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        there = attachable(enrolment)
        there = there.exclude(uses__in=thing.evidence_uses.all()) if thing else there.none()
        self.fields["evidence"].queryset = there  # type: ignore[attr-defined]
        asked = ASKED.get(self.chosen)
        for name in ASKED.values():
            self.fields[name].required = name == asked or not self.is_bound

    @property
    def chosen(self) -> str:
        """Which kind is being brought: what was posted, else what the page opens."""
        told = self.data.get("kind") if self.is_bound else self.initial.get("kind")
        return told if told in ASKED else ""

    def facts(self) -> EvidenceFacts:
        """Return what was brought, for `keep_evidence`."""
        told = self.cleaned_data
        names = {Kind.FILE: told.get("file_name"), Kind.LINK: told.get("link_name")}
        return EvidenceFacts(
            kind=self.chosen,
            file=told.get("file"),
            url=told.get("url", ""),
            text=told.get("text", ""),
            name=names.get(Kind(self.chosen)) or "",
        )
