"""What the proof of a signature by link comes to, for whoever checks it (`documents.proving`)."""

from django.utils.translation import gettext as _

from thidua.covenants.models import SigningLink
from thidua.documents.models import Signature
from thidua.documents.proving import Proven


def of_link(signature: Signature) -> Proven:
    """Return by what the signer was known: an address entered beforehand, or one newly given."""
    link: SigningLink | None = getattr(signature, "link", None)
    if link is None or link.used_at is None:
        return Proven(False, _("Không còn đường dẫn ký để đối chiếu."))
    data = {
        "confirmed_at": link.used_at.isoformat(timespec="seconds"),
        "address_was_registered": not link.is_newly_given,
    }
    if link.is_newly_given:
        said = _(
            "Xác nhận bằng mã gửi qua thư. Địa chỉ nhận mã do người tạo đường dẫn ghi, chưa được "
            "đơn vị hay cơ quan quản lý đăng ký trước."
        )
        return Proven(True, said, data)
    said = _("Xác nhận bằng mã gửi tới địa chỉ thư mà đơn vị hay cơ quan quản lý đã đăng ký trước.")
    return Proven(True, said, data)
