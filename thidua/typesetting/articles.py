"""The headings of a regulation: chapters, sections and articles, told from the words alone."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

ARTICLE = re.compile(r"^Điều\s+(\d{1,3}[a-zđ]?)\s*[.:]\s*(.*)$", re.IGNORECASE | re.DOTALL)
CHAPTER = re.compile(
    r"^(Phần thứ \w+|(?:Phần|Chương|Mục|Tiểu mục)\s+(?:[IVXLC]{1,7}|\d{1,2}))\b[\s.:–-]*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
LONGEST_TITLE = 300
MOST = 500
_NEW = re.compile(r"^(\d{1,3}[.)]|[a-zđ]\)|[-–+•*]|[IVX]{1,5}\.)\s")
_ENDS = (".", ";", ":", "!", "?", "”", "./.")


@dataclass(frozen=True)
class FoundArticle:
    """One article as found. ``chapter`` is the heading it stands under ("" where none)."""

    number: str
    title: str
    text: str
    chapter: str = ""

    @property
    def heading(self) -> str:
        """Its heading as it stands in the paper, whatever language its reader uses."""
        return f"Điều {self.number}. {self.title}"


@dataclass
class _Open:
    number: str
    title: str
    chapter: str
    lines: list[str] = field(default_factory=list)

    def closed(self) -> FoundArticle:
        return FoundArticle(self.number, self.title, "\n".join(self.lines), self.chapter)


def articles_of(paragraphs: Iterable[str]) -> list[FoundArticle]:
    """Return the articles that ``paragraphs`` hold, at most `MOST`. What is before them is left.

    A wrong guess is for a person to put right: headings are shown before anything is kept.
    """
    found: list[FoundArticle] = []
    for article in _articles(paragraphs):
        found.append(article)
        if len(found) == MOST:
            break
    return found


def _articles(paragraphs: Iterable[str]) -> Iterator[FoundArticle]:
    chapter, current = _Chapter(), None
    for text in filter(None, map(str.strip, paragraphs)):
        article = ARTICLE.match(text)
        if article or chapter.begins_with(text):
            if current:
                yield current.closed()
            current = _opened(article, chapter.name) if article else None
            chapter.is_waiting = chapter.is_waiting and not article
        elif not chapter.goes_on_with(text) and current:
            current.lines.append(text)
    if current:
        yield current.closed()


@dataclass
class _Chapter:
    """The heading that articles stand under; its name may stand on a line of its own."""

    name: str = ""
    is_waiting: bool = False

    def begins_with(self, text: str) -> bool:
        match = CHAPTER.match(text) if len(text) <= LONGEST_TITLE else None
        if match:
            name = " ".join(match[2].split())
            self.name, self.is_waiting = f"{match[1]}. {name}".removesuffix(". "), not name
        return bool(match)

    def goes_on_with(self, text: str) -> bool:
        if not self.is_waiting:
            return False
        self.name, self.is_waiting = f"{self.name}. {text[:LONGEST_TITLE]}", False
        return True


def _opened(match: re.Match[str], chapter: str) -> _Open:
    """A title is what stands on the heading's line; a whole sentence there is the text."""
    first, _break, rest = match[2].strip().partition("\n")
    opened = _Open(match[1], first, chapter)
    if len(first) > LONGEST_TITLE:
        opened.title, opened.lines = "", [first]
    if rest.strip():
        opened.lines.append(rest.strip())
    return opened


def paragraphs_of(pages: Iterable[str]) -> list[str]:
    """Return paragraphs of a PDF's text, whose lines end where the paper did.

    A line goes on with the one before unless it begins a heading or an item, or that one ended a
    sentence. Page numbers alone on a line are left out.
    """
    found: list[str] = []
    for page in pages:
        for line in page.replace("\r", "\n").split("\n"):
            text = " ".join(line.split())
            if not text or re.fullmatch(r"[-–]?\s*\d{1,3}\s*[-–]?", text):
                continue
            if found and not _begins(text) and not _is_over(found[-1], text):
                found[-1] += f" {text}"
            else:
                found.append(text)
    return found


def _begins(text: str) -> bool:
    return bool(ARTICLE.match(text) or CHAPTER.match(text) or _NEW.match(text))


def _is_over(before: str, text: str) -> bool:
    """A chapter is over at its line's end, an article's title before a line with a capital."""
    if ARTICLE.match(before) and len(before) < LONGEST_TITLE:
        return text[0].isupper()
    return before.endswith(_ENDS) or before == before.upper() or bool(CHAPTER.match(before))
