"""What is told of a paper that is brought, why one is removed, and which headings are articles."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.paperwork.actions.brought import ArticleFacts, BroughtFacts
from thidua.paperwork.models import Brought
from thidua.typesetting.articles import FoundArticle, articles_of
from thidua.web.fields import DayField, LineField
from thidua.web.upload import FileField


def _help() -> str:
    told = _now("Word (.docx) hoặc PDF, nặng nhiều nhất %(limit)d MB.")
    return told % {"limit": settings.UPLOAD_MAX_MB}


class BringForm(forms.Form):
    """The file and what it is."""

    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=Brought.Kind.choices)
    title = LineField(
        label=_("Trích yếu"),
        max_length=300,
        required=False,
        help_text=_("Văn bản nói về việc gì. Để trống thì lấy tên của tệp."),
    )
    dated = DayField(label=_("Ngày văn bản"), required=False)
    file = FileField(help_text=lazy(_help, str)())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].widget.attrs["accept"] = ".docx,.pdf"

    def facts(self) -> BroughtFacts:
        """Return what was told, for `bring_paper`."""
        told = self.cleaned_data
        return BroughtFacts(told["kind"], told["file"], told["title"], told["dated"])


class RemoveForm(forms.Form):
    """Why a paper is taken away."""

    reason = LineField(
        label=_("Lý do bỏ"),
        max_length=500,
        error_messages={"required": _("Cần ghi lý do.")},
        help_text=_("Ví dụ: đưa nhầm tệp"),
    )


class ArticlesForm(forms.Form):
    """The headings that were found: which are articles, under which number and title."""

    def __init__(self, *args: Any, paper: Brought, **options: Any) -> None:
        super().__init__(*args, **options)
        self.found = articles_of(paper.paragraphs)
        confirmed = {article.number: article for article in paper.articles.all()}
        for place, article in enumerate(self.found):
            number, title = article.number, article.title
            if number in confirmed:
                title = confirmed[number].title
            is_kept = not confirmed or number in confirmed
            self.fields[f"keep-{place}"] = forms.BooleanField(
                label=_("Là một điều"), required=False, initial=is_kept
            )
            self.fields[f"number-{place}"] = LineField(
                label=_("Số điều"), required=False, initial=number, max_length=10
            )
            self.fields[f"title-{place}"] = LineField(
                label=_("Tên điều"), required=False, initial=title, max_length=300
            )

    def rows(self) -> Iterator[tuple[FoundArticle, list[forms.BoundField]]]:
        """Yield each heading with its fields."""
        for place, article in enumerate(self.found):
            names = ("keep", "number", "title")
            yield article, [self[f"{name}-{place}"] for name in names]

    def facts(self) -> list[ArticleFacts]:
        """Return the articles that were ticked.

        What was not belongs to the article before it, heading and all.
        """
        kept: list[ArticleFacts] = []
        for place, found in enumerate(self.found):
            told = [self.cleaned_data[f"{name}-{place}"] for name in ("keep", "number", "title")]
            if told[0]:
                kept.append(ArticleFacts(told[1], told[2], found.chapter, found.text))
            elif kept:
                lines = [kept[-1].text, found.heading, found.text]
                before = kept.pop()
                text = "\n".join(filter(None, lines))
                kept.append(ArticleFacts(before.number, before.title, before.chapter, text))
        return kept
