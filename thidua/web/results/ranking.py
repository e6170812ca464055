"""The ranking as pages show it: who has a rank, who is barred, who has no marks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core.text import join_names
from thidua.cycles.models import Enrolment
from thidua.marks.ranking import VOTE
from thidua.scoring.models import Layer, Result, Standing

Role = Enrolment.Role


@dataclass(frozen=True)
class Row:
    """One member's line; ``url`` opens its card, for whoever may."""

    standing: Standing
    url: str
    is_mine: bool

    @property
    def has_left(self) -> bool:
        """Whether the member has left the year since."""
        return self.standing.enrolment.left_on is not None


@dataclass(frozen=True)
class Ranking:
    """All members of a result: with a rank, barred by a knock-out, and without marks."""

    ranked: list[Row] = field(default_factory=list)
    barred: list[Row] = field(default_factory=list)
    unmarked: list[Row] = field(default_factory=list)
    has_outside: bool = False
    has_classes: bool = False

    @property
    def span(self) -> int:
        """How many columns stand beside the rank."""
        return 3 + 2 * self.has_outside + self.has_classes

    @property
    def apart(self) -> list[tuple[str, list[Row]]]:
        """What stands apart from the ranking, under its heading."""
        found = [
            (_("Không xếp hạng vì điểm liệt"), self.barred),
            (_("Chưa có điểm nên chưa xếp hạng"), self.unmarked),
        ]
        return [(title, rows) for title, rows in found if rows]


def ranking_of(places: Iterable[Standing], who: Acting, *, opens: bool) -> Ranking:
    """Return the ranking of a result's standings (with their enrolments); no query."""
    standings = list(places)
    rows = [_row(standing, who, opens) for standing in standings]
    return Ranking(
        ranked=[row for row in rows if row.standing.rank is not None],
        barred=[r for r in rows if r.standing.rank is None and r.standing.total is not None],
        unmarked=[row for row in rows if row.standing.total is None],
        has_outside=any(standing.bonus or standing.penalty for standing in standings),
        has_classes=any(standing.class_name for standing in standings),
    )


def _row(standing: Standing, who: Acting, opens: bool) -> Row:
    url = reverse("results:standing", args=[standing.pk]) if opens else ""
    return Row(standing, url, who.is_for(standing.enrolment.organization_id))


def mine_in(result: Result, who: Acting) -> Standing | None:
    """Return the standing of the unit worked for, or None."""
    own = (s for s in result.standings.all() if who.is_for(s.enrolment.organization_id))
    return next(own, None)


def ties_in(result: Result) -> list[Sequence[Standing]]:
    """Return those that share a rank, where the year's table lets votes decide between them."""
    if VOTE not in result.table.ties:
        return []
    by_rank: dict[int, list[Standing]] = {}
    for standing in result.standings.all():
        if standing.rank is not None:
            by_rank.setdefault(standing.rank, []).append(standing)
    return [sharing for sharing in by_rank.values() if len(sharing) > 1]


def leader_on_top(result: Result) -> str:
    """Say so where the leader's own unit leads, and who appraised its card; else nothing."""
    tops = [s for s in result.standings.all() if s.rank == 1 and s.enrolment.role == Role.LEADER]
    if not tops:
        return ""
    bloc = result.cycle.bloc
    told = {
        "unit": join_names([s.unit_name for s in tops], _("và")),
        "leader": bloc.leader_noun,
        "scorers": join_names(_appraisers(tops), _("và")),
    }
    if not told["scorers"]:
        sentence = _(
            "%(unit)s vừa là %(leader)s vừa đứng đầu. "
            "Không bên nào thẩm định phiếu này ở lớp trưởng, phó."
        )
        return sentence % told
    sentence = _(
        "%(unit)s vừa là %(leader)s vừa đứng đầu. "
        "Không ai tự chấm cho mình: phiếu này do %(scorers)s thẩm định."
    )
    return sentence % told


def _appraisers(standings: Iterable[Standing]) -> list[str]:
    """Return who marked these cards as leader or deputy: one query, read from what was frozen."""
    lines = Standing.objects.filter(pk__in=[s.pk for s in standings]).values_list(
        "lines", flat=True
    )
    marks = (mark for its in lines for line in its for mark in line["marks"])
    return list(dict.fromkeys(m["scorer"] for m in marks if m["layer"] == Layer.Kind.LEAD))
