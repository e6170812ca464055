"""Reads about the papers of a year."""

from django.db.models import Prefetch, Q, QuerySet

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment
from thidua.core import clock
from thidua.covenants.models import Covenant
from thidua.covenants.queries import covenants_for
from thidua.cycles.models import Cycle
from thidua.cycles.queries import cycles_for, with_parts
from thidua.organizations.models import Organization
from thidua.paperwork.models import Draft
from thidua.reporting.queries import cycles_followed

SIGNING = (Appointment.Role.HEAD, Appointment.Role.STAND_IN, Appointment.Role.BOARD)


def whole(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """Carry what a paper's page and its acts read, at a number of queries that does not grow."""
    return drafts.select_related(
        "enrolment__organization",
        "issuer",
        "signer__user__person",
        "signer__stands_in_for",
        "signer__organization",
        "version__number",
        "version__withdrawal__by__person",
        "previous__version",
    ).prefetch_related(
        Prefetch("cycle", with_parts(Cycle.objects.all())),
        "version__printings__blob",
    )


def of_its_year(draft: Draft) -> Draft:
    """Let a `whole` draft share member and issuer with its year, which has read their names."""
    for enrolment in draft.cycle.enrolments.all():
        if enrolment.pk == draft.enrolment_id:
            draft.enrolment = enrolment
        if enrolment.organization_id == draft.issuer_id:
            draft.issuer = enrolment.organization
    return draft


def drafts_for(acting: Acting) -> QuerySet[Draft]:
    """Return the papers this person may see: the twin of ``paperwork.view_draft``."""
    if not acting.appointments:
        return Draft.objects.none()
    mine = Q(enrolment__organization=acting.organization)
    followed = Q(state=Draft.State.ISSUED, cycle__in=cycles_followed(acting).values("pk"))
    run = Q(enrolment=None, cycle__in=_run(acting))
    return Draft.objects.filter(mine | followed | run)


def drafts_of(cycle: Cycle, acting: Acting) -> QuerySet[Draft]:
    """Return the papers of one year that somebody who follows it may see, as `drafts_for` would.

    ``cycle`` has its parts; so this costs no query of its own.
    """
    seen = Q(state=Draft.State.ISSUED) | Q(enrolment__organization=acting.organization)
    if acting.has_perm("paperwork.draft_for_bloc", cycle):
        seen |= Q(enrolment=None)
    return Draft.objects.filter(seen, cycle=cycle)


def _run(acting: Acting) -> list[int]:
    """Return the ids of the years this person runs: few, and a rule that SQL would say twice."""
    seen = cycles_for(acting).filter(pk__in=cycles_followed(acting).values("pk"))
    return [cycle.pk for cycle in seen if acting.has_perm("paperwork.draft_for_bloc", cycle)]


def signers_of(issuer: Organization) -> list[Appointment]:
    """Return who may sign the issuer's papers today, heads first, then by name."""
    today = clock.today()
    held = (
        Appointment.objects.filter(organization=issuer, role__in=SIGNING, since__lte=today)
        .filter(Q(until=None) | Q(until__gte=today))
        .select_related("user__person", "stands_in_for", "organization")
    )
    found = [appointment for appointment in held if appointment.holds(today)]
    return sorted(found, key=lambda a: (SIGNING.index(Appointment.Role(a.role)), a.user.name))


def covenants_of(cycle: Cycle, who: Acting | None = None) -> list[Covenant]:
    """Return the frozen covenants of a year with their printings; for nobody named, all."""
    covenants = Covenant.objects.all() if who is None else covenants_for(who)
    return list(
        covenants.filter(cycle=cycle, version__isnull=False)
        .select_related("version")
        .prefetch_related("version__printings__blob")
    )
