"""What the page of a year reads beside the year itself."""

from django.db.models import Prefetch, QuerySet, Subquery

from thidua.accounts.acting import Acting
from thidua.ceremonies.queries import with_ceremonies
from thidua.covenants.models import Clause, Covenant, Decline
from thidua.covenants.queries import PAPER, seen_by
from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.queries import cycles_for, joinable
from thidua.organizations.models import Organization
from thidua.organizations.queries import matching

OFFERED = 20


def covenants_of(cycle: Cycle, who: Acting) -> list[Covenant]:
    """Return the versions of the year's covenant that ``who`` may read, newest first, then its
    addenda.

    Each holds the year that was handed in, so that its members are not read again, and its
    signatures; refusals stand on the covenant's own page. Two queries at most.
    """
    found = (
        seen_by(who)
        .filter(cycle=cycle)
        .select_related("version")
        .defer(PAPER)
        .prefetch_related("version__signatures", Prefetch("declines", Decline.objects.none()))
        .order_by("-kind", "-number")  # whole ones first
    )
    covenants = list(with_ceremonies(found))
    for covenant in covenants:
        covenant.cycle = cycle
    return covenants


def holds(one: Covenant, beside: Covenant) -> bool:
    """Say whether it is an addendum in force to the version that is shown."""
    return one.amends_id == beside.pk and one.state == Covenant.State.IN_FORCE


def clause_count(cycle: Cycle) -> int:
    """Return how many clauses the year's newest covenant has: what a copy would take along."""
    whole = Covenant.objects.filter(cycle=cycle, kind=Covenant.Kind.WHOLE)
    newest = whole.order_by("-number").values("pk")[:1]
    return Clause.objects.filter(covenant=Subquery(newest)).count()


def other_years(cycle: Cycle, who: Acting) -> QuerySet[Cycle]:
    """Return the bloc's other years that ``who`` may see, newest first, without their parts."""
    same_bloc = cycles_for(who).filter(bloc=cycle.bloc_id).exclude(pk=cycle.pk)
    return same_bloc.select_related(None).prefetch_related(None).order_by("-year")


def candidates(cycle: Cycle, q: str) -> list[Organization]:
    """Return organisations that may join: by name, else the bloc's former ones and the body's own.

    A few at a time; who is not among them is found by name.
    """
    free = joinable(cycle)
    if q:
        return list(free.filter(matching(q))[:OFFERED])
    before = Enrolment.objects.filter(cycle__bloc=cycle.bloc_id).values("organization")
    known = free.filter(pk__in=before) | free.filter(parent=cycle.bloc.managing_body_id)
    return list(known.distinct()[:OFFERED]) or list(free[:OFFERED])
