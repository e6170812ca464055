"""News from below: a copied year takes the free clauses along; who leaves owes no signature."""

from typing import Any

from django.dispatch import receiver

from thidua.accounts.acting import Acting
from thidua.covenants.actions.drafting import draft_covenant
from thidua.covenants.actions.freezing import reread
from thidua.covenants.actions.signing import complete_if_all_signed
from thidua.covenants.models import Clause, Covenant
from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.signals import cycle_copied, member_left


@receiver(cycle_copied)
def copy_clauses(sender: type[Cycle], *, old: Cycle, new: Cycle, by: Acting, **_news: Any) -> None:
    """Draft the new year's covenant with the clauses of the old one, its targets drawn anew."""
    last = Covenant.objects.filter(cycle=old).order_by("-number").first()
    if last is None:
        return
    covenant = draft_covenant(new, by=by, is_illustration=last.is_illustration)
    covenant.clauses.all().delete()
    Clause.objects.bulk_create(
        Clause(covenant=covenant, place=c.place, kind=c.kind, heading=c.heading, body=c.body)
        for c in last.clauses.all()
    )


@receiver(member_left)
def settle_round(
    sender: type[Enrolment], *, enrolment: Enrolment, by: Acting, **_news: Any
) -> None:
    """A member that leaves between freezing and signing is no longer awaited."""
    for covenant in Covenant.objects.filter(cycle=enrolment.cycle_id, state=Covenant.State.SIGNING):
        complete_if_all_signed(reread(covenant), by=by)
