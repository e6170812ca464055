"""The doors of the pages: who is asking, may they, and what they typed before being asked who."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core.errors import DomainError

View = Callable[..., HttpResponse]
Result = TypeVar("Result")
KEPT = "kept_typing"
NEVER_KEPT = ("csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword")
MOST_KEPT = 200_000


def acting(request: HttpRequest) -> Acting:
    """Return who is asking and for whom they are working (set by the middleware)."""
    found: Acting = request.acting  # type: ignore[attr-defined]
    return found


def require(who: Acting, permission: str, thing: Model | None = None) -> None:
    """Answer 403 unless ``who`` has the named permission for ``thing``."""
    if not who.has_perm(permission, thing):
        raise PermissionDenied


def typed_fields(request: HttpRequest) -> dict[str, list[str]]:
    """Return what was typed in a posted form, without passwords and tokens."""
    return {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT
    }


def signed_in(view: View) -> View:
    """Ask who it is first. What an expired session had typed is kept until after sign-in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        typed = typed_fields(request)
        if sum(len(v) for values in typed.values() for v in values) <= MOST_KEPT:
            request.session[KEPT] = {"path": request.path, "fields": typed}
        return redirect_to_login(page_before(request))

    return guarded


def page_before(request: HttpRequest) -> str:
    """Return the page that a form was sent from, or the form's own address."""
    before = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(before, {request.get_host()}):
        return urlsplit(before).path
    return request.path


def bind(
    form_class: type[forms.BaseForm], request: HttpRequest, *, at: str = "", **options: Any
) -> Any:
    """Return the form with what was posted, or with what an expired session had typed.

    ``at`` is the address that the form posts to, when it is not the page's own.
    """
    if request.method == "POST" and at in ("", request.path):
        return form_class(request.POST, request.FILES, **options)
    kept = request.session.get(KEPT) if request.user.is_authenticated else None
    if kept and kept["path"] == (at or request.path):
        del request.session[KEPT]
        messages.info(
            request, _("Phiên làm việc đã hết khi bạn đang gõ. Chữ đã gõ còn đây: hãy gửi lại.")
        )
        options["initial"] = {**(options.get("initial") or {}), **_flat(kept["fields"])}
    return form_class(**options)


def _flat(fields: dict[str, list[str]]) -> dict[str, str | list[str]]:
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}


def perform(
    form: forms.BaseForm, act: Callable[..., Result], *args: Any, **facts: Any
) -> Result | None:
    """Do the act; a refusal becomes a sentence beside its field, and None is returned.

    So the page can be shown again with all that was typed.
    """
    try:
        return act(*args, **facts)
    except DomainError as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, refusal.sentence)
        return None
