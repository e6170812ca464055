"""What the front pages tell of every bloc: its newest public year, and what was signed lately."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from thidua.core.text import sort_key
from thidua.covenants.models import Covenant
from thidua.cycles.models import Cycle
from thidua.organizations.models import Bloc
from thidua.organizations.queries import blocs as all_blocs


@dataclass(frozen=True)
class Entry:
    """One bloc in a list, with its newest public year (None when nothing is public yet)."""

    bloc: Bloc
    cycle: Cycle | None
    members: int
    is_in_force: bool  # the newest public year's covenant has come in force
    has_covenant: bool  # that of any year has

    @property
    def is_at_work(self) -> bool:
        """Whether there is something to read: an open year, or a covenant in force."""
        is_open = self.cycle is not None and self.cycle.state == Cycle.State.OPEN
        return self.has_covenant or is_open

    @property
    def place(self) -> str:
        """Where the bloc belongs: its place, its managing body's, or that body's name."""
        return self.bloc.place or self.bloc.managing_body.place or self.bloc.managing_body.name


@dataclass(frozen=True)
class Group:
    """The blocs of one place, under its name."""

    place: str
    entries: list[Entry]


@dataclass(frozen=True)
class Signed:
    """A covenant that came in force, with how many have signed it of how many members."""

    covenant: Covenant
    signed: int
    members: int

    @property
    def is_illustration(self) -> bool:
        """Whether something of what the story tells is invented."""
        cycle = self.covenant.cycle
        return self.covenant.is_illustration or cycle.is_illustration or cycle.bloc.is_illustration

    @property
    def story(self) -> str:
        """One sentence from data: who, how many, which year, the day, under which theme."""
        cycle = self.covenant.cycle
        theme = cycle.theme or cycle.province_theme
        told = {
            "signed": self.signed,
            "members": self.members,
            "bloc": cycle.bloc.title,
            "year": cycle.year,
            "theme": theme,
        }
        sentence = _("%(signed)d đơn vị của %(bloc)s đã ký giao ước thi đua năm %(year)d")
        if self.signed < self.members:
            sentence = _(
                "%(signed)d trên %(members)d đơn vị của %(bloc)s đã ký giao ước năm %(year)d"
            )
        parts = [sentence % told]
        if self.covenant.in_force_at:
            day = date_format(timezone.localtime(self.covenant.in_force_at), "j/n/Y")
            parts.append(_("có hiệu lực từ ngày %(day)s") % {"day": day})
        if theme:
            parts.append(_("với chủ đề “%(theme)s”") % told)
        return ", ".join(parts) + "."


def first_blocs(most: int) -> QuerySet[Bloc]:
    """Return the blocs of the front page: of those at work the first ``most``, then of the others.

    A province has hundreds; what a page of a few costs must not grow with them.
    """
    years = Cycle.objects.filter(bloc=OuterRef("pk"), state=Cycle.State.OPEN)
    signed = _published().filter(cycle__bloc=OuterRef("pk"))
    found = all_blocs().annotate(is_at_work=Q(Exists(years)) | Q(Exists(signed)))
    return found.order_by("-is_at_work", "sort_key", "pk")[:most]


def entries_of(blocs: Iterable[Bloc]) -> list[Entry]:
    """Return the blocs, in their order, with their newest public years: two queries in all."""
    listed = list(blocs)
    ids = [bloc.pk for bloc in listed]
    found = _published().filter(cycle__bloc__in=ids).values_list("cycle_id", "cycle__bloc_id")
    published = list(found)
    signed_years = {cycle_id for cycle_id, _bloc in published}
    signed_blocs = {bloc_id for _cycle, bloc_id in published}
    newest = {cycle.bloc_id: cycle for cycle in _newest_years(ids)}
    return [
        Entry(
            bloc,
            cycle := newest.get(bloc.pk),
            members=getattr(cycle, "members_count", 0),
            is_in_force=cycle is not None and cycle.pk in signed_years,
            has_covenant=bloc.pk in signed_blocs,
        )
        for bloc in listed
    ]


def _newest_years(bloc_ids: list[int]) -> QuerySet[Cycle]:
    public = Cycle.objects.exclude(state=Cycle.State.DRAFT)
    newest = public.filter(bloc=OuterRef("bloc")).values("bloc").annotate(last=Max("year"))
    return public.filter(bloc__in=bloc_ids, year=Subquery(newest.values("last"))).annotate(
        members_count=Count("enrolments", filter=Q(enrolments__left_on=None))
    )


def _published() -> QuerySet[Covenant]:
    """Return the covenants that everyone may read, of years that everyone may see."""
    return Covenant.objects.filter(in_force_at__isnull=False).exclude(
        cycle__state=Cycle.State.DRAFT
    )


def grouped(entries: Iterable[Entry]) -> list[Group]:
    """Return the entries under their places, places by the Vietnamese alphabet."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.place, []).append(entry)
    return [Group(place, groups[place]) for place in sorted(groups, key=sort_key)]


def lately_signed(most: int = 6) -> list[Signed]:
    """Return the covenants that came in force last, at a fixed number of queries.

    Their few texts and signatures are read, to say when one is no longer what was frozen.
    """
    newest = (
        _published()
        .filter(state=Covenant.State.IN_FORCE, kind=Covenant.Kind.WHOLE)
        .order_by("-in_force_at", "-pk")
    )
    ids = list(newest.values_list("pk", flat=True)[:most])
    members = Count("cycle__enrolments", filter=Q(cycle__enrolments__left_on=None))
    found = (
        Covenant.objects.filter(pk__in=ids)
        .select_related("cycle__bloc", "version")
        .defer("version__official")
        .prefetch_related("version__signatures")
        .annotate(members_count=members)
        .order_by("-in_force_at", "-pk")
    )
    return [Signed(c, _signed_count(c), c.members_count) for c in found]


def _signed_count(covenant: Covenant) -> int:
    return len(covenant.version.signatures.all()) if covenant.version else 0
