"""Writing a result: each member's standing from the marks of today, opened to every mark."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.errors import Invalid, WrongState
from thidua.cycles.models import Cycle
from thidua.scoring.compute import Reckoned, Reckoning, reckon
from thidua.scoring.models import Card, Result, ScoringTable, Standing
from thidua.scoring.queries import table_in_use
from thidua.scoring.snapshot import lines_of
from thidua.scoring.wording import why_of

State = Result.State


@dataclass(frozen=True)
class Correction:
    """That a new result corrects a published one, and why; ``facts`` of the old one stay."""

    of: Result
    reason: str
    facts: Mapping[str, object] = field(default_factory=dict)


def note(code: str, result: Result, by: Acting, **facts: str | int | None) -> None:
    """Record something about a result on its bloc's chain."""
    record(code, by=by, on=result, chain=chain_of_bloc(result.cycle.bloc_id), **facts)


def drawable(cycle: Cycle) -> Reckoning:
    """Return the year reckoned over all that was sent; refuse while no result can be drawn up.

    Refused without a table in use, once a result was adopted, while nobody has sent anything, and
    while those who check one card together have not agreed.
    """
    table = table_in_use(cycle)
    if table is None:
        raise WrongState(_("Năm này chưa có bảng điểm được dùng."))
    settled = [State.ADOPTED, State.PUBLISHED]
    if cycle.results.filter(state__in=settled).exists():
        raise WrongState(_("Kết quả đã được thông qua; muốn sửa, hãy lập bản đính chính."))
    return reckoned(table)


def reckoned(table: ScoringTable, cards: Iterable[Card] | None = None) -> Reckoning:
    """Return the cards reckoned; refuse where nobody was marked or checkers have not agreed."""
    reckoning = reckon(table, cards)
    if not any(one.score for one in reckoning.cards):
        raise Invalid(_("Chưa có đơn vị nào gửi điểm nên chưa lập được kết quả."))
    disagreed = [one.card.enrolment.organization.name for one in reckoning.cards if one.disagreed]
    if disagreed:
        raise Invalid(
            _("Các bên kiểm tra chưa thống nhất điểm của: %(units)s.")
            % {"units": "; ".join(disagreed)}
        )
    return reckoning


def cards_of(result: Result) -> QuerySet[Card]:
    """Return the cards that a result was made of: also of members that left since."""
    return Card.objects.filter(
        table=result.table_id, enrolment__standings__result=result
    ).select_related("enrolment__organization")


def write_result(
    cycle: Cycle, reckoning: Reckoning, *, by: Acting, correction: Correction | None = None
) -> Result:
    """Write the result with each member's standing. What it says is Vietnamese, as records are."""
    last = cycle.results.aggregate(last=Max("number"))["last"] or 0
    table = reckoning.read.table
    cards = [one.card for one in reckoning.cards]
    result = Result.objects.create(
        cycle=cycle,
        table=table,
        number=last + 1,
        corrects=correction.of if correction else None,
        reason=correction.reason if correction else "",
        made_at=clock.now(),
        made_by=by.user,
        is_illustration=table.is_illustration
        or by.is_illustration
        or any(card.is_illustration for card in cards),
        **(correction.facts if correction else {}),
    )
    prefetch_related_objects([card.enrolment.organization for card in cards], "names")
    day = cycle.last_day
    units = {card.enrolment_id: card.enrolment.organization.name_on(day) for card in cards}
    with override("vi"):
        lines, why = lines_of(reckoning), why_of(reckoning, units)
    Standing.objects.bulk_create(
        _standing(
            one,
            result=result,
            unit_name=units[one.card.enrolment_id],
            lines=lines[one.card.pk],
            why=why.get(one.card.enrolment_id, ""),
        )
        for one in reckoning.cards
    )
    return result


def _standing(one: Reckoned, **told: Any) -> Standing:
    score, place = one.score, one.place
    return Standing(
        enrolment=one.card.enrolment,
        total=score.total if score else None,
        standard=score.standard if score else None,
        bonus=score.bonus if score else 0,
        penalty=score.penalty if score else 0,
        maximum=score.maximum if score else 0,
        rank=place.rank if place else None,
        class_name=one.class_name,
        **told,
    )


def has_moved(result: Result) -> bool:
    """Say whether the marks of today come to anything else than what the result says."""
    table = table_in_use(result.cycle)
    if table is None or table.pk != result.table_id:
        return True
    standings = Standing.objects.filter(result=result)  # opened: what pages read is not
    kept = {standing.enrolment_id: _told(standing) for standing in standings}
    return kept != {one.card.enrolment_id: _tells(one) for one in reckon(table).cards}


def _told(standing: Standing) -> tuple[object, ...]:
    counted = {line["code"]: line["counted"] for line in standing.lines}
    if standing.total is None:
        counted = {}
    return standing.total, standing.rank, standing.class_name, counted


def _tells(one: Reckoned) -> tuple[object, ...]:
    score, place = one.score, one.place
    counted = {code: line.counted for code, line in score.lines.items() if code} if score else {}
    rank = place.rank if place else None
    return score.total if score else None, rank, one.class_name, counted
