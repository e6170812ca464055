"""The fictional province offers each job of the year today: somebody of the cast can do it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.factories import reread, sign
from thidua.accounts.acting import Acting, acting_of
from thidua.accounts.actions import Terms, appoint
from thidua.accounts.models import Appointment, User
from thidua.core import clock
from thidua.core.errors import NoRight
from thidua.covenants.actions.drafting import comment_on_covenant, reply_to_comment, write_clause
from thidua.covenants.actions.freezing import amend_covenant, freeze_covenant, unfreeze_covenant
from thidua.covenants.actions.signing import declare_in_force, decline_covenant, remind_unsigned
from thidua.covenants.models import Covenant
from thidua.covenants.queries import unsigned_members
from thidua.cycles.actions.members import Lead, begin_next_year, proposed_rotation
from thidua.cycles.actions.years import archive_cycle, close_cycle, open_cycle
from thidua.cycles.models import Cycle, Phase
from thidua.cycles.queries import running_cycles_of, with_parts
from thidua.movements.actions import adopt_movement, join_movement
from thidua.movements.queries import adoptable
from thidua.organizations.models import Bloc, Organization
from thidua.targets.actions.drafting import TargetFacts, begin_set, write_target
from thidua.targets.actions.negotiation import (
    accept_proposal,
    answer_target,
    finish_answers,
    send_set,
    take_back_set,
)
from thidua.targets.models import TargetSet
from thidua.targets.queries import set_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
CLUSTER, BLOC = "hội quần chúng", "hội nghề"


def who(username: str, unit: str = "") -> Acting:
    """Return one of the cast, working for the unit of that short name (or their first)."""
    user = User.objects.select_related("person").get(username=username)
    found = Organization.objects.filter(short_name=unit).first()
    return acting_of(user, found.pk if found else None)


def year_of(bloc: str, *, ago: int = 0) -> Cycle:
    """Return a fictional bloc's year, this one or ``ago`` years before."""
    year = clock.today().year - ago
    return with_parts(Cycle.objects.filter(bloc__short_name=bloc, year=year)).get()


def set_in(bloc: str, unit: str) -> TargetSet:
    """Return what a unit registers this year."""
    member = next(e for e in year_of(bloc).current() if e.organization.short_name == unit)
    found = set_of(member)
    assert found is not None
    return found


def covenant_of(bloc: str, *, ago: int = 0) -> Covenant:
    """Return the covenant of a fictional bloc's year."""
    return reread(Covenant.objects.get(cycle=year_of(bloc, ago=ago)))


def test_both_nouns_show():
    titles = {b.title for b in Bloc.objects.filter(place="Minh Họa")}
    assert titles == {
        "Cụm thi đua số 3 các hội quần chúng tỉnh Minh Họa",
        "Khối thi đua số 5 các hội nghề tỉnh Minh Họa",
    }


def test_the_years_run_as_they_should():
    assert year_of(CLUSTER, ago=1).state == Cycle.State.CLOSED
    assert year_of(CLUSTER).copied_from == year_of(CLUSTER, ago=1)
    open_years = running_cycles_of(who("truong.nghe-dan"))
    today = clock.today().year
    assert [(c.year, c.state) for c in open_years] == [(today, "open"), (today - 1, "open")]
    for cycle in open_years:
        assert cycle.phase(Phase.Kind.COVENANT).accepts


def test_the_deputy_moved_up():
    for bloc, leader, deputy in [
        (CLUSTER, "Hội Trồng cây", "Hội Đọc sách"),
        (BLOC, "Hội Nghề gốm", "Hội Nghề mộc"),
    ]:
        cycle = year_of(bloc)
        assert [e.organization.short_name for e in cycle.in_role("leader")] == [leader]
        assert [e.organization.short_name for e in cycle.in_role("deputy")] == [deputy]


@pytest.mark.parametrize(
    ("unit", "state"),
    [
        ("Hội Trồng cây", "sent"),
        ("Hội Đọc sách", "locked"),
        ("Hội Nuôi ong", "draft"),
        ("Hội Thả diều", "sent"),
        ("Hội Hát ru", "returned"),
    ],
)
def test_each_registration_of_the_cluster_stands_at_another_step(unit, state):
    assert set_in(CLUSTER, unit).state == state


