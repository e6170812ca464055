"""How many queries a page costs: a list costs the same for one row and for three."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def cost_of(client: Client, address: str, **data: str) -> int:
    """Return the number of queries of reading the page, which must be there."""
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address, data)
    assert page.status_code == 200
    return len(captured)
