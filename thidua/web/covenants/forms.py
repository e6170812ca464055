"""Forms of the covenant's pages: text to values; what is refused is the actions' matter."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.covenants.models import Clause
from thidua.covenants.queries import Party
from thidua.web.fields import REQUIRED, BodyField, DayField, LineField

LONG, LONGEST = 5_000, 20_000
CHOOSE = {"required": REQUIRED, "invalid_choice": _("Hãy chọn một trong các ô có sẵn.")}


class FrameForm(forms.Form):
    """The bases and the opening words."""

    bases = BodyField(
        label=_("Căn cứ"),
        help_text=_("Mỗi dòng một căn cứ."),
        max_length=LONGEST,
        required=False,
    )
    opening = BodyField(label=_("Lời mở đầu"), max_length=LONGEST, required=False)


class ClauseForm(forms.Form):
    """One clause: its kind, heading and words."""

    kind = forms.ChoiceField(
        label=_("Điều khoản về"),
        choices=Clause.Kind.choices,
        initial=Clause.Kind.TEXT,
        widget=forms.RadioSelect,
        help_text=_(
            "Phong trào và chỉ tiêu được đưa vào từ dữ liệu của năm: không phải gõ lại danh sách."
        ),
        error_messages=CHOOSE,
    )
    heading = LineField(
        label=_("Tiêu đề"),
        max_length=300,
        help_text=_("Không ghi số: các điều khoản được đánh số theo thứ tự."),
    )
    body = BodyField(label=_("Lời văn"), max_length=LONGEST, required=False)


class CommentForm(forms.Form):
    """What a member says to the draft, and about which clause."""

    about = forms.ChoiceField(
        label=_("Về phần nào"),
        required=False,
        error_messages={"invalid_choice": _("Điều khoản này vừa đổi. Hãy chọn lại.")},
    )
    body = BodyField(label=_("Ý kiến của đơn vị"), max_length=LONG)

    def __init__(self, *args: Any, clauses: Iterable[Clause] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        headings = [f"{n}. {clause.heading}"[:300] for n, clause in enumerate(clauses, 1)]
        choices = [("", _("Toàn bộ dự thảo")), *((heading, heading) for heading in headings)]
        self.fields["about"].choices = choices  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """The leader's answer to a comment: taken up or not, and why."""

    is_taken_up = forms.TypedChoiceField(
        label=_("Trả lời"),
        choices=[("yes", _("Tiếp thu")), ("no", _("Không tiếp thu"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    body = BodyField(
        label=_("Giải thích"),
        help_text=_("Cần ghi khi không tiếp thu."),
        max_length=LONG,
        required=False,
    )


class FreezeForm(forms.Form):
    """Until which day the members sign."""

    sign_by = DayField(
        label=_("Ký trước hết ngày"),
        help_text=_(
            "Hạn hết lúc 24:00 ngày này. Sau đó chỉ ký được khi gia hạn, hoặc ký bổ sung khi đã "
            "tuyên bố hiệu lực."
        ),
    )


class ReasonForm(forms.Form):
    """Why something is opened again or done anew."""

    reason = LineField(label=_("Lý do"), max_length=500)


class DeclineForm(forms.Form):
    """Why a member does not sign."""

    reason = BodyField(
        label=_("Lý do chưa ký"),
        help_text=_("Các đơn vị trong năm thi đua và cơ quan quản lý đọc được lý do này."),
        max_length=LONG,
    )


class DeclareForm(forms.Form):
    """For each member that has not signed, why: fields ``reason_<organisation id>``."""

    def __init__(self, *args: Any, parties: Sequence[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        for party in parties:
            self.fields[f"reason_{party.enrolment.organization_id}"] = LineField(
                label=_("Vì sao %(unit)s chưa ký") % {"unit": party.enrolment.organization.name},
                initial=party.decline.reason if party.decline else "",
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def reasons(self) -> dict[int, str]:
        """Return the reasons by the organisation's id."""
        return {int(name.removeprefix("reason_")): text for name, text in self.cleaned_data.items()}
