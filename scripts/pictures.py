"""`make pictures`: every page of the program, narrow and wide, light and dark, to look at.

The pages of the demonstration are found by following links, one of each kind for each person, so a
new page is in the pictures without being named here. What no link leads to is walked to in an empty
installation. With the word `docs` it makes the pictures of README and of the guides.
"""

import html
import shutil
import sys
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.browser import ARGUMENTS, PROGRAMS, find_browser
from scripts.checks import ROOT
from scripts.demonstration import Demonstration, demonstration, empty_installation
from scripts.docs_pictures import take_docs_pictures
from scripts.following import Found, pages_of
from scripts.papers_pictures import take_the_papers
from scripts.say import say, stop
from scripts.setup_pictures import Walk, take_the_installation

FOLDER = ROOT / "pictures"
WIDTHS = {390: 844, 1280: 900}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
VISITOR = ""
# What differs so much from person to person that each one's is taken.
DESK = ("viec",)
ROOM = ("viec", "nam-n", "nam-n-bang", "chi-tieu-n", "giao-uoc-n")
# Whoever comes first has the pages that all may see; later ones add what they alone may see.
PEOPLE = {
    VISITOR: (),
    "can-bo.nuoi-ong": ROOM,
    "truong.hat-ru": DESK,
    "truong.nghe-dan": ROOM,
    "truong.cum": ROOM,
    "truong.khoi": ROOM,
    "hai-don-vi": DESK,
    "het-quyen": DESK,
    "ban.tdkt": ROOM,
    "quan-tri": DESK,
}
# Previews of papers wait until somebody scrolls to them.
ALL_PICTURES = """async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map(image => image.decode().catch(() => 0)));
}"""
FROM_NOTHING = "từ đầu"
AUTHOR = "truong.hat-ru"  # a head whose unit has registered


@dataclass(frozen=True)
class Shot:
    """One page to be taken: its name among the files, and whose it is."""

    name: str
    person: str
    found: Found


def sign_in(page: Page, demo: Demonstration, person: str) -> None:
    """Sign ``person`` in through the sign-in page; a visitor stays a visitor."""
    if person == VISITOR:
        return
    page.goto("/tai-khoan/login/")
    page.locator("input[name=login]").fill(person)
    page.locator("input[name=password]").fill(demo.accounts[person])
    page.locator("main form button").first.click()
    page.wait_for_url("**/viec/**")
    # Pages that change how one signs in ask for the password again, for a while only once.
    page.goto("/tai-khoan/reauthenticate/")
    page.locator("input[name=password]").fill(demo.accounts[person])
    page.locator("main form button").first.click()
    page.wait_for_load_state()


def take(page: Page, shot: Shot) -> None:
    """Write the four pictures of one page; it is loaded once."""
    page.goto(shot.found.address)
    take_what_stands(page, shot.name)


def take_what_stands(page: Page, name: str) -> None:
    """Write the four pictures of the page that stands there."""
    page.evaluate(ALL_PICTURES)
    for (width, height), scheme in product(WIDTHS.items(), SCHEMES):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png", full_page=True)


def take_all(browser: Browser, demo: Demonstration) -> list[Shot]:
    """Walk the program as each person; return what was taken, in order."""
    shots: dict[str, Shot] = {}
    for person, own in PEOPLE.items():
        context = browser.new_context(
            base_url=demo.address, locale="vi-VN", reduced_motion="reduce"
        )
        page = context.new_page()
        sign_in(page, demo, person)
        for kind, found in pages_of(context.request, is_visitor=person == VISITOR).items():
            name = f"{kind}.{person}" if kind in own else kind
            if name not in shots:
                shots[name] = Shot(name, person, found)
                take(page, shots[name])
        context.close()
    return list(shots.values())


def take_papers(browser: Browser, demo: Demonstration) -> list[Shot]:
    """Write, issue, check and withdraw a paper; return what was taken meanwhile."""
    shots: list[Shot] = []
    walks = []
    for person in (AUTHOR, VISITOR):
        context = browser.new_context(
            base_url=demo.address, locale="vi-VN", reduced_motion="reduce"
        )
        page = context.new_page()
        sign_in(page, demo, person)
        walks.append(Walk(page, partial(_note, shots, page, person, demo.address)))
    take_the_papers(*walks)
    for walk in walks:
        walk.page.context.close()
    return shots


def _note(shots: list[Shot], page: Page, person: str, base: str, name: str) -> None:
    """Take what stands there under a name, and keep the shot."""
    shots.append(Shot(name, person, Found(page.url.removeprefix(base), page.title())))
    take_what_stands(page, name)


def take_from_nothing(browser: Browser) -> list[Shot]:
    """Set an empty installation up and fill it; return what was taken meanwhile."""
    shots: list[Shot] = []
    with empty_installation() as address:
        base = address.partition("/thiet-lap/")[0]
        context = browser.new_context(base_url=base, locale="vi-VN", reduced_motion="reduce")
        page = context.new_page()
        note = partial(_note, shots, page, FROM_NOTHING, base)
        take_the_installation(Walk(page, note), address)
        context.close()
    return shots


def write_index(shots: list[Shot]) -> None:
    """Write `index.html`, which shows all pictures in rows."""
    rows = []
    for shot in shots:
        views = [f"{shot.name}-{width}-{scheme}.png" for width in WIDTHS for scheme in SCHEMES]
        pictures = "".join(f'<a href="{v}"><img src="{v}" alt="{v}"></a>' for v in views)
        told = html.escape(f"{shot.found.title} · {shot.person or 'khách'} · {shot.found.address}")
        rows.append(f"<section><h2>{told}</h2>{pictures}</section>")
    style = "img{width:24%;vertical-align:top;border:1px solid #999;margin:2px}"
    page = f'<!doctype html><meta charset="utf-8"><title>Thi Đua</title><style>{style}</style>'
    (FOLDER / "index.html").write_text(page + "\n".join(rows), encoding="utf-8")


def main(words: list[str]) -> None:
    """Take the pictures; say where they are."""
    path = find_browser()
    if path is None:
        stop(
            f"Thiếu trình duyệt: hãy cài một trong {', '.join(PROGRAMS)}.",
            f"No browser: install one of {', '.join(PROGRAMS)}.",
        )
    say("Đang mở dữ liệu minh họa…", "Serving a demonstration…")
    with demonstration() as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        if "docs" in words:
            folder: Path = take_docs_pictures(browser, demo, sign_in)
        else:
            folder = FOLDER
            shutil.rmtree(FOLDER, ignore_errors=True)
            FOLDER.mkdir()
            shots = take_all(browser, demo) + take_papers(browser, demo)
            shots += take_from_nothing(browser)
            write_index(shots)
            say(f"{len(shots)} trang, {len(shots) * 4} ảnh", f"{len(shots)} pages, four views each")
        browser.close()
    say(f"Ảnh ở {folder}", f"The pictures are in {folder}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        raise SystemExit(130) from None
