"""How one wants one's notices by mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from thidua.notifications.actions.choosing import choose_mail
from thidua.notifications.models import MailChoice
from thidua.web.access import bind, perform, signed_in
from thidua.web.inbox.forms import ChoiceForm
from thidua.web.inbox.views import one_of


@signed_in
def edit(request: HttpRequest) -> HttpResponse:
    """Choose: at once, gathered each morning, or none."""
    user = one_of(request)
    known = MailChoice.objects.filter(user=user).first()
    initial = {
        "manner": known.manner if known else MailChoice.Manner.AT_ONCE,
        "language": known.language if known else request.LANGUAGE_CODE,
    }
    form = bind(ChoiceForm, request, initial=initial)
    if form.is_valid() and perform(form, choose_mail, user, **form.cleaned_data):
        messages.success(request, _told(form.cleaned_data["manner"]))
        return redirect("inbox:mail_choice")
    told = {"form": form, "owner": user}
    return render(request, "inbox/choice.html", told, status=422 if form.is_bound else 200)


def _told(manner: str) -> str:
    if manner == MailChoice.Manner.DAILY:
        return _("Đã ghi. Thông báo mới được gộp lại và gửi mỗi sáng, sau 7 giờ.")
    if manner == MailChoice.Manner.NONE:
        return _("Đã ghi. Không gửi thư nữa; thông báo vẫn nằm trong mục Thông báo.")
    return _("Đã ghi. Từ bây giờ mỗi thông báo có một thư gửi ngay.")
