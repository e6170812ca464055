"""What several stories do alike: adopt movements, write a covenant, agree on targets, sign."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.covenants.actions.drafting import (
    circulate_covenant,
    draft_covenant,
    remove_clause,
    write_clause,
    write_frame,
)
from thidua.covenants.actions.signing import sign_covenant
from thidua.covenants.models import Clause, Covenant
from thidua.cycles.models import Cycle, Enrolment
from thidua.movements.actions import MovementFacts, adopt_movement, launch_movement
from thidua.movements.models import Adoption, Movement
from thidua.organizations.models import Organization
from thidua.targets.actions.drafting import TargetFacts, begin_set, write_target
from thidua.targets.actions.negotiation import answer_target, finish_answers, send_set
from thidua.targets.models import TargetSet

NOT_TOLD = "không nêu"
Sections = Sequence[tuple[str, str]]


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    """Return that hour of ``day`` in Asia/Ho_Chi_Minh, for `clock.at`."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def launch_all(
    told: Iterable[MovementFacts], source: str, *, by: Acting, owner: Organization
) -> list[Movement]:
    """Enter the movements that ``source`` tells of; one may bring a source of its own."""
    return [
        launch_movement(replace(facts, source=facts.source or source), by=by, owner=owner)
        for facts in told
    ]


def adopt_all(cycle: Cycle, movements: Iterable[Movement], *, by: Acting) -> list[Adoption]:
    """Take the movements up for the year, in their order."""
    return [adopt_movement(cycle, movement, by=by) for movement in movements]


def symbol_from(short_name: str) -> str:
    """Return what stands for an organisation in its papers' symbols: "CCB" for "Hội CCB".

    The words in capitals where there are some, else the first letter of each word.
    """
    words = short_name.replace("-", " ").split()
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    return "".join(capitals or [word[0].upper() for word in words])


def write_covenant(
    cycle: Cycle, sections: Sections, *, by: Acting, opening: str, bases: str = ""
) -> Covenant:
    """Draft from theme and movements alone, add ``sections``, and send the draft round.

    A clause about registered targets or reports would tell more than the source of the story.
    """
    covenant = draft_covenant(cycle, by=by, is_illustration=True)
    drawn = [Clause.Kind.MOVEMENTS, Clause.Kind.TARGETS]
    theme = covenant.clauses.exclude(kind__in=drawn).first()
    for clause in covenant.clauses.exclude(kind=Clause.Kind.MOVEMENTS):
        if clause != theme:
            remove_clause(clause, by=by)
    for heading, body in sections:
        write_clause(covenant, by=by, heading=heading, body=body, kind=Clause.Kind.TEXT)
    write_frame(covenant, by=by, bases=bases or covenant.bases, opening=opening)
    return circulate_covenant(covenant, by=by)


def send_targets(
    enrolment: Enrolment, targets: Iterable[TargetFacts], *, by: Acting, on: date
) -> TargetSet:
    """Let a member write its targets and send them on a day."""
    with clock.at(on):
        target_set = begin_set(enrolment, by=by)
        for facts in targets:
            write_target(target_set, facts, by=by)
        return send_set(target_set, by=by)


def agree_on(target_set: TargetSet, *, by: Acting, on: date) -> TargetSet:
    """Let the reviewer agree to every target on a day, which locks the set."""
    with clock.at(on):
        for target in target_set.targets.all():
            answer_target(target, by=by, agrees=True)
        return finish_answers(target_set, by=by)


def sign_one(covenant: Covenant, *, by: Acting) -> None:
    """Sign over the frozen text for the organisation that ``by`` works for."""
    version, organization_id = covenant.version, by.organization_id
    if version is None or organization_id is None:
        raise ValueError("a signature needs a frozen text and an organisation")
    sign_covenant(covenant, by=by, digest=version.digest, organization_id=organization_id)


def sign_in_turn(covenant: Covenant, signers: Iterable[Acting], *, since: datetime) -> None:
    """Let the signers sign one after the other, two minutes apart."""
    for number, signer in enumerate(signers):
        with clock.at(since + timedelta(minutes=2 * number)):
            sign_one(covenant, by=signer)
