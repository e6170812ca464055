"""A line that breaks while a file is on its way, over a real connection to a real server."""

import re
import socket
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests import factories as make
from tests.files import samples
from tests.reporting import factories as some
from tests.web.reports import at, sign_in
from thidua.files.models import Blob
from thidua.files.storage import incoming_folder
from thidua.reporting.models import Evidence

pytestmark = pytest.mark.django_db(transaction=True)


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until it holds, at most five seconds."""
    for _n in range(500):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it does not come")


def is_being_served() -> bool:
    """Say whether the server is at work on a request: each has a thread of its own."""
    return any("process_request" in thread.name for thread in threading.enumerate())


def test_a_connection_that_breaks_leaves_no_file_and_no_row(live_server, client):
    """Evidence: “the connection cut in the middle”: what has arrived is thrown away."""
    world = make.a_bloc(3)
    target = some.a_sent_target(world)
    sign_in(client, world.heads[2])
    server = urlsplit(live_server.url)
    cookie = f"sessionid={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    token, cookie = token_of(HTTPConnection(server.netloc), at("target", target), cookie)
    upload = SimpleUploadedFile("Sổ.pdf", samples.PDF + b"%" * 900_000 + b"%%EOF")
    told = {"csrfmiddlewaretoken": token, "kind": "file", "file": upload}
    body = encode_multipart(BOUNDARY, told)
    head = (
        f"POST {at('prove_target', target)} HTTP/1.1\r\nHost: {server.netloc}\r\n"
        f"Content-Type: {MULTIPART_CONTENT}\r\nContent-Length: {len(body)}\r\nCookie: {cookie}\r\n"
    )
    before = set(incoming_folder().iterdir())
    with socket.create_connection((server.hostname, server.port)) as line:
        line.sendall(head.encode() + b"\r\n" + body[: len(body) // 2])
        wait_until(is_being_served)
    wait_until(lambda: not is_being_served())

    assert set(incoming_folder().iterdir()) == before
    assert (Evidence.objects.count(), Blob.objects.count()) == (0, 0)
    # The same request, whole: it was the cut alone that kept the file away.
    with socket.create_connection((server.hostname, server.port)) as line:
        line.sendall(head.encode() + b"\r\n" + body)
        assert line.recv(100).startswith(b"HTTP/1.1 302")
    wait_until(lambda: not is_being_served())
    assert Evidence.objects.get().uses.get().target == target


def token_of(line: HTTPConnection, address: str, cookie: str) -> tuple[str, str]:
    """Return the page's token, and the cookies that go with it."""
    line.request("GET", address, headers={"Cookie": cookie})
    answer = line.getresponse()
    page = answer.read().decode()
    line.close()
    assert answer.status == 200
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    (secret,) = re.findall(r"csrftoken=\w+", answer.headers["Set-Cookie"])
    assert found is not None
    return found[1], f"{cookie}; {secret}"
