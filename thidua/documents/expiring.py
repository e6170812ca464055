"""What the check page and `manage.py doctor` say of keys that are held and of certificates.

Whoever finds out on the day of the ceremony that a certificate has run out finds out too late.
"""

from datetime import timedelta

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.core import clock
from thidua.core.text import day_text
from thidua.documents import secrets
from thidua.documents.models import HeldKey, RegisteredCertificate
from thidua.house.checks import Finding, check, fine, worth_a_look

SOON = timedelta(days=45)  # a new certificate is asked for by letter, and a token sent by post
NAMED = 3
INDEX = "certificates:index"


def register() -> None:
    """Have keys and certificates looked at."""
    check("documents.keys", gettext_lazy("Khóa do hệ thống giữ"), look_at_keys, rank=23)
    check("documents.certificates", gettext_lazy("Chứng thư"), look_at_certificates, rank=24)


def look_at_keys() -> Finding | None:
    """Return which of the keys that are held could not sign now; None where none is held."""
    held = list(HeldKey.objects.filter(ended_at=None).select_related("organization"))
    if not held:
        return None
    files = [key for key in held if key.kind == HeldKey.Kind.PKCS12]
    if len(files) < len(held) and not settings.PKCS11_MODULE:
        said = _("Hệ thống giữ %(count)d khóa trong thiết bị ký nhưng PKCS11_MODULE chưa được đặt.")
        told = {"count": len(held) - len(files)}
        return worth_a_look(said % told, command="PKCS11_MODULE=… (.env)")
    if shut := [key for key in files if not secrets.opens(key.closed)]:
        said = _("HELD_KEYS_SECRET chưa đặt hoặc đã đổi nên không mở được khóa của: %(units)s.")
        units = _named([key.organization.name for key in shut])
        return worth_a_look(said % {"units": units}, command="HELD_KEYS_SECRET=… (.env)")
    if lost := [key for key in files if not secrets.has_key(key.file)]:
        said = _("Không còn tệp khóa của: %(units)s. Hãy giao khóa lại.")
        units = _named([key.organization.name for key in lost])
        return worth_a_look(said % {"units": units}, mend=_("Xem chứng thư và khóa"), at=INDEX)
    return fine(_("Hệ thống giữ %(count)d khóa, tệp khóa còn đủ.") % {"count": len(held)})


def look_at_certificates() -> Finding | None:
    """Return whose certificates have run out or soon will; None where none is registered."""
    living = RegisteredCertificate.objects.filter(ended_at=None)
    first = living.order_by("valid_until").values_list("valid_until", flat=True).first()
    if first is None:
        return None
    if first > clock.now() + SOON:
        told = {"day": day_text(localdate(first))}
        return fine(_("Chứng thư hết hạn sớm nhất: %(day)s.") % told)
    ending = living.filter(valid_until__lte=clock.now() + SOON).select_related("organization")
    lines = [
        f"{one.organization.name} ({day_text(localdate(one.valid_until))})"
        for one in ending.order_by("valid_until", "pk")
    ]
    said = _("Chứng thư đã hoặc sắp hết hạn: %(units)s. Hãy đăng ký chứng thư mới trước lễ ký.")
    return worth_a_look(said % {"units": _named(lines)}, mend=_("Xem chứng thư và khóa"), at=INDEX)


def _named(lines: list[str]) -> str:
    """Return the first few, and how many more there are."""
    shown = "; ".join(lines[:NAMED])
    if len(lines) <= NAMED:
        return shown
    return _("%(units)s và %(count)d nữa") % {"units": shown, "count": len(lines) - NAMED}
