"""What the tests of the marking pages share: signing in, addresses, the text of an answer."""

from typing import Any

from django.test import Client
from django.urls import reverse

from tests import factories as make
from thidua.accounts.acting import Acting
from thidua.scoring.models import Criterion, Sheet

JSON = {"HTTP_ACCEPT": "application/json"}


def sign_in(client: Client, acting: Acting) -> None:
    """Let the browser be signed in as the person."""
    client.force_login(make.user_of(acting))


def at(name: str, *pks: Any) -> str:
    """Return an address of the marking pages; things stand for their ids."""
    return reverse(f"marking:{name}", args=[getattr(pk, "pk", pk) for pk in pks])


def leaf(sheet: Sheet, code: str) -> Criterion:
    """Return a criterion of the sheet's table."""
    return Criterion.objects.get(table=sheet.card.table_id, code=code)


def mark_at(sheet: Sheet, code: str) -> str:
    """Return where a criterion is marked."""
    return at("mark", sheet, leaf(sheet, code))


def text(response: Any) -> str:
    """Return the page with every run of white space as one blank."""
    return " ".join(response.content.decode().split())
