"""Reads about papers that were written elsewhere."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from thidua.accounts.acting import Acting
from thidua.core.text import fold
from thidua.cycles.models import Cycle, Enrolment
from thidua.paperwork.models import Article, Brought
from thidua.reporting.queries import cycles_followed

State = Brought.State
LIST = ("enrolment__organization", "blob", "by__person")


def brought_for(acting: Acting) -> QuerySet[Brought]:
    """Return the papers this person may see: the twin of ``paperwork.view_brought``."""
    if not acting.appointments:
        return Brought.objects.none()
    own = Q(enrolment__organization=acting.organization)
    followed = Q(enrolment__cycle__in=cycles_followed(acting).values("pk"))
    return Brought.objects.filter(own | (Q(state=State.SENT) & followed))


def whole(papers: QuerySet[Brought]) -> QuerySet[Brought]:
    """Carry what the page of one paper and its acts read."""
    return papers.select_related(*LIST, "enrolment__cycle__bloc").prefetch_related(
        "articles",
        Prefetch(
            "enrolment__cycle__enrolments",
            Enrolment.objects.select_related("organization"),
        ),
    )


def listed(papers: QuerySet[Brought], words: str = "") -> QuerySet[Brought]:
    """Return ``papers`` for a list, without their texts; of those with all ``words`` in them.

    Removed ones are left out. Marks and capitals do not matter: "uy ban" finds "Ủy ban".
    """
    found = papers.exclude(state=State.REMOVED).select_related(*LIST).defer("text", "folded")
    for word in fold(words).split():
        found = found.filter(folded__contains=word)
    return found


def regulation_of(cycle: Cycle, acting: Acting) -> Brought | None:
    """Return the regulation of the year (`sent_regulations`) where this person may see it."""
    seen = brought_for(acting).order_by().values("pk")
    return sent_regulations(cycle).filter(pk__in=seen).first()


def sent_regulations(cycle: Cycle) -> QuerySet[Brought]:
    """Return the regulations with confirmed articles that who leads the year has sent, newest
    first."""
    return (
        Brought.objects.filter(
            Exists(Article.objects.filter(brought=OuterRef("pk"))),
            enrolment__cycle=cycle,
            enrolment__role__in=[Enrolment.Role.LEADER, Enrolment.Role.DEPUTY],
            kind=Brought.Kind.REGULATION,
            state=State.SENT,
        )
        .defer("text", "folded")
        .order_by("-sent_at", "-pk")
    )
