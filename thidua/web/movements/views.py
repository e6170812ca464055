"""Pages of movements: find, read, enter, correct."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.movements.actions import MovementFacts, edit_movement, launch_movement
from thidua.movements.models import Movement
from thidua.movements.queries import movements, takings_of
from thidua.organizations.queries import matching
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.movements.forms import MovementForm
from thidua.web.trail import trail_lines

PAGE, CHILDREN = 20, 100
LEVELS = MovementForm.base_fields["level"].choices[1:]  # type: ignore[attr-defined]


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List all movements, found by folded names and by level."""
    q, level = request.GET.get("q", "")[:200], request.GET.get("level", "")
    found = movements().filter(matching(q))
    if level in dict(LEVELS):
        found = found.filter(level=level)
    told = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "q": q,
        "level": level,
        "levels": LEVELS,
        "may_launch": acting(request).has_perm("movements.launch_movement"),
    }
    return render(request, "movements/index.html", told)


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a movement: all that is told of it, by whom it was taken up and when."""
    movement = get_object_or_404(movements(), pk=pk)
    who = acting(request)
    is_owner = who.has_perm("movements.edit_movement", movement)
    told = {
        "movement": movement,
        "illustration": movement.is_illustration,
        "children": movement.children.all()[:CHILDREN],
        "takings": takings_of(movement, who),
        "may_edit": is_owner,
        "entries": trail_lines(movement, everything=is_owner),
    }
    return render(request, "movements/show.html", told)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Enter a movement as its launching paper tells it."""
    who = acting(request)
    require(who, "movements.launch_movement")
    form = bind(MovementForm, request, who=who)
    if form.is_valid():
        movement = perform(
            form,
            launch_movement,
            form.facts(),
            by=who,
            owner=who.organization,
            is_illustration=who.is_illustration,
        )
        if movement:
            messages.success(
                request,
                _("Đã nhập phong trào. Tiếp theo: đơn vị trưởng đưa phong trào vào năm thi đua."),
            )
            return redirect("movements:show", movement.pk)
    return _page(request, form, None)


@signed_in
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is told of a movement."""
    movement = get_object_or_404(movements(), pk=pk)
    who = acting(request)
    require(who, "movements.edit_movement", movement)
    form = bind(MovementForm, request, who=who, movement=movement, initial=_told(movement))
    if form.is_valid() and perform(form, edit_movement, movement, form.facts(), by=who):
        messages.success(request, _("Đã sửa. Điều ghi trước đây còn trong dấu vết."))
        return redirect("movements:show", pk)
    return _page(request, form, movement)


def _told(movement: Movement) -> dict[str, object]:
    return {name: getattr(movement, name) for name in MovementFacts.__annotations__}


def _page(request: HttpRequest, form: MovementForm, movement: Movement | None) -> HttpResponse:
    told = {"form": form, "movement": movement}
    return render(request, "movements/edit.html", told, status=422 if form.is_bound else 200)
