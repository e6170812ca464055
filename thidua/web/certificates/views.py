"""Pages of the operator: authorities that are believed, certificates of organisations."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thidua.accounts.acting import Acting
from thidua.documents import secrets
from thidua.documents.actions.trust import (
    add_trust_root,
    end_certificate,
    register_certificate,
    retire_trust_root,
)
from thidua.documents.models import HeldKey, RegisteredCertificate, TrustRoot
from thidua.documents.trust import has_revocation_data, stamping_server
from thidua.web.access import acting, bind, fresh_second_factor, perform, require, signed_in
from thidua.web.certificates.forms import EndForm, ReasonForm, RegisterForm, RootForm

KEEP = "documents.keep_trust"


def keeper(request: HttpRequest) -> Acting:
    """Return who asks, once it is known that they look after trust."""
    who = acting(request)
    require(who, KEEP)
    return who


def form_page(request: HttpRequest, template: str, form: BaseForm, **told: Any) -> HttpResponse:
    """Show a form, with 422 where something in it was refused."""
    status = 422 if form.errors else 200
    return render(request, f"certificates/{template}.html", {"form": form, **told}, status=status)


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show whom we believe, whose certificates are whose, and which keys are held."""
    keeper(request)
    people = ("organization", "person")
    told = {
        "roots": TrustRoot.objects.order_by("retired_at", "name"),
        "certificates": RegisteredCertificate.objects.select_related(*people),
        "keys": HeldKey.objects.filter(ended_at=None).select_related("organization", "certificate"),
        "has_secret": secrets.has_secret(),
        "stamps": stamping_server(),
        "has_lists": has_revocation_data(),
    }
    return render(request, "certificates/index.html", told)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_second_factor
def new_root(request: HttpRequest) -> HttpResponse:
    """Believe an authority."""
    who, form = keeper(request), bind(RootForm, request)
    if form.is_valid():
        told = form.cleaned_data
        if perform(form, add_trust_root, told["file"], name=told["name"], by=who):
            messages.success(request, _("Từ nay tin chứng thư do nơi này cấp."))
            return redirect("certificates:index")
    return form_page(request, "new_root", form)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_second_factor
def retire(request: HttpRequest, root_pk: int) -> HttpResponse:
    """Believe an authority no more."""
    who = keeper(request)
    root = get_object_or_404(TrustRoot, pk=root_pk)
    form = bind(ReasonForm, request)
    if form.is_valid() and perform(form, retire_trust_root, root, by=who, **form.cleaned_data):
        messages.success(
            request, _("Đã thôi tin. Chữ ký do nơi ấy cấp nay báo “không rõ nơi cấp”.")
        )
        return redirect("certificates:index")
    return form_page(request, "retire", form, root=root)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_second_factor
def register(request: HttpRequest) -> HttpResponse:
    """Say whose a certificate is."""
    who, form = keeper(request), bind(RegisterForm, request)
    if form.is_valid():
        told = form.cleaned_data
        facts = {"by": who, "person": told["person"]}
        if perform(form, register_certificate, told["unit"], told["file"], **facts):
            messages.success(request, _("Đã đăng ký. Chữ ký bằng chứng thư này nay được nhận."))
            return redirect("certificates:index")
    return form_page(request, "register", form)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_second_factor
def end(request: HttpRequest, certificate_pk: int) -> HttpResponse:
    """Accept a certificate no more."""
    who = keeper(request)
    living = RegisteredCertificate.objects.select_related("organization", "person")
    certificate = get_object_or_404(living, pk=certificate_pk)
    form = bind(EndForm, request)
    if form.is_valid() and perform(form, end_certificate, certificate, by=who, **form.cleaned_data):
        messages.success(request, _("Đã thôi nhận. Chữ ký đã ký trước đây vẫn còn."))
        return redirect("certificates:index")
    return form_page(request, "end", form, certificate=certificate)
