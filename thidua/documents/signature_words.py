"""What `thidua.pades` tells in codes, in sentences: why not, and what a signature is worth."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua.documents.file_words import WHY
from thidua.pades.results import Outcome, SignatureResult

Sentences = dict[str, str | Promise]

KEY: Sentences = {
    "not_a_key": _("Tệp này không phải tệp khóa PKCS#12 (.p12, .pfx), hoặc đã bị hỏng."),
    "wrong_passphrase": _("Mật khẩu của tệp khóa không đúng."),
    "no_key": _("Không tìm thấy khóa bí mật: tệp hay thiết bị chỉ chứa chứng thư số."),
    "no_certificate": _("Không tìm thấy chứng thư số đi cùng khóa."),
    "other_certificate": _("Chứng thư số trong tệp không phải của khóa này."),
    "unsupported": _("Loại khóa này không dùng được. Hãy dùng khóa RSA hoặc EC."),
    "no_module": _("Không mở được chương trình điều khiển (PKCS#11) của thiết bị."),
    "no_token": _("Không thấy thiết bị khóa (USB token). Hãy cắm thiết bị rồi thử lại."),
    "token_gone": _(
        "Thiết bị khóa không còn trả lời: có thể đã bị rút ra. Chưa có gì được ký. "
        "Hãy cắm lại rồi ký lại."
    ),
    "wrong_pin": _("Mã PIN của thiết bị khóa không đúng."),
    "pin_locked": _("Thiết bị khóa đã bị khóa vì nhập sai mã PIN nhiều lần."),
    "token_refused": _("Thiết bị khóa từ chối ký. Chưa có gì được ký."),
}
CERTIFICATE: Sentences = {
    "empty": _("Tệp rỗng (0 byte): có thể chưa tải hết về máy."),
    "damaged": _("Tệp không phải chứng thư số, hoặc đã bị hỏng."),
    "not_a_certificate": _("Trong tệp không có chứng thư số nào."),
}
FILE: Sentences = {
    name: WHY[name]
    for name in ("empty", "too_big", "not_pdf", "encrypted", "damaged", "too_slow", "too_heavy")
}
UPLOAD: Sentences = {
    **FILE,
    "other_paper": _("Đây là tệp PDF của một văn bản khác, không phải văn bản đang ký."),
    "resaved": _(
        "Tệp đã được một phần mềm ghi lại (lưu lại, in ra PDF, nén…) nên không còn là bản gốc để "
        "ký. Hãy tải bản gốc về, ký thẳng lên đó rồi gửi tệp đã ký."
    ),
    "bytes_changed": _("Nội dung tệp đã bị thay đổi so với bản gốc để ký."),
    "older_revision": _(
        "Từ khi bạn tải tệp về đã có đơn vị khác ký. Hãy tải bản mới nhất về rồi ký lại."
    ),
    "not_signed": _("Trong tệp không có chữ ký số mới nào."),
    "several": _("Tệp có nhiều chữ ký số mới cùng lúc. Mỗi lần chỉ nhận một chữ ký số."),
    "page_added": _("Tệp đã bị thêm hoặc bớt trang so với bản gốc để ký."),
    "annotated": _("Tệp có ghi chú hoặc hình được thêm lên văn bản."),
    "form_filled": _("Tệp có ô nhập liệu được thêm hoặc sửa, không phải chữ ký số."),
    "other_change": _("Ngoài chữ ký số, tệp còn có thay đổi khác so với bản gốc để ký."),
    "over_text": _(
        "Hình chữ ký số nằm đè lên chữ của văn bản hoặc lên chỗ của đơn vị khác. "
        "Hãy ký lại và đặt hình vào ô của đơn vị mình ở trang chữ ký số."
    ),
    "too_early": _(
        "Chữ ký số ghi thời điểm trước khi văn bản được chốt. Hãy xem lại đồng hồ máy tính."
    ),
    "too_late": _("Chữ ký số ghi thời điểm ở tương lai. Hãy xem lại đồng hồ máy tính."),
    "bad_signature": _("Chữ ký số trong tệp không khớp với nội dung tệp."),
}
SIGNING: Sentences = {
    **FILE,
    "field_taken": _("Ô chữ ký này đã được ký rồi."),
    "no_field": _("Văn bản không có ô chữ ký số cho đơn vị này."),
}
# Why a signature has no time stamp or no validation data although that was set up.
REMARK: Sentences = {
    "stamp_down": _("Máy chủ dấu thời gian không trả lời, nên chữ ký không có dấu thời gian."),
    "stamp_refused": _("Máy chủ dấu thời gian từ chối, nên chữ ký không có dấu thời gian."),
    "stamp_damaged": _("Dấu thời gian nhận được không dùng được, nên chữ ký không có dấu ấy."),
    "stamp_lying": _(
        "Dấu thời gian nhận được lệch xa giờ của hệ thống nên bị loại: chữ ký không có dấu ấy."
    ),
    "no_validation_data": _("Chưa kèm được dữ liệu chứng minh chứng thư số còn hiệu lực."),
}
LEVEL: Sentences = {
    "B-B": _("chữ ký số không có dấu thời gian (PAdES B-B)"),
    "B-T": _("chữ ký số có dấu thời gian (PAdES B-T)"),
    "B-LT": _("chữ ký số có dấu thời gian và dữ liệu kiểm tra lâu dài (PAdES B-LT)"),
}
OUTCOME: dict[Outcome, str | Promise] = {
    Outcome.VALID: _("Chữ ký số hợp lệ: nội dung đã ký còn nguyên, chứng thư số tin cậy."),
    Outcome.DAMAGED: _("Chữ ký số bị hỏng, không đọc được hoặc không phải của chứng thư số này."),
    Outcome.CHANGED: _("Nội dung đã bị thay đổi sau khi ký."),
    Outcome.WEAK_DIGEST: _("Chữ ký số dùng thuật toán băm quá yếu (MD5, SHA-1), không tin được."),
    Outcome.WEAK_KEY: _("Khóa của chứng thư số quá ngắn, không tin được."),
    Outcome.SELF_SIGNED: _("Chứng thư số tự ký: không có tổ chức chứng thực nào bảo đảm."),
    Outcome.UNKNOWN_ISSUER: _(
        "Không rõ tổ chức cấp chứng thư số: không có trong danh sách tin cậy."
    ),
    Outcome.REVOKED: _("Chứng thư số đã bị thu hồi."),
    Outcome.NOT_YET_VALID: _("Chứng thư số chưa có hiệu lực khi ký."),
    Outcome.EXPIRED_AT_SIGNING: _("Chứng thư số đã hết hạn khi ký."),
    Outcome.EXPIRED_UNPROVEN: _(
        "Chứng thư số nay đã hết hạn, và không có gì chứng minh chữ ký được tạo khi còn hạn."
    ),
    Outcome.NOT_FOR_SIGNING: _("Chứng thư số này không được cấp để ký số."),
    Outcome.UNTRUSTED: _("Không xác minh được chứng thư số."),
}
SINCE_EXPIRED = _("Chứng thư số hết hạn sau khi ký; chữ ký vẫn hợp lệ vì thời điểm ký đã rõ.")
SINCE_REVOKED = _("Chứng thư số bị thu hồi sau khi ký; chữ ký vẫn hợp lệ vì thời điểm ký đã rõ.")


def sentences_of(result: SignatureResult) -> list[str]:
    """Return what ``result`` means: the answer, and what came after a proven time of signing."""
    told = [OUTCOME[result.outcome]]
    told += [SINCE_EXPIRED] if result.has_expired_since else []
    told += [SINCE_REVOKED] if result.is_revoked_since else []
    return [str(one) for one in told]
