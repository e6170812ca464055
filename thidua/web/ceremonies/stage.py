"""What a screen shows: the whole of it for the page, and what may change for its state answer."""

import base64
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from thidua.ceremonies.models import Ceremony
from thidua.ceremonies.papers import clock_time, moment
from thidua.ceremonies.queries import Light, Pulse, Seat, lights_of
from thidua.typesetting.qr import qr_svg

# How large the cards are: the most members of each size, as in the picture that is kept.
SIZES = ((6, "few"), (12, "some"), (25, "many"), (10_000, "crowd"))
LONG, VERY_LONG = 30, 56  # letters of a name, from which on it is set smaller


@dataclass(frozen=True)
class Card:
    """One member's card: its seat, whether it is called, and how large its name is set."""

    seat: Seat
    is_called: bool

    @property
    def length(self) -> str:
        """A word for how long the name is: "", "long", "longer"."""
        count = len(self.seat.name)
        return "longer" if count > VERY_LONG else "long" if count > LONG else ""

    @property
    def told(self) -> list[str]:
        """What the lit card says: see `told_of`."""
        return told_of(self.seat.light)


def stage_of(pulse: Pulse) -> str:
    """Return the step of the screen, one word that its style hangs on.

    "waiting" before the host begins, "signing", "in_force" from the great moment on, for good;
    "over" when it was closed before that; "stopped" when the text was opened again or amended.
    """
    if pulse.is_stopped:
        return "stopped"
    if pulse.is_in_force:
        return "in_force"
    names = {Ceremony.State.OPENED: "waiting", Ceremony.State.BEGUN: "signing"}
    return names.get(Ceremony.State(pulse.state), "over")


def told_of(light: Light | None) -> list[str]:
    """Return the words on a lit card: who signed, in which office, when; none for an unlit one."""
    return [light.signer, light.office, clock_time(light.at)] if light else []


def state_of(pulse: Pulse) -> dict[str, Any]:
    """Return what may change on a screen as JSON tells it, two queries."""
    lights = lights_of(pulse)
    return {
        "stage": stage_of(pulse),
        "is_over": pulse.state == Ceremony.State.CLOSED,
        "is_dark": pulse.is_dark,
        "called": pulse.called_id,
        "since": since(pulse, lights),
        "seats": [[pk, told_of(light)] for pk, light in lights.items()],
    }


def since(pulse: Pulse, lights: dict[int, Light | None]) -> str:
    """Return the great moment in words; empty while it has not come."""
    if not pulse.is_in_force:
        return ""
    lit = [light.at for light in lights.values() if light]
    when = pulse.in_force_at if not pulse.is_rehearsal else max(lit)
    return moment(when) if when else ""


def page_of(ceremony: Ceremony, pulse: Pulse) -> dict[str, Any]:
    """Return what the page of the screen reads."""
    covenant, cycle = ceremony.covenant, ceremony.covenant.cycle
    lights = lights_of(pulse)
    parts = [part for part in cycle.enrolments.all() if part.pk in lights]
    seats = [Seat(part, lights[part.pk]) for part in parts]
    return {
        "ceremony": ceremony,
        "covenant": covenant,
        "cycle": cycle,
        "bloc": cycle.bloc,
        "stage": stage_of(pulse),
        "tag": pulse.tag,
        "since": since(pulse, lights),
        "cards": [Card(seat, seat.enrolment.pk == pulse.called_id) for seat in seats],
        "called": next((s.name for s in seats if s.enrolment.pk == pulse.called_id), ""),
        "signed": sum(seat.light is not None for seat in seats),
        "size": next(word for most, word in SIZES if len(seats) <= most),
        "qr": qr_of(sign_address(ceremony)),
        "sign_url": reverse("ceremonies:sign", args=[ceremony.address]),
        "illustration": covenant.is_illustration or cycle.is_illustration,
    }


def sign_address(ceremony: Ceremony) -> str:
    """Return the whole address behind the code on the screen: from there a head signs."""
    return settings.PUBLIC_URL + reverse("ceremonies:sign", args=[ceremony.address])


def qr_of(address: str) -> str:
    """Return the code of an address as a picture that stands in the page itself."""
    return "data:image/svg+xml;base64," + base64.b64encode(qr_svg(address)).decode()
