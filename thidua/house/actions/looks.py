"""How the house looks: name, emblem, contact, the slogan of the year; and that it is set up."""

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid
from thidua.core.text import one_line
from thidua.files.actions import keep_file
from thidua.files.models import Blob
from thidua.house.actions.row import keep, locked_house
from thidua.house.emblems import refuse_bad_picture, refuse_before_keeping
from thidua.house.models import House

FIRST_YEAR, LAST_YEAR = 1948, 2200  # of a slogan: the first call to emulation was in 1948


@dataclass(frozen=True)
class Look:
    """What stands at the head and the foot of every page."""

    name: str
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""


def keep_emblem(upload: UploadedFile, *, by: Acting) -> Blob:
    """Keep a picture as a possible emblem and return it; call it before `keep_look`'s deed.

    Refuses with `Invalid` beside ``file``: no picture (SVG too), too heavy, too small, too long.
    """
    refuse_before_keeping(upload)
    blob = keep_file(upload, by=by)
    refuse_bad_picture(blob)
    return blob


@deed()
def keep_look(look: Look, *, by: Acting, emblem: Blob | None = None, drop: bool = False) -> House:
    """Write name and contact; ``emblem`` takes the place of the one there, ``drop`` removes it."""
    if not one_line(look.name):
        raise Invalid(_("Cần có tên để hiện trên mọi trang."), field="name")
    if not (one_line(look.contact_phone) or one_line(look.contact_email)):
        raise Invalid(
            _("Cần ít nhất một điện thoại hoặc thư điện tử để người dùng hỏi."),
            field="contact_phone",
        )
    house = locked_house()
    for name, value in vars(look).items():
        setattr(house, name, value)
    if emblem or drop:
        house.emblem = emblem
    keep(house, "emblem", *vars(look))
    record("house.look_kept", by=by, on=house, emblem=emblem.digest if emblem else None)
    return house


@deed()
def set_slogan(slogan: str, year: int, *, by: Acting) -> House:
    """Write the slogan of a year; it stands on the home page. An empty one takes it away."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(_("Năm không hợp lệ."), field="year")
    house = locked_house()
    text = one_line(slogan)
    house.slogan, house.slogan_year = text, year if text else None
    keep(house, "slogan", "slogan_year")
    record("house.slogan_set", by=by, on=house, year=year, slogan=text)
    return house


@deed()
def finish_setup(*, by: Acting) -> House:
    """Say that the set-up is over: pages no longer lead through it. What is missing stays shown."""
    house = locked_house()
    if house.set_up_at:
        raise AlreadyDone(_("Việc thiết lập đã kết thúc trước đó."))
    house.set_up_at = clock.now()
    keep(house, "set_up_at")
    record("house.set_up", by=by, on=house)
    return house
