"""Who may see and do what with reports and evidence: the predicates, and the twins in queries."""

from datetime import date

import pytest

from tests import factories as make
from tests.reporting import factories as some
from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.cycles.actions.members import hand_lead, leave_cycle
from thidua.reporting.actions.answering import Remark, accept_report, return_report
from thidua.reporting.actions.evidence import attach, withdraw_evidence
from thidua.reporting.queries import (
    cycles_followed,
    evidence_for,
    reports_for,
    same_bytes,
    target_to_measure,
)

pytestmark = pytest.mark.django_db
ACTS = ("view", "prepare", "send", "answer")
OWN = {"member", "member's officer"}
FOLLOWERS = {"board", "leader", "leader's officer", "deputy", "secretary"}


@pytest.fixture
def cast(world):
    """One of each role, by name; the report and the evidence are the member's."""
    leader, _deputy, member = world.members
    year, old = world.cycle.year, world.cycle.year - 1
    return {
        "visitor": NOBODY,
        "stranger": make.a_visitor_with_account(),
        "other board": make.board(make.an_organization(kind="board")),
        "board": world.board,
        "leader": world.heads[0],
        "leader's officer": make.officer(leader),
        "deputy": world.heads[1],
        "member": world.heads[2],
        "member's officer": make.officer(member),
        "secretary": make.a_person_for(leader, "secretary", bloc=world.bloc, year=year),
        "other year's secretary": make.a_person_for(
            make.an_organization(), "secretary", bloc=world.bloc, year=old
        ),
    }


def rights(acting, report):
    return {act for act in ACTS if acting.has_perm(f"reporting.{act}_report", report)}


def who_sees(cast, report):
    """Return who may see the report; the queryset must say the same."""
    seeing = {n for n, acting in cast.items() if acting.has_perm("reporting.view_report", report)}
    assert seeing == {n for n, acting in cast.items() if report in reports_for(acting)}
    return seeing


def test_a_report_is_its_units_own_until_it_was_sent(world, cast):
    draft = some.a_report(world)
    assert who_sees(cast, draft) == OWN

    sent = some.a_sent_report(world, period=draft.period)
    assert who_sees(cast, sent) == OWN | FOLLOWERS
    return_report(sent, [Remark("plan", "Chưa có")], by=world.heads[0])
    assert who_sees(cast, some.reread(sent)) == OWN | FOLLOWERS


def test_an_accepted_report_is_seen_by_who_follows_the_year(world, cast):
    report = some.a_sent_report(world)
    accept_report(report, by=world.heads[0])

    assert who_sees(cast, some.reread(report)) == OWN | FOLLOWERS


def test_the_officer_prepares_the_head_sends_and_the_leader_answers(world, cast):
    report = some.a_sent_report(world)

    assert {name: rights(acting, report) - {"view"} for name, acting in cast.items()} == {
        **{name: set() for name in cast},
        "member": {"prepare", "send"},
        "member's officer": {"prepare"},
        "leader": {"answer"},
    }


def test_nobody_answers_their_own_report(world, cast):
    report = some.a_sent_report(world, 0)

    answering = {name for name, acting in cast.items() if "answer" in rights(acting, report)}

    assert answering == {"deputy"}


def test_without_leader_and_deputy_the_board_answers(world, cast):
    hand_lead(world.cycle, by=world.board, leaders=[], deputies=[])
    report = some.a_sent_report(world)

    answering = {name for name, acting in cast.items() if "answer" in rights(acting, report)}

    assert answering == {"board"}


def test_who_left_sees_what_was_sent_still(world):
    report = some.a_sent_report(world)
    leave_cycle(world.enrolments[1], by=world.board, on=date(2026, 6, 1), reason="Sáp nhập")

    assert report in reports_for(world.heads[1])
    assert world.heads[1].has_perm("reporting.view_report", some.reread(report))


def test_periods_are_set_by_the_board_and_who_leads(world, cast):
    cycle = world.fresh_cycle()

    setting = {n for n, acting in cast.items() if acting.has_perm("reporting.set_period", cycle)}

    assert setting == {"board", "leader"}


