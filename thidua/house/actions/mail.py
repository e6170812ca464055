"""The mail server of the house: kept, put off, tried out."""

from dataclasses import replace

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import DomainError, Invalid
from thidua.core.text import nfc, one_line
from thidua.house import mail
from thidua.house.actions.row import keep, locked_house
from thidua.house.mail import MailServer
from thidua.house.models import House


class MailRefused(DomainError):
    """The server did not take the test message; the sentence says why."""

    code = "mail_refused"


def set_mail_server(server: MailServer, *, by: Acting) -> House:
    """Keep the server in its file; without a password typed, the one kept for this host stays.

    A trial of the one before counts no more. The file comes first: the trail tells what holds.
    """
    _refuse_environment()
    _refuse_bad_server(server)
    before = mail.kept_server()
    if before and server.user and not server.password and _same_box(server, before):
        server = replace(server, password=before.password)
    try:
        mail.keep_server(server)
    except OSError as trouble:
        told = {"file": mail.file(), "reason": trouble.strerror}
        sentence = _("Không ghi được tệp cấu hình thư %(file)s (%(reason)s).") % told
        raise DomainError(sentence) from trouble
    with deed():
        house = locked_house()
        house.mail_put_off, house.mail_tested_at, house.mail_trouble = "", None, ""
        keep(house, "mail_put_off", "mail_tested_at", "mail_trouble")
        record("house.mail_set", by=by, on=house, server=f"{server.host}:{server.port}")
    return house


def _same_box(server: MailServer, before: MailServer) -> bool:
    """Say whether it is the same mailbox: another host must not be sent its password."""
    return (server.host, server.user) == (before.host, before.user)


def _refuse_environment() -> None:
    if mail.is_from_environment():
        raise DomainError(
            _("Máy chủ thư đã được đặt bằng EMAIL_URL khi khởi động nên không sửa được ở đây.")
        )


def _refuse_bad_server(server: MailServer) -> None:
    if not server.host or " " in server.host or "/" in server.host:
        raise Invalid(_("Tên máy chủ thư không hợp lệ."), field="host")
    if not 0 < server.port < 65_536:
        raise Invalid(_("Cổng là một số từ 1 đến 65535."), field="port")
    if server.password and not server.user:
        raise Invalid(_("Có mật khẩu thì cần cả tên hộp thư."), field="user")
    if server.user and server.security == "none":
        raise Invalid(
            _("Không gửi mật khẩu qua đường không bảo mật. Hãy chọn TLS hoặc STARTTLS."),
            field="security",
        )


@deed()
def put_off_mail(reason: str, *, by: Acting) -> House:
    """Go on without mail for now, and say why: the check page shows it to whoever comes next."""
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do chưa gửi thư."), field="reason")
    house = locked_house()
    house.mail_put_off = nfc(reason).strip()
    keep(house, "mail_put_off")
    record("house.mail_put_off", by=by, on=house, reason=one_line(reason)[:200])
    return house


def try_mail(to: str, *, by: Acting) -> None:
    """Send a message to oneself by the server that holds now; raise `MailRefused` with its answer.

    How it ended is kept, so that the check page can say it.
    """
    message = EmailMessage(
        subject=_("Thư thử của Thi Đua"),
        body=_(
            "Đây là thư thử. Nhận được thư này nghĩa là máy chủ gửi thư đã đúng. Không cần trả lời."
        ),
        to=[to],
    )
    trouble = ""
    try:
        message.send()
    except Exception as fault:  # noqa: BLE001  (whatever it is, a person must be told)
        trouble = mail.explain(fault)
    with deed():
        house = locked_house()
        house.mail_tested_at, house.mail_trouble = clock.now(), trouble
        keep(house, "mail_tested_at", "mail_trouble")
        record("house.mail_tested", by=by, on=house, went="no" if trouble else "yes")
    if trouble:
        raise MailRefused(trouble)
