"""Pages that anyone may read: home, blocs, search, help."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thidua.house.queries import awaits_setup
from thidua.organizations.models import Bloc
from thidua.web.access import acting
from thidua.web.public.finding import blocs_matching, cleaned, search_for, words_of
from thidua.web.public.guide import all_roles, role_called, roles_matching
from thidua.web.public.overview import entries_of, first_blocs, grouped, lately_signed

A_PAGE = 25
ON_FRONT = 12  # blocs: the list has them all


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what this is for, what was signed lately, and the first blocs."""
    found = list(first_blocs(ON_FRONT + 1))
    entries = entries_of(found[:ON_FRONT])
    context = {
        "awaits_setup": not entries and awaits_setup(),
        "signed": lately_signed(),
        "at_work": grouped(e for e in entries if e.is_at_work),
        "others": grouped(e for e in entries if not e.is_at_work),
        "has_more": len(found) > ON_FRONT,
        "may_found": acting(request).has_perm("organizations.found_bloc"),
    }
    return render(request, "public/home.html", context)


@require_GET
def blocs(request: HttpRequest) -> HttpResponse:
    """List the blocs, all or those that match, leaf by leaf."""
    q = cleaned(request.GET.get("q", ""))
    words = words_of(q)
    found = blocs_matching(words) if words or not q else Bloc.objects.none()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "q": q,
        "page": page,
        "entries": entries_of(page.object_list),
        "may_found": acting(request).has_perm("organizations.found_bloc"),
    }
    return render(request, "public/blocs.html", context)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Find by folded names."""
    q = cleaned(request.GET.get("q", ""))
    return render(request, "public/search.html", {"q": q, "found": search_for(q)})


@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """Show the ways into the help by role, or the topics that answer what was asked."""
    q = cleaned(request.GET.get("q", ""))
    told = {"q": q, "roles": roles_matching(q) if q else [], "ways": all_roles(acting(request))}
    return render(request, "public/help.html", told)


@require_GET
def guide_for(request: HttpRequest, guide: str) -> HttpResponse:
    """Show the help of one role whole, so that it can be read through and printed."""
    role = role_called(guide)
    if role is None:
        raise Http404
    return render(request, "public/help_role.html", {"role": role})
