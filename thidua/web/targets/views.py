"""Pages of registrations: the year's overview, and one member's."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.queries import cycles_for
from thidua.targets.models import Sending, Target, TargetSet
from thidua.targets.queries import overview_of, sets_for, shares_of
from thidua.web.access import acting, require, signed_in
from thidua.web.targets.page import page_of
from thidua.web.targets.wording import count, reviewers_named, window


@dataclass(frozen=True)
class Row:
    """One member in the overview, with its set or None."""

    member: Enrolment
    target_set: TargetSet | None
    reviewers: str

    @property
    def is_locked(self) -> bool:
        """Whether both sides agree on it."""
        return self.target_set is not None and self.target_set.state == TargetSet.State.LOCKED

    @property
    def sending(self) -> Sending | None:
        """How it was last sent, if that still holds."""
        last = next(iter(self.target_set.sendings.all()), None) if self.target_set else None
        return last if last and not last.takes_back else None

    @property
    def agreed(self) -> int:
        """How many targets both sides agree on."""
        targets = list(self.target_set.targets.all()) if self.target_set else []
        return count(targets, Target.Standing.AGREED)


@signed_in
@require_GET
def of_cycle(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Show how far each member's registration is, and what the common targets come to."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=cycle_pk)
    require(who, "cycles.follow_cycle", cycle)
    rows = _rows(cycle)
    mine = next((r for r in rows if who.is_for(r.member.organization_id)), None)
    told = {
        "cycle": cycle,
        "illustration": cycle.is_illustration,
        "rows": rows,
        "mine": mine,
        "locked": sum(r.is_locked for r in rows if r.member.left_on is None),
        "total": len(cycle.current()),
        "shares": shares_of(cycle),
        "window": "" if cycle.is_over else window(cycle),
        "may_set": not cycle.is_over and who.has_perm("targets.set_common_target", cycle),
    }
    return render(request, "targets/of_cycle.html", told)


def _rows(cycle: Cycle) -> list[Row]:
    """Return a row for each member; one that left is kept if it had begun."""
    sets = overview_of(cycle)
    return [
        Row(e, sets.get(e.pk), reviewers_named(cycle, e))
        for e in cycle.enrolments.all()
        if e.left_on is None or e.pk in sets
    ]


@signed_in
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one member's registration, where it stands, and what whoever looks may do."""
    who = acting(request)
    target_set = get_object_or_404(sets_for(who), pk=pk)
    return render(request, "targets/show.html", page_of(target_set, who))
