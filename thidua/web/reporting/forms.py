"""What is typed about periods, results, reports and answers to them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thidua.movements.models import Adoption
from thidua.reporting.actions.answering import Remark
from thidua.reporting.actions.measuring import MeasurementFacts
from thidua.reporting.actions.periods import PeriodFacts
from thidua.reporting.actions.reports import People, Texts
from thidua.reporting.models import Period, Report
from thidua.targets.models import Direction
from thidua.web.fields import BodyField, DayField, LineField, NumberField


class PeriodForm(forms.Form):
    """A period: its kind and name, from when, by when, until when."""

    kind = forms.ChoiceField(
        label=_("Loại kỳ"),
        choices=Period.Kind.choices,
        initial=Period.Kind.OTHER,
        widget=forms.RadioSelect,
    )
    name = LineField(label=_("Tên kỳ báo cáo"), max_length=200, help_text=_("Ví dụ: quý III"))
    opens_on = DayField(label=_("Nhận từ ngày"))
    due_on = DayField(
        label=_("Hạn gửi"), help_text=_("Hết 24 giờ ngày này; gửi sau vẫn được nhận, ghi là muộn.")
    )
    closes_on = DayField(
        label=_("Đóng sau ngày"),
        required=False,
        help_text=_("Sau ngày này không nhận nữa. Để trống là nhận đến khi năm khép lại."),
    )
    source = LineField(
        label=_("Nguồn của các ngày"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: Điều 8 quy chế, công văn số 12 ngày 3/5"),
    )

    def facts(self) -> PeriodFacts:
        """Return what was told, for `write_period`."""
        return PeriodFacts(**self.cleaned_data)


class MeasureForm(forms.Form):
    """How far a target had come on a day. ``question`` is what a strange number is asked about."""

    value = NumberField(label=_("Số đạt được"), help_text=_("Viết như 1.234 hoặc 12,5."))
    is_done = forms.TypedChoiceField(
        label=_("Đã thực hiện chưa"),
        choices=[("yes", _("Đã thực hiện")), ("no", _("Chưa"))],
        coerce=lambda told: told == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Cần chọn đã thực hiện hay chưa.")},
    )
    confirmed = forms.BooleanField(label=_("Đúng là như vậy"), required=False)
    asked = forms.CharField(widget=forms.HiddenInput, required=False)
    measured_on = DayField(label=_("Tính đến ngày"))
    note = LineField(
        label=_("Ghi chú"),
        max_length=500,
        required=False,
        help_text=_("Ví dụ: theo báo cáo của 12 chi hội"),
    )

    def __init__(self, *args: Any, direction: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.question = ""
        for name in ["value"] if direction == Direction.YES_NO else ["is_done"]:
            del self.fields[name]

    def facts(self) -> MeasurementFacts:
        """Return what was told, for `measure`."""
        names = ("value", "is_done", "measured_on", "note")
        return MeasurementFacts(**{n: v for n, v in self.cleaned_data.items() if n in names})

    def ask(self, question: str) -> None:
        """Show the question, about the number that was typed, with an empty box to tick."""
        self.question = question
        typed = {name: told for name, told in self.data.items() if name != "confirmed"}
        self.data = {**typed, "asked": str(self.cleaned_data["value"])}

    @property
    def is_confirmed(self) -> bool:
        """Whether the box was ticked for this very number, not for the one typed before."""
        told = self.cleaned_data
        return bool(told["confirmed"]) and told["asked"] == str(told.get("value"))


class PeopleField(NumberField):
    """How many people: a whole number."""

    def to_python(self, value: Any) -> Any:
        """Return the number as a whole one, or None for nothing."""
        number = super().to_python(value)
        if number is not None and number != int(number):
            raise ValidationError(_("Số người phải là số nguyên."), code="whole")
        return number if number is None else int(number)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask a phone for its keys with digits."""
        return {**super().widget_attrs(widget), "inputmode": "numeric"}


class ReportForm(forms.Form):
    """The free texts, and the number of people in each movement of the year.

    What is wrong keeps back nothing but itself: the rest is saved.
    """

    achievements = BodyField(
        label=_("Kết quả"),
        required=False,
        widget=forms.Textarea({"rows": 14}),
        help_text=_("Việc đã làm, mô hình, gương tốt. Số của chỉ tiêu đã có ở bảng trên."),
    )
    difficulties = BodyField(label=_("Hạn chế, nguyên nhân"), required=False)
    plan = BodyField(label=_("Phương hướng"), required=False)
    proposals = BodyField(label=_("Kiến nghị"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, adoptions: list[Adoption], **options: Any) -> None:
        super().__init__(*args, **options)
        self.adoptions = adoptions
        for adoption in adoptions:
            self.fields[f"turnout_{adoption.pk}"] = PeopleField(
                label=_("Số người tham gia"), required=False
            )
            self.fields[f"note_{adoption.pk}"] = LineField(
                label=_("Ghi chú"), max_length=300, required=False
            )

    def texts(self) -> Texts:
        """Return the free texts."""
        return Texts(**{name: self.cleaned_data.get(name, "") for name in Report.TEXTS})

    def turnouts(self) -> dict[int, People]:
        """Return the people by the adoption's id; a movement with a wrong number is left out."""
        told = self.cleaned_data
        return {
            a.pk: People(told[f"turnout_{a.pk}"], told[f"note_{a.pk}"])
            for a in self.adoptions
            if f"turnout_{a.pk}" in told and f"note_{a.pk}" in told
        }

    def movement_of(self, name: str) -> str:
        """Return the name of the movement that a field is about; empty for any other field."""
        names = {str(a.pk): a.movement.name for a in self.adoptions}
        kind, _line, pk = name.partition("_")
        return names.get(pk, "") if kind in ("turnout", "note") else ""

    def goes_on_from(self, revision: int) -> None:
        """Let what is sent next stand on the draft that has just been saved."""
        self.data = {**dict(self.data.items()), "revision": str(revision)}


class SendForm(forms.Form):
    """Which draft the sender had before them."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class SeenForm(forms.Form):
    """Which sending the reviewer had before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(SeenForm):
    """A reason for each place that is to be looked at again; the others stay empty."""

    def __init__(self, *args: Any, places: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.places = {f"reason-{place.replace(':', '-')}": place for place in places}
        for name in self.places:
            self.fields[name] = LineField(
                label=_("Lý do cần xem lại"), max_length=1000, required=False
            )

    def remarks(self) -> list[Remark]:
        """Return the places that were given a reason."""
        told = self.cleaned_data
        return [Remark(place, told[name]) for name, place in self.places.items() if told.get(name)]


class WithdrawForm(forms.Form):
    """Why a piece of evidence is taken out again."""

    reason = LineField(
        label=_("Lý do rút"),
        max_length=500,
        error_messages={"required": _("Cần ghi lý do.")},
        help_text=_("Ví dụ: gửi nhầm tệp"),
    )
