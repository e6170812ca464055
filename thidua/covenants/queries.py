"""Reads about covenants."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from thidua.accounts.acting import Acting
from thidua.covenants.models import Comment, Covenant, Decline, Reminder, Substitute, Unfreezing
from thidua.cycles.models import Cycle, Enrolment
from thidua.documents.models import PaperSheet, Printing, Signature
from thidua.targets.models import TargetSet

Act = TypeVar("Act", Signature, Decline)
DECLINES = Decline.objects.select_related(
    "organization", "by__person", "answer__by__person", "answer__organization"
)
NAMED = Substitute.objects.filter(ended_at=None).select_related(
    "appointment__user__person", "appointment__stands_in_for"
)
AMENDED = Covenant.objects.select_related("cycle", "version").defer(
    "version__official", "version__text"
)
PAPER = "version__official"  # the whole paper as data: read where it is printed, and nowhere else


def with_parts(covenants: QuerySet[Covenant]) -> QuerySet[Covenant]:
    """Carry what a covenant's page reads, at a number of queries that does not grow."""
    members = Enrolment.objects.select_related("organization").prefetch_related(
        "organization__names"
    )
    comments = Comment.objects.select_related("organization", "by__person").order_by("at")
    return with_rows(covenants).prefetch_related(
        Prefetch("cycle__enrolments", members),
        "cycle__phases__acts",
        "clauses",
        "version__signatures",
        Prefetch("comments", comments),
        Prefetch("declines", DECLINES),
        Prefetch("substitutes", NAMED, to_attr="named_substitutes"),
        "declaration__missing",
    )


def with_rows(covenants: QuerySet[Covenant]) -> QuerySet[Covenant]:
    """Carry the one row each that every covenant hangs on: year, bloc, the version frozen of it.

    What it follows or amends is asked for where there is one: few have any, and so many columns
    more are half of what the statement costs.
    """
    return covenants.select_related("cycle__bloc", "version").defer(PAPER)


def for_a_deed(covenants: QuerySet[Covenant]) -> QuerySet[Covenant]:
    """Carry what an act on a covenant reads: its bloc, members, phases, version, signatures."""
    return with_rows(covenants).prefetch_related(
        Prefetch("cycle__enrolments", Enrolment.objects.select_related("organization")),
        "cycle__phases__acts",
        "version__signatures",
        "declines",
    )


def for_its_text(covenants: QuerySet[Covenant]) -> QuerySet[Covenant]:
    """Carry also the names that members bore in that year, as papers and pages have them."""
    return for_a_deed(covenants).prefetch_related("cycle__enrolments__organization__names")


def for_a_signature(covenants: QuerySet[Covenant]) -> QuerySet[Covenant]:
    """Carry what one signature reads, however many members there are."""
    return with_rows(covenants).prefetch_related("cycle__phases__acts")


def with_members(covenants: QuerySet[Covenant]) -> QuerySet[Covenant]:
    """Carry the members, the phases and the signatures: what every page around it asks for."""
    members = Enrolment.objects.select_related("organization").prefetch_related(
        "organization__names"
    )
    return with_rows(covenants).prefetch_related(
        Prefetch("cycle__enrolments", members), "cycle__phases__acts", "version__signatures"
    )


def for_one_page(covenants: QuerySet[Covenant]) -> QuerySet[Covenant]:
    """Carry also the declaration, and say what else there is to ask for.

    The page of one covenant asks for its comments and the like only where there are any.
    """
    reminders = Reminder.objects.filter(covenant=OuterRef("pk")).order_by("-day")
    same = Covenant.objects.filter(cycle=OuterRef("cycle"), kind=OuterRef("kind"))
    others = same.exclude(pk=OuterRef("pk"))
    return (
        with_members(covenants)
        .select_related("declaration__organization", "declaration__by__person")
        .annotate(
            has_sheets=Exists(PaperSheet.objects.filter(version=OuterRef("version"))),
            has_printing=Exists(Printing.objects.filter(version=OuterRef("version"))),
            has_declines=Exists(Decline.objects.filter(version=OuterRef("version"))),
            has_substitutes=Exists(NAMED.filter(version=OuterRef("version"))),
            has_addenda=Exists(Covenant.objects.filter(amends=OuterRef("pk"))),
            has_comments=Exists(Comment.objects.filter(covenant=OuterRef("pk"))),
            has_unfreezings=Exists(Unfreezing.objects.filter(covenant=OuterRef("pk"))),
            has_other_versions=Exists(others),
            has_newer_version=Exists(Covenant.objects.filter(previous=OuterRef("pk"))),
            reminded_on=Subquery(reminders.values("day")[:1]),
        )
    )