def test_only_the_members_people_measure_its_targets_and_begin_its_reports(world, cast):
    target = some.a_sent_target(world)
    enrolment = world.enrolments[2]

    for name, acting in cast.items():
        is_own = name in OWN
        assert acting.has_perm("reporting.measure_target", target) == is_own, name
        assert acting.has_perm("reporting.report_enrolment", enrolment) == is_own, name
        assert (target_to_measure(acting, target.pk) is not None) == is_own, name


def test_the_years_that_are_followed_are_those_that_the_predicate_names(world, cast):
    cycle = world.fresh_cycle()

    for name, acting in cast.items():
        found = cycles_followed(acting).filter(pk=cycle.pk).exists()
        assert found == acting.has_perm("cycles.follow_cycle", cycle), name


def test_evidence_is_its_units_own_until_something_it_hangs_on_was_sent(world, cast):
    paper, target = some.evidence_of_kind(world, "file"), some.a_sent_target(world)

    def who_sees():
        piece = evidence_for(world.heads[2]).get(pk=paper.pk)
        name = "reporting.view_evidence"
        seeing = {n for n, acting in cast.items() if acting.has_perm(name, piece)}
        assert seeing == {n for n, acting in cast.items() if piece in evidence_for(acting)}
        return seeing

    assert who_sees() == OWN
    attach(paper, target, by=world.heads[2])
    assert who_sees() == OWN
    some.a_sent_report(world)
    assert who_sees() == OWN | FOLLOWERS
    assert not cast["leader"].has_perm("reporting.keep_evidence", paper)
    assert cast["member's officer"].has_perm("reporting.keep_evidence", paper)


def test_what_a_unit_has_withdrawn_it_sees_still(world):
    paper = some.evidence_of_kind(world)
    withdraw_evidence(paper, by=world.heads[2], reason="Nhầm")

    assert paper in evidence_for(world.heads[2])


def sent_file(world, member, content):
    """Let a member prove its report with a file of this content, and send it."""
    paper = some.evidence_of_kind(world, "file", member, file=some.a_file(content))
    report = some.a_report(world, member)
    attach(paper, report, by=world.heads[member])
    some.send_report(report, by=world.heads[member])
    return paper


def test_the_same_bytes_in_another_unit_or_year_are_told_to_the_scorer(world):
    one, two = (sent_file(world, member, "Ảnh chụp") for member in (1, 2))
    other = sent_file(world, 2, "Ảnh khác")
    with clock.at(date(2025, 6, 20)):
        earlier = make.a_bloc(1, year=2025)
        elsewhere = sent_file(earlier, 0, "Ảnh chụp")
    papers = list(evidence_for(world.heads[0]))
    assert elsewhere not in papers

    assert same_bytes(papers, world.heads[0]) == {
        one.pk: [("một đơn vị ngoài khối", 2025), (world.members[2].name, 2026)],
        two.pk: [("một đơn vị ngoài khối", 2025), (world.members[1].name, 2026)],
    }
    assert other in papers


def test_the_same_bytes_of_ones_own_other_year_are_told(world):
    mine = sent_file(world, 2, "Ảnh chụp")
    again = make.a_bloc(3, year=2025)
    with clock.at(date(2025, 6, 20)):
        again.enrolments[2].organization_id = world.members[2].pk
        again.enrolments[2].save()
        again.heads[2] = world.heads[2]
        sent_file(again, 2, "Ảnh chụp")

    assert same_bytes([mine], world.heads[2]) == {mine.pk: [(world.members[2].name, 2025)]}


def test_what_others_have_not_sent_is_not_told(world):
    some.evidence_of_kind(world, "file", 1, file=some.a_file("Ảnh chụp"))
    mine = sent_file(world, 2, "Ảnh chụp")

    assert same_bytes([mine], world.heads[0]) == {}


def test_the_same_bytes_of_many_papers_cost_one_query(world, django_assert_num_queries):
    for content in "abc":
        for member in (1, 2):
            sent_file(world, member, f"Ảnh {content}")
    papers = list(evidence_for(world.heads[0]))

    with django_assert_num_queries(1):
        assert len(same_bytes(papers, world.heads[0])) == 6
    with django_assert_num_queries(1):
        assert len(same_bytes(papers[:1], world.heads[0])) == 1
    with django_assert_num_queries(0):
        assert same_bytes([], world.heads[0]) == {}
