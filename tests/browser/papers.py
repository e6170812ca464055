"""Papers to look at in every state: to be written, written, wrong, issued, withdrawn, brought."""

from collections.abc import Iterator

from tests import factories as make
from tests.browser.worlds import LONG, Viewer
from tests.paperwork.brought import upload
from tests.web.papers import a_paper
from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.paperwork.actions.brought import BroughtFacts, bring_paper
from thidua.paperwork.actions.drafting import DraftFacts, begin_draft, save_draft
from thidua.paperwork.actions.issuing import issue_draft, replace_draft, withdraw_draft
from thidua.paperwork.models import Draft
from thidua.paperwork.queries import of_its_year, signers_of, whole

Look = tuple[Viewer, tuple[str, ...]]
# Looked at with the thing that each viewer has of them.
PAGES = ("papers:of_cycle", "papers:show", "papers:issue")
BROUGHT = ("brought:of_cycle", "brought:show", "brought:articles", "brought:new")


def written() -> Iterator[Look]:
    """Yield drafts: with all that it needs and two savings, and a bloc's that lacks a number."""
    world = make.a_bloc(4)
    own = a_draft(world, 2)
    make.a_target_set(world, 2, number=1234, name=LONG)  # so what changed is unfolded
    yield Viewer(world.heads[2], {"papers": own.pk, "cycle_pk": world.cycle.pk}), PAGES
    lacking = begin_draft("regulation", world.cycle, by=world.heads[0])
    yield Viewer(world.heads[0], {"papers": lacking.pk, "cycle_pk": world.cycle.pk}), PAGES
    officer = make.officer(world.members[2])
    yield Viewer(officer, {"papers": own.pk}), ("papers:show",)


def issued() -> Iterator[Look]:
    """Yield what was issued and made anew, what was withdrawn, and how others check it."""
    world = make.a_bloc(3)
    head = world.heads[2]
    first = an_issued(world, 2)
    replace_draft(first, by=head)
    here = {"papers": first.pk, "cycle_pk": world.cycle.pk}
    yield Viewer(head, here | code_of(first)), (*PAGES, "verifying")
    taken = an_issued(world, 1)
    withdraw_draft(taken, by=world.heads[1], reason=LONG)
    gone = {"papers": taken.pk, "cycle_pk": world.cycle.pk} | code_of(taken)
    yield Viewer(world.heads[1], gone), (*PAGES, "verifying:show")
    yield Viewer(NOBODY, code_of(first)), ("verifying",)
    yield Viewer(NOBODY, {"code": a_paper(LONG).shown_code}), ("verifying:show",)
    yield Viewer(NOBODY, {"code": "ABCDE-FGHJK"}), ("verifying:show",)


def brought() -> Iterator[Look]:
    """Yield a regulation as Word that a member brought."""
    world = make.a_bloc(3)
    facts = BroughtFacts("regulation", upload(), title=LONG)
    paper = bring_paper(world.enrolments[2], facts, by=world.heads[2])
    things = {"brought_pk": paper.pk, "cycle_pk": world.cycle.pk}
    yield Viewer(world.heads[2], things), BROUGHT


def a_draft(world: make.World, member: int) -> Draft:
    """Make a registration that was saved twice and lacks nothing."""
    by = world.heads[member]
    draft = begin_draft("registration", world.cycle, by=by, enrolment=world.enrolments[member])
    for words in ("Mỗi chi hội một việc tốt.", f"Mỗi chi hội hai việc tốt.\n{LONG}."):
        save_draft(draft, facts_of(world, member, words), by=by)
    return draft


def facts_of(world: make.World, member: int, words: str) -> DraftFacts:
    """Return what a head writes in the draft."""
    [signer] = signers_of(world.members[member])
    return DraftFacts({"measures": words}, "Ninh Bình", clock.today(), 27, signer)


def an_issued(world: make.World, member: int) -> Draft:
    """Issue the registration of a member."""
    draft = a_draft(world, member)
    found = of_its_year(whole(Draft.objects.filter(pk=draft.pk)).get())
    return issue_draft(found, by=world.heads[member])


def code_of(draft: Draft) -> dict[str, int | str]:
    """Return the paper's code as an address has it."""
    assert draft.version is not None
    return {"code": draft.version.shown_code}