def seen_by(acting: Acting) -> QuerySet[Covenant]:
    """Return the covenants this person may read: the twin of ``covenants.view_covenant``."""
    seen = Q(in_force_at__isnull=False)
    if acting.appointments:
        seen |= Q(cycle__enrolments__organization=acting.organization)
        if acting.has_role("board"):
            seen |= Q(cycle__bloc__managing_body=acting.organization)
        for appointment in acting.appointments:
            if appointment.role == "secretary":
                seen |= Q(cycle__bloc=appointment.bloc_id, cycle__year=appointment.year)
    return Covenant.objects.filter(pk__in=Covenant.objects.filter(seen).values("pk"))


def covenants_for(acting: Acting) -> QuerySet[Covenant]:
    """Return the covenants this person may read, with what their pages read."""
    return with_parts(seen_by(acting))


@dataclass(frozen=True)
class Party:
    """One member beside its signature, its refusal, or neither."""

    enrolment: Enrolment
    signature: Signature | None
    decline: Decline | None
    substitute: Substitute | None = None

    @property
    def is_due(self) -> bool:
        """Whether its signature is still awaited: it takes part and has not signed."""
        return self.signature is None and self.enrolment.left_on is None


def parties_of(covenant: Covenant) -> list[Party]:
    """Return every member of the year with its signature on this version (see `with_parts`).

    One that left without signing owes none and is left out; one that left after is kept.
    """
    version = covenant.version
    signed = {s.organization_id: s for s in version.signatures.all()} if version else {}
    declines = covenant.declines.all() if version else []
    declined = {d.organization_id: d for d in declines if d.version_id == covenant.version_id}
    named = {s.organization_id: s for s in _named(covenant)}
    return [
        Party(
            e,
            _of_bearer(e, signed),
            _of_bearer(e, declined),
            named.get(e.organization_id),
        )
        for e in covenant.cycle.enrolments.all()
        if e.left_on is None or _of_bearer(e, signed)
    ]


def _named(covenant: Covenant) -> list[Substitute]:
    """Return those named to sign in a head's place, where the page asked for them."""
    return getattr(covenant, "named_substitutes", [])


def _of_bearer(enrolment: Enrolment, acts: Mapping[int, Act]) -> Act | None:
    """Return what the unit did that bears the part now, or one that bore it before."""
    return next((acts[pk] for pk in enrolment.bearer_ids if pk in acts), None)


def unsigned_members(covenant: Covenant) -> list[Enrolment]:
    """Return the members whose signature is still awaited."""
    return [party.enrolment for party in parties_of(covenant) if party.is_due]


def rounds_awaiting(enrolments: Iterable[Enrolment]) -> dict[int, Covenant]:
    """Return the covenants being signed that still await these members, by enrolment id."""
    parts = [e for e in enrolments if e.left_on is None]
    rounds = (
        Covenant.objects.filter(cycle__in={e.cycle_id for e in parts}, state=Covenant.State.SIGNING)
        .select_related("version")
        .defer(PAPER)
        .prefetch_related("version__signatures")
    )
    awaiting: dict[int, Covenant] = {}
    for covenant in rounds:
        signatures = covenant.version.signatures.all() if covenant.version else []
        signed = {signature.organization_id for signature in signatures}
        for enrolment in parts:
            if enrolment.cycle_id == covenant.cycle_id and not enrolment.bearer_ids & signed:
                awaiting.setdefault(enrolment.pk, covenant)
    return awaiting


def sheets_for(acting: Acting, covenant: Covenant) -> QuerySet[PaperSheet]:
    """Return the sheets of this version that one may look at, newest first.

    Whoever compares sheets sees all; a unit's people see its own and those that they brought.
    """
    sheets = PaperSheet.objects.filter(version=covenant.version_id, version__isnull=False)
    if not acting.appointments:
        return sheets.none()
    if not acting.has_perm("covenants.compare_covenant", covenant):
        mine = acting.organization_id
        sheets = sheets.filter(Q(organization=mine) | Q(brought_for=mine))
    related = ("organization", "brought_by__person", "brought_for", "answered_by__person", "blob")
    return sheets.select_related(*related).order_by("-brought_at", "-pk")


def members_without_targets(cycle: Cycle) -> list[Enrolment]:
    """Return the members whose targets are not agreed on and locked yet: one query."""
    agreed = TargetSet.objects.filter(enrolment__cycle=cycle, state=TargetSet.State.LOCKED)
    locked = set(agreed.values_list("enrolment_id", flat=True))
    return [e for e in cycle.current() if e.pk not in locked]


def current_covenant(cycle: Cycle, acting: Acting) -> Covenant | None:
    """Return the newest version of the year's covenant that this person may read."""
    whole = with_rows(seen_by(acting)).filter(cycle=cycle, kind=Covenant.Kind.WHOLE)
    return whole.order_by("-number").first()


def noted_heads() -> Iterator[tuple[str, str, str]]:
    """Yield the audit heads that stand on frozen covenants, for `audit.verification`."""
    frozen = Covenant.objects.exclude(version=None).select_related("version", "cycle__bloc")
    for covenant in frozen.defer("version__text", PAPER):
        if covenant.version:
            yield covenant.version.chain, covenant.version.chain_head, str(covenant.title)
