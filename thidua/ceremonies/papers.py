"""The facts of the picture that is kept of a ceremony: who had signed when it was closed."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.ceremonies.models import Ceremony
from thidua.ceremonies.queries import Seat, seats_of
from thidua.core.text import day_text
from thidua.typesetting.hall import HallFacts, HallSeat


def hall_facts(ceremony: Ceremony) -> HallFacts:
    """Return what is drawn: a record, so Vietnamese. ``ceremony`` is closed (`with_parts`).

    What was signed after it was closed is not on it.
    """
    covenant, cycle = ceremony.covenant, ceremony.covenant.cycle
    end = ceremony.closed_at
    assert end is not None  # noqa: S101  (whoever draws has asked)
    seats = seats_of(ceremony, until=end)
    since = covenant.in_force_at
    invented = covenant.is_illustration or cycle.is_illustration
    with override("vi"):
        told = {"signed": sum(seat.light is not None for seat in seats), "total": len(seats)}
        return HallFacts(
            bloc=cycle.bloc.title,
            title=_("Lễ ký %(covenant)s") % {"covenant": covenant.title},
            theme=f"“{cycle.theme}”" if cycle.theme else "",
            count=_("%(signed)d/%(total)d đơn vị đã ký") % told,
            in_force=_("Có hiệu lực từ %(moment)s") % {"moment": moment(since)}
            if since and since <= end
            else "",
            foot=_("Hình vẽ từ dữ liệu lúc kết thúc lễ ký: %(moment)s") % {"moment": moment(end)},
            not_signed=_("chưa ký"),
            mark=_("MINH HỌA") if invented else "",
            seats=[_seat(seat) for seat in seats],
        )


def _seat(seat: Seat) -> HallSeat:
    light = seat.light
    if light is None:
        return HallSeat(seat.name)
    return HallSeat(seat.name, light.signer, light.office, clock_time(light.at))


def clock_time(at: datetime) -> str:
    """Return the time of day as a hall reads it: 09:05."""
    return timezone.localtime(at).strftime("%H:%M")


def moment(at: datetime) -> str:
    """Return a moment as a hall reads it: 09:05 ngày 17/3/2026."""
    return _("%(time)s ngày %(day)s") % {
        "time": clock_time(at),
        "day": day_text(timezone.localtime(at).date()),
    }
