"""Finds the pages of the program by following its links, one page of each kind."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

from playwright.sync_api import APIRequestContext

STARTS = ("/viec/", "/")
# What no link leads to, and is a page all the same.
UNLINKED = ("/tim-kiem/?q=phu+nu", "/khong-co-trang-nay/")
HOME = "trang-chu"


@dataclass(frozen=True)
class Found:
    """Where a page is, and what it calls itself."""

    address: str
    title: str


class Reading(HTMLParser):
    """What interests us in a page: its title, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.title = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links and where the title begins."""
        self._in_title = tag == "title" and not self.title
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.links.append(href)

    def handle_data(self, data: str) -> None:
        """Note the title."""
        if self._in_title:
            self.title += data.strip()
            self._in_title = False


def kind_of(address: str) -> str:
    """Return the kind of page that an address leads to: "/nam/3/bang/" is a "nam-n-bang"."""
    parts = urlsplit(address)
    words = ["n" if word.isdigit() else word for word in parts.path.split("/") if word]
    return "-".join([*words, *sorted(parse_qs(parts.query))]) or HOME


def pages_of(client: APIRequestContext, *, is_visitor: bool) -> dict[str, Found]:
    """Return the first page of each kind that whoever ``client`` is can walk to, nearest first."""
    found: dict[str, Found] = {}
    waiting = [*(STARTS[1:] if is_visitor else STARTS), *UNLINKED]
    tried: set[str] = set()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if kind in tried:
            continue
        tried.add(kind)
        answer = client.get(address)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        landed = _local(answer.url)
        if kind_of(landed) != kind and kind_of(landed) in tried:
            continue
        tried.add(kind_of(landed))
        page = Reading()
        page.feed(answer.text())
        found[kind_of(landed)] = Found(landed, page.title)
        waiting += [_local(urljoin(answer.url, link)) for link in page.links if _is_ours(link)]
    return found


def _local(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _is_ours(link: str) -> bool:
    return not re.match(r"[a-z]+:|//|#", link) and "next=" not in link
