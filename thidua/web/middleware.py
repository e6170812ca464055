"""What surrounds every request: for whom one works, refusals as pages, a database in trouble."""

import logging
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from thidua.accounts.acting import NOBODY, Acting, acting_of
from thidua.accounts.models import User
from thidua.core.errors import DomainError
from thidua.organizations.queries import is_demonstration
from thidua.web.access import page_before, typed_fields

Respond = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)
CHOSEN = "acting_for"


class ActingFor:
    """Puts ``request.acting`` there: the person and the organisation they chose to work for."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting = SimpleLazyObject(lambda: _acting(request))  # type: ignore[attr-defined]
        return self.respond(request)


def _acting(request: HttpRequest) -> Acting:
    if not request.user.is_authenticated:
        return NOBODY
    return acting_of(cast(User, request.user), request.session.get(CHOSEN))


class Refusals:
    """Turns a `DomainError` that no form took into its sentence.

    One sent back to its page with a message when nothing was typed, else a page (409) that
    still holds what was typed.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception alone."""
        if not isinstance(error, DomainError):
            return None
        typed = typed_fields(request)
        before = page_before(request)
        if not typed and before != request.path:
            messages.error(request, error.sentence)
            return redirect(before)
        told = {"sentence": error.sentence, "typed": typed, "before": before}
        return render(request, "errors/409.html", told, status=409)


class DatabaseTrouble:
    """A locked, read-only or missing database gets a sentence; what was typed can be sent again."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 503 for a database that does not take the work now."""
        reason = str(error).lower()
        read_only = "readonly" in reason or "read-only" in reason
        if not isinstance(error, OperationalError | InterfaceError) and not (
            isinstance(error, InternalError) and read_only
        ):
            return None
        log.error("database trouble: %s", type(error).__name__)
        sentence = _("Cơ sở dữ liệu đang bận nên chưa ghi được. Hãy gửi lại sau ít phút.")
        if read_only:
            sentence = _("Cơ sở dữ liệu đang ở chế độ chỉ đọc nên chưa ghi được gì.")
        told = {"sentence": sentence, "typed": typed_fields(request), "path": request.path}
        # The page itself must ask nothing of a database that does not answer.
        request.user = AnonymousUser()
        return render(request, "errors/503.html", told, status=503)


class DemoGuard:
    """A demonstration database is served on this machine alone, unless DEMO_PUBLIC=1."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host().rsplit(":", 1)[0]
        local = host in settings.LOOPBACK_HOSTS or settings.DEMO_PUBLIC
        if not local and is_demonstration():
            sentence = _("Đây là dữ liệu minh họa, chỉ mở trên máy này.")
            return HttpResponse(sentence, status=403, content_type="text/plain; charset=utf-8")
        return self.respond(request)
