"""Who sits in the hall of `benchmarks.ceremony`: phones that watch, and heads that sign, by HTTP.

Plain connections of asyncio that are kept open, as browsers keep theirs, so that the crowd itself
costs the machine little.
"""

import asyncio
import json
import random
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="(digest|organization)" value="([^"]+)">')
PATIENCE = 30.0


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Notes:
    """What the crowd saw: seconds of each answer, what went wrong, when each card was lit."""

    watching: list[float] = field(default_factory=list)
    signing: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    signed_at: dict[str, float] = field(default_factory=dict)
    seen_after: list[float] = field(default_factory=list)
    unchanged: int = 0


class Browser:
    """One connection with its cookies."""

    def __init__(self, port: int, times: list[float]) -> None:
        self.port, self.times = port, times
        self.cookies: dict[str, str] = {}
        self.line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, form: dict[str, str] | None = None, known: str = "") -> Answer:
        """Return the answer; a line that the server closed meanwhile is opened once more."""
        start = time.perf_counter()
        try:
            answer = await asyncio.wait_for(self._ask(path, form, known), PATIENCE)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.close()
            answer = await asyncio.wait_for(self._ask(path, form, known), PATIENCE)
        self.times.append(time.perf_counter() - start)
        return answer

    async def follow(self, path: str, form: dict[str, str] | None = None) -> tuple[str, Answer]:
        """Return where redirects end, and the answer there."""
        answer = await self.ask(path, form)
        while answer.status in (301, 302):
            path = answer.headers["location"]
            answer = await self.ask(path)
        return path, answer

    async def _ask(self, path: str, form: dict[str, str] | None, known: str) -> Answer:
        if self.line is None:
            self.line = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.line
        body = urlencode(form).encode() if form is not None else b""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Host": f"127.0.0.1:{self.port}", "If-None-Match": known}
        if cookies:
            headers["Cookie"] = cookies
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Content-Length"] = str(len(body))
        verb = "GET" if form is None else "POST"
        lines = [f"{verb} {path} HTTP/1.1", *(f"{n}: {v}" for n, v in headers.items()), "", ""]
        writer.write("\r\n".join(lines).encode() + body)
        return await self._answer(reader)

    async def _answer(self, reader: asyncio.StreamReader) -> Answer:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        status = int(head[0].split()[1])
        headers: dict[str, str] = {}
        for line in filter(None, head[1:]):
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content
        body = b"" if status == 304 else await _body(reader, headers)
        return Answer(status, headers, body.decode())

    def close(self) -> None:
        """Hang up."""
        if self.line:
            self.line[1].close()
        self.line = None


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if "chunked" not in headers.get("transfer-encoding", ""):
        return await reader.readexactly(int(headers.get("content-length", "0")))
    whole = b""
    while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
        whole += (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)
    return whole


async def watch(port: int, address: str, every: float, until: float, notes: Notes) -> None:
    """Do what the page of a phone does: ask, wait, ask, with what is known."""
    browser, tag, lit = Browser(port, notes.watching), '""', 0
    await asyncio.sleep(random.uniform(0, every))
    while time.monotonic() < until:
        try:
            answer = await browser.ask(f"/le-ky/{address}/trang-thai/", known=tag)
        except (TimeoutError, OSError) as fault:
            notes.faults.append(f"watching: {fault!r}")
            browser.close()
        else:
            if answer.status == 304:
                notes.unchanged += 1
            elif answer.status == 200:
                tag = answer.headers["etag"]
                lit = _note_lit(answer, lit, notes)
            else:
                notes.faults.append(f"watching: {answer.status}")
        await asyncio.sleep(every * random.uniform(0.9, 1.1))
    browser.close()


def _note_lit(answer: Answer, before: int, notes: Notes) -> int:
    """Note how long after the last signature this phone saw a new card lit."""
    lit = sum(bool(told) for _pk, told in json.loads(answer.body)["seats"])
    if lit > before and notes.signed_at:
        notes.seen_after.append(max(0.0, time.monotonic() - max(notes.signed_at.values())))
    return lit


async def sign(port: int, address: str, name: str, password: str, notes: Notes) -> None:
    """Come from the code on the screen, sign in, sign, and be told to look at the screen."""
    browser = Browser(port, notes.signing)
    try:
        path, page = await browser.follow(f"/le-ky/{address}/ky/")
        login = {"login": name, "password": password, "csrfmiddlewaretoken": _token(page)}
        path, page = await browser.follow(path, login)
        shown = dict(HIDDEN.findall(page.body))
        form = {**shown, "password": password, "csrfmiddlewaretoken": _token(page)}
        path, page = await browser.follow(urlsplit(path).path, form)
        if page.status != 200 or not path.endswith("/da-ky/"):
            notes.faults.append(f"signing as {name}: {page.status} at {path}")
        else:
            notes.signed_at[name] = time.monotonic()
    except (TimeoutError, OSError, LookupError, AttributeError) as fault:
        notes.faults.append(f"signing as {name}: {fault!r}")
    finally:
        browser.close()


def _token(page: Answer) -> str:
    found = TOKEN.findall(page.body)
    return str(found[-1])
