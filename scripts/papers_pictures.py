"""Pictures of a paper in every state: no link of the demonstration leads to what must be written.

A head drafts, issues and withdraws; a visitor checks what they hold; an officer measures a file.
"""

import re

from scripts.setup_pictures import Walk

WORDS = "Mỗi chi hội làm %s việc tốt cho trẻ em quanh nhà, ghi sổ và báo vào cuối quý (minh họa)."


def take_the_papers(walk: Walk, visitor: Walk) -> None:
    """Go through it all as the head who is signed in, and as a visitor."""
    pdf = _issue(walk)
    _check(visitor, walk, pdf)
    _withdraw(walk)
    _measure(walk, pdf)


def _to_the_list(walk: Walk) -> None:
    walk.page.goto("/viec/")
    year = walk.page.locator('.page a[href^="/nam/"]').first.get_attribute("href") or ""
    [number] = re.findall(r"^/nam/(\d+)/", year)
    walk.page.goto(f"/van-ban/nam/{number}/")


def _issue(walk: Walk) -> bytes:
    """Draft, save twice, look, issue; return the PDF."""
    _to_the_list(walk)
    walk.take("van-ban-nam-n.chua-lap")
    walk.press("Lập dự thảo")
    walk.take("van-ban-n.du-thao")
    for words in ("một", "hai"):
        walk.fill({"Biện pháp thực hiện": WORDS % words})
        walk.press("Lưu và xem bản in")
    walk.page.get_by_text("Lần lưu vừa rồi khác gì").click()
    walk.take("van-ban-n.khac-gi")
    walk.press("Lưu và xem lại để ban hành")
    walk.take("van-ban-n-ban-hanh.con-thieu")
    walk.press("Quay lại sửa", "link")
    walk.fill({"Số văn bản": "27"})
    walk.press("Lưu và xem lại để ban hành")
    walk.take("van-ban-n-ban-hanh")
    walk.press("Ban hành")
    walk.take("van-ban-n.da-ban-hanh")
    link = walk.page.get_by_role("link", name="Tải bản PDF").get_attribute("href") or ""
    return walk.page.request.get(link).body()


def _check(visitor: Walk, walk: Walk, pdf: bytes) -> None:
    """Check the paper by its code and by its file, whole and changed."""
    code = walk.page.locator('.page a[href^="/kiem-tra/"]').first.get_attribute("href") or ""
    visitor.page.goto(code)
    visitor.take("kiem-tra-ma")
    visitor.page.goto("/kiem-tra/ABCDE-FGHJK/")
    visitor.take("kiem-tra-ma.khong-co")
    for content, name in ((pdf, "dung"), (pdf + b" ", "da-doi"), (b"%PDF-1.7 hong", "la")):
        visitor.page.goto("/kiem-tra/")
        _choose(visitor, "Tệp văn bản", content)
        visitor.press("Đối chiếu tệp")
        visitor.take(f"kiem-tra.{name}")
    walk.page.goto(code)
    walk.take("kiem-tra-ma.nguoi-duoc-xem")


def _withdraw(walk: Walk) -> None:
    """Make a new version of what was issued, then withdraw it."""
    _to_the_list(walk)
    walk.take("van-ban-nam-n.da-lap")
    walk.press("Xem", "link")
    walk.fill({"Lý do thu hồi": "Ghi nhầm chỉ tiêu (minh họa)"})
    walk.press("Thu hồi")
    walk.take("van-ban-n.da-thu-hoi")


def _measure(walk: Walk, pdf: bytes) -> None:
    """Measure the paper's layout, and bring it as a paper of the unit's own."""
    walk.page.goto("/the-thuc/")
    _choose(walk, "Tệp PDF", pdf)
    walk.press("Kiểm tra")
    walk.take("the-thuc.ket-qua")
    walk.page.goto("/so-van-ban/")
    walk.take("so-van-ban.co-van-ban")
    _to_the_list(walk)
    number = re.sub(r"\D", "", walk.page.url.partition("/nam/")[2])
    walk.page.goto(f"/nam/{number}/van-ban-rieng/moi/")
    walk.take("nam-n-van-ban-rieng-moi")
    walk.fill({"Loại văn bản": "báo cáo", "Trích yếu": "Báo cáo của đơn vị (minh họa)"})
    _choose(walk, "Tệp", pdf)
    walk.press("Đưa lên")
    walk.take("nam-n-van-ban-rieng-n")
    walk.page.goto(f"/nam/{number}/van-ban-rieng/")
    walk.take("nam-n-van-ban-rieng.da-co")


def _choose(walk: Walk, label: str, content: bytes) -> None:
    walk.field(label).set_input_files(
        {"name": "Bản đăng ký.pdf", "mimeType": "application/pdf", "buffer": content}
    )