@pytest.mark.parametrize("username", ["truong.di-bo", "can-bo.di-bo"])
def test_a_member_that_has_not_begun_can_begin_write_and_send(username):
    acting = who(username)
    cycle = year_of(CLUSTER)
    member = cycle.enrolment_of(acting.organization_id)
    assert set_of(member) is None
    target_set = begin_set(member, by=acting)
    write_target(target_set, TargetFacts(name="Đi bộ", number=Decimal(1)), by=acting)
    assert acting.has_perm("targets.send_targetset", target_set)
    assert send_set(target_set, by=acting).state == "sent"


def test_a_draft_can_be_finished_by_its_officer_and_sent_by_its_head():
    draft = set_in(CLUSTER, "Hội Nuôi ong")
    officer, head = who("can-bo.nuoi-ong"), who("hai-don-vi", "Hội Nuôi ong")
    assert not officer.has_perm("targets.send_targetset", draft)
    assert head.has_perm("targets.send_targetset", draft)
    assert send_set(draft, by=head).state == "sent"


@pytest.mark.parametrize(
    ("unit", "reviewer", "not_them"),
    [
        ("Hội Thả diều", "truong.cum", "pho.cum"),
        ("Hội Trồng cây", "pho.cum", "truong.cum"),
    ],
)
def test_the_leader_answers_a_member_and_the_deputy_the_leader(unit, reviewer, not_them):
    sent = set_in(CLUSTER, unit)
    acting = who(reviewer)
    assert acting.has_perm("targets.answer_targetset", sent)
    assert not who(not_them).has_perm("targets.answer_targetset", sent)
    for target in sent.targets.all():
        answer_target(target, by=acting, agrees=True)
    assert finish_answers(sent, by=acting).state == "locked"


def test_what_was_just_sent_can_be_taken_back():
    sent = set_in(CLUSTER, "Hội Thả diều")
    assert take_back_set(sent, by=who("truong.tha-dieu")).state == "draft"


def test_a_proposed_number_can_be_accepted_which_locks_the_set():
    returned, head = set_in(CLUSTER, "Hội Hát ru"), who("truong.hat-ru")
    proposed = [t for t in returned.targets.all() if t.standing == "proposed"]
    assert len(proposed) == 1
    assert accept_proposal(proposed[0], by=head).number == 75
    assert send_set(returned, by=head).state == "locked"


def test_the_draft_covenant_can_be_talked_about_and_one_comment_waits_for_the_leader():
    covenant = covenant_of(CLUSTER)
    assert covenant.state == Covenant.State.CIRCULATED
    assert who("truong.hat-ru").has_perm("covenants.comment_covenant", covenant)
    comment_on_covenant(covenant, by=who("truong.hat-ru"), body="Xin thêm ý kiến.")
    asked = [c for c in covenant.comments.all() if c.replies_to_id is None]
    assert sorted(c.replies.count() for c in asked) == [0, 1, 1]
    waiting = next(c for c in asked if not c.replies.exists())
    reply_to_comment(waiting, by=who("truong.cum"), is_taken_up=True, body="")


@pytest.mark.parametrize("username", ["truong.cum", "can-bo.cum", "thu-ky.cum", "pho.cum"])
def test_leader_officer_secretary_and_deputy_can_write_the_draft(username):
    covenant, acting = covenant_of(CLUSTER), who(username)
    assert acting.has_perm("covenants.draft_covenant", covenant)
    write_clause(covenant, by=acting, heading="Thêm", body="Một việc.", kind="text")


def test_the_leader_can_freeze_and_open_again_before_anybody_signed():
    leader = who("truong.cum")
    covenant = freeze_covenant(covenant_of(CLUSTER), by=leader, sign_by=clock.today())
    assert covenant.matches
    assert unfreeze_covenant(covenant, by=leader, reason="Sửa một chữ").state == "draft"


def test_a_movement_waits_to_be_adopted_and_others_to_be_joined():
    cycle = year_of(CLUSTER)
    assert who("can-bo.cum").has_perm("movements.adopt_movement", cycle)
    waiting = adoptable(cycle).get(name="Học chữ số cùng người cao tuổi")
    adoption = adopt_movement(cycle, waiting, by=who("can-bo.cum"))
    officer = who("can-bo.nuoi-ong")
    assert officer.organization is not None
    join_movement(adoption, by=officer, organization=officer.organization)


