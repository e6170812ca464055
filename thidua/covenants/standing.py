"""What a frozen covenant is worth now, for whoever checks its paper (`documents.standings`)."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from thidua.covenants.models import Covenant, Unfreezing
from thidua.documents.models import Version
from thidua.documents.standings import Standing, State

STATES: dict[str, State] = {
    Covenant.State.SIGNING: "signing",
    Covenant.State.IN_FORCE: "in_force",
    Covenant.State.SUPERSEDED: "amended",
}


def standing_of(version: Version) -> Standing | None:
    """Return the covenant's standing: public once it came in force, as its own page is."""
    found = Covenant.objects.filter(version=version).select_related("cycle__bloc")
    holding = Count("addenda", filter=Q(addenda__state=Covenant.State.IN_FORCE))
    covenant = found.annotate(holding_addenda=holding).first()
    if covenant is None:
        return _reopened(version)
    return Standing(
        state=STATES[covenant.state],
        words=_words(covenant),
        is_public=covenant.is_published,
        permission="covenants.view_covenant",
        thing=covenant,
        at="covenants:show",
        files="covenants:printing" if version.code else "",
        since=covenant.in_force_at,
        newer=_newer(covenant),
        is_illustration=covenant.is_illustration or covenant.cycle.is_illustration,
    )


def _reopened(version: Version) -> Standing | None:
    opened = Unfreezing.objects.filter(version=version).first()
    if opened is None:
        return None
    words = _(
        "Đã mở lại để sửa trước khi đơn vị nào ký: bản này không có giá trị. Hãy dùng bản chốt sau."
    )
    return Standing("reopened", words, is_illustration=version.is_illustration)


def _words(covenant: Covenant) -> str:
    if covenant.state == Covenant.State.IN_FORCE:
        if count := getattr(covenant, "holding_addenda", 0):
            return _("Đang có hiệu lực, cùng %(count)d phụ lục.") % {"count": count}
        return _("Đang có hiệu lực.")
    if covenant.is_expired:
        return _("Đã chốt; vòng ký đã hết hạn mà chưa đủ chữ ký; chưa có hiệu lực.")
    if covenant.state == Covenant.State.SIGNING:
        return _("Đã chốt, các đơn vị đang ký; chưa có hiệu lực.")
    if covenant.in_force_at is None:
        return _("Vòng ký đã dừng để lập bản mới; bản này chưa từng có hiệu lực.")
    return _("Đã từng có hiệu lực, nay đã có bản thay thế.")


def _newer(covenant: Covenant) -> Version | None:
    """Return the next version that everyone may read, if there is one."""
    if covenant.state != Covenant.State.SUPERSEDED:
        return None
    later = Covenant.objects.filter(
        cycle=covenant.cycle_id, kind=covenant.kind, in_force_at__isnull=False
    )
    found = (
        later.filter(number__gt=covenant.number)
        .select_related("version")
        .defer("version__text", "version__official")
        .first()
    )
    return found.version if found else None
