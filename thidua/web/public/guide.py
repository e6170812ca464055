"""The help: short answers by role, each a small template, searchable by folded words."""

from dataclasses import dataclass
from html import unescape

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from thidua.core.text import fold
from thidua.web.public.finding import words_of


@dataclass(frozen=True)
class Topic:
    """One question with its answer, rendered."""

    slug: str
    question: str
    answer: SafeString

    def answers(self, words: list[str]) -> bool:
        """Say whether a word of the question or the answer begins with each of ``words``."""
        text = " " + fold(f"{self.question} {unescape(strip_tags(self.answer))}")
        return all(f" {word}" in text for word in words)


@dataclass(frozen=True)
class Role:
    """Who the topics are for."""

    slug: str
    title: str
    topics: list[Topic]


CONTENTS: list[tuple[str, str | Promise, list[tuple[str, str | Promise]]]] = [
    (
        "moi-nguoi",
        _("Mọi người"),
        [
            ("sign-in", _("Làm sao để đăng nhập?")),
            ("working-for", _("“Đang làm việc cho” nghĩa là gì?")),
            ("my-work", _("Hôm nay tôi phải làm gì?")),
            ("late", _("Trễ hạn thì sao?")),
        ],
    ),
    (
        "can-bo-don-vi",
        _("Cán bộ thi đua của đơn vị"),
        [
            ("register-targets", _("Đăng ký chỉ tiêu thi đua thế nào?")),
            ("numbers", _("Gõ con số thế nào cho đúng?")),
            ("review-targets", _("Chỉ tiêu được đề nghị sửa thì làm gì?")),
            ("comment", _("Góp ý dự thảo giao ước ở đâu?")),
            ("join-movement", _("Tham gia phong trào thế nào?")),
        ],
    ),
    (
        "lanh-dao-don-vi",
        _("Lãnh đạo đơn vị"),
        [
            ("send-targets", _("Gửi, rút lại bản đăng ký thế nào?")),
            ("sign", _("Ký giao ước thế nào?")),
            ("decline", _("Đơn vị chưa ký được thì sao?")),
            ("stand-in", _("Cử người ký thay thế nào?")),
        ],
    ),
    (
        "khoi-truong-thu-ky",
        _("Khối trưởng, cụm trưởng, phó và thư ký"),
        [
            ("answer-targets", _("Trả lời bản đăng ký của các đơn vị thế nào?")),
            ("draft-covenant", _("Soạn giao ước và lấy ý kiến thế nào?")),
            ("freeze", _("Chốt giao ước và mở ký thế nào?")),
            ("declare", _("Hết hạn mà còn đơn vị chưa ký thì làm gì?")),
        ],
    ),
    (
        "ban-thi-dua-khen-thuong",
        _("Ban, phòng thi đua - khen thưởng"),
        [
            ("found-bloc", _("Lập khối, cụm và chuẩn bị năm thi đua thế nào?")),
            ("accounts", _("Mở tài khoản và giao quyền thế nào?")),
            ("leave", _("Đơn vị rời khối, cụm giữa năm thì làm gì?")),
        ],
    ),
    (
        "nguoi-van-hanh",
        _("Người vận hành máy chủ"),
        [("operate", _("Sao lưu, nâng cấp, kiểm tra dấu vết ở đâu?"))],
    ),
    (
        "cong-chung",
        _("Công chúng, báo chí"),
        [
            ("read-covenant", _("Đọc và đối chiếu một bản giao ước thế nào?")),
            ("search", _("Tìm đơn vị, khối, cụm, phong trào thế nào?")),
            ("illustration", _("Dấu MINH HỌA nghĩa là gì?")),
        ],
    ),
]


def roles_matching(text: str) -> list[Role]:
    """Return the roles with the topics that answer ``text``; all of them when it has no words."""
    words = words_of(text)
    if text and not words:
        return []
    roles = []
    for slug, title, questions in CONTENTS:
        topics = [
            Topic(code, str(question), render_to_string(f"public/help/{code}.html"))
            for code, question in questions
        ]
        answering = [topic for topic in topics if topic.answers(words)]
        if answering:
            roles.append(Role(slug, str(title), answering))
    return roles
