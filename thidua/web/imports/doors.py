"""Finding an import or a kind of sheet for who asks."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from thidua.imports.kinds import kinds
from thidua.imports.kinds.base import Kind
from thidua.imports.models import Import
from thidua.imports.queries import imports_for
from thidua.web.access import acting, require


def found_import(request: HttpRequest, pk: int) -> Import:
    """Return the import if it is one's own body's; else it is not there."""
    who = acting(request)
    imported = get_object_or_404(imports_for(who), pk=pk)
    require(who, "imports.handle_import", imported)
    return imported


def found_kind(request: HttpRequest, slug: str) -> Kind:
    """Return the kind of the address, for who may import."""
    require(acting(request), "imports.bring_import")
    found = next((kind for kind in kinds().values() if kind.slug == slug), None)
    if found is None:
        raise Http404
    return found
