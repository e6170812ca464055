"""Coming in with a one-time code: by its link or QR, or name and code typed; then a password.

No page here uses the code up: only choosing a password does, so that a mail scanner that opens the
link harms nothing. What the session keeps is which invitation was opened, never its code.
"""

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thidua.accounts.actions.inviting import accept_invitation, find_invitation, refuse_dead
from thidua.accounts.models import Invitation
from thidua.core.errors import DomainError
from thidua.web.access import perform
from thidua.web.accounts.views import by_standing
from thidua.web.fields import REQUIRED, LineField

OPENED = "invitation_opened"  # in the session: the invitation whose code was shown


class EnterForm(forms.Form):
    """The user name and the code, as they stand on a slip."""

    username = LineField(
        label=gettext_lazy("Tên đăng nhập"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    slip_code = LineField(
        label=gettext_lazy("Mã dùng một lần"),
        help_text=gettext_lazy("16 chữ số, gõ liền hay cách ra đều được."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )


class ChooseForm(forms.Form):
    """A password of one's own, twice."""

    password = forms.CharField(
        label=gettext_lazy("Mật khẩu của riêng bạn"),
        help_text=gettext_lazy(
            "Ít nhất 10 chữ, không chỉ toàn số. Dễ nhớ nhất là vài từ ghép lại, ví dụ kiểu: "
            "hoa-sen-nở-tháng-sáu (đừng dùng đúng ví dụ này)."
        ),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": REQUIRED},
    )
    password_again = forms.CharField(
        label=gettext_lazy("Gõ lại mật khẩu đó"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": REQUIRED},
    )

    def clean_password_again(self) -> str:
        """Refuse two that differ: a slip of the finger would lock the person out."""
        again = str(self.cleaned_data["password_again"])
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("Hai lần gõ chưa giống nhau."))
        return again


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Take the name and the code that stand on a slip, typed by hand."""
    form = EnterForm(request.POST or None)
    if form.is_valid():
        return _open(request, form, form.cleaned_data["username"], form.cleaned_data["slip_code"])
    return _enter_page(request, form)


@never_cache
@require_GET
def enter_by(request: HttpRequest, username: str, code: str) -> HttpResponse:
    """Take the link of a mail, or the QR of a slip; the address then shows the code no more."""
    form = EnterForm({"username": username, "slip_code": code})
    if not form.is_valid():
        return _enter_page(request, form)
    return _open(request, form, username, code)


def _open(request: HttpRequest, form: EnterForm, username: str, code: str) -> HttpResponse:
    try:
        invitation = find_invitation(username, code)
    except DomainError as refusal:
        form.add_error("slip_code" if refusal.field == "code" else None, refusal.sentence)
        return _enter_page(request, form)
    request.session[OPENED] = invitation.pk
    return redirect("accounts:choose_password")


def _enter_page(request: HttpRequest, form: EnterForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "accounts/enter.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def choose_password(request: HttpRequest) -> HttpResponse:
    """Show for whom the invited will act; take a password of their own; sign them in."""
    invitation = _opened(request)
    if invitation is None:
        return redirect("accounts:enter")
    form = ChooseForm(request.POST or None)
    if form.is_valid():
        user = perform(form, accept_invitation, invitation, password=form.cleaned_data["password"])
        if user is not None:
            return _sign_in(request, invitation)
    told = {
        "form": form,
        "invitation": invitation,
        "owner": invitation.user,
        "illustration": invitation.user.person.is_illustration,
        "standing": by_standing(
            invitation.user.appointments.select_related(
                "organization", "bloc", "stands_in_for__user__person"
            )
        ),
        "is_other": request.user.is_authenticated and request.user.pk != invitation.user_id,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/choose_password.html", told, status=status)


def _opened(request: HttpRequest) -> Invitation | None:
    """Return the invitation opened in this session while it still lets in, else say why not."""
    pk = request.session.get(OPENED)
    found = Invitation.objects.select_related("user__person").filter(pk=pk).first() if pk else None
    if found is None:
        return None
    try:
        refuse_dead(found)
    except DomainError as refusal:
        del request.session[OPENED]
        messages.error(request, refusal.sentence)
        return None
    return found


def _sign_in(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Sign the invited in, by their second factor too where they have one, and out whoever was."""
    user = invitation.user
    user.refresh_from_db()
    logout(request)
    get_adapter().forget_wrong_tries(request, user)
    messages.success(
        request,
        _("Đã đặt mật khẩu của riêng bạn. Lần sau đăng nhập bằng tên %(name)s và mật khẩu này.")
        % {"name": user.username},
    )
    response: HttpResponse = perform_login(request, user, redirect_url=reverse("accounts:show"))
    return response
