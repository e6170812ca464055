"""Pages of legal texts: what is in force on a day, one text, adding and putting right."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.core.text import fold
from thidua.documents.actions import add_legal_text, write_legal_text
from thidua.documents.legal import Finding, Registry, findings, named, registry
from thidua.documents.models import LegalText as Row
from thidua.lawbook.texts import BY_KEY, LegalText
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.fields import DayField
from thidua.web.legal.forms import CERTAINTIES, TextForm, told_before
from thidua.web.trail import trail_lines

PAGE = 50


@dataclass(frozen=True)
class Shown:
    """A text as a page shows it on a day."""

    text: LegalText
    day: date
    texts: Registry

    @property
    def name(self) -> str:
        """Its kind and number, or a law's name with its number."""
        return named(self.text)

    @property
    def standing(self) -> str:
        """in_force, expired, not_yet or unknown."""
        return self.text.standing(self.day).value

    @property
    def certainty(self) -> str:
        """How surely it was read, in words."""
        return str(CERTAINTIES[self.text.certainty])

    @property
    def successor(self) -> "Shown | None":
        """The text that took its place."""
        after = self.texts.get(self.text.replaced_by)
        return Shown(after, self.day, self.texts) if after else None

    def findings(self) -> list[Finding]:
        """What an officer should know before citing it in a paper of this day."""
        return findings([self.text.key], self.day, self.texts)


def _day(request: HttpRequest) -> tuple[date, str]:
    """Return the day asked for, or today, with a sentence where what was typed is no day."""
    typed = request.GET.get("ngay", "")[:20]
    try:
        return DayField(required=False).clean(typed) or clock.today(), ""
    except ValidationError as refusal:
        return clock.today(), str(refusal.messages[0])


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the legal texts, with what each is on a day."""
    texts = registry()
    day, wrong = _day(request)
    q, every = request.GET.get("q", "")[:200], request.GET.get("loc", "") != "hieu-luc"
    words = fold(q).split()
    rows = [
        Shown(text, day, texts)
        for text in texts.values()
        if (every or text.is_in_force(day)) and _holds(text, words)
    ]
    told = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "q": q,
        "day": day,
        "wrong": wrong,
        "every": every,
    }
    return render(request, "legal/index.html", told)


def _holds(text: LegalText, words: list[str]) -> bool:
    folded = fold(f"{text.form} {text.number} {text.title} {text.issuer}")
    return all(word in folded for word in words)


@require_GET
def show(request: HttpRequest, text_key: str) -> HttpResponse:
    """Show one text: its days, its căn cứ line, and what to mind when citing it."""
    shown, row = _found(request, text_key)
    who = acting(request)
    told = {
        "shown": shown,
        "row": row,
        "is_shipped": text_key in BY_KEY,
        "may_write": _may_write(who, row),
        "entries": trail_lines(row, everything=bool(who.appointments)) if row else [],
    }
    return render(request, "legal/show.html", told)


def _found(request: HttpRequest, key: str) -> tuple[Shown, Row | None]:
    texts = registry()
    if key not in texts:
        raise Http404
    row = Row.objects.select_related("organization").filter(key=key).first()
    return Shown(texts[key], _day(request)[0], texts), row


def _may_write(who: Acting, row: Row | None) -> bool:
    if row is None:
        return who.has_perm("documents.begin_legaltext")
    return who.has_perm("documents.write_legaltext", row)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Add a text of one's own: a province's decision, a guide of one's ministry."""
    who = acting(request)
    require(who, "documents.begin_legaltext")
    form = bind(TextForm, request, texts=registry(), initial={"certainty": "read"})
    if form.is_valid():
        row = perform(form, add_legal_text, form.facts(), by=who)
        if row:
            messages.success(request, _("Đã ghi văn bản. Từ nay chọn được làm căn cứ."))
            return redirect("legal:show", row.key)
    return render(request, "legal/new.html", {"form": form}, status=422 if form.is_bound else 200)


@signed_in
def edit(request: HttpRequest, text_key: str) -> HttpResponse:
    """Put a text right; what was told before stays in the trail."""
    who = acting(request)
    shown, row = _found(request, text_key)
    if row is None:
        require(who, "documents.begin_legaltext")
    else:
        require(who, "documents.write_legaltext", row)
    initial = told_before(shown.text)
    form = bind(TextForm, request, texts=shown.texts, itself=text_key, initial=initial)
    if form.is_valid() and perform(form, write_legal_text, text_key, form.facts(), by=who):
        messages.success(request, _("Đã sửa. Điều ghi trước đây còn trong dấu vết."))
        return redirect("legal:show", text_key)
    told = {"form": form, "shown": shown}
    return render(request, "legal/edit.html", told, status=422 if form.is_bound else 200)
