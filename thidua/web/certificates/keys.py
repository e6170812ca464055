"""Pages of the operator: keys that the server holds for organisations."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thidua.accounts.acting import Acting
from thidua.core.errors import Invalid
from thidua.documents import secrets
from thidua.documents.actions.held_keys import Pictures, hold_pkcs12, hold_token, let_go_of_key
from thidua.documents.models import HeldKey
from thidua.files.actions import keep_file
from thidua.files.models import Blob
from thidua.web.access import bind, fresh_second_factor, perform, signed_in
from thidua.web.certificates.forms import KeyForm, ReasonForm, TokenForm
from thidua.web.certificates.views import form_page, keeper


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_second_factor
def new_file(request: HttpRequest) -> HttpResponse:
    """Take a PKCS#12 in."""
    who, form = keeper(request), bind(KeyForm, request)
    if form.is_valid():
        told = form.cleaned_data
        if perform(form, _hold_file, told, who):
            messages.success(request, _("Đã giữ khóa của %(unit)s.") % {"unit": told["unit"].name})
            return redirect("certificates:index")
    return form_page(request, "new_key", form, has_secret=secrets.has_secret())


def _hold_file(told: dict[str, Any], who: Acting) -> HeldKey:
    return hold_pkcs12(
        told["unit"],
        told["file"],
        by=who,
        passphrase=told["key_password"],
        pictures=_pictures(told, who),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_second_factor
def new_token(request: HttpRequest) -> HttpResponse:
    """Use a key on a token."""
    who, form = keeper(request), bind(TokenForm, request)
    if form.is_valid():
        told = form.cleaned_data
        if perform(form, _hold_token, told, who):
            messages.success(request, _("Đã giữ khóa của %(unit)s.") % {"unit": told["unit"].name})
            return redirect("certificates:index")
    return form_page(request, "new_token", form)


def _hold_token(told: dict[str, Any], who: Acting) -> HeldKey:
    labels = {name: told[name] for name in ("token_label", "key_label")}
    return hold_token(told["unit"], by=who, pictures=_pictures(told, who), **labels)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_second_factor
def let_go(request: HttpRequest, key_pk: int) -> HttpResponse:
    """Hold a key no more."""
    who = keeper(request)
    living = HeldKey.objects.select_related("organization", "certificate")
    held = get_object_or_404(living, pk=key_pk)
    form = bind(ReasonForm, request)
    if form.is_valid() and perform(form, let_go_of_key, held, by=who, **form.cleaned_data):
        messages.success(request, _("Đã thôi giữ và xóa khóa khỏi máy này."))
        return redirect("certificates:index")
    return form_page(request, "let_go", form, held=held)


def _pictures(told: dict[str, Any], who: Acting) -> Pictures:
    return Pictures(hand=_picture(told, "hand", who), seal=_picture(told, "seal", who))


def _picture(told: dict[str, Any], name: str, who: Acting) -> Blob | None:
    """Keep a picture that was sent; refused beside its own field."""
    if not told.get(name):
        return None
    try:
        blob = keep_file(told[name], by=who)
    except Invalid as refusal:
        raise Invalid(refusal.sentence, field=name) from refusal
    if not blob.is_picture:
        raise Invalid(_("Tệp này không phải ảnh. Hãy chọn ảnh PNG hoặc JPG."), field=name)
    return blob
