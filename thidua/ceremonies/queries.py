"""Reads about ceremonies: who finds them, what a screen shows, and what it asks each second.

A hall of 300 phones asks for the state each second or two, so `pulse_of` is one statement, and
whatever else is asked, only when it says something new, is two more.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Aggregate, Count, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from thidua.accounts.acting import Acting
from thidua.ceremonies.models import Ceremony, Trial
from thidua.covenants.models import Covenant
from thidua.cycles.models import Enrolment
from thidua.documents.models import Signature


@dataclass(frozen=True)
class Light:
    """What lights a member's card: who signed, in which office, when. In a rehearsal nobody."""

    signer: str
    office: str
    at: datetime


@dataclass(frozen=True)
class Seat:
    """One member on the screen, lit once it has signed."""

    enrolment: Enrolment
    light: Light | None

    @property
    def name(self) -> str:
        """The name that the member bears in that year."""
        return self.enrolment.name


@dataclass(frozen=True)
class Pulse:
    """All that may change on a screen, as few small values: when none differs, nothing does.

    Signatures only grow in number; members and trials come and go, and each has a newer id.
    """

    ceremony_id: int
    state: str
    is_rehearsal: bool
    called_id: int | None
    is_dark: bool
    version_id: int
    signed_version_id: int | None
    covenant_state: str
    in_force_at: datetime | None
    cycle_id: int
    members: int
    newest_member: int
    signed: int
    trials: int
    newest_trial: int

    @property
    def tag(self) -> str:
        """A short name of exactly these values."""
        told = repr(tuple(vars(self).values())).encode()
        return hashlib.sha256(told).hexdigest()[:24]

    @property
    def is_stopped(self) -> bool:
        """Whether the text shown is signed no more: opened again, or amended."""
        return (
            self.signed_version_id != self.version_id
            or self.covenant_state == Covenant.State.SUPERSEDED
        ) and self.state != Ceremony.State.CLOSED

    @property
    def is_in_force(self) -> bool:
        """Whether the great moment has come: in a rehearsal, once every card is lit."""
        if self.is_rehearsal:
            return 0 < self.members <= self.trials
        return self.in_force_at is not None


def ceremonies_for(acting: Acting) -> QuerySet[Ceremony]:
    """Return the ceremonies this person finds: the twin of ``ceremonies.view_ceremony``."""
    seen = Q(state=Ceremony.State.CLOSED, is_rehearsal=False, covenant__in_force_at__isnull=False)
    if acting.appointments:
        seen |= Q(covenant__cycle__enrolments__organization=acting.organization)
        if acting.has_role("board"):
            seen |= Q(covenant__cycle__bloc__managing_body=acting.organization)
        for appointment in acting.appointments:
            if appointment.role == "secretary":
                bloc, year = appointment.bloc_id, appointment.year
                seen |= Q(covenant__cycle__bloc=bloc, covenant__cycle__year=year)
    return Ceremony.objects.filter(pk__in=Ceremony.objects.filter(seen).values("pk"))


def with_parts(ceremonies: QuerySet[Ceremony]) -> QuerySet[Ceremony]:
    """Carry what a screen reads of its covenant, its year and its members: three queries."""
    related = ceremonies.select_related(
        "covenant__cycle__bloc", "version", "host__person", "host_for"
    )
    return related.defer("version__text", "version__official").prefetch_related(
        "covenant__cycle__enrolments__organization__names"
    )


def _of(rows: QuerySet[Any], by: str, told: Aggregate) -> Coalesce:
    """Return one figure about the rows that belong to the outer one; 0 where there are none."""
    found = rows.order_by().values(by).annotate(told=told).values("told")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


def pulse_of(address: str) -> Pulse | None:
    """Return what a screen must know each second, by its address: one statement, no object."""
    members = Enrolment.objects.filter(cycle=OuterRef("covenant__cycle"), left_on=None)
    signatures = Signature.objects.filter(version=OuterRef("version"))
    trials = Trial.objects.filter(ceremony=OuterRef("pk"))
    found = (
        Ceremony.objects.filter(address=address)
        .order_by()
        .values_list(
            *("pk", "state", "is_rehearsal", "called_id", "is_dark", "version_id"),
            *("covenant__version_id", "covenant__state", "covenant__in_force_at"),
            "covenant__cycle_id",
            _of(members, "cycle", Count("pk")),
            _of(members, "cycle", Max("pk")),
            _of(signatures, "version", Count("pk")),
            _of(trials, "ceremony", Count("pk")),
            _of(trials, "ceremony", Max("pk")),
        )
        .first()
    )
    return Pulse(*found) if found else None


def lights_of(pulse: Pulse, until: datetime | None = None) -> dict[int, Light | None]:
    """Return the members shown, in their order, by enrolment id, each with its light or None.

    All that take part, and who had signed before it left: two queries. ``until`` leaves out what
    was signed later. A signature of whoever bore a part before is the member's.
    """
    parts = Enrolment.objects.filter(cycle=pulse.cycle_id).only(
        "organization_id", "borne_before", "left_on"
    )
    if pulse.is_rehearsal:
        trials = Trial.objects.filter(ceremony=pulse.ceremony_id)
        lights = {trial.enrolment_id: Light("", "", trial.at) for trial in trials}
    else:
        lights = _by_part(parts, _signatures(pulse, until))
    return {
        part.pk: lights.get(part.pk) for part in parts if part.left_on is None or part.pk in lights
    }


def _signatures(pulse: Pulse, until: datetime | None) -> QuerySet[Signature]:
    found = Signature.objects.filter(version=pulse.version_id)
    if until is not None:
        found = found.filter(signed_at__lte=until)
    return found.only("organization_id", "signer_name", "capacity", "signed_at")


def _by_part(parts: Iterable[Enrolment], signatures: Iterable[Signature]) -> dict[int, Light]:
    signed = {
        s.organization_id: Light(s.signer_name, s.capacity_lines[-1], s.signed_at)
        for s in signatures
    }
    return {
        part.pk: signed[bearer]
        for part in parts
        for bearer in sorted(part.bearer_ids & signed.keys())[:1]
    }


def seats_of(ceremony: Ceremony, until: datetime | None = None) -> list[Seat]:
    """Return the members of a ceremony (`with_parts`) with their lights: see `lights_of`."""
    pulse = pulse_of(ceremony.address)
    lights = lights_of(pulse, until) if pulse else {}
    parts = ceremony.covenant.cycle.enrolments.all()
    return [Seat(part, lights[part.pk]) for part in parts if part.pk in lights]


def with_ceremonies(covenants: QuerySet[Covenant]) -> QuerySet[Covenant]:
    """Carry what pages of a covenant and of its year say of its ceremonies, asking nothing more.

    ``ceremony_now`` is the address of the open one (with ``…_state`` and ``…_is_rehearsal``) or
    None; ``ceremony_over`` the id of the newest real one that was closed, ``…_at`` when.
    """
    held = Ceremony.objects.filter(covenant=OuterRef("pk"))
    now = held.exclude(state=Ceremony.State.CLOSED)
    over = held.filter(state=Ceremony.State.CLOSED, is_rehearsal=False).order_by("-closed_at")
    return covenants.annotate(
        ceremony_now=Subquery(now.values("address")[:1]),
        ceremony_now_state=Subquery(now.values("state")[:1]),
        ceremony_now_is_rehearsal=Subquery(now.values("is_rehearsal")[:1]),
        ceremony_over=Subquery(over.values("pk")[:1]),
        ceremony_over_at=Subquery(over.values("closed_at")[:1]),
    )
