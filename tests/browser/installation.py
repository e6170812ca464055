"""An installation to look at: while it is set up, and at work with something behind each page.

What is looked at changes meanwhile, so the scenes go on only once one was seen.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from tests import factories as make
from tests.browser.worlds import LONG, Viewer
from tests.commendations.factories import a_ranking, an_award
from tests.documents.factories import a_number
from tests.house.factories import a_look, an_operator
from tests.imports.sheets import brought, rows_of, text, unit, upload
from tests.jobs.factories import a_failed_job, a_job_put_off, a_running_job
from tests.keeping.factories import an_erasure, person_of
from tests.web.behind import a_discard
from tests.web.test_inbox import a_mail
from thidua.accounts.acting import NOBODY, Acting, acting_of
from thidua.accounts.actions.guarding import close_account
from thidua.accounts.actions.inviting import invite
from thidua.accounts.models import Invitation
from thidua.commendations.actions.awards import AwardFacts, enter_award
from thidua.commendations.models import PastRanking
from thidua.core import clock
from thidua.covenants.actions.drafting import draft_covenant
from thidua.cycles.actions.members import join_cycle
from thidua.cycles.actions.succeeding import key_of
from thidua.cycles.actions.years import set_phase
from thidua.documents.actions import open_book
from thidua.handovers.actions import HandoverFacts, hand_over, prepare_handover
from thidua.house.actions.beginning import make_operator, new_code
from thidua.house.actions.looks import finish_setup
from thidua.house.actions.mail import set_mail_server
from thidua.house.mail import MailServer
from thidua.imports.actions.bringing import bring_sheet
from thidua.imports.actions.writing import confirm_import
from thidua.keeping.backup import make_backup
from thidua.keeping.shelf import note_drill
from thidua.notifications.actions.choosing import renew_calendar
from thidua.notifications.actions.telling import notify
from thidua.organizations.actions import Decision, Newborn, merge_organizations
from thidua.organizations.models import Reorganization

Look = tuple[Viewer, tuple[str, ...]]
Things = dict[str, int | str]
TODAY = clock.today()


def being_set_up() -> Iterator[Look]:
    """Yield who looks and at which pages: an empty installation, its first operator, the end."""
    new_code()
    yield Viewer(NOBODY, {}), ("setup:start", "home")
    operator = an_operator()
    yield Viewer(operator, {}), ("setup",)
    a_look(operator, contact_name=LONG)
    set_mail_server(MailServer("127.0.0.1", 1, sender="thidua@tinh.example"), by=operator)
    yield Viewer(operator, {}), ("setup:mail", "setup:check")
    finish_setup(by=operator)
    yield Viewer(operator, {}), ("setup", "house", "emblem")


def at_work(shelf: Path) -> Iterator[Look]:
    """Yield the operator, and the pages of what they keep going."""
    _world, operator, things = _a_house()
    _breaks_things(shelf)
    yield Viewer(operator, things), OF_THE_OPERATOR


def in_use() -> Iterator[Look]:
    """Yield who looks and at which pages: sheets in every state, accounts, a handover."""
    world, operator, things = _a_house()
    for state in _imports(operator):
        yield Viewer(operator, things | state), ("imports:show", "imports:columns", "imports:undo")
    closed = make.user_of(make.officer(world.members[2]))
    close_account(closed, by=operator, reason=LONG)
    for act, user in (("thu-dien-tu", things["user_pk"]), ("mo-lai", closed.pk)):
        there: Things = {"act": act, "user_pk": user}
        yield Viewer(operator, things | there), ("accounts:guard", "accounts:account")
    yield from _hands_over(world, things)


# What everyone's pages are looked at for in test_accessible is left out.
OF_THE_OPERATOR = (
    *("imports", "inbox:outbox", "inbox:unreachable", "jobs", "keeping", "personal", "awards"),
    *("accounts:list", "accounts:account", "accounts:guard", "accounts:enter_by", "blocs:show"),
    *("organizations:show", "organizations:rearrange", "organizations:merge"),
    *("organizations:absorb", "organizations:split", "organizations:dissolve"),
    *("organizations:move", "organizations:change", "organizations:changes"),
    *("organizations:correct_change", "organizations:undo_change", "calendar:reminders"),
    *("organizations:letterhead", "numbers", "legal"),
)
OF_A_MEMBER = (
    *("inbox:index", "inbox:mail_choice", "calendar:mine", "calendar:of_cycle"),
    *("handovers", "discards", "awards:index"),
)


def _a_house() -> tuple[make.World, Acting, Things]:
    """Make a bloc whose board's person runs the house; return it, them, and what they open."""
    world = make.a_bloc(4)
    for member in range(3):
        a_ranking(world, member, points=97_50 - member * 125, maximum=100_00, source=LONG)
    make_operator(make.user_of(world.board))
    operator = acting_of(make.user_of(world.board))
    return world, operator, _things(world, operator)


