"""Reminding those who have not acted: before a deadline by itself, or by a leader's nudge."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.accounts.models import User
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import Invalid, race_lost
from thidua.core.text import day_text
from thidua.notifications.actions.telling import Recipient, everyone_at, tell
from thidua.notifications.due import Due
from thidua.notifications.models import DueReminder, Nudge, ReminderPlan
from thidua.notifications.models.reminding import USUAL_DAYS
from thidua.organizations.models import Bloc

MOST_DAYS = 60


@deed()
def plan_reminders(bloc: Bloc, *, by: Acting, days: Iterable[int]) -> ReminderPlan:
    """Say how many days before a deadline the bloc's people are reminded; none means never."""
    chosen = sorted(set(days), reverse=True)
    if any(not 0 <= day <= MOST_DAYS for day in chosen):
        raise Invalid(_("Chọn từ 0 đến 60 ngày trước hạn."), field="days")
    plan, _made = ReminderPlan.objects.update_or_create(bloc=bloc, defaults={"days": chosen})
    told = ", ".join(str(day) for day in chosen)
    record("reminders.planned", by=by, on=bloc, chain=chain_of_bloc(bloc.pk), days=told)
    return plan


def step_of(due: Due, days: Sequence[int], today: date) -> int | None:
    """Return the step of the plan that is due today: the nearest that has come, if any has.

    One that was missed while nothing ran is made up for, but not one before the thing could be
    done at all.
    """
    left = (due.due_on - today).days
    come = [
        day
        for day in days
        if day >= left >= 0 and (not due.since or due.due_on - timedelta(day) >= due.since)
    ]
    return min(come, default=None)


def plans() -> dict[int, Sequence[int]]:
    """Return the days of the blocs that have a plan of their own."""
    return dict(ReminderPlan.objects.values_list("bloc", "days"))


def days_of(bloc_id: int, known: Mapping[int, Sequence[int]]) -> Sequence[int]:
    """Return the bloc's days, or the usual ones."""
    return known.get(bloc_id, USUAL_DAYS)


def remind_of(due: Due, *, step: int, people: Sequence[Recipient]) -> int:
    """Remind ``people`` of the thing at this step of the plan; return how many were told.

    Those whom another worker reminds at this moment are left to it.
    """
    today = clock.today()
    rows = [
        DueReminder(
            user_id=person.user_id, thing=due.thing, due_on=due.due_on, step=step, day=today
        )
        for person in people
    ]
    left = (due.due_on - today).days
    facts = {**due.facts, "day": day_text(due.due_on), "left": left}
    try:
        with deed():
            DueReminder.objects.bulk_create(rows)
            sentence = due.sentence if left else due.on_the_day
            return tell(people, sentence, about=due.about, facts=facts)
    except IntegrityError:
        return 0


@dataclass(frozen=True)
class Nudged:
    """Whom a nudge reached, whom one had reached today before, and where there was nobody."""

    told: list[tuple[str, int]] = field(default_factory=list)  # person's name, organisation
    before: list[tuple[str, int]] = field(default_factory=list)
    nobody: list[int] = field(default_factory=list)


@deed()
def nudge(
    owed: Mapping[int, str],
    sentence: str,
    *,
    by: Acting,
    about: Model,
    bloc_id: int,
    **facts: str | int,
) -> Nudged:
    """Remind the people of the organisations in ``owed`` of what each owes (its value).

    At most once a day for a person, whoever nudges: whom a nudge reached today is left in peace.
    ``sentence`` has places for ``owed`` and ``facts``. Oneself is never nudged.
    """
    today = clock.today()
    acting = everyone_at(owed)
    everyone = list({p.user_id: p for p in acting if p.user_id != by.actor_id}.values())
    fresh = _claim(everyone, by, bloc_id, today)
    for what in dict.fromkeys(owed[p.organization_id] for p in fresh):
        people = [p for p in fresh if owed[p.organization_id] == what]
        tell(people, sentence, about=about, facts={**facts, "owed": what})
    names = _names([p.user_id for p in everyone])
    new, manned = {p.user_id for p in fresh}, {p.organization_id for p in acting}
    return Nudged(
        told=[(names[p.user_id], p.organization_id) for p in fresh],
        before=[(names[p.user_id], p.organization_id) for p in everyone if p.user_id not in new],
        nobody=[organization for organization in owed if organization not in manned],
    )


def _claim(
    people: Sequence[Recipient], by: Acting, bloc_id: int, today: date
) -> Sequence[Recipient]:
    """Write today's nudge of each person whom none has reached yet; return these."""
    for _attempt in range(2):
        ids = [person.user_id for person in people]
        rows = Nudge.objects.filter(user__in=ids, day=today).values_list("user_id", flat=True)
        reached = set(rows)
        fresh = [person for person in people if person.user_id not in reached]
        nudges = [
            Nudge(
                user_id=person.user_id,
                day=today,
                bloc_id=bloc_id,
                by=by.user,
                organization=by.organization,
                at=clock.now(),
            )
            for person in fresh
        ]
        try:
            with transaction.atomic():
                Nudge.objects.bulk_create(nudges)
        except IntegrityError:  # another leader, at this very moment: look again
            continue
        return fresh
    raise race_lost()


def _names(users: Collection[int]) -> dict[int, str]:
    found = User.objects.filter(pk__in=users).select_related("person")
    return {user.pk: user.name for user in found}
