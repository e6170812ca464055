"""Numbers of papers: taking, cancelling, and the books from which the program gives them out."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.text import day_text, one_line
from thidua.documents.models import Number, NumberBook, Version
from thidua.organizations.actions.deciding import refuse_bad_symbol
from thidua.organizations.models import NOT_TOLD, SYMBOL, Organization
from thidua.organizations.queries import header_of

LETTER = "CV"  # a công văn: NĐ 30/2020/NĐ-CP gives it no abbreviation in its symbol
HIGHEST = 999_999


class NumberMoved(WrongState):
    """The number that a paper was set with has meanwhile been given to another: set it again."""

    code = "number_moved"


@dataclass(frozen=True)
class Line:
    """What the book keeps of a paper beside number, day and title.

    ``symbol`` stands for the issuer in this one paper's symbol ("LĐLĐ-TG"), "" for the usual one.
    ``peeked`` is the number that the paper was set with (`peek_number`).
    """

    signer: str = ""
    recipients: str = ""
    symbol: str = ""
    version: Version | None = None
    peeked: int | None = None


def symbol_of(number: int | None, kind: str, symbol: str) -> str:
    """Return "05/BC-LĐLĐ"; a công văn has no kind; with a blank where there is no number yet."""
    first = "     " if number is None else f"{number:02d}"
    parts = [symbol] if kind == LETTER else [kind, symbol]
    return f"{first}/{'-'.join(part for part in parts if part)}"


def peek_number(issuer: Organization, kind: str, year: int) -> int | None:
    """Return the number that our book would give out next; None where numbers are typed."""
    book = NumberBook.objects.filter(issuer=issuer, kind=one_line(kind), year=year).first()
    return _next(book) if book else None


@deed()
def take_number(
    issuer: Organization,
    *,
    kind: str,
    dated: date,
    title: str,
    by: Acting,
    number: int | None = None,
    line: Line | None = None,
) -> Number:
    """Take a number for a paper of ``issuer`` dated ``dated``; its year is that day's.

    Where the issuer has a book of ours, ``number`` is None and the next one is given out; else it
    is typed from the issuer's own register. Refuses `AlreadyDone` naming the paper that has it,
    `NumberMoved` when another paper took the peeked number meanwhile.
    """
    line = line or Line()
    kind, title = one_line(kind), one_line(title)
    symbol = _checked(issuer, kind, dated, title, line)
    whose = {"issuer": issuer, "kind": kind, "year": dated.year}
    book = NumberBook.objects.select_for_update().filter(**whose).first()
    row = Number(
        **whose,
        dated=dated,
        title=title,
        signer=line.signer,
        recipients=line.recipients,
        version=line.version,
        is_ours=book is not None,
        taken_at=clock.now(),
        taken_by=by.user,
    )
    if book:
        _give_out(book, row, symbol, number, line.peeked)
    else:
        _write_typed(row, symbol, number)
    record("number.taken", by=by, on=row, title=title[:300])
    return row


def _checked(issuer: Organization, kind: str, dated: date, title: str, line: Line) -> str:
    """Return what stands for the issuer in the symbol, after refusing what cannot be."""
    if not title:
        raise Invalid(_("Hãy ghi trích yếu của văn bản."), field="title")
    if len(kind) > 20 or not SYMBOL.fullmatch(kind):
        raise Invalid(_("Chữ viết tắt loại văn bản chỉ gồm chữ, viết liền."), field="kind")
    if dated > clock.today():
        raise Invalid(_("Ngày văn bản chưa tới nên chưa lấy số được."), field="dated")
    _refuse_before_founding(issuer, dated)
    symbol = one_line(line.symbol) or header_of(issuer, dated).symbol
    if not symbol:
        raise Invalid(
            _(
                "%(unit)s chưa ghi ký hiệu trên văn bản (ví dụ: LĐLĐ). Hãy ghi ở trang “Đầu văn "
                "bản” của đơn vị rồi lấy số."
            )
            % {"unit": issuer.name},
            field="symbol",
        )
    refuse_bad_symbol(symbol)
    return symbol


def _refuse_before_founding(issuer: Organization, dated: date) -> None:
    first = issuer.names.order_by("since").first()
    if first and first.since != NOT_TOLD and dated < first.since:
        told = {"unit": issuer.name, "day": day_text(first.since)}
        raise Invalid(
            _("%(unit)s có từ ngày %(day)s: ngày văn bản phải từ ngày ấy trở đi.") % told,
            field="dated",
        )


def _next(book: NumberBook) -> int:
    """Return the first number after the last that no paper has; a typed one may stand there."""
    taken = set(
        Number.objects.filter(
            issuer=book.issuer_id, kind=book.kind, year=book.year, number__gt=book.last
        ).values_list("number", flat=True)
    )
    number = book.last + 1
    while number in taken:
        number += 1
    return number


def _give_out(
    book: NumberBook, row: Number, symbol: str, typed: int | None, peeked: int | None
) -> None:
    """Give ``row`` the next number of our book, which is locked until the deed ends."""
    if typed is not None:
        raise Invalid(
            _("Số của loại văn bản này do chương trình cấp: để trống ô số."), field="number"
        )
    row.number = _next(book)
    if peeked is not None and peeked != row.number:
        raise NumberMoved(
            _("Số %(number)02d vừa cấp cho văn bản khác. Hãy xem lại văn bản với số mới.")
            % {"number": peeked}
        )
    row.symbol = symbol_of(row.number, row.kind, symbol)
    row.save(force_insert=True)
    book.last = row.number
    book.save(update_fields=["last"])


def _write_typed(row: Number, symbol: str, typed: int | None) -> None:
    """Write a number from the issuer's own register; one that is there names who has it."""
    if typed is None:
        raise Invalid(_("Hãy ghi số lấy ở sổ văn bản đi của đơn vị."), field="number")
    if not 1 <= typed <= HIGHEST:
        raise Invalid(_("Số văn bản là số nguyên từ 1 trở lên."), field="number")
    row.number, row.symbol = typed, symbol_of(typed, row.kind, symbol)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise _already(row) from error


