"""Bringing a paper that was written elsewhere, sending it, its articles, taking it away."""

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.text import nfc, one_line
from thidua.core.workflow import move
from thidua.cycles.actions.years import locked
from thidua.cycles.models import Enrolment
from thidua.files.actions import keep_file
from thidua.files.models import Blob
from thidua.files.names import clean_name
from thidua.paperwork.models import Article, Brought
from thidua.paperwork.words import words_of
from thidua.typesetting.articles import MOST

State = Brought.State
LONGEST_TITLE, LONGEST_TEXT = 300, 50_000


@dataclass(frozen=True)
class BroughtFacts:
    """What is told of a paper that is brought. Without a title, the file's name is one."""

    kind: str
    file: UploadedFile
    title: str = ""
    dated: date | None = None


@dataclass(frozen=True)
class ArticleFacts:
    """One article as somebody confirmed it."""

    number: str
    title: str = ""
    chapter: str = ""
    text: str = ""


def bring_paper(enrolment: Enrolment, facts: BroughtFacts, *, by: Acting) -> Brought:
    """Keep a Word or PDF file of the unit with its words, so that it can be read and found.

    Refuses beside ``file`` what is neither, cannot be read, or was brought before. File and words
    are read before the deed.
    """
    if facts.kind not in Brought.Kind.values:
        raise Invalid(_("Cần chọn loại văn bản."), field="kind")
    title = one_line(facts.title)
    if len(title) > LONGEST_TITLE:
        raise Invalid(_("Trích yếu dài nhất 300 chữ."), field="title")
    _taking_part_now(enrolment)
    words = words_of(facts.file)
    blob = keep_file(facts.file, by=by)
    name = clean_name(facts.file.name)
    told = Brought(
        kind=facts.kind,
        title=title or name.rpartition(".")[0] or name,
        dated=facts.dated,
        name=name,
        text=words.text,
    )
    return _enter(enrolment, told, blob, by=by)


@deed()
def _taking_part_now(enrolment: Enrolment) -> None:
    """Refuse before a large file is read for nothing."""
    _taking_part(enrolment)


def _taking_part(enrolment: Enrolment) -> Enrolment:
    cycle = locked(enrolment.cycle)
    fresh = cycle.enrolments.select_related("organization").get(pk=enrolment.pk)
    if fresh.left_on is not None:
        raise WrongState(_("Đơn vị đã rời nên không thêm, bớt văn bản nữa."))
    return fresh


@deed()
def _enter(enrolment: Enrolment, brought: Brought, blob: Blob, *, by: Acting) -> Brought:
    enrolment = _taking_part(enrolment)
    there = Brought.objects.filter(enrolment=enrolment, blob=blob).exclude(state=State.REMOVED)
    if kept := there.first():
        told = _("Tệp này đã được đưa lên với tên “%(title)s”.") % {"title": kept.title}
        raise Invalid(told, field="file")
    brought.enrolment, brought.blob = enrolment, blob
    brought.at, brought.by = clock.now(), by.user
    brought.is_illustration = by.is_illustration
    brought.save()
    _note("brought.kept", brought, by, digest=blob.digest)
    return brought


@deed()
def send_brought(brought: Brought, *, by: Acting) -> Brought:
    """Let those who follow the year read the paper."""
    fresh = _fresh(brought)
    if fresh.is_sent:
        raise AlreadyDone(_("Văn bản này đã gửi rồi."))
    move(fresh, State.SENT, sent_at=clock.now())
    _note("brought.sent", fresh, by)
    return fresh


@deed()
def take_back_brought(brought: Brought, *, by: Acting) -> Brought:
    """Let only the unit itself see the paper again."""
    fresh = _fresh(brought)
    if not fresh.is_sent:
        raise WrongState(_("Văn bản này chưa gửi nên không có gì để rút."))
    move(fresh, State.KEPT, sent_at=None)
    _note("brought.taken_back", fresh, by)
    return fresh


@deed()
def remove_brought(brought: Brought, *, by: Acting, reason: str) -> Brought:
    """Take the paper away, with a reason; what was sent must be taken back first."""
    fresh = _fresh(brought)
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    if fresh.is_sent:
        raise WrongState(_("Văn bản này đã gửi. Hãy rút lại trước khi bỏ."))
    move(fresh, State.REMOVED, removed_reason=one_line(reason))
    _note("brought.removed", fresh, by, reason=one_line(reason))
    return fresh


@deed()
def confirm_articles(
    brought: Brought, articles: list[ArticleFacts], *, by: Acting
) -> list[Article]:
    """Write the articles of a regulation as they were looked at; earlier ones give way."""
    fresh = _fresh(brought)
    if not fresh.has_articles:
        raise WrongState(_("Chỉ quy chế có lớp chữ mới tách được thành các điều."))
    _refuse_bad_articles(articles)
    fresh.articles.all().delete()
    rows = Article.objects.bulk_create(
        Article(
            brought=fresh,
            place=place,
            number=one_line(facts.number),
            title=one_line(facts.title),
            chapter=one_line(facts.chapter),
            text=nfc(facts.text).strip(),
        )
        for place, facts in enumerate(articles, start=1)
    )
    _note("brought.articles_confirmed", fresh, by, count=str(len(rows)))
    return rows


def _refuse_bad_articles(articles: list[ArticleFacts]) -> None:
    if not articles:
        raise Invalid(_("Cần chọn ít nhất một điều."))
    if len(articles) > MOST:
        raise Invalid(_("Một quy chế có nhiều nhất %(most)d điều.") % {"most": MOST})
    numbers = [one_line(facts.number) for facts in articles]
    for place, (number, facts) in enumerate(zip(numbers, articles, strict=True)):
        if not number or len(number) > 10:
            raise Invalid(_("Số điều cần từ 1 đến 10 chữ, ví dụ 5 hoặc 5a."))
        if number in numbers[:place]:
            raise Invalid(_("Có hai điều cùng mang số %(number)s.") % {"number": number})
        if len(one_line(facts.title)) > LONGEST_TITLE:
            raise Invalid(_("Tên điều %(number)s dài quá 300 chữ.") % {"number": number})


def _fresh(brought: Brought) -> Brought:
    """Return the paper read again, its year locked; refuse what was removed."""
    _taking_part(brought.enrolment)
    papers = Brought.objects.select_related("enrolment__organization", "enrolment__cycle__bloc")
    fresh = papers.get(pk=brought.pk)
    if fresh.is_removed:
        raise WrongState(_("Văn bản này đã bỏ."))
    return fresh


def _note(code: str, brought: Brought, by: Acting, **facts: str) -> None:
    with override("vi"):  # the trail is Vietnamese, whatever language the actor reads
        facts["title"] = str(brought)
    chain = chain_of_bloc(brought.enrolment.cycle.bloc_id)
    record(code, by=by, on=brought, chain=chain, **facts)
