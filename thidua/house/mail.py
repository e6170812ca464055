"""The mail server: where it is told, and what its answers mean.

Told by the environment (`EMAIL_URL`), which wins, or by the operator on a page. What they type is
kept in a file that its owner alone reads, never in the database: a copy of the database is handed
on more easily than a file of the machine.
"""

import json
import os
import smtplib
import socket
import ssl
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

FILE = "mail.json"
NO_SERVER = ("console", "dummy", "locmem", "filebased")
# The first that fits counts, so the particular stand before the general.
_EXPLAINED: tuple[tuple[type[Exception], Promise], ...] = (
    (
        smtplib.SMTPAuthenticationError,
        _("Máy chủ không nhận tên hoặc mật khẩu của hộp thư. Hãy xem lại hai ô đó."),
    ),
    (smtplib.SMTPSenderRefused, _("Máy chủ không cho gửi bằng địa chỉ người gửi này.")),
    (smtplib.SMTPRecipientsRefused, _("Máy chủ không nhận thư gửi tới địa chỉ này.")),
    (
        smtplib.SMTPNotSupportedError,
        _("Máy chủ không có cách bảo mật hoặc cách đăng nhập đã chọn. Hãy thử cách khác."),
    ),
    (
        smtplib.SMTPServerDisconnected,
        _("Máy chủ ngắt giữa chừng. Thường do chọn sai cổng hoặc sai cách bảo mật."),
    ),
    (
        ssl.SSLCertVerificationError,
        _("Chứng thư của máy chủ thư không đúng tên hoặc đã hết hạn."),
    ),
    (
        ssl.SSLError,
        _("Không nói chuyện bảo mật được. Thường do sai cổng hoặc sai cách bảo mật."),
    ),
    (
        socket.gaierror,
        _("Không tìm thấy máy chủ thư có tên này. Hãy xem lại tên máy chủ."),
    ),
    (
        ConnectionRefusedError,
        _("Máy chủ thư không nhận kết nối ở cổng này. Hãy xem lại cổng."),
    ),
    (
        TimeoutError,
        _("Máy chủ thư không trả lời kịp. Có thể sai tên, sai cổng, hoặc bị tường lửa."),
    ),
    (smtplib.SMTPException, _("Máy chủ thư không nhận thư này.")),
    (OSError, _("Không nối được tới máy chủ thư. Hãy xem mạng của máy này.")),
)


@dataclass(frozen=True)
class MailServer:
    """How mail is handed on. ``security``: "tls" from the first byte, "starttls", or "none"."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    security: str = "starttls"
    sender: str = ""

    def __repr__(self) -> str:
        """Name it without its password: what stands in a log is read by others."""
        return f"MailServer({self.host}:{self.port})"


def file() -> Path:
    """Return where the file is, or would be."""
    return Path(settings.DATA_DIR) / FILE


def is_from_environment() -> bool:
    """Say whether `EMAIL_URL` is set: then the file counts for nothing."""
    return bool(settings.EMAIL_FROM_ENVIRONMENT)


def kept_server() -> MailServer | None:
    """Return what the file says, or None when there is none or it cannot be read."""
    try:
        return MailServer(**json.loads(file().read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError):
        return None


def keep_server(server: MailServer) -> None:
    """Write the file whole or not at all, for its owner alone. Raises `OSError`."""
    place = file()
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=place.parent, prefix=f".{FILE}-", delete=False
    ) as fresh:  # made for its owner alone (600)
        try:
            json.dump(asdict(server), fresh, ensure_ascii=False)
            fresh.flush()
            os.fsync(fresh.fileno())
            Path(fresh.name).replace(place)
        except BaseException:
            Path(fresh.name).unlink(missing_ok=True)
            raise


def is_configured() -> bool:
    """Say whether mail goes to a server, rather than being printed for developers."""
    if is_from_environment():
        return not any(word in settings.EMAIL_HAND_ON for word in NO_SERVER)
    return kept_server() is not None


def sender() -> str:
    """Return whom mail is from: `FROM_EMAIL` where it is set, else the file's, else our default."""
    kept = None if is_from_environment() else kept_server()
    if kept and kept.sender and not settings.SENDER_FROM_ENVIRONMENT:
        return kept.sender
    return str(settings.DEFAULT_FROM_EMAIL)


def explain(trouble: Exception) -> str:
    """Return in plain words why the server did not take a mail, with its own answer if any."""
    sentence = next(
        (str(said) for kind, said in _EXPLAINED if isinstance(trouble, kind)),
        _now("Không gửi được thư."),
    )
    own = _own_words(trouble)
    if not own:
        return sentence
    return _now("%(sentence)s Máy chủ trả lời: “%(answer)s”.") % {
        "sentence": sentence,
        "answer": own,
    }


def _own_words(trouble: Exception) -> str:
    """Return what the server itself said, as one short line."""
    code, said = 0, b""
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(trouble.recipients.values()))
    elif isinstance(trouble, smtplib.SMTPResponseException):
        code, said = trouble.smtp_code, _bytes(trouble.smtp_error)
    text = " ".join(_bytes(said).decode("utf-8", "replace").split())
    return f"{code} {text}"[:300] if code else ""


def _bytes(said: bytes | str) -> bytes:
    return said.encode() if isinstance(said, str) else said