def test_three_of_six_have_signed_one_by_authorisation():
    covenant = covenant_of(BLOC)
    assert covenant.state == Covenant.State.SIGNING
    signed = {s.organization_name: s for s in covenant.version.signatures.all()}
    assert len(signed) == 3
    assert len(unsigned_members(covenant)) == 3
    by_authority = signed["Hội Nghề rèn tỉnh Minh Họa"]
    assert by_authority.capacity_lines == ["TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]
    assert "02/GUQ-MH" in by_authority.authorization


@pytest.mark.parametrize("username", ["truong.nghe-dan", "truong.nghe-theu", "ky-thay"])
def test_a_head_one_that_declined_and_a_stand_in_can_sign_today(username):
    covenant, acting = covenant_of(BLOC), who(username)
    assert acting.has_perm("covenants.sign_covenant", covenant)
    signature = sign(covenant, acting)
    assert signature.signer_name == acting.actor_name
    if username == "ky-thay":
        assert signature.capacity_lines == ["TM. BAN CHẤP HÀNH", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_a_head_can_decline():
    covenant, acting = covenant_of(BLOC), who("truong.nghe-dan")
    assert [d.organization.short_name for d in covenant.declines.all()] == ["Hội Nghề thêu"]
    assert acting.organization_id is not None
    decline_covenant(covenant, by=acting, organization_id=acting.organization_id, reason="Chờ họp")


def test_whose_appointment_ended_can_sign_nothing_until_somebody_is_appointed():
    ended = who("het-quyen")
    assert ended.organization is None
    covenant = covenant_of(BLOC)
    officer = who("can-bo.nghe-in")
    assert not officer.has_perm("covenants.sign_covenant", covenant)
    with pytest.raises(NoRight):
        sign(covenant, officer)
    assert officer.organization is not None
    assert officer.user is not None
    board = who("ban.tdkt")
    terms = Terms(since=clock.today(), post="Phó Chủ tịch phụ trách")
    role = Appointment.Role.HEAD
    appoint(officer.user, officer.organization, by=board, role=role, terms=terms)
    assert sign(covenant, who("can-bo.nghe-in"))


def test_the_leader_can_remind_declare_and_amend():
    leader, covenant = who("truong.khoi"), covenant_of(BLOC)
    assert leader.has_perm("covenants.declare_covenant", covenant)
    assert remind_unsigned(covenant, by=leader) == 3
    reasons = {e.organization_id: "Chưa họp được" for e in unsigned_members(covenant)}
    with clock.at(clock.end_of(covenant.sign_by)):
        declare_in_force(covenant, by=leader, reasons=reasons)
    covenant = covenant_of(BLOC)
    assert covenant.state == Covenant.State.IN_FORCE
    assert amend_covenant(covenant, by=leader, reason="Thêm một điều").number == 2


def test_last_years_covenant_names_who_is_missing_and_takes_a_late_signature():
    covenant = covenant_of(BLOC, ago=1)
    assert [m.organization_name for m in covenant.declaration.missing.all()] == [
        "Hội Đan lát tỉnh Minh Họa"
    ]
    assert "Hội Đan lát tỉnh Minh Họa" in covenant.version.text
    assert sign(covenant, who("truong.nghe-dan")).is_late


def test_the_board_can_end_a_year_and_begin_the_next():
    board = who("ban.tdkt")
    last = year_of(BLOC, ago=1)
    assert board.has_perm("cycles.manage_cycle", last)
    close_cycle(last, by=board)
    archive_cycle(year_of(CLUSTER, ago=1), by=board)
    cycle = year_of(BLOC)
    lead = Lead(*proposed_rotation(cycle))
    following = begin_next_year(cycle, lead, by=board, year=cycle.year + 1)
    assert open_cycle(following, by=board).state == Cycle.State.OPEN


def test_one_person_heads_one_organisation_and_is_officer_of_another():
    both = who("hai-don-vi", "Hội Nuôi ong")
    assert [o.short_name for o in both.organizations] == ["Hội Nghề đan", "Hội Nuôi ong"]
    assert both.may_sign()
    assert not who("hai-don-vi", "Hội Nghề đan").may_sign()


def test_nothing_of_the_stories_lies_in_the_future():
    tomorrow = clock.now() + timedelta(days=1)
    for covenant in Covenant.objects.exclude(version=None).select_related("version"):
        assert covenant.version.frozen_at < tomorrow
