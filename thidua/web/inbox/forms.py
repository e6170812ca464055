"""What is chosen about mail."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from thidua.notifications.models import MailChoice

Manner = MailChoice.Manner
MANNERS = [
    (Manner.AT_ONCE, _("Gửi ngay khi có thông báo")),
    (Manner.DAILY, _("Gộp lại, mỗi sáng một thư")),
    (Manner.NONE, _("Không gửi thư, chỉ xem trong chương trình")),
]


class ChoiceForm(forms.Form):
    """How one wants one's notices by mail, and in which language."""

    manner = forms.ChoiceField(
        label=_("Thông báo gửi qua thư thế nào"),
        choices=MANNERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một cách nhận thư.")},
    )
    language = forms.ChoiceField(
        label=_("Thư viết bằng tiếng"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
