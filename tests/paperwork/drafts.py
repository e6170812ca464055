"""Drafts as the database has them, for what gathers their papers."""

from django.db.models import Prefetch

from tests.factories import World
from thidua.cycles.models import Cycle
from thidua.cycles.queries import with_parts
from thidua.paperwork.models import Draft
from thidua.paperwork.papers import kind_of, official_of
from thidua.typesetting.official import Items, Official, Table


def a_draft(world: World, kind: str, *, member: int = 2, subject: int | None = None) -> Draft:
    """Make a draft of this kind, about the first thing there is to write of unless told."""
    found = kind_of(kind)
    enrolment = world.enrolments[member] if found.of_member else None
    if subject is None:
        subject = found.subjects(world.cycle, enrolment)[0].pk
    issuer = enrolment.organization if enrolment else world.members[0]
    draft = Draft.objects.create(
        kind=kind, cycle=world.cycle, enrolment=enrolment, subject=subject, issuer=issuer
    )
    return reread(draft)


def reread(draft: Draft) -> Draft:
    """Return the draft with what its paper reads."""
    year = Prefetch("cycle", with_parts(Cycle.objects.all()))
    whose = ("issuer__names", "enrolment__organization__names")
    found = Draft.objects.select_related(
        "enrolment__organization", "issuer", "signer__user__person", "signer__stands_in_for"
    )
    return found.prefetch_related(year, *whose).get(pk=draft.pk)


def words_of(official: Official) -> str:
    """Return the words of the body and the annexes, a block a line."""
    told = []
    for block in [*official.body, *(block for annex in official.annexes for block in annex.body)]:
        if isinstance(block, Table):
            told += [" | ".join(row) for row in [*block.head, *block.rows]]
        elif isinstance(block, Items):
            told += block.items
        else:
            told.append(block.text)
    return "\n".join(told)


def paper_of(world: World, kind: str, **facts: int) -> str:
    """Return the words of the paper that a new draft comes to."""
    return words_of(official_of(a_draft(world, kind, **facts)))
