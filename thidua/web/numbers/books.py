"""Pages of the books from which the program gives numbers out: begin one, end one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from thidua.documents.actions import close_book, open_book
from thidua.documents.queries import books_of
from thidua.lawbook.papers import kind_name
from thidua.web.access import acting, attempt, bind, perform, require, signed_in
from thidua.web.numbers.asked import own_issuer
from thidua.web.numbers.forms import BookForm


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Show for which kinds and years the program gives numbers out, and begin with another."""
    issuer, who = own_issuer(request), acting(request)
    may_keep = who.has_perm("documents.keep_book", issuer)
    if request.method == "POST":
        require(who, "documents.keep_book", issuer)
    form = bind(BookForm, request)
    if form.is_valid() and perform(form, open_book, issuer, by=who, **form.cleaned_data):
        kind = kind_name(form.cleaned_data["kind"])
        messages.success(request, _("Từ nay chương trình cấp số %(kind)s.") % {"kind": kind})
        return redirect("numbers:books")
    books = [(book, kind_name(book.kind)) for book in books_of(issuer)]
    told = {"issuer": issuer, "books": books, "form": form, "may_keep": may_keep}
    return render(request, "numbers/books.html", told, status=422 if form.is_bound else 200)


@signed_in
def close(request: HttpRequest, book_pk: int) -> HttpResponse:
    """Let the numbers of a kind and year be typed again, after a look at what that means."""
    issuer, who = own_issuer(request), acting(request)
    book = get_object_or_404(books_of(issuer), pk=book_pk)
    require(who, "documents.keep_book", issuer)
    if request.method == "POST":
        attempt(request, close_book, book, by=who)
        return redirect("numbers:books")
    told = {"book": book, "kind": kind_name(book.kind), "issuer": issuer}
    return render(request, "numbers/close.html", told)
