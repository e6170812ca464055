"""Founding blocs, correcting what is told of them, forming them anew from old ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.audit.actions import Actor, record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid
from thidua.core.text import day_text, one_line
from thidua.organizations.models import Bloc, BlocSuccession, Organization


@dataclass(frozen=True)
class BlocFacts:
    """What the founding decision says of a bloc."""

    name: str
    kind: str
    level: str
    managing_body: Organization
    number: str = ""
    short_name: str = ""
    decision_number: str = ""
    decision_on: date | None = None
    decision_by: str = ""
    place: str = ""
    superior: str = ""
    heading: str = ""
    source: str = ""


@deed()
def found_bloc(facts: BlocFacts, *, by: Actor, is_illustration: bool = False) -> Bloc:
    """Found a bloc by its decision; the same kind, number and name under one body is refused."""
    _refuse_bad_bloc(facts)
    bloc = Bloc.objects.create(is_illustration=is_illustration, **vars(facts))
    record("bloc.founded", by=by, on=bloc, chain=chain_of_bloc(bloc.pk))
    return bloc


def _refuse_bad_bloc(facts: BlocFacts, itself: Bloc | None = None) -> None:
    if not one_line(facts.name):
        raise Invalid(_("Cần có tên."), field="name")
    if facts.decision_on and facts.decision_on > clock.today():
        raise Invalid(_("Ngày quyết định chưa tới."), field="decision_on")
    same = Bloc.objects.filter(
        name=facts.name,
        number=facts.number,
        kind=facts.kind,
        managing_body=facts.managing_body,
        closed_on=None,
    )
    if (same.exclude(pk=itself.pk) if itself else same).exists():
        raise AlreadyDone(_("Cơ quan này đã có khối, cụm mang tên này."), field="name")


@deed()
def edit_bloc(bloc: Bloc, facts: BlocFacts, *, by: Actor) -> Bloc:
    """Correct what is told of a bloc; what stood before stays in the trail."""
    bloc = Bloc.objects.select_for_update().get(pk=bloc.pk)
    with override("vi"):  # the trail is Vietnamese, whatever the actor reads
        before = bloc.title
    _refuse_bad_bloc(facts, itself=bloc)
    for name, value in vars(facts).items():
        setattr(bloc, name, value)
    bloc.save()
    record("bloc.edited", by=by, on=bloc, chain=chain_of_bloc(bloc.pk), before=before)
    return bloc


@deed()
def reform_bloc(facts: BlocFacts, predecessors: Sequence[Bloc], *, by: Actor, since: date) -> Bloc:
    """Form a bloc anew from older ones, which are closed from ``since`` on.

    It has its own number and its own years; what the old ones did stays with them.
    """
    if not predecessors:
        raise Invalid(_("Cần chọn ít nhất một khối, cụm cũ."), field="predecessors")
    if since > clock.today():
        raise Invalid(_("Ngày có hiệu lực chưa tới."), field="since")
    last = since - timedelta(days=1)
    ids = [bloc.pk for bloc in predecessors]
    old = list(Bloc.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    for bloc in old:
        if bloc.closed_on is not None:
            raise AlreadyDone(
                _("%(bloc)s đã khép lại rồi.") % {"bloc": bloc.title}, field="predecessors"
            )
        if bloc.decision_on and since <= bloc.decision_on:
            told = {"bloc": bloc.title, "day": day_text(bloc.decision_on)}
            raise Invalid(
                _("Ngày có hiệu lực phải sau ngày lập %(bloc)s (%(day)s).") % told, field="since"
            )
        bloc.closed_on = last
        bloc.save(update_fields=["closed_on"])
    illustrated = all(bloc.is_illustration for bloc in old)
    new = found_bloc(facts, by=by, is_illustration=illustrated)
    with override("vi"):
        title = new.title
    for bloc in old:
        BlocSuccession.objects.create(bloc=new, predecessor=bloc)
        chain = chain_of_bloc(bloc.pk)
        record("bloc.reformed", by=by, on=bloc, chain=chain, new=title, day=since.isoformat())
    return new
