"""Writing what a sheet tells: all rows or none."""

from itertools import islice

from django.db.models import Model
from django.utils import translation
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting, acting_of
from thidua.audit.actions import record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import DomainError, NoRight, WrongState
from thidua.core.workflow import move, require_state
from thidua.files.storage import open_bytes
from thidua.imports.actions.bringing import told_by
from thidua.imports.checking import Look, look
from thidua.imports.found import counts
from thidua.imports.kinds import the_kind
from thidua.imports.kinds.base import CHANGE, KEEP, MAKE, Kind, Made, Plan, Tick
from thidua.imports.models import Import, ImportedRow
from thidua.jobs.actions import later
from thidua.jobs.progress import progress

State = Import.State
AT_ONCE = 200  # steps that write; more are written in the background
CHUNK = 500


class Changed(DomainError):
    """The house is not what it was when the preview was shown."""

    code = "changed"


def confirm_import(imported: Import, *, by: Acting) -> Import:
    """Write what the preview showed: at once, or in the background where it is much."""
    with deed():
        imported = _fresh(imported)
        require_state(imported, State.CHECKED)
        why_not = why_not_written(imported)
        if why_not:
            raise WrongState(why_not)
        move(imported, State.WRITING, refusal="")
        is_much = sum(imported.found["counts"][act] for act in (MAKE, CHANGE)) > AT_ONCE
        record("import.confirmed", by=by, on=imported, kind=imported.kind)
        if is_much:
            imported.job = later("imports.write", pk=imported.pk)
            imported.save(update_fields=["job"])
            return imported
    return write_import(imported, by=by)


def why_not_written(imported: Import) -> str:
    """Return why an import cannot be confirmed yet; "" where it can."""
    told = imported.found.get("counts", {})
    if told.get("problems"):
        return _("Còn %(count)d lỗi. Hãy sửa trong tệp rồi gửi lại tệp.") % {
            "count": told["problems"]
        }
    if told.get("open"):
        return _("Còn %(count)d chỗ cần bạn chọn.") % {"count": told["open"]}
    if not told.get(MAKE) and not told.get(CHANGE):
        return _("Mọi thứ trong tệp đã có rồi, không còn gì để nhập.")
    return ""


def acting_for(imported: Import) -> Acting:
    """Return whoever brought the sheet, with the rights they have now; refuse if they are gone."""
    by = acting_of(imported.by, imported.organization_id)
    if not by.has_perm("imports.handle_import", imported):
        raise NoRight(_("Quyền nhập bảng của người mang tệp đến đã hết. Chưa có gì được nhập."))
    return by


def write_import(imported: Import, *, by: Acting, tick: Tick = progress) -> Import:
    """Look once more and write, in one deed. What is refused leaves nothing and is told."""
    if imported.state == State.DONE:
        return imported
    try:
        with open_bytes(imported.blob) as file, deed():
            imported = _fresh(imported)
            require_state(imported, State.WRITING)
            kind = the_kind(imported.kind)
            told = told_by(imported)
            found = look(kind, file, told, by=by, tick=_half(tick, 0), is_checked=True)
            _refuse_changed(imported, found)
            _write(kind, found, imported, by, _half(tick, 1))
        return imported
    except DomainError as refusal:
        give_up(imported, refusal)
        imported.refresh_from_db()
        return imported


def _half(tick: Tick, half: int) -> Tick:
    """Return what tells the progress of reading (the first half) or writing (the second)."""

    def told(done: int, of: int) -> None:
        tick(done + of * half, of * 2)

    return told


def _refuse_changed(imported: Import, found: Look) -> None:
    """Refuse when the plan is not the one that was confirmed."""
    if found.plan is None or counts(found.plan) != imported.found["counts"]:
        raise Changed(
            _(
                "Trong hệ thống vừa có thay đổi nên kết quả khác với lần xem trước. Chưa có gì "
                "được nhập. Hãy xem lại rồi xác nhận."
            )
        )


def _write(kind: Kind, found: Look, imported: Import, by: Acting, tick: Tick) -> None:
    plan: Plan = found.plan or Plan()
    place = 0
    with translation.override("vi"):  # names as records keep them
        made = kind.write(plan, by=by, tick=tick)
        while some := list(islice(made, CHUNK)):
            rows = [_row(imported, place + n, one) for n, one in enumerate(some, start=1)]
            ImportedRow.objects.bulk_create(rows)
            place += len(rows)
    _write_kept(plan, imported, place)
    move(imported, State.DONE, written_at=clock.now())
    record(
        "import.written",
        by=by,
        on=imported,
        kind=imported.kind,
        made=plan.count(MAKE),
        changed=plan.count(CHANGE),
        kept=plan.count(KEEP),
    )


def _row(imported: Import, place: int, made: Made) -> ImportedRow:
    return ImportedRow(
        import_of=imported,
        row=made.row,
        place=place,
        outcome=made.act,
        thing=label_of(made.thing),
        thing_id=made.thing.pk,
        name=str(made.thing)[:400],
        before=made.before,
    )


def label_of(thing: Model) -> str:
    """Return the type of an object as it is kept: "organizations.bloc"."""
    return str(thing._meta.label_lower)


def _write_kept(plan: Plan, imported: Import, place: int) -> None:
    kept = enumerate((step for step in plan.steps if step.act == KEEP), start=place + 1)
    while some := list(islice(kept, CHUNK)):
        ImportedRow.objects.bulk_create(
            ImportedRow(
                import_of=imported, row=step.row, place=n, outcome=KEEP, name=step.what[:400]
            )
            for n, step in some
        )


def give_up(imported: Import, refusal: DomainError) -> None:
    """End a look or a writing that may not go on, and say why."""
    to = State.CHECKED if imported.state == State.WRITING else State.REFUSED
    with deed():
        fresh = _fresh(imported)
        if fresh.state == imported.state:
            move(fresh, to, refusal=refusal.sentence)


def _fresh(imported: Import) -> Import:
    rows = Import.objects.select_for_update(of=("self",)).select_related("blob", "by__person")
    return rows.get(pk=imported.pk)
