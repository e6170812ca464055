"""The doors of the covenant's pages: find one, ask who may, do a one-button act."""

from typing import Any, TypeVar, cast

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from thidua.ceremonies.queries import with_ceremonies
from thidua.core.errors import DomainError, WrongState
from thidua.covenants.models import Clause, Covenant
from thidua.covenants.papers import covenant_text
from thidua.covenants.queries import (
    AMENDED,
    DECLINES,
    NAMED,
    for_one_page,
    members_without_targets,
    seen_by,
    with_members,
)
from thidua.cycles.models import Cycle, Enrolment, Phase
from thidua.cycles.queries import refuse_unless_accepting
from thidua.web.access import acting, require

Result = TypeVar("Result")
WRITE = "covenants.write_covenant"


def find(request: HttpRequest, pk: int) -> Covenant:
    """Return the covenant if this person may read it, else answer 404."""
    return _with_few(get_object_or_404(with_members(seen_by(acting(request))), pk=pk))


def find_to_show(request: HttpRequest, pk: int) -> Covenant:
    """Return the covenant with all that its own page tells, else answer 404."""
    readable = with_ceremonies(for_one_page(seen_by(acting(request))))
    found: Any = _with_few(get_object_or_404(readable, pk=pk))
    _carry_round(found, declines=found.has_declines, named=found.has_substitutes)
    return cast(Covenant, found)


def find_round(request: HttpRequest, pk: int, permission: str) -> Covenant:
    """Return the covenant with who declined and who was named to stand in, else 404 or 403."""
    covenant = find_for(request, pk, permission)
    _carry_round(covenant, declines=True, named=True)
    return covenant


def _carry_round(covenant: Covenant, *, declines: bool, named: bool) -> None:
    if declines:
        prefetch_related_objects([covenant], Prefetch("declines", DECLINES))
    if named:
        substitutes = Prefetch("substitutes", NAMED, to_attr="named_substitutes")
        prefetch_related_objects([covenant], substitutes)


def _with_few(found: Covenant) -> Covenant:
    """Carry what only few covenants have or need."""
    if found.version is None:  # only a draft's text is made of its clauses
        prefetch_related_objects([found], "clauses")
    if found.amends_id:
        prefetch_related_objects([found], Prefetch("amends", AMENDED))
    return found


def find_for(request: HttpRequest, pk: int, permission: str) -> Covenant:
    """Return the covenant if this person may read it and has the permission, else 404 or 403."""
    covenant = find(request, pk)
    require(acting(request), permission, covenant)
    return covenant


def text_of(covenant: Covenant) -> str:
    """Return the exact text: the frozen one, or how the draft reads now."""
    if covenant.version is not None:
        return covenant.version.text
    return covenant_text(covenant).as_text()


def without_targets(covenant: Covenant) -> list[Enrolment]:
    """Return the members whose targets are not agreed on, where the text has to say so of them.

    An addendum without the clause that draws the targets says nothing of anybody's.
    """
    draws = any(clause.kind == Clause.Kind.TARGETS for clause in covenant.clauses.all())
    if covenant.is_addendum and not draws:
        return []
    return members_without_targets(covenant.cycle)


def why_nothing_is_taken(cycle: Cycle) -> str:
    """Return why the year takes no freezing and no signatures now; empty when it does."""
    try:
        if cycle.state not in (Cycle.State.DRAFT, Cycle.State.OPEN):
            raise WrongState(
                _("Năm thi đua %(year)s %(state)s nên không ký và không sửa được nữa.")
                % {"year": cycle.year, "state": cycle.get_state_display()}
            )
        refuse_unless_accepting(cycle, Phase.Kind.COVENANT)
    except DomainError as refusal:
        return refusal.sentence
    return ""


def head_facts(covenant: Covenant) -> dict[str, Any]:
    """Return what every page of a covenant shows around its own matter."""
    cycle = covenant.cycle
    told = {"bloc": cycle.bloc.title, "year": cycle.year}
    return {
        "covenant": covenant,
        "cycle": cycle,
        "leaders": cycle.in_role("leader"),
        "eyebrow": _("%(bloc)s · năm %(year)d") % told,
        "illustration": covenant.is_illustration or cycle.is_illustration,
    }