def _breaks_things(shelf: Path) -> None:
    """Make jobs, mails and backups that somebody has to look after."""
    a_failed_job(LONG)
    a_failed_job()
    a_running_job()
    a_job_put_off()
    for state in ("failed", "unsure", "queued"):
        a_mail(state, answer=f"550 5.1.1 {LONG}", trouble="address")
    first, second = (make_backup(shelf, why="by_hand") for _n in range(2))
    note_drill(first.folder, is_well=True, line="TỐT")
    note_drill(second.folder, is_well=False, line=LONG)


def _things(world: make.World, operator: Acting) -> Things:
    """Return what stands behind the addresses that the operator opens."""
    person = make.user_of(world.heads[3])
    under = make.an_organization(f"{LONG} mới", parent=world.body)
    invite([person], by=operator, way=Invitation.Way.SLIP)
    award = an_award(under, operator, honour_name="Huân chương Lao động hạng Ba", source=LONG)
    facts = AwardFacts("Giấy khen", 2023, person_name="Nguyễn Văn Thử", post="Chủ tịch")
    enter_award(under, facts, by=operator)
    return {
        "organizations": under.pk,
        "blocs": world.bloc.pk,
        "bloc_pk": world.bloc.pk,
        "cycle_pk": world.cycle.pk,
        "change_pk": _a_merger(world, operator).pk,
        "awards": award.pk,
        "ranking_pk": PastRanking.objects.filter(bloc=world.bloc)[0].pk,
        "jobs": a_failed_job().pk,
        "org_pk": under.pk,
        "user_pk": person.pk,
        "act": "tam-dung",
        "username": person.username,
        "code": "1111-2222-3333-4444",
        "person_pk": person.person_id,
        "erasure_pk": an_erasure(person_of(world.heads[1])).pk,
        "slug": "khoi-cum",
        "number_pk": a_number(world.body, operator, title=LONG).pk,
        "book_pk": open_book(world.body, kind="KH", year=TODAY.year, by=operator).pk,
        "text_key": "TX04",
    }


def _a_merger(world: make.World, by: Acting) -> Reorganization:
    """Merge two units, of which one is a member of the open year: its part is carried over."""
    old = [make.an_organization(f"{LONG} {n}", parent=world.body) for n in (1, 2)]
    part = join_cycle(world.cycle, old[0], by=by)
    decision = Decision(TODAY, "34/QĐ-TN", choices={key_of(part): "carry:0"})
    return merge_organizations(old, Newborn(f"{LONG} hợp nhất"), decision, by=by)


def _imports(by: Acting) -> Iterator[Things]:
    """Yield imports: with errors and questions, with strange headings, written, waiting."""
    make.an_organization("Hội Nông dân thử", short_name="HND thử", parent=by.organization)
    doubtful = rows_of(
        "organizations", unit("HND thử"), unit(LONG, level="thiên hà"), unit("Hội Z")
    )
    strange = [[LONG, "B"], ["Hội A", "x"]]
    written = brought("organizations", rows_of("organizations", unit("Hội mới")), by)
    for sheet in (doubtful, strange):
        yield {"imports": brought("organizations", sheet, by, name=f"{LONG}.xlsx").pk}
    yield {"imports": confirm_import(written, by=by).pk}
    large = upload(text([["Tên đầy đủ"], *([LONG] for _n in range(2000))]), "lớn.csv")
    yield {"imports": bring_sheet(large, by=by, kind="organizations").pk}


def _hands_over(world: make.World, things: Things) -> Iterator[Look]:
    """Yield the leader's head with a handover to make, the deputy's with one to receive."""
    leader, deputy = world.heads[0], world.heads[1]
    day = TODAY + timedelta(days=5)
    set_phase(world.cycle, by=world.board, kind="registration", opens_on=TODAY, due_on=day)
    draft_covenant(world.cycle, by=leader)
    a_discard(world)
    world.cycle = world.fresh_cycle()
    notify([world.members[0].pk], LONG, about=world.cycle)
    renew_calendar(make.user_of(leader))
    yield Viewer(leader, things), OF_A_MEMBER
    facts = HandoverFacts(world.members[1], day, f"{LONG}. " * 5)
    handover = prepare_handover(world.cycle, facts, by=leader)
    both = things | {"handovers": handover.pk}
    yield Viewer(leader, both), ("handovers:show",)
    hand_over(handover, by=leader)
    yield Viewer(deputy, both), OF_A_MEMBER
