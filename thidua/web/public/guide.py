"""The help: short answers by role, each a small template, searchable by folded words."""

from dataclasses import dataclass
from html import unescape

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment
from thidua.core.text import fold
from thidua.web.public.finding import words_of
from thidua.web.public.topics import CONTENTS, Words


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
    lead: str
    topics: list[Topic]


# Whose page it is, by the role of an appointment.
FOR_ROLES = {
    Appointment.Role.OFFICER: "can-bo-don-vi",
    Appointment.Role.HEAD: "lanh-dao-don-vi",
    Appointment.Role.STAND_IN: "lanh-dao-don-vi",
    Appointment.Role.SECRETARY: "khoi-truong-thu-ky",
    Appointment.Role.BOARD: "ban-thi-dua-khen-thuong",
    Appointment.Role.OPERATOR: "nguoi-van-hanh",
}


def roles_matching(text: str) -> list[Role]:
    """Return the roles with the topics that answer ``text``; all of them when it has no words."""
    words = words_of(text)
    if text and not words:
        return []
    roles = []
    for slug, title, lead, questions in CONTENTS:
        topics = _topics(questions)
        answering = [topic for topic in topics if topic.answers(words)]
        if answering:
            roles.append(Role(slug, str(title), str(lead), answering))
    return roles


def role_called(slug: str) -> Role | None:
    """Return the role with all its topics, or None."""
    for known, title, lead, questions in CONTENTS:
        if known == slug:
            return Role(slug, str(title), str(lead), _topics(questions))
    return None


def all_roles(acting: Acting) -> list[tuple[Role, bool]]:
    """Return the roles without their topics, each with whether it is one of the reader's own."""
    own = {FOR_ROLES.get(Appointment.Role(one.role)) for one in acting.appointments}
    return [
        (Role(slug, str(title), str(lead), []), slug in own)
        for slug, title, lead, _questions in CONTENTS
    ]


def _topics(questions: list[tuple[str, Words]]) -> list[Topic]:
    return [
        Topic(code, str(question), render_to_string(f"public/help/{code}.html"))
        for code, question in questions
    ]
