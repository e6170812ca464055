"""Proof, in the form that binds, that it is still the person: second factor, else the password.

Whoever has an app on the phone types its six digits in place of the password; whose key is the
only second factor confirms by it on a page of its own; whoever did either a few minutes ago is
asked nothing more. So signing on a phone stays one field and one button.
"""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.base.forms import ReauthenticateForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from thidua.accounts.actions import confirm_password
from thidua.web import second_factor
from thidua.web.access import acting, perform
from thidua.web.fields import REQUIRED

FIELDS = {"password": "password", "code": "factor_code"}


@dataclass(frozen=True)
class Proof:
    """What is asked: ``kind`` is "password", "code", "key" (another page), or "fresh" (nothing)."""

    kind: str
    has_key: bool = False

    @property
    def is_second_factor(self) -> bool:
        """Whether the act stands on a second factor."""
        return self.kind != "password"


def proof_asked(request: HttpRequest) -> Proof:
    """Return what the person of this session has to prove by now."""
    factors = second_factor.factors_of(request)
    if not factors:
        return Proof("password")
    has_key = second_factor.Kind.WEBAUTHN in factors
    if second_factor.is_fresh(request):
        return Proof("fresh", has_key)
    return Proof("code" if second_factor.Kind.TOTP in factors else "key", has_key)


class ProofForm(forms.Form):
    """The one field that proves it, or none where nothing is to be typed."""

    password = forms.CharField(
        label=_("Mật khẩu của bạn"),
        help_text=_("Nhập lại mật khẩu đăng nhập để xác nhận chính bạn ký."),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": REQUIRED},
    )
    factor_code = forms.CharField(
        label=_("Mã trên điện thoại"),
        help_text=_("Mở ứng dụng tạo mã, gõ 6 số đang hiện; không có máy thì gõ một mã dự phòng."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": REQUIRED},
    )

    def __init__(self, *args: Any, proof: Proof, **options: Any) -> None:
        super().__init__(*args, **options)
        self.proof = proof
        for name in FIELDS.values():
            if name != FIELDS.get(proof.kind):
                del self.fields[name]


def prove(form: ProofForm, request: HttpRequest) -> bool:
    """Check what was typed, before the deed: it is slow. What is wrong stands beside its field."""
    if form.proof.kind == "password":
        perform(form, confirm_password, acting(request).user, form.cleaned_data["password"])
    elif form.proof.kind == "code":
        asked = ReauthenticateForm(
            user=request.user, data={"code": form.cleaned_data["factor_code"]}
        )
        if asked.is_valid():
            asked.save()
        else:
            form.add_error("factor_code", asked.errors["code"])
    return not form.errors
