"""The way through the set-up: its steps, which of them are done, where to go on."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.house import mail
from thidua.house.findings import has_second_factor
from thidua.house.queries import house


@dataclass(frozen=True)
class Step:
    """One page of the set-up, as `components/_steps.html` shows it."""

    view: str
    name: str
    is_done: bool
    state: str
    url: str
    when: str = ""


def steps_for(acting: Acting | None, here: str = "") -> list[Step]:
    """Return the steps; ``here`` names the view that is being shown. For nobody only the first."""
    now = house()
    begun = acting is not None and acting.user is not None
    done = {
        "setup:start": (_("Cơ quan và tài khoản"), begun),
        "setup:guard": (
            _("Bước xác nhận thứ hai"),
            bool(acting and acting.user and has_second_factor(acting.user)),
        ),
        "setup:look": (_("Tên, biểu trưng, liên hệ"), bool(now.name and now.has_contact)),
        "setup:mail": (_("Gửi thư"), begun and (mail.is_configured() or bool(now.mail_put_off))),
        "setup:slogan": (_("Chủ đề năm"), (now.slogan_year or 0) >= clock.today().year),
        "setup:check": (_("Kiểm tra"), now.set_up_at is not None),
    }
    # The first step cannot be gone back to, and before it none of the others is open.
    return [
        Step(
            view,
            name,
            is_done,
            _state(is_done, view == here),
            reverse(view) if begun and view != "setup:start" else "",
        )
        for view, (name, is_done) in done.items()
    ]


def _state(is_done: bool, is_here: bool) -> str:
    if is_here:
        return "open"
    return "closed" if is_done else "upcoming"


def onward(acting: Acting, after: str = "") -> str:
    """Return the address of the next step: the first undone, or the one that follows ``after``."""
    steps = steps_for(acting)
    views = [step.view for step in steps]
    rest = steps[views.index(after) + 1 :] if after else steps
    following = rest[0] if after and rest else next((s for s in rest if not s.is_done), steps[-1])
    return following.url
