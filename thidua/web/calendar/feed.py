"""The calendar as a subscription (ICS), at a private address that needs no sign-in."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET
from icalendar import Calendar, vDuration
from icalendar import Event as Entry

from thidua.accounts.acting import Acting, acting_of
from thidua.accounts.models import User
from thidua.core import clock
from thidua.notifications.models import CalendarAddress, MailChoice
from thidua.notifications.queries import calendar_owner, code_of
from thidua.web.calendar.events import Event, events_of, years_of

ASK_AGAIN = timedelta(hours=4)


def actings_of(user: User) -> list[Acting]:
    """Return the person acting for each of their organisations of today."""
    first = acting_of(user)
    others = [o for o in first.organizations if o != first.organization]
    return [first, *(acting_of(user, o.pk) for o in others)]


def path_of(address: CalendarAddress) -> tuple[str, str]:
    """Return what the address is made of: its name and its code."""
    return address.name, code_of(address)


@require_GET
def feed(request: HttpRequest, name: str, code: str) -> HttpResponse:
    """Give the calendar of whoever the address belongs to: what they may see at this moment."""
    user = calendar_owner(name, code)
    if user is None:
        raise Http404
    choice = MailChoice.objects.filter(user=user).first()
    with override(choice.language if choice else settings.LANGUAGE_CODE):
        content = calendar_of(user).to_ical()
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="lich-thi-dua.ics"'
    response["Cache-Control"] = "private, max-age=300"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def calendar_of(user: User) -> Calendar:
    """Return the calendar: all-day entries whose UIDs stay when a day is moved."""
    actings = actings_of(user)
    cycles = [cycle for cycle, _acting in years_of(actings)]
    own = [a.organization_id for a in actings if a.organization_id]
    calendar = Calendar()
    calendar.add("prodid", "-//Thi Dua//thi dua//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _("Lịch thi đua"))
    calendar.add("x-wr-calname", _("Lịch thi đua"))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", vDuration(ASK_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN))
    for event in events_of(cycles, own):
        calendar.add_component(_entry(event))
    return calendar


def _entry(event: Event) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.name}@{settings.PUBLIC_HOST}")
    entry.add("dtstamp", clock.now())
    entry.add("dtstart", event.day)
    entry.add("dtend", event.day + timedelta(days=1))
    entry.add("summary", event.sentence)
    lines = [str(event.cycle)]
    if event.is_due:
        lines.append(_("Hạn đến hết 24 giờ, giờ Việt Nam."))
    entry.add("description", "\n".join(lines))
    entry.add("url", settings.PUBLIC_URL + event.url)
    entry.add("transp", "TRANSPARENT")
    return entry
