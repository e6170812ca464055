"""What is done with an import: columns told, questions answered, confirmed, dropped, undone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.imports.actions import bringing
from thidua.imports.actions.undoing import undo_import
from thidua.imports.actions.writing import confirm_import
from thidua.imports.kinds import the_kind
from thidua.imports.models import Import
from thidua.web.access import acting, attempt, bind, perform, signed_in
from thidua.web.imports.doors import found_import
from thidua.web.imports.forms import ChoicesForm, ColumnsForm
from thidua.web.imports.views import told_about

State = Import.State


@signed_in
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose which column of the sheet is which of the form."""
    imported = found_import(request, pk)
    if imported.state not in (State.MAPPING, State.CHECKED):
        return redirect("imports:show", pk)
    form = bind(ColumnsForm, request, imported=imported)
    if form.is_valid() and perform(
        form, bringing.tell_columns, imported, by=acting(request), **form.told()
    ):
        return redirect("imports:show", pk)
    kind = the_kind(imported.kind)
    missing = [kind.form.column(name) for name in imported.found["missing"]]
    told = {"form": form, "imported": imported, "kind": kind, "missing": missing}
    return render(request, "imports/columns.html", told, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer which rows mean what is there already."""
    imported = found_import(request, pk)
    if imported.state == State.CHECKED:
        form = ChoicesForm(request.POST, imported=imported)
        if not form.is_valid():
            messages.error(request, _("Có lựa chọn không còn trong danh sách. Hãy chọn lại."))
        elif attempt(request, bringing.answer, imported, by=acting(request), answers=form.told()):
            messages.success(request, _("Đã ghi lựa chọn. Bản xem trước dưới đây tính theo đó."))
    return redirect("imports:show", pk)


@signed_in
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the preview shows."""
    imported = found_import(request, pk)
    if imported.state == State.CHECKED:
        done = attempt(request, confirm_import, imported, by=acting(request))
        if done:
            told_about(request, done)
    return redirect("imports:show", pk)


@signed_in
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at the sheet again."""
    if attempt(request, bringing.look_again, found_import(request, pk), by=acting(request)):
        messages.success(request, _("Đã xem lại tệp theo những gì đang có trong hệ thống."))
    return redirect("imports:show", pk)


@signed_in
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an import go on whose background job ended without finishing it."""
    attempt(request, bringing.resume_import, found_import(request, pk), by=acting(request))
    return redirect("imports:show", pk)


@signed_in
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an import aside that was not written."""
    if attempt(request, bringing.drop_import, found_import(request, pk), by=acting(request)):
        messages.success(request, _("Đã bỏ. Chưa có gì được ghi vào hệ thống."))
    return redirect("imports:index")


@signed_in
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then take an import back."""
    imported = found_import(request, pk)
    if imported.state != State.DONE:
        return redirect("imports:show", pk)
    if request.method == "POST":
        if attempt(request, undo_import, imported, by=acting(request)):
            messages.success(request, _("Đã gỡ lần nhập: mọi thứ nó tạo ra không còn nữa."))
        return redirect("imports:show", pk)
    told = {"imported": imported, "kind": the_kind(imported.kind)}
    return render(request, "imports/undo.html", told)
