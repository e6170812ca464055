"""The doors of the pages: who is asking, may they, and what they typed before being asked who.

What a session that expired had typed is kept for the account that this session belonged to, and
shown to no other. A browser without such a session cannot be told from a stranger's: what it sent
is shown once, on the sign-in page that answers it, and kept for nobody.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core.errors import DomainError
from thidua.web import second_factor

View = Callable[..., HttpResponseBase]
Result = TypeVar("Result")
KEPT = "kept_typing"
LEFT = "left_typing"
CONFIRMING = "confirming"
# Nor any name with "password" in it.
NEVER_KEPT = ("csrfmiddlewaretoken", "credential", "slip_code", "factor_code")
MOST_KEPT = 50_000


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
        if not is_secret(name)
    }


def is_secret(name: str) -> bool:
    """Say whether a field of this name is never kept and never shown again."""
    return name in NEVER_KEPT or "password" in name


def signed_in(view: View) -> View:
    """Ask who it is first. What an expired session had typed is kept until after sign-in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        return _ask_who(request)

    return guarded


def fresh_second_factor(view: View) -> View:
    """Ask whoever has a second factor for it anew before a heavy act (signing, publishing).

    Stands under `signed_in`. A form that is posted when the last confirmation is older than
    `SECOND_FACTOR_MINUTES` is kept, and the person is led to confirm and back to it; a form that
    is read by `bind` then holds what was typed. Whoever has none is asked nothing here.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or second_factor.is_enough(request):
            return view(request, *args, **kwargs)
        return confirm_first(request)

    return guarded


def confirm_first(request: HttpRequest, *, keeps: bool = True) -> HttpResponse:
    """Keep what was posted and lead to the second factor, from there back to the form's page."""
    typed = typed_fields(request)
    if keeps and typed and len(str(typed)) <= MOST_KEPT:
        forms_kept = {request.path: typed}
        request.session[KEPT] = {"owner": request.user.pk, "forms": forms_kept, "why": CONFIRMING}
    return HttpResponseRedirect(second_factor.address_to_confirm(request, page_before(request)))


def _ask_who(request: HttpRequest) -> HttpResponse:
    typed = typed_fields(request)
    kept = request.session.get(KEPT) or {"owner": None, "forms": {}}
    owner = _owner_of_former_session(request) or kept["owner"]
    forms_kept = (
        {**kept["forms"], request.path: typed} if owner == kept["owner"] else {request.path: typed}
    )
    if len(str(forms_kept)) > MOST_KEPT:
        told = {"typed": typed, "path": request.path}
        return render(request, "errors/expired.html", told, status=403)
    if owner and typed:
        request.session[KEPT] = {"owner": owner, "forms": forms_kept}
        messages.info(
            request,
            _("Phiên làm việc đã hết. Hãy đăng nhập lại, chữ vừa gõ vẫn còn và sẽ hiện ra."),
        )
    elif typed:
        request.session[LEFT] = typed
    return redirect_to_login(page_before(request))


def _owner_of_former_session(request: HttpRequest) -> int | None:
    """Return the account of the expired session that the browser still names."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    former = Session.objects.filter(session_key=key).first() if key else None
    found = former.get_decoded().get(SESSION_KEY) if former else None
    return int(found) if found else None


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
    form = form_class(**options)
    why = (request.session.get(KEPT) or {}).get("why")
    typed = _kept_for(request, at or request.path)
    if typed is not None:
        sentence = _("Phiên làm việc đã hết khi bạn đang gõ. Chữ đã gõ còn đây: hãy gửi lại.")
        if why == CONFIRMING:
            sentence = _("Xác nhận xong thì gửi lại lần nữa: những gì bạn vừa điền còn đây.")
        messages.info(request, sentence)
        _show_again(form, typed)
    return form


def _kept_for(request: HttpRequest, path: str) -> dict[str, list[str]] | None:
    """Take out what the person who is signed in had typed at ``path``; drop another person's."""
    kept = request.session.get(KEPT) if request.user.is_authenticated else None
    if not kept:
        return None
    is_own = kept["owner"] == request.user.pk
    typed: dict[str, list[str]] | None = kept["forms"].pop(path, None) if is_own else None
    if not is_own or not kept["forms"]:
        del request.session[KEPT]
    request.session.modified = True
    return typed


def _show_again(form: forms.BaseForm, typed: dict[str, list[str]]) -> None:
    """Let each widget read what was typed as it reads a POST, an empty tick box too."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    for name, field in form.fields.items():
        if not is_secret(name) and not field.widget.needs_multipart_form:
            value = field.widget.value_from_datadict(data, MultiValueDict(), form.add_prefix(name))
            form.initial[name] = value


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


def attempt(
    request: HttpRequest, act: Callable[..., Result], *args: Any, **facts: Any
) -> Result | None:
    """Do a one-button act; a refusal becomes a message for the next page, and None is returned."""
    try:
        return act(*args, **facts)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return None
