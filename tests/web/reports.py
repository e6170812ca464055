"""What the tests of the report pages share: signing in, addresses, the text of an answer."""

from typing import Any

from django.test import Client
from django.urls import reverse

from tests import factories as make
from thidua.accounts.acting import Acting


def sign_in(client: Client, acting: Acting) -> None:
    """Let the browser be signed in as the person."""
    client.force_login(make.user_of(acting))


def at(name: str, *pks: Any) -> str:
    """Return an address of the report pages; things stand for their ids."""
    return reverse(f"reporting:{name}", args=[getattr(pk, "pk", pk) for pk in pks])


def text(response: Any) -> str:
    """Return the page with every run of white space as one blank."""
    return " ".join(response.content.decode().split())
