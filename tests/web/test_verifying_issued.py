"""The page of a code, for a paper of a year: whoever follows the year reads it whole."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.paperwork.test_issuing import ready
from tests.web.counting import cost_of
from thidua.paperwork.actions.issuing import issue_draft, withdraw_draft

pytestmark = pytest.mark.django_db


def test_a_members_issued_paper_is_told_by_who_asks(client):
    world = make.a_bloc(3, year=2026)
    draft = issue_draft(ready(world), by=world.heads[1])
    address = reverse("verifying:show", args=[draft.version.shown_code])

    page = client.get(address).content.decode()
    assert str(draft.version.number) in page
    assert "Bản đăng ký thi đua" in page
    assert draft.version.digest not in page
    assert reverse("papers:show", args=[draft.pk]) not in page

    client.force_login(make.user_of(world.heads[2]))
    page = client.get(address).content.decode()
    assert draft.version.title in page
    assert draft.version.digest in page
    assert reverse("papers:show", args=[draft.pk]) in page
    true = client.get(reverse("papers:download", args=[draft.pk, "pdf"]))
    assert b"".join(true).startswith(b"%PDF-")
    assert cost_of(client, address) <= 15
    client.force_login(make.user_of(make.a_visitor_with_account()))
    assert draft.version.digest not in client.get(address).content.decode()

    withdraw_draft(draft, by=world.heads[1], reason="Sai số liệu")
    assert "Đã thu hồi. Lý do: Sai số liệu" in client.get(address).content.decode()
