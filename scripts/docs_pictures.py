"""The pictures that README and the guides show: one screen each, so that they stay small."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from scripts.ceremony_pictures import take_the_ceremony
from scripts.checks import ROOT
from scripts.demonstration import Demonstration

FOLDER = ROOT / "docs" / "pictures"
DESK, PHONE = (1280, 900), (390, 940)
SignIn = Callable[[Page, Demonstration, str], None]


@dataclass(frozen=True)
class Picture:
    """One picture: whose page it is, the links that lead there, and what stands at its top."""

    name: str
    person: str
    path: tuple[str, ...]
    size: tuple[int, int] = DESK
    top: str = ""


PICTURES = (
    Picture("year", "", ("Khối thi đua Mặt trận Tổ quốc và các đoàn thể tỉnh", "Năm 2023")),
    Picture("work", "truong.cum", ()),
    Picture("board", "truong.khoi", ("năm 2026", "Bảng theo dõi"), (1280, 1240)),
    Picture("targets", "truong.hat-ru", ("Xem lại",), top=".subnav"),
    Picture("sign-phone", "truong.nghe-dan", ("Đọc và ký",), PHONE, "#ky"),
)


def take_docs_pictures(browser: Browser, demo: Demonstration, sign_in: SignIn) -> Path:
    """Take them anew and return the folder."""
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        width, height = picture.size
        context = browser.new_context(
            base_url=demo.address,
            locale="vi-VN",
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
        )
        page = context.new_page()
        sign_in(page, demo, picture.person)
        page.goto("/viec/" if picture.person else "/khoi-cum/")
        for words in picture.path:
            page.locator(".page").get_by_role("link", name=words).first.click()
            page.wait_for_load_state()
        if picture.top:
            page.locator(picture.top).evaluate("element => element.scrollIntoView()")
        page.screenshot(path=FOLDER / f"{picture.name}.png")
        context.close()
    take_the_ceremony(browser, demo, FOLDER)
    return FOLDER
