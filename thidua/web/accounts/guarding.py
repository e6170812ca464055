"""The page of one account for whoever sees to it: how far its owner is, and the ways to help."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from thidua.accounts.acting import Acting
from thidua.accounts.actions.guarding import (
    close_account,
    reopen_account,
    reset_second_factor,
    sign_out_everywhere,
)
from thidua.accounts.actions.opening import correct_email
from thidua.accounts.models import User
from thidua.accounts.queries import accounts_for, with_ways_in
from thidua.web.access import acting, bind, fresh_second_factor, perform, require, signed_in
from thidua.web.accounts.inviting import MAY
from thidua.web.accounts.listing import LIST, invitation_of, row_of
from thidua.web.accounts.views import by_standing
from thidua.web.fields import LineField
from thidua.web.trail import trail_lines


class ReasonForm(forms.Form):
    """Why somebody's way in is changed: the owner and the trail read it."""

    reason = LineField(
        label=gettext_lazy("Lý do"),
        max_length=200,
        help_text=gettext_lazy("Chủ tài khoản được báo lý do này."),
    )


class AddressForm(forms.Form):
    """Another address for somebody's account, or none."""

    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Chủ tài khoản được báo ở địa chỉ cũ, nếu có."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


@dataclass(frozen=True)
class Act:
    """One thing to do to an account: its action, form, and words."""

    do: Callable[..., Any]
    title: Promise
    what: Promise
    done: Promise
    form: type[forms.Form] = ReasonForm
    is_danger: bool = True


ACTS = {
    "buoc-hai": Act(
        reset_second_factor,
        gettext_lazy("Gỡ bước xác nhận thứ hai"),
        gettext_lazy(
            "Dùng khi người này mất điện thoại hoặc khóa. Sau đó chỉ mật khẩu là đủ để vào, cho "
            "tới khi họ đặt lại bước thứ hai. Hãy chắc chắn rằng chính người đó nhờ."
        ),
        gettext_lazy("Đã gỡ bước xác nhận thứ hai của %(name)s và báo cho người đó."),
    ),
    "dang-xuat": Act(
        sign_out_everywhere,
        gettext_lazy("Cho đăng xuất khỏi mọi nơi"),
        gettext_lazy(
            "Dùng khi người này mất máy hoặc quên đăng xuất ở máy chung. Mật khẩu vẫn dùng được."
        ),
        gettext_lazy("%(name)s đã bị đăng xuất khỏi mọi máy và được báo."),
    ),
    "tam-dung": Act(
        close_account,
        gettext_lazy("Tạm dừng tài khoản"),
        gettext_lazy(
            "Không ai vào được bằng tài khoản này cho tới khi mở lại; mọi máy đang đăng nhập bị "
            "đăng xuất ngay. Những gì đã ký, đã gửi vẫn còn."
        ),
        gettext_lazy("Đã tạm dừng tài khoản của %(name)s."),
    ),
    "mo-lai": Act(
        reopen_account,
        gettext_lazy("Mở lại tài khoản"),
        gettext_lazy("Người này vào lại được bằng mật khẩu cũ. Quên thì in phiếu mới."),
        gettext_lazy("Đã mở lại tài khoản của %(name)s."),
        is_danger=False,
    ),
    "thu-dien-tu": Act(
        correct_email,
        gettext_lazy("Sửa thư điện tử"),
        gettext_lazy("Thư mời đã gửi tới địa chỉ cũ thôi dùng được."),
        gettext_lazy("Đã sửa thư điện tử của %(name)s."),
        form=AddressForm,
        is_danger=False,
    ),
}


def _find(request: HttpRequest, user_pk: int) -> tuple[User, Acting]:
    who = acting(request)
    require(who, LIST)
    return get_object_or_404(with_ways_in(accounts_for(who)), pk=user_pk), who


@signed_in
@require_GET
def account(request: HttpRequest, user_pk: int) -> HttpResponse:
    """Show one account: whether its owner is in, for whom they act, and what can be done."""
    user, who = _find(request, user_pk)
    may = who.has_perm(MAY, user)
    told = {
        "owner": user,
        "illustration": user.person.is_illustration,
        "row": row_of(user),
        "invitation": invitation_of(user),
        "standing": by_standing(user.appointments.all()),
        "has_second": Authenticator.objects.filter(user=user).exists(),
        "may": may,
        "is_own": user.pk == who.actor_id,
        "entries": trail_lines(user, everything=True) if may else [],
    }
    return render(request, "accounts/account.html", told)


@require_http_methods(["GET", "POST"])
@signed_in
@fresh_second_factor
def guard(request: HttpRequest, user_pk: int, act: str) -> HttpResponse:
    """Do one of `ACTS` to somebody's account, after a page that says what it means."""
    user, who = _find(request, user_pk)
    require(who, MAY, user)
    if act not in ACTS:
        raise Http404
    chosen = ACTS[act]
    form = bind(chosen.form, request, initial={"email": user.email})
    if form.is_valid() and perform(form, chosen.do, user, by=who, **form.cleaned_data):
        messages.success(request, chosen.done % {"name": user.name})
        return redirect("accounts:account", user.pk)
    told = {
        "form": form,
        "act": chosen,
        "owner": user,
        "illustration": user.person.is_illustration,
    }
    return render(request, "accounts/guard.html", told, status=422 if form.is_bound else 200)
