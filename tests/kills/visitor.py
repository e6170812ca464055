"""A browser without a screen: cookies, forms, and honest answers when the line breaks."""

import http.client
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
BROKEN = (urllib.error.URLError, http.client.HTTPException, OSError)


@dataclass(frozen=True)
class Answer:
    """What came back. ``status`` 0: nothing, since the line broke."""

    status: int
    text: str = ""
    location: str = ""


class _StaysHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        """Follow nothing: where an answer leads is part of it."""


class Visitor:
    """One person's browser."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(jar, _StaysHere)

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask(urllib.request.Request(self.address + path))

    def post(self, path: str, *, form: Answer, **typed: str) -> Answer:
        """Send the form that ``form`` shows, its hidden fields and what was typed."""
        fields = {**dict(HIDDEN.findall(form.text)), **typed}
        data = urllib.parse.urlencode(fields).encode()
        headers = {"Referer": self.address + path}
        return self._ask(urllib.request.Request(self.address + path, data, headers))

    def sign_in(self, username: str, password: str) -> None:
        """Sign in on the page where one does."""
        path = "/tai-khoan/login/"
        answer = self.post(path, form=self.get(path), login=username, password=password)
        assert answer.status == 302, f"{username} is not let in"

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with self.opener.open(request, timeout=30) as page:
                return _read(page)
        except urllib.error.HTTPError as page:
            try:
                return _read(page)
            except BROKEN:
                return Answer(0)
        except BROKEN:
            return Answer(0)


def _read(page: "http.client.HTTPResponse | urllib.error.HTTPError") -> Answer:
    text = page.read().decode(errors="replace")
    return Answer(int(page.status or 0), text, page.headers.get("Location", ""))


def answers(port: int) -> bool:
    """Tell whether a web server answers there."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as page:
            return int(page.status) == 200
    except BROKEN:
        return False
