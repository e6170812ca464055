"""The year's marking: the board, and cards for members that joined later."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from thidua.core import clock
from thidua.scoring.actions.adoption import begin_missing_cards
from thidua.scoring.models import Layer
from thidua.web.access import acting, signed_in
from thidua.web.marking.board import board_of
from thidua.web.marking.doors import followed_cycle

ASSIGN, DECLARE = "scoring.assign_checks", "scoring.declare_conflict"


@signed_in
@require_GET
def of_cycle(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Show how far every card is in every layer, and what whoever looks is to do."""
    cycle, who = followed_cycle(request, cycle_pk), acting(request)
    board = board_of(cycle, who)
    has_cross = board is not None and board.has_layer(Layer.Kind.CROSS) and not cycle.is_over
    context = {
        "cycle": cycle,
        "board": board,
        "today": clock.today(),
        "illustration": cycle.is_illustration or bool(board and board.table.is_illustration),
        "may_assign": has_cross and who.has_perm(ASSIGN, cycle),
        "may_declare": has_cross and who.has_perm(DECLARE, cycle),
        "may_begin": not cycle.is_over and who.has_perm(ASSIGN, cycle),
    }
    return render(request, "marking/of_cycle.html", context)


@require_POST
@signed_in
def begin_cards(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Give a card to each member that joined after the table was put to use."""
    cycle = followed_cycle(request, cycle_pk, ASSIGN)
    made = begin_missing_cards(cycle, by=acting(request))
    sentence = ngettext(
        "Đã lập phiếu cho %(count)d đơn vị.", "Đã lập phiếu cho %(count)d đơn vị.", len(made)
    )
    messages.success(request, sentence % {"count": len(made)})
    return redirect("marking:of_cycle", cycle_pk)
