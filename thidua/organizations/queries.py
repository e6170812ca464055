"""Reads about organisations and blocs. Both are public: what may be seen is everything."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.core.text import day_text, fold, one_line
from thidua.organizations.models import (
    Bloc,
    BlocSuccession,
    Name,
    Organization,
    Person,
    Reorganization,
    Succession,
)


def organizations() -> QuerySet[Organization]:
    """Return all organisations by the Vietnamese alphabet, with their parents."""
    return Organization.objects.select_related("parent")


def living() -> QuerySet[Organization]:
    """Return the organisations that go on."""
    return organizations().filter(ended_on=None)


def organizations_under(acting: Any) -> QuerySet[Organization]:
    """Return those that one may rearrange: the twin of `organizations.reorganize`.

    ``acting`` is a person with the organisation worked for now (accounts.acting.Acting).
    """
    if not acting.has_role("board"):
        return Organization.objects.none()
    mine = acting.organization_id
    return living().filter(Q(pk=mine) | Q(parent=mine) | Q(keeper=mine))


def with_fate(found: QuerySet[Organization]) -> QuerySet[Organization]:
    """Carry by which act those that have ended did (``fate_act``), and who came after first.

    In the same query: ``heir_id`` and ``heir_name`` are None for one that goes on.
    """
    last = Succession.objects.filter(
        predecessor=OuterRef("pk"), predecessor__ended_on__isnull=False
    ).order_by("-reorganization", "pk")
    return found.annotate(
        fate_act=Subquery(last.values("reorganization__act")[:1]),
        heir_id=Subquery(last.values("successor")[:1]),
        heir_name=Subquery(last.values("successor__name")[:1]),
    )


def reorganizations() -> QuerySet[Reorganization]:
    """Return the acts by which organisations changed, newest first, with their units."""
    rows = Succession.objects.select_related("predecessor", "successor")
    return Reorganization.objects.select_related(
        "subject", "former_parent", "parent"
    ).prefetch_related(Prefetch("successions", rows))


def changes_of(organization: Organization) -> QuerySet[Reorganization]:
    """Return the acts that an organisation is part of, newest first."""
    part = (
        Q(subject=organization)
        | Q(successions__predecessor=organization)
        | Q(successions__successor=organization)
    )
    return reorganizations().filter(pk__in=Reorganization.objects.filter(part).values("pk"))


def predecessors_of(organization: Organization) -> list[Succession]:
    """Return what an organisation came from (tiền thân), by the acts that stand."""
    return list(
        organization.origins.select_related("predecessor", "reorganization")
        .prefetch_related("predecessor__names")
        .order_by("-reorganization__effective_on", "pk")
    )


def forebears_of(organization_id: int | None) -> set[int]:
    """Return all that an organisation came from, however long ago: one query."""
    before: dict[int | None, set[int]] = defaultdict(set)
    for old, new in Succession.objects.order_by().values_list("predecessor", "successor"):
        before[new].add(old)
    return _reached(before, organization_id)


def heirs_of(organization_id: int | None) -> set[int]:
    """Return all that came after an organisation: one query."""
    after: dict[int | None, set[int]] = defaultdict(set)
    known = Succession.objects.exclude(successor=None).order_by()
    for old, new in known.values_list("predecessor", "successor"):
        if new is not None:
            after[old].add(new)
    return _reached(after, organization_id)


def _reached(steps: Mapping[int | None, set[int]], start: int | None) -> set[int]:
    found: set[int] = set()
    ahead = set(steps.get(start, ())) if start else set()
    while ahead:
        found |= ahead
        ahead = {there for here in ahead for there in steps.get(here, ())} - found
    return found


def blocs() -> QuerySet[Bloc]:
    """Return all blocs with their managing bodies."""
    return Bloc.objects.select_related("managing_body")


def origins_of(bloc: Bloc) -> QuerySet[BlocSuccession]:
    """Return the older blocs that this one was formed anew from."""
    return bloc.origins.select_related("predecessor")


def onward_of(bloc: Bloc) -> QuerySet[BlocSuccession]:
    """Return what a closed bloc was formed anew into."""
    return bloc.onward.select_related("bloc")


def matching(text: str) -> Q:
    """Return the condition that every word of ``text``, folded, stands in a folded column."""
    condition = Q()
    for word in fold(one_line(text)[:200]).split():
        condition &= Q(folded__contains=word)
    return condition


def namesakes(name: str, short_name: str = "") -> QuerySet[Organization]:
    """Return organisations whose folded names hold all words of ``name``: possible duplicates."""
    if not fold(name):
        return Organization.objects.none()
    return Organization.objects.filter(
        matching(name) | (matching(short_name) if short_name else Q(pk=None))
    )


def people_named(full_name: str) -> QuerySet[Person]:
    """Return the people who bear this name, marks and case apart, with the offices they hold."""
    return Person.objects.filter(folded=fold(one_line(full_name))).prefetch_related(
        "offices__organization"
    )


def is_demonstration() -> bool:
    """Say whether this database holds invented blocs: then it is for showing, not for work."""
    return Bloc.objects.filter(is_illustration=True).exists()


@dataclass(frozen=True)
class HeaderLines:
    """What stands above a paper of an organisation or a bloc on a day, as it is to be printed.

    ``style`` is "state", "party" or "youth"; ``superior``, ``body`` are in capitals, ``superior``
    may be empty; ``symbol`` stands for the issuer in the paper's symbol, "" where nobody told it.
    ``remarks`` are sentences about what was taken for want of better: to be shown, not printed.
    """

    style: str
    superior: str
    body: str
    place: str
    symbol: str
    remarks: tuple[str, ...] = ()


def header_of(issuer: Organization | Bloc, day: date) -> HeaderLines:
    """Return the header that papers of ``issuer`` bear on ``day``; there always is one.

    For a day before an organisation's first name it is that of the first name, with a remark; for
    one that told no header, quốc hiệu above its full name. One query where ``names`` are prefetched
    and none else.
    """
    return _of_bloc(issuer, day) if isinstance(issuer, Bloc) else _of_unit(issuer, day)


def _of_unit(unit: Organization, day: date) -> HeaderLines:
    names = sorted(unit.names.all(), key=lambda name: name.since)
    borne = unit.borne_on(day) or next((n for n in reversed(names) if n.since <= day), None)
    remarks = []
    if borne is None:
        borne = names[0] if names else Name(organization=unit, name=unit.name)
        if names:
            told = {"unit": unit.name, "day": day_text(day), "since": day_text(borne.since)}
            remarks.append(
                _(
                    "Ngày %(day)s là trước khi có %(unit)s (từ ngày %(since)s): đầu văn bản lấy "
                    "theo tên gọi đầu tiên. Hãy xem lại ngày văn bản."
                )
                % told
            )
    if not borne.superior and unit.parent_id:
        remarks.append(
            _("%(unit)s chưa ghi tên cơ quan cấp trên trên đầu văn bản.") % {"unit": borne.name}
        )
    return HeaderLines(
        style=borne.header,
        superior=borne.superior.upper(),
        body=borne.name.upper(),
        place=borne.place or unit.place,
        symbol=borne.own_symbol,
        remarks=tuple(remarks),
    )


def _of_bloc(bloc: Bloc, day: date) -> HeaderLines:
    remarks = []
    if bloc.decision_on and day < bloc.decision_on:
        told = {"bloc": bloc.title, "day": day_text(day), "since": day_text(bloc.decision_on)}
        remarks.append(
            _("Ngày %(day)s là trước khi lập %(bloc)s (ngày %(since)s). Hãy xem lại ngày văn bản.")
            % told
        )
    above = bloc.managing_body
    with override("vi"):  # what is printed is Vietnamese, whatever the reader's language
        title = bloc.title
    return HeaderLines(
        style=Name.Header.STATE.value,
        superior=(bloc.superior or above.name_on(day)).upper(),
        body=(bloc.heading or title).upper(),
        place=bloc.place or above.place_on(day),
        symbol="".join(word[0] for word in title.split()[:3]).upper(),  # khối, cụm + thi đua
        remarks=tuple(remarks),
    )
