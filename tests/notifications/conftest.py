"""What the tests of mail share: people with addresses, and notices for them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail as django_mail

from tests import factories as make
from thidua.accounts.acting import Acting
from thidua.accounts.models import User
from thidua.notifications.actions import notify
from thidua.notifications.models import Mail, Notice

SENTENCE = "Giao ước thi đua năm %(year)d đã có hiệu lực."


@pytest.fixture
def reader() -> Acting:
    """Return the head of a unit, with an address."""
    return with_address(make.head(make.an_organization("Hội Nghề đan")), "dan@hoi.example")


def with_address(acting: Acting, address: str) -> Acting:
    """Give the person an address."""
    user = make.user_of(acting)
    user.email = address
    User.objects.filter(pk=user.pk).update(email=address)
    return acting


@pytest.fixture
def told(reader: Acting) -> Callable[..., Mail | None]:
    """Return how the reader is told something: the mail that carries it."""

    def tell(sentence: str = SENTENCE, year: int = 2026) -> Mail | None:
        organization = reader.organization
        assert organization is not None
        notify([organization.pk], sentence, about=organization, year=year)
        return Notice.objects.latest("pk").mail

    return tell


def sent() -> list[Any]:
    """Return what has gone out through Django's backend for tests."""
    return django_mail.outbox