def _already(row: Number) -> AlreadyDone:
    there = Number.objects.filter(
        issuer=row.issuer, kind=row.kind, year=row.year, number=row.number
    ).first()
    told = {
        "symbol": there.symbol if there else row.symbol,
        "year": row.year,
        "title": there.title if there else "",
        "day": day_text(there.dated) if there else "",
    }
    if there and there.cancelled_at:
        sentence = _("Số %(symbol)s năm %(year)s đã hủy và không cấp lại (“%(title)s”, %(day)s).")
    else:
        sentence = _("Số %(symbol)s năm %(year)s đã dùng cho “%(title)s”, ngày %(day)s.")
    return AlreadyDone(sentence % told, field="number")


@deed()
def cancel_number(number: Number, *, by: Acting, reason: str) -> Number:
    """Cancel a number with a reason. It stays in the book and is never given out again."""
    number = Number.objects.select_for_update(of=("self",)).get(pk=number.pk)
    reason = one_line(reason)
    if not reason:
        raise Invalid(_("Hãy ghi vì sao hủy số này."), field="reason")
    if number.cancelled_at:
        raise AlreadyDone(_("Số này đã hủy rồi."))
    if number.version_id:
        raise WrongState(
            _("Văn bản mang số này đã ban hành: hãy thu hồi văn bản, số vẫn đứng trong sổ.")
        )
    number.cancelled_at, number.cancel_reason = clock.now(), reason
    number.save(update_fields=["cancelled_at", "cancel_reason"])
    record("number.cancelled", by=by, on=number, reason=reason)
    return number


@deed()
def open_book(
    issuer: Organization, *, kind: str, year: int, by: Acting, first: int = 1
) -> NumberBook:
    """Let the program give out an issuer's numbers of a kind and year, beginning with ``first``.

    A book already begun on paper goes on with its next number: it must be higher than every number
    that was typed here.
    """
    kind = one_line(kind)
    if len(kind) > 20 or not SYMBOL.fullmatch(kind):
        raise Invalid(_("Chữ viết tắt loại văn bản chỉ gồm chữ, viết liền."), field="kind")
    if not 1900 <= year <= clock.today().year + 1:
        raise Invalid(_("Năm của sổ là năm nay, năm sau, hoặc một năm đã qua."), field="year")
    if not 1 <= first <= HIGHEST:
        raise Invalid(_("Số văn bản là số nguyên từ 1 trở lên."), field="first")
    whose = {"issuer": issuer, "kind": kind, "year": year}
    highest = Number.objects.filter(**whose).order_by("-number").first()
    if highest and first <= highest.number:
        told = {"symbol": highest.symbol, "next": highest.number + 1}
        raise Invalid(
            _("Sổ đã có số %(symbol)s: số đầu tiên phải từ %(next)s trở lên.") % told, field="first"
        )
    try:
        with transaction.atomic():
            book = NumberBook.objects.create(**whose, last=first - 1)
    except IntegrityError as error:
        raise AlreadyDone(
            _("Chương trình đang cấp số cho loại văn bản và năm này rồi."), field="kind"
        ) from error
    record("book.opened", by=by, on=issuer, kind=kind, year=year, first=first)
    return book


@deed()
def close_book(book: NumberBook, *, by: Acting) -> None:
    """Give out no more numbers from a book: they are typed again. What was given out stays."""
    book = NumberBook.objects.select_for_update(of=("self",)).get(pk=book.pk)
    issuer = book.issuer
    record("book.closed", by=by, on=issuer, kind=book.kind, year=book.year, last=book.last)
    book.delete()
