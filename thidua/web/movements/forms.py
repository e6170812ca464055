"""What is typed about movements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.accounts.acting import Acting
from thidua.cycles.models import Cycle
from thidua.movements.actions import MovementFacts
from thidua.movements.models import Adoption, Movement
from thidua.movements.queries import adoptable, launching_blocs, movements
from thidua.organizations.models import Bloc
from thidua.web.fields import BodyField, DayField, LineField, PickField, RowField


class YearField(forms.IntegerField):
    """A year in four digits."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Viết năm bằng bốn chữ số, như 2025.")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask a phone for its keys with digits."""
        return {"inputmode": "numeric", "autocomplete": "off"}


class MovementField(RowField):
    """A movement, told apart from its namesakes by its years."""

    def label_from_instance(self, obj: Movement) -> str:
        """Return the name with the period."""
        return f"{obj.name} ({obj.period})"


class MovementForm(forms.Form):
    """What the launching paper says of a movement."""

    name = LineField(label=_("Tên phong trào"), max_length=400)
    kind = forms.ChoiceField(
        label=_("Hình thức"),
        choices=Movement.Kind.choices,
        initial=Movement.Kind.THEMATIC,
        widget=forms.RadioSelect,
    )
    level = PickField(label=_("Cấp phát động"), choices=Movement._meta.get_field("level").choices)
    bloc = RowField(
        label=_("Khối, cụm"),
        queryset=None,
        required=False,
        help_text=_("Chỉ chọn khi phong trào do chính khối, cụm phát động."),
    )
    launcher = LineField(
        label=_("Nơi phát động"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: Thủ tướng Chính phủ"),
    )
    decision_number = LineField(label=_("Số quyết định, kế hoạch"), max_length=100, required=False)
    decision_on = DayField(label=_("Ngày quyết định"), required=False)
    first_year = YearField(label=_("Từ năm"), required=False)
    last_year = YearField(
        label=_("Đến năm"),
        required=False,
        help_text=_("Văn bản không nêu thời gian thì để trống cả hai."),
    )
    period_source = LineField(
        label=_("Nguồn của thời gian"),
        max_length=300,
        required=False,
        help_text=_("Văn bản hoặc trang nào nói phong trào kéo dài những năm đó."),
    )
    theme = LineField(label=_("Chủ đề"), max_length=500, required=False)
    criteria = BodyField(label=_("Nội dung, tiêu chí"), max_length=20_000, required=False)
    parent = MovementField(label=_("Gắn với phong trào rộng hơn"), queryset=None, required=False)
    source = LineField(
        label=_("Nguồn"),
        max_length=300,
        required=False,
        help_text=_("Thông tin lấy từ đâu: văn bản, bài báo, trang web."),
    )

    def __init__(self, *args: Any, who: Acting, movement: Movement | None = None, **options: Any):
        super().__init__(*args, **options)
        itself = movement.pk if movement else 0
        self.fields["parent"].queryset = movements().exclude(pk=itself)  # type: ignore[attr-defined]
        blocs = launching_blocs(who)
        if movement and movement.bloc_id:
            blocs |= Bloc.objects.filter(pk=movement.bloc_id)
        self.fields["bloc"].queryset = blocs  # type: ignore[attr-defined]

    def facts(self) -> MovementFacts:
        """Return what was told, for `launch_movement` and `edit_movement`."""
        return MovementFacts(**self.cleaned_data)


class AdoptForm(forms.Form):
    """Which movement the year takes up, perhaps "gắn với" one it has."""

    movement = MovementField(label=_("Phong trào"), queryset=None, empty_label=_("– chọn –"))
    linked_to = RowField(label=_("Gắn với phong trào nào của năm"), queryset=None, required=False)

    def __init__(self, *args: Any, cycle: Cycle, **options: Any) -> None:
        super().__init__(*args, **options)
        mine = Adoption.objects.filter(cycle=cycle).select_related("movement")
        self.fields["movement"].queryset = adoptable(cycle)  # type: ignore[attr-defined]
        self.fields["linked_to"].queryset = mine  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    """What a member means to do in a movement."""

    plan = BodyField(
        label=_("Việc đơn vị sẽ làm"),
        max_length=5_000,
        required=False,
        help_text=_("Vài dòng là đủ. Chỉ các đơn vị trong năm thi đua này đọc được."),
    )
