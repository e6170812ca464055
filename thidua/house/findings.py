"""What the house itself looks at before others are invited: people, look, mail, slogan."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.accounts.models import User
from thidua.accounts.queries import operators
from thidua.core import clock
from thidua.house import mail
from thidua.house.checks import Finding, check, fine, missing, worth_a_look
from thidua.house.models import House
from thidua.house.queries import awaits_setup, house
from thidua.organizations.queries import is_demonstration

APPOINT = "manage.py make_operator"
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: User) -> bool:
    """Say whether this account asks for more than its password."""
    return Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()


def _begun() -> Finding | None:
    if not awaits_setup():
        return None
    return missing(
        _("Chưa ai có tài khoản. Hãy mở địa chỉ thiết lập in ra lúc khởi động."),
        command="manage.py setup_code",
    )


def _managing_body() -> Finding | None:
    body = house().managing_body
    if body is None and awaits_setup():
        return None
    if body is None:
        return missing(_("Chưa ghi cơ quan quản lý."), command=APPOINT)
    return fine(body.name)


def _operators() -> Finding | None:
    names = sorted({appointment.user.name for appointment in operators()})
    if not names and awaits_setup():
        return None
    if not names:
        return missing(_("Chưa ai giữ quyền quản trị hệ thống."), command=APPOINT)
    if len(names) == 1:
        told = _(
            "Chỉ một người giữ quyền quản trị: %(name)s. Nên có người thứ hai, phòng khi vắng."
        )
        body = house().managing_body_id
        mend: dict[str, Any] = {"mend": _("Thêm người"), "at": "accounts:people", "of": body}
        return worth_a_look(told % {"name": names[0]}, **mend)
    return fine(", ".join(names))


def _second_factor() -> Finding | None:
    holding = list(operators())
    guarded = set(
        Authenticator.objects.filter(
            type__in=SECOND_FACTORS, user__in=[one.user_id for one in holding]
        ).values_list("user", flat=True)
    )
    open_ones = sorted({one.user.name for one in holding if one.user_id not in guarded})
    if open_ones:
        told = _("Người quản trị chưa bật bước xác nhận thứ hai: %(names)s.")
        return missing(
            told % {"names": ", ".join(open_ones)}, mend=_("Bật cho tôi"), at="setup:guard"
        )
    return fine(_("Mọi người quản trị đã bật bước xác nhận thứ hai.")) if holding else None


def _look() -> Finding:
    now = house()
    if not now.name:
        return missing(_("Chưa đặt tên hiện trên các trang."), mend=_("Đặt tên"), at="setup:look")
    if not now.has_contact:
        return missing(
            _("Chưa có điện thoại hoặc thư điện tử để người dùng hỏi."),
            mend=_("Ghi liên hệ"),
            at="setup:look",
        )
    return fine(_("Tên và liên hệ đã có trên mọi trang."))


def _mail() -> Finding:
    now = house()
    mend: dict[str, Any] = {"mend": _("Xem phần gửi thư"), "at": "setup:mail"}
    if not mail.is_configured():
        return _without_mail(now)
    if now.mail_trouble:
        told = _("Lần thử gửi thư gần nhất không đi: %(why)s") % {"why": now.mail_trouble}
        return missing(told, **mend)
    if now.mail_tested_at is None:
        return worth_a_look(_("Đã có máy chủ thư nhưng chưa gửi thử lần nào."), **mend)
    return fine(_("Thư đi được, theo lần thử gần nhất."))


def _without_mail(now: House) -> Finding:
    place: dict[str, Any] = {"mend": _("Đặt máy chủ thư"), "at": "setup:mail"}
    if mail.file().exists():
        return missing(_("Tệp cấu hình thư bị hỏng hoặc không đọc được."), **place)
    if now.mail_put_off:
        told = _("Chưa gửi thư, vì: %(reason)s. Mã mời phải in ra giấy.")
        return worth_a_look(told % {"reason": now.mail_put_off.rstrip(".")}, **place)
    return missing(_("Chưa đặt máy chủ gửi thư."), **place)


def _slogan() -> Finding:
    now, year = house(), clock.today().year
    if not now.slogan or now.slogan_year is None or now.slogan_year < year:
        told = _("Chưa ghi chủ đề, khẩu hiệu của năm %(year)d.") % {"year": year}
        return worth_a_look(told, mend=_("Ghi chủ đề"), at="setup:slogan")
    return fine(f"{now.slogan_year}: {now.slogan}")


def _demonstration() -> Finding | None:
    if not is_demonstration():
        return None
    return worth_a_look(
        _("Cơ sở dữ liệu này có dữ liệu minh họa: chỉ để xem, không dùng cho việc thật."),
        command="DEMO=0 make run",
    )


def register() -> None:
    """Put them into the register; the app does it when it is ready."""
    check("house.begun", gettext_lazy("Tài khoản đầu tiên"), _begun, rank=1)
    check("house.body", gettext_lazy("Cơ quan quản lý"), _managing_body, rank=2)
    check("house.operators", gettext_lazy("Người quản trị"), _operators, rank=3)
    check("house.guard", gettext_lazy("Bước xác nhận thứ hai"), _second_factor, rank=4)
    check("house.look", gettext_lazy("Tên và liên hệ"), _look, rank=10)
    check("house.mail", gettext_lazy("Gửi thư"), _mail, rank=20)
    check("house.slogan", gettext_lazy("Chủ đề năm"), _slogan, rank=30)
    check("house.demonstration", gettext_lazy("Dữ liệu minh họa"), _demonstration, rank=40)
