"""What the pages of a year and of a bloc show of a result: the newest that was published."""

from typing import Any, TypeVar, cast

from django.db.models import Model, OuterRef, QuerySet, Subquery

from thidua.accounts.acting import Acting
from thidua.scoring.models import Result, Standing
from thidua.scoring.queries import results_for
from thidua.web.results.ranking import ranking_of

Row = TypeVar("Row", bound=Model)


def with_published(rows: QuerySet[Row], who: Acting, *, within: str) -> QuerySet[Row]:
    """Let each row say which published result is newest of those that ``who`` may see.

    ``within`` is the path from a result to the row: "cycle", or "cycle__bloc". No query.
    """
    seen = results_for(who).filter(state=Result.State.PUBLISHED, **{within: OuterRef("pk")})
    newest = seen.order_by("-cycle__year", "-number").values("pk")
    return cast(QuerySet[Row], rows.annotate(published_pk=Subquery(newest[:1])))


def published_of(row: Model, who: Acting) -> dict[str, Any] | None:
    """Return the result that ``with_published`` found, with its ranking: one query, or none."""
    pk = getattr(row, "published_pk", None)
    if pk is None:
        return None
    standings = list(
        Standing.objects.filter(result=pk)
        .select_related("result__cycle__bloc", "enrolment")
        .defer("lines")
    )
    result = standings[0].result
    return {
        "result": result,
        "cycle": result.cycle,
        "ranking": ranking_of(standings, who, opens=False),
    }
