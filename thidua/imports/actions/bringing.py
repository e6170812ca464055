"""Bringing a sheet, looking into it, telling its columns, answering its questions."""

from collections.abc import Mapping
from typing import IO, cast

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import Invalid, NoRight, WrongState
from thidua.core.text import day_text
from thidua.core.workflow import move, require_state
from thidua.files.actions import keep_file
from thidua.files.names import clean_name
from thidua.files.storage import open_bytes
from thidua.imports.checking import Choices, Look, look
from thidua.imports.form import Column
from thidua.imports.found import packed
from thidua.imports.kinds import the_kind
from thidua.imports.kinds.base import Tick
from thidua.imports.models import Import
from thidua.imports.queries import same_file_done
from thidua.imports.reading.opening import open_sheet
from thidua.imports.reading.table import Remark
from thidua.imports.reading.values import BadCell, Values
from thidua.jobs.actions import later
from thidua.jobs.progress import progress
from thidua.jobs.queries import state_of

State = Import.State
AT_ONCE = 150 * 1024  # bytes; what is larger is read in the background
MOST_ANSWERS = 100_000


def told_by(imported: Import) -> Choices:
    """Return what was told about the sheet so far."""
    return Choices(
        imported.sheet,
        imported.header_row,
        imported.mapping or None,
        imported.for_all,
        imported.choices,
    )


def bring_sheet(upload: UploadedFile, *, by: Acting, kind: str) -> Import:
    """Keep a sheet and look into it, now or in the background where it is large.

    A small one that cannot be read is refused with `Invalid` beside ``file``, and nothing is kept.
    """
    if by.user is None or by.organization is None:
        raise NoRight(_("Hãy chọn đang làm việc cho đơn vị nào trước khi nhập."))
    is_small = (upload.size or 0) <= AT_ONCE
    if is_small and upload.size:
        open_sheet(cast(IO[bytes], upload.file)).close()
    blob = keep_file(upload, by=by, any_text=True)
    with deed():
        imported = Import.objects.create(
            kind=the_kind(kind).key,
            by=by.user,
            organization=by.organization,
            blob=blob,
            file_name=clean_name(upload.name)[:200],
            brought_at=clock.now(),
        )
        record("import.brought", by=by, on=imported, kind=kind)
        _look_later(imported, is_small=is_small)
    return look_into(imported, by=by) if is_small else imported


def _look_later(imported: Import, *, is_small: bool) -> None:
    if not is_small:
        imported.job = later("imports.look", pk=imported.pk)
        imported.save(update_fields=["job"])


def look_into(imported: Import, *, by: Acting, tick: Tick = progress) -> Import:
    """Look into the sheet and keep what was found: columns still to be told, or a preview.

    What cannot be read ends the import with its sentence.
    """
    try:
        found = _looked(imported, by, tick)
    except Invalid as refusal:
        with deed():
            imported = _fresh(imported)
            move(imported, State.REFUSED, refusal=refusal.sentence)
        return imported
    return _keep(imported, found)


def _looked(imported: Import, by: Acting, tick: Tick) -> Look:
    if imported.blob.is_blanked:
        raise Invalid(_("Nội dung tệp đã bị xóa theo yêu cầu nên không đọc lại được."))
    kind = the_kind(imported.kind)
    with open_bytes(imported.blob) as file:
        return look(kind, file, told_by(imported), by=by, tick=tick, is_checked=True)


@deed()
def _keep(imported: Import, found: Look) -> Import:
    imported = _fresh(imported)
    require_state(imported, State.BROUGHT)
    before = same_file_done(imported)
    if before and before.written_at:
        day = day_text(timezone.localtime(before.written_at).date())
        found.remarks.append(Remark("brought_before", {"day": day}))
    if found.plan is not None and not found.rows and not found.plan.problems:
        found.remarks.append(Remark("no_rows"))
    to = State.CHECKED if found.plan is not None else State.MAPPING
    move(imported, to, found=packed(found))
    return imported


def _fresh(imported: Import) -> Import:
    return Import.objects.select_for_update(of=("self",)).select_related("blob").get(pk=imported.pk)


def tell_columns(
    imported: Import,
    *,
    by: Acting,
    mapping: Mapping[int, str],
    for_all: Mapping[str, str],
    sheet: str = "",
    header_row: int | None = None,
) -> Import:
    """Tell which column of the sheet is which, and what counts for all rows; then look again.

    With another sheet or row of headings the columns are recognised anew.
    """
    kind = the_kind(imported.kind)
    found = imported.found
    is_new = sheet != found.get("sheet", "") or header_row != found.get("header_row")
    told = {name: _for_all(kind.form.column(name), v) for name, v in for_all.items() if v}
    named = [name for name in mapping.values() if name]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice and not is_new:
        heading = kind.form.column(twice).heading
        sentence = _("“%(heading)s” đang được chọn cho hai cột. Mỗi mục chọn một cột.")
        raise Invalid(sentence % {"heading": heading}, field=None)
    with deed():
        imported = _fresh(imported)
        require_state(imported, State.MAPPING, State.CHECKED)
        move(
            imported,
            State.BROUGHT,
            sheet=sheet[:255],
            header_row=header_row,
            mapping={} if is_new else {str(place): name for place, name in mapping.items()},
            for_all=told,
            choices={},
            refusal="",
        )
        return _again(imported, by)


def _for_all(column: Column, value: str) -> str:
    """Return the value as it is kept; refuse what the column cannot hold."""
    try:
        column.reader(Values())(column.word(value) or value)
    except BadCell as bad:
        raise Invalid(_("“%(value)s” không hợp lệ.") % {"value": value}, field=column.name) from bad
    return value


def answer(imported: Import, *, by: Acting, answers: Mapping[str, str]) -> Import:
    """Answer which rows mean what is there already; then look again."""
    with deed():
        imported = _fresh(imported)
        require_state(imported, State.CHECKED)
        told = {**imported.choices, **{place: value for place, value in answers.items() if value}}
        if len(told) > MOST_ANSWERS:
            raise Invalid(_("Quá nhiều câu trả lời cho một lần nhập."))
        move(imported, State.BROUGHT, choices=told, refusal="")
        return _again(imported, by)


def look_again(imported: Import, *, by: Acting) -> Import:
    """Look again: something may have changed in the house since."""
    with deed():
        imported = _fresh(imported)
        require_state(imported, State.CHECKED, State.MAPPING)
        move(imported, State.BROUGHT, refusal="")
        return _again(imported, by)


def _again(imported: Import, by: Acting) -> Import:
    if imported.blob.size > AT_ONCE:
        _look_later(imported, is_small=False)
        return imported
    return look_into(imported, by=by)


def resume_import(imported: Import, *, by: Acting) -> Import:
    """Let an import go on whose background job has ended without finishing it."""
    with deed():
        imported = _fresh(imported)
        require_state(imported, State.BROUGHT, State.WRITING)
        if imported.job and not state_of(imported.job).is_over:
            raise WrongState(_("Việc đang chạy, hãy đợi thêm."))
        if imported.state == State.WRITING:
            sentence = _("Lần nhập trước bị dừng giữa chừng và chưa ghi gì. Hãy xác nhận lại.")
            move(imported, State.CHECKED, refusal=sentence)
            return imported
        return _again(imported, by)


@deed()
def drop_import(imported: Import, *, by: Acting) -> Import:
    """Put an import aside that was not written; the row stays."""
    imported = _fresh(imported)
    move(imported, State.DROPPED)
    record("import.dropped", by=by, on=imported)
    return imported
