"""Forms about what is known of a person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.web.fields import BodyField, LineField

NO_NAME = _("Đừng ghi tên người ấy: dòng này nằm lại sau khi tên đã xóa.")


class BasisForm(forms.Form):
    """On what request somebody else's data is taken."""

    basis = LineField(label=_("Căn cứ"), max_length=400, help_text=_("Đơn nào, ngày nào."))


class AskForm(forms.Form):
    """Why a name is to be deleted, and on what request."""

    basis = LineField(label=_("Căn cứ"), max_length=400, help_text=NO_NAME)
    reason = BodyField(label=_("Lý do"), help_text=NO_NAME)


class SureForm(forms.Form):
    """That whoever confirms knows that it cannot be undone."""

    is_sure = forms.BooleanField(
        label=_("Tôi đã xem yêu cầu gốc và biết việc này không lấy lại được"),
        error_messages={"required": _("Hãy đánh dấu khi đã xem yêu cầu gốc.")},
    )


class DropForm(forms.Form):
    """Why a request is given up."""

    reason = LineField(label=_("Lý do"), max_length=400)
