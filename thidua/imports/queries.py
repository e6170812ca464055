"""Reads about imports."""

from django.db.models import QuerySet

from thidua.accounts.acting import Acting
from thidua.imports.models import Import, ImportedRow


def imports_for(acting: Acting) -> QuerySet[Import]:
    """Return the imports of the body one works for: the twin of `imports.handle_import`."""
    if not acting.has_role("board", "operator"):
        return Import.objects.none()
    return Import.objects.filter(organization=acting.organization_id).select_related(
        "by__person", "organization", "blob"
    )


def rows_of(imported: Import) -> QuerySet[ImportedRow]:
    """Return what came of each row, in the order of the sheet."""
    return imported.rows.order_by("row", "place")


def same_file_done(imported: Import) -> Import | None:
    """Return an earlier import of this very file that stands, for the same body."""
    return (
        Import.objects.filter(
            blob=imported.blob_id,
            kind=imported.kind,
            organization=imported.organization_id,
            state=Import.State.DONE,
        )
        .exclude(pk=imported.pk)
        .order_by("-written_at")
        .first()
    )
