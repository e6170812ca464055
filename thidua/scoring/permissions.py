"""Who may see, write and mark what. Predicates read the cycle's prefetched enrolments.

Nobody judges their own case: a card is appraised by `Cycle.reviewers_of` its member, and a
correction or an answer to an objection is never the member's own.
"""

from typing import Any

import rules

from thidua.cycles import permissions as cycles
from thidua.targets.permissions import is_reviewer


@rules.predicate
def follows_table(acting: Any, table: Any) -> bool:
    return bool(cycles.follow(acting, table.cycle))


@rules.predicate
def writes_tables(acting: Any, cycle: Any) -> bool:
    return bool(cycles.edit(acting, cycle))


@rules.predicate
def writes_table(acting: Any, table: Any) -> bool:
    return bool(cycles.edit(acting, table.cycle))


@rules.predicate
def adopts_table(acting: Any, table: Any) -> bool:
    return bool(cycles.lead(acting, table.cycle) or cycles.manage(acting, table.cycle))


@rules.predicate
def is_own_card(acting: Any, card: Any) -> bool:
    """Works for the member whose card it is."""
    return bool(acting.is_for(card.enrolment.organization_id))


@rules.predicate
def oversees_card(acting: Any, card: Any) -> bool:
    """Works for the leader, a deputy, the board, or as secretary."""
    cycle = card.enrolment.cycle
    return bool(
        cycles.is_board(acting, cycle)
        or cycles.is_secretary(acting, cycle)
        or cycles.works_for_leader(acting, cycle)
        or cycles.works_for_deputy(acting, cycle)
    )


@rules.predicate
def marks_card(acting: Any, card: Any) -> bool:
    """Works for an organisation that was asked to mark this card."""
    return any(acting.is_for(sheet.organization_id) for sheet in card.sheets.all())


@rules.predicate
def sees_results(acting: Any, card: Any) -> bool:
    """Follows a year whose result was laid before its members."""
    cycle = card.enrolment.cycle
    return bool(cycles.follow(acting, cycle)) and bool(cycle.results.all())


def _checks_blindly(acting: Any, card: Any) -> bool:
    """Say whether the unit worked for still checks the card without seeing the other checkers."""
    return any(
        sheet.layer.kind == "cross" and sheet.layer.is_blind and not sheet.is_sent
        for sheet in card.sheets.all()
        if acting.is_for(sheet.organization_id)
    )


@rules.predicate
def works_on_sheet(acting: Any, sheet: Any) -> bool:
    """Works for whoever marks; the managing body's as its board, the meeting's also as secretary.

    Above the self-score nobody marks the card of the unit that they work for.
    """
    cycle, kind, scorer = sheet.layer.cycle, sheet.layer.kind, sheet.organization_id
    if kind != "self" and acting.is_for(sheet.card.enrolment.organization_id):
        return False
    if kind == "meeting" and cycles.is_secretary(acting, cycle):
        return not _checks_blindly(acting, sheet.card)
    is_managing = scorer == cycle.bloc.managing_body_id and cycle.enrolment_of(scorer) is None
    if kind == "board" or (kind in ("lead", "meeting") and is_managing):
        return bool(acting.is_for(scorer, "board"))
    return bool(acting.is_for(scorer))


@rules.predicate
def may_send(acting: Any, sheet: Any) -> bool:
    return bool(acting.may_send() or acting.is_for(sheet.organization_id, "board"))


@rules.predicate
def follows_result(acting: Any, result: Any) -> bool:
    return bool(cycles.follow(acting, result.cycle))


@rules.predicate
def is_for_all(_acting: Any, result: Any) -> bool:
    return bool(result.is_published and result.audience == "public")


@rules.predicate
def takes_part(acting: Any, result: Any) -> bool:
    return bool(cycles.is_member(acting, result.cycle) and acting.may_send())


@rules.predicate
def corrects(acting: Any, card: Any) -> bool:
    """The board, or who leads the year; of the leader's own card whoever reviews the leader."""
    cycle = card.enrolment.cycle
    return bool(cycles.is_board(acting, cycle)) or is_reviewer(acting, card)


leads = cycles.lead | cycles.manage
view_table = follows_table
write_table = writes_table
adopt_table = adopts_table
view_card = is_own_card | oversees_card | marks_card | sees_results
prove_card = is_own_card
mark_sheet = works_on_sheet
send_sheet = works_on_sheet & may_send
view_result = is_for_all | follows_result
object_to_result = takes_part
rules.add_perm("scoring.answer_objection", is_reviewer)
rules.add_perm("scoring.correct_card", corrects)
rules.add_perm("scoring.begin_table", writes_tables)
rules.add_perm("scoring.assign_checks", cycles.lead | cycles.prepare | cycles.manage)
rules.add_perm("scoring.declare_conflict", cycles.is_member)
rules.add_perm("scoring.draw_up_result", leads)
rules.add_perm("scoring.publish_result", leads)
