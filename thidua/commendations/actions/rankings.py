"""Entering, correcting and taking out where units stood in years the program did not mark."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.audit.actions import Actor, record
from thidua.audit.queries import chain_of_bloc
from thidua.commendations.models import FIRST_YEAR, PastRanking, last_day_of
from thidua.commendations.queries import is_published
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.numbers import format_points
from thidua.core.text import day_text, one_line
from thidua.organizations.models import Bloc, Organization


@dataclass(frozen=True)
class RankingFacts:
    """Where a unit stood. Points and maximum in hundredths; one of rank, points, class is told.

    ``organization_name`` blank: the name borne at the year's end.
    """

    year: int
    organization_name: str = ""
    rank: int | None = None
    points: int | None = None
    maximum: int | None = None
    class_name: str = ""
    source: str = ""


@deed()
def enter_ranking(
    bloc: Bloc,
    organization: Organization,
    facts: RankingFacts,
    *,
    by: Actor,
    is_illustration: bool = False,
) -> PastRanking:
    """Enter where a unit stood; refused for a year whose result the program published."""
    ranking = PastRanking(
        bloc=bloc,
        organization=organization,
        is_illustration=is_illustration,
        entered_at=clock.now(),
    )
    _fill(ranking, facts)
    there = PastRanking.objects.filter(
        bloc=bloc, year=facts.year, organization=organization
    ).first()
    if there is not None:
        raise _twice(there)
    _save(ranking)
    record("ranking.entered", by=by, on=ranking, chain=chain_of_bloc(bloc.pk))
    return ranking


@deed()
def correct_ranking(ranking: PastRanking, facts: RankingFacts, *, by: Actor) -> PastRanking:
    """Correct what is told; what stood before stays in the trail."""
    found = PastRanking.objects.select_related("bloc", "organization")
    ranking = found.select_for_update(of=("self",)).get(pk=ranking.pk)
    with override("vi"):  # the trail is Vietnamese, whatever the actor reads
        before = told_of(ranking)
    _fill(ranking, facts)
    _save(ranking)
    chain = chain_of_bloc(ranking.bloc_id)
    record("ranking.corrected", by=by, on=ranking, chain=chain, before=before)
    return ranking


@deed()
def remove_ranking(ranking: PastRanking, *, by: Actor, reason: str) -> None:
    """Take out what was entered wrongly; the trail keeps what it said and why."""
    found = PastRanking.objects.select_related("bloc")
    there = found.select_for_update(of=("self",)).filter(pk=ranking.pk).first()
    if there is None:
        raise AlreadyDone(_("Xếp hạng này đã được bỏ rồi."))
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    with override("vi"):
        told = {"before": told_of(there), "reason": one_line(reason)[:500]}
    chain = chain_of_bloc(there.bloc_id)
    record("ranking.removed", by=by, on=there.bloc, chain=chain, **told)
    there.delete()


def told_of(ranking: PastRanking) -> str:
    """Return all that a ranking says, in one line: for the trail."""
    parts = [str(ranking)]
    if ranking.rank:
        parts.append(_("hạng %(rank)d") % {"rank": ranking.rank})
    if ranking.points is not None:
        points = format_points(ranking.points)
        if ranking.maximum:
            points = f"{points}/{format_points(ranking.maximum)}"
        parts.append(_("%(points)s điểm") % {"points": points})
    return "; ".join([*parts, ranking.class_name] if ranking.class_name else parts)


def as_facts(ranking: PastRanking) -> RankingFacts:
    """Return what a ranking says, to be told anew with some of it changed."""
    names = RankingFacts.__dataclass_fields__
    return RankingFacts(**{name: getattr(ranking, name) for name in names})


def _fill(ranking: PastRanking, facts: RankingFacts) -> None:
    for name in RankingFacts.__dataclass_fields__:
        value = getattr(facts, name)
        setattr(ranking, name, one_line(value) if isinstance(value, str) else value)
    _refuse_bad_year(ranking)
    if ranking.rank is None and ranking.points is None and not ranking.class_name:
        raise Invalid(_("Cần ghi ít nhất thứ hạng, điểm hoặc xếp loại."), field="rank")
    if ranking.rank is not None and not 1 <= ranking.rank <= 1000:
        raise Invalid(_("Thứ hạng phải từ 1 đến 1.000."), field="rank")
    if ranking.maximum is not None and (ranking.maximum <= 0 or ranking.points is None):
        raise Invalid(_("Điểm tối đa phải lớn hơn 0 và đi cùng số điểm."), field="maximum")
    if not ranking.organization_name:
        ranking.organization_name = ranking.organization.name_on(last_day_of(ranking.year))


def _refuse_bad_year(ranking: PastRanking) -> None:
    if not FIRST_YEAR <= ranking.year <= clock.today().year:
        raise Invalid(_("Năm phải từ 1948 đến năm nay."), field="year")
    if is_published(ranking.bloc, ranking.year):
        sentence = _("Kết quả năm %(year)d của %(bloc)s đã công bố ngay trong hệ thống.")
        told = {"year": ranking.year, "bloc": ranking.bloc.title}
        raise WrongState(sentence % told, field="year")
    for last, name in (
        (ranking.organization.last_day_of_rights, ranking.organization.name),
        (ranking.bloc.closed_on, ranking.bloc.title),
    ):
        if last and ranking.year > last.year:
            told = {"unit": name, "day": day_text(last)}
            sentence = _("%(unit)s đã kết thúc ngày %(day)s: năm xếp hạng không thể sau đó.")
            raise Invalid(sentence % told, field="year")


def _twice(there: PastRanking) -> AlreadyDone:
    return AlreadyDone(
        _("Đã ghi xếp hạng này: %(told)s. Nếu sai thì sửa ở đó.") % {"told": told_of(there)},
        field="organization",
    )


def _save(ranking: PastRanking) -> None:
    """Write the row; whoever entered the same at the same moment came first."""
    try:
        with transaction.atomic():
            ranking.save()
    except IntegrityError as error:
        raise AlreadyDone(
            _("Đơn vị này đã có xếp hạng của năm ấy trong khối, cụm."), field="organization"
        ) from error
