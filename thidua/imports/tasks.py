"""What imports do in the background: reading a large sheet, writing many rows."""

from django.utils.translation import gettext_lazy as _

from thidua.core.errors import DomainError
from thidua.imports.actions.bringing import look_into
from thidua.imports.actions.writing import acting_for, give_up, write_import
from thidua.imports.models import Import
from thidua.jobs.work import work


def _imported(pk: int) -> Import:
    rows = Import.objects.select_related("by__person", "organization", "blob")
    return rows.get(pk=pk)


@work(name="imports.look", title=_("Đọc bảng vừa mang đến"))
def look_at_sheet(pk: int) -> None:
    """Read a sheet; twice does no harm: it is only read while it waits for that."""
    imported = _imported(pk)
    if imported.state == Import.State.BROUGHT:
        try:
            look_into(imported, by=acting_for(imported))
        except DomainError as refusal:
            give_up(imported, refusal)


@work(name="imports.write", title=_("Nhập bảng"))
def write_sheet(pk: int) -> None:
    """Write a confirmed import, all rows or none; what was written already is left."""
    imported = _imported(pk)
    if imported.state == Import.State.WRITING:
        try:
            write_import(imported, by=acting_for(imported))
        except DomainError as refusal:
            give_up(imported, refusal)
