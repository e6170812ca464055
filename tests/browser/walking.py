"""Walks the program's addresses, found in the resolver, and judges the pages that stand there."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page

from tests import factories as make
from tests.browser.worlds import Viewer
from tests.conftest import DESKTOP, PHONE

# Nothing that a person reads: an answer for machines, and forms that only post.
NO_PAGES = {"healthz"}
# Where an address alone shows less than a page can: what is added to it.
QUERIES = {
    "search": "?q=thu+nghiem",
    "cycles:phases": "?kind=registration",
    "cycles:join": "?q=lien+hiep",
    "accounts:appoint": "?q=nguoi",
}
JUDGED = """async rules => {
    const options = {resultTypes: ["violations"], preload: false};
    if (rules.length) options.runOnly = {type: "rule", values: rules};
    const found = await axe.run(document, options);
    const faults = found.violations.map(
        v => v.id + ": " + v.nodes.map(n => n.target.join(" ")).join(", "));
    const root = document.scrollingElement;
    if (root.scrollWidth > innerWidth) faults.push("too wide: " + root.scrollWidth);
    return faults;
}"""
# What depends on colours; all other rules find in the dark what they find in the light.
OF_COLOUR = ["color-contrast", "link-in-text-block"]
EMPTIED = """form => {
    for (const field of form.querySelectorAll("input, textarea, select")) {
        if (["checkbox", "radio"].includes(field.type)) field.checked = false;
        else if (field.type !== "hidden" && !field.hidden) field.value = "";
    }
    form.submit();
}"""
FORM = "main form.form[method=post]:has(input:not([type=hidden]):not([hidden]), textarea, select)"


@cache
def routes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the name of every address with the words that have to be filled in."""
    return tuple(sorted(set(_routes(get_resolver().url_patterns, ""))))


def _routes(
    patterns: Any, namespace: str, above: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            words = (*above, *pattern.pattern.converters)
            yield from _routes(pattern.url_patterns, pattern.namespace or namespace, words)
        elif isinstance(pattern, URLPattern) and pattern.name and pattern.name not in NO_PAGES:
            name = f"{namespace}:{pattern.name}" if namespace else pattern.name
            yield name, (*above, *pattern.pattern.converters)


def addresses(things: Mapping[str, int | str], only: Collection[str] = ()) -> list[str]:
    """Return the address of every route (or of those named) that there is a thing for."""
    found = []
    for name, words in routes():
        place = name.partition(":")[0]
        if only and not {name, place} & set(only):
            continue
        filled = {word: things.get(place if word == "pk" else word) for word in words}
        try:
            found.append(reverse(name, kwargs=filled) + QUERIES.get(name, ""))
        except NoReverseMatch:
            continue
    return found


def pages_of(viewer: Viewer, seen: dict[str, set[str]], only: Collection[str] = ()) -> list[str]:
    """Return the addresses where ``viewer`` finds a page with something that ``seen`` has not.

    A page is new when it has an element with a class that the same address did not have before:
    so everyone's own buttons are looked at, and nothing twice.
    """
    client = Client()
    if viewer.acting.user:
        client.force_login(make.user_of(viewer.acting))
    new = []
    for address in addresses(viewer.things, only):
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer)  # only then is its file closed
        if not answer.get("Content-Type", "").startswith("text/html") or answer.status_code == 302:
            continue
        # Two refusals differ in nothing.
        place = address if answer.status_code == 200 else str(answer.status_code)
        shape = set(re.findall(r"<[a-z][a-z0-9]*(?: class=\"[^\"]*\")?", answer.text))
        if not shape <= seen.setdefault(place, set()):
            seen[place] |= shape
            new.append(address)
    return new


def judge(page: Page) -> list[str]:
    """Return what is wrong with the page that stands there, narrow and wide, light and dark."""
    page.evaluate(AXE_SCRIPT)
    faults = []
    for width, height in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": height})
        for scheme, rules in (("light", []), ("dark", OF_COLOUR)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            found = page.evaluate(JUDGED, rules)
            faults += [f"{page.url} {width} {scheme}: {fault}" for fault in found]
    return faults


def shows_its_errors(page: Page) -> bool:
    """Send the page's form with nothing in it; say whether the page came back with sentences."""
    form = page.locator(FORM).first
    if not form.count():
        return False
    with page.expect_navigation():
        form.evaluate(EMPTIED)
    return page.locator(".error-summary").count() > 0
