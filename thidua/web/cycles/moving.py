"""Pages that move a year on: open, close, open again, archive; and copy it into the next."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.accounts.acting import Acting
from thidua.cycles.actions.members import begin_next_year, proposed_rotation
from thidua.cycles.actions.years import archive_cycle, close_cycle, open_cycle, reopen_cycle
from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.queries import cycles_for
from thidua.movements.queries import adoptions_of
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.cycles.forms import CopyForm, MoveForm
from thidua.web.cycles.reading import clause_count

Act = Callable[..., Cycle]
ACTS: dict[str, tuple[Act, Any]] = {
    "open": (
        open_cycle,
        gettext_lazy("Đã mở năm thi đua. Tiếp theo: các đơn vị đăng ký chỉ tiêu."),
    ),
    "close": (
        close_cycle,
        gettext_lazy("Đã khép năm thi đua. Không gì trong năm thay đổi được nữa."),
    ),
    "reopen": (reopen_cycle, gettext_lazy("Đã mở lại năm thi đua. Lý do đứng trong dấu vết.")),
    "archive": (archive_cycle, gettext_lazy("Đã lưu trữ năm thi đua.")),
}


def ways_of(cycle: Cycle) -> list[str]:
    """Return the ways on from where the year stands now, the usual one first."""
    ways = {
        Cycle.State.DRAFT: ["open"],
        Cycle.State.OPEN: ["close"],
        Cycle.State.CLOSED: ["archive", "reopen"],
    }
    return ways.get(Cycle.State(cycle.state), [])


@signed_in
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a way on (``?to=``), saying what happens next; a POST goes it."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=pk)
    require(who, "cycles.manage_cycle", cycle)
    ways = ways_of(cycle)
    asked = request.POST.get("to") or request.GET.get("to", "")
    to = asked if asked in ACTS else next(iter(ways), "")
    form = bind(MoveForm, request, asks_reason=to == "reopen", initial={"to": to})
    if form.is_valid() and _moved(form, cycle, who):
        messages.success(request, str(ACTS[form.cleaned_data["to"]][1]))
        return redirect("cycles:show", pk)
    told = {
        "form": form,
        "cycle": cycle,
        "to": to,
        "ways": ways,
        "illustration": cycle.is_illustration,
    }
    return render(request, "cycles/move.html", told, status=422 if form.is_bound else 200)


def _moved(form: MoveForm, cycle: Cycle, who: Acting) -> Cycle | None:
    to = form.cleaned_data["to"]
    reason = {"reason": form.cleaned_data["reason"]} if to == "reopen" else {}
    return perform(form, ACTS[to][0], cycle, by=who, **reason)


@signed_in
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what of a year is copied into the next one and who is proposed to lead; then do it."""
    who = acting(request)
    old = get_object_or_404(cycles_for(who), pk=pk)
    require(who, "cycles.found_cycle", old.bloc)
    leaders, deputies = proposed_rotation(old)
    roles = {e.pk: Enrolment.Role.LEADER.value for e in leaders}
    roles |= {e.pk: Enrolment.Role.DEPUTY.value for e in deputies}
    form = bind(
        CopyForm,
        request,
        bloc=old.bloc,
        members=[e for e in old.current() if not e.organization.ended_on],
        roles=roles,
        initial={"year": old.year + 1},
    )
    if form.is_valid():
        year = form.cleaned_data["year"]
        cycle = perform(form, begin_next_year, old, form.lead(), by=who, year=year)
        if cycle:
            messages.success(
                request,
                _("Đã chép sang năm %(year)d. Tiếp theo: xem lại đơn vị, giai đoạn, ghi chủ đề.")
                % {"year": cycle.year},
            )
            return redirect("cycles:show", cycle.pk)
    told: dict[str, Any] = {"form": form, "cycle": old, "illustration": old.is_illustration}
    adopted = adoptions_of(old).prefetch_related(None)
    told["movements"] = [a for a in adopted if a.movement.runs_in(old.year + 1)]
    told["clauses"] = clause_count(old)
    return render(request, "cycles/copy.html", told, status=422 if form.is_bound else 200)
