"""Quy chế of a bloc: its own rules, in chapters and articles."""

from collections.abc import Iterable
from dataclasses import dataclass

from thidua.typesetting.official import Official, Paragraph
from thidua.typesetting.papers.frame import Frame, PaperType, framed
from thidua.typesetting.papers.wording import TO_WRITE, articles

TYPE = PaperType("regulation", "QUY CHẾ", "QC")
ARTICLES = """Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh và đối tượng áp dụng
1. Quy chế này quy định về tổ chức, hoạt động, chấm điểm và bình xét thi đua của {bloc}.
2. Quy chế áp dụng đối với các đơn vị thành viên và người được giao làm công tác thi đua của {noun}.
Điều 2. Nguyên tắc hoạt động
1. Tự nguyện, dân chủ, công khai, bình đẳng; quyết định theo ý kiến đa số.
2. Chấm điểm theo bảng điểm đã thống nhất, có minh chứng; không đơn vị nào tự quyết định về mình.
Chương II
TỔ CHỨC VÀ HOẠT ĐỘNG
Điều 3. Đơn vị {leader}, đơn vị {deputy}
1. Được hội nghị các đơn vị thành viên thống nhất lựa chọn, luân phiên hằng năm.
2. Đơn vị {leader} chủ trì xây dựng kế hoạch, giao ước, bảng điểm; điều hành hoạt động; tổng hợp \
kết quả gửi {manager}; bàn giao hồ sơ cho đơn vị kế nhiệm.
3. Đơn vị {deputy} phối hợp điều hành, thẩm định kết quả của đơn vị {leader}.
Điều 4. Đơn vị thành viên
1. Đăng ký thi đua, ký giao ước, báo cáo, tự chấm điểm đầy đủ, đúng hạn và chịu trách nhiệm về số \
liệu của mình.
2. Được góp ý, kiến nghị về chỉ tiêu, bảng điểm, kết quả chấm điểm và được trả lời.
Điều 5. Hội nghị, chế độ báo cáo
1. Tổ chức ký giao ước đầu năm, sơ kết 6 tháng và tổng kết năm.
2. Thời hạn báo cáo theo kế hoạch hoạt động của năm.
Chương III
CHẤM ĐIỂM, BÌNH XÉT
Điều 6. Chấm điểm
1. Các lớp chấm: đơn vị tự chấm; kiểm tra chéo; đơn vị {leader}, đơn vị {deputy} thẩm định; hội \
nghị thống nhất.
2. Điểm khác với lớp chấm trước phải ghi lý do. Điểm thưởng phải có minh chứng.
Điều 7. Xếp hạng, suy tôn
1. Xếp hạng theo tổng điểm; trường hợp bằng điểm, phân định theo thứ tự ghi trong bảng điểm.
2. Kết quả của {noun} là đề nghị gửi {manager}; việc khen thưởng do cấp có thẩm quyền quyết định.
Chương IV
TỔ CHỨC THỰC HIỆN
Điều 8. Hiệu lực thi hành
1. Quy chế có hiệu lực từ ngày được hội nghị các đơn vị thành viên thông qua.
2. Việc sửa đổi, bổ sung do hội nghị các đơn vị thành viên quyết định."""


@dataclass(frozen=True)
class Regulation:
    """What the paper says: ``articles`` is the whole text, a line for each heading and clause."""

    frame: Frame
    year: int
    bloc: str
    articles: str = ""


@dataclass(frozen=True)
class ArticleText:
    """One article: the chapter it stands in ("" for none), its number, name and clauses."""

    number: str
    title: str
    text: str = ""
    chapter: str = ""


def written_out(articles: Iterable[ArticleText]) -> str:
    """Return articles as the text of the free part: a line for each heading and clause."""
    lines: list[str] = []
    chapter = ""
    for article in articles:
        if article.chapter and article.chapter != chapter:
            lines.append(article.chapter)
        chapter = article.chapter
        lines += [f"Điều {article.number}. {article.title}".strip(), article.text]
    return "\n".join(line for line in lines if line)


def proposed(bloc: str, noun: str, leader: str, deputy: str, manager: str) -> str:
    """Return the articles that are proposed where the bloc has written none."""
    return ARTICLES.format(bloc=bloc, noun=noun, leader=leader, deputy=deputy, manager=manager)


def compose(facts: Regulation) -> Official:
    """Return the paper: what the lines are (chương, mục, điều, khoản) is told by how they begin."""
    body = articles(facts.articles) or [Paragraph(TO_WRITE)]
    title = f"Hoạt động và bình xét thi đua năm {facts.year} của {facts.bloc}"
    return framed(facts.frame, TYPE, title, body)
