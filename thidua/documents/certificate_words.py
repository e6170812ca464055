"""What is said about keys, certificates and signed files that are refused, or found wanting."""

from django.utils.translation import gettext_lazy as _

from thidua.pades.results import Outcome

# Of a certificate that somebody wants to sign with, or has just signed with.
CERTIFICATE = {
    Outcome.WEAK_DIGEST: _(
        "Chứng thư này dùng thuật toán băm yếu (MD5, SHA-1), nay không ai được dùng nữa. Hãy xin "
        "nơi cấp đổi chứng thư mới."
    ),
    Outcome.WEAK_KEY: _("Khóa của chứng thư này quá ngắn. Hãy xin nơi cấp đổi chứng thư mới."),
    Outcome.SELF_SIGNED: _(
        "Chứng thư này do chính người giữ tự cấp, không có nơi nào đứng ra bảo đảm, nên không nhận."
    ),
    Outcome.UNKNOWN_ISSUER: _(
        "Nơi cấp chứng thư này không có trong danh sách được tin. Hãy dùng chứng thư của nơi cấp "
        "đã được tin, hoặc báo người vận hành thêm nơi cấp."
    ),
    Outcome.REVOKED: _("Chứng thư này đã bị nơi cấp thu hồi nên không ký được."),
    Outcome.NOT_YET_VALID: _("Chứng thư này chưa tới ngày có hiệu lực."),
    Outcome.EXPIRED_AT_SIGNING: _("Chứng thư này đã hết hạn. Hãy gia hạn với nơi cấp rồi ký."),
    Outcome.EXPIRED_UNPROVEN: _("Chứng thư này đã hết hạn. Hãy gia hạn với nơi cấp rồi ký."),
    Outcome.NOT_FOR_SIGNING: _("Chứng thư này được cấp cho việc khác, không phải để ký văn bản."),
    Outcome.UNTRUSTED: _("Không kiểm được chuỗi chứng thư này tới nơi cấp được tin."),
    Outcome.DAMAGED: _("Chữ ký số trong tệp bị hỏng, không kiểm được."),
    Outcome.CHANGED: _("Tệp đã bị sửa sau khi ký."),
}
# Of a certificate signature that is looked at, now or years later.
SIGNED = {
    Outcome.VALID: _("Chữ ký số hợp lệ: văn bản còn nguyên từ lúc ký, chứng thư được tin."),
    Outcome.DAMAGED: _("Chữ ký số bị hỏng, không kiểm được."),
    Outcome.CHANGED: _("Văn bản đã bị THAY ĐỔI sau khi ký."),
    Outcome.WEAK_DIGEST: _("Chữ ký dùng thuật toán băm yếu, nay không còn tin được."),
    Outcome.WEAK_KEY: _("Chữ ký dùng khóa quá ngắn, nay không còn tin được."),
    Outcome.SELF_SIGNED: _("Chứng thư do người ký tự cấp, không ai bảo đảm."),
    Outcome.UNKNOWN_ISSUER: _("Không rõ nơi cấp chứng thư: không có trong danh sách được tin."),
    Outcome.REVOKED: _("Chứng thư đã bị thu hồi trước khi ký, hoặc không rõ ký lúc nào."),
    Outcome.NOT_YET_VALID: _("Ký khi chứng thư chưa có hiệu lực."),
    Outcome.EXPIRED_AT_SIGNING: _("Ký khi chứng thư đã hết hạn."),
    Outcome.EXPIRED_UNPROVEN: _("Chứng thư nay đã hết hạn, và không có gì chứng tỏ ký lúc nào."),
    Outcome.NOT_FOR_SIGNING: _("Chứng thư được cấp cho việc khác, không phải để ký văn bản."),
    Outcome.UNTRUSTED: _("Không kiểm được chuỗi chứng thư tới nơi cấp được tin."),
}
KEY = {
    "not_a_key": _("Tệp này không phải tệp khóa PKCS#12 (.p12, .pfx)."),
    "wrong_passphrase": _("Mật khẩu của tệp khóa không đúng. Chưa có gì được giữ lại."),
    "no_key": _("Trong tệp chỉ có chứng thư, không có khóa để ký."),
    "no_certificate": _("Có khóa nhưng không có chứng thư đi kèm."),
    "other_certificate": _("Chứng thư trong tệp không phải của khóa trong tệp."),
    "unsupported": _("Loại khóa này chưa dùng được: cần khóa RSA hoặc EC."),
    "no_module": _("Không thấy chương trình PKCS#11 của thiết bị (PKCS11_MODULE)."),
    "no_token": _("Không thấy thiết bị ký mang tên này: chưa cắm, hoặc tên khác."),
    "token_gone": _("Thiết bị ký bị rút ra giữa chừng. Chưa ký gì; cắm lại rồi ký lần nữa."),
    "wrong_pin": _("Mã PIN của thiết bị ký không đúng (PKCS11_PIN)."),
    "pin_locked": _("Thiết bị ký đã tự khóa vì nhập sai mã PIN nhiều lần."),
    "token_refused": _("Thiết bị ký báo lỗi nên chưa ký được."),
}
UPLOAD = {
    "empty": _("Tệp rỗng (0 byte)."),
    "too_big": _("Tệp quá nặng."),
    "not_pdf": _("Tệp này không phải PDF. Hãy nộp đúng tệp PDF đã ký."),
    "encrypted": _("Tệp PDF có mật khẩu nên không kiểm được. Hãy ký lại bản đã tải ở đây."),
    "damaged": _("Tệp PDF bị hỏng hoặc bị cắt bớt. Hãy gửi lại, hoặc tải bản để ký rồi ký lại."),
    "too_slow": _("Tệp này đọc quá lâu nên đã dừng. Hãy tải bản để ký rồi ký lại."),
    "too_heavy": _("Tệp này cần quá nhiều bộ nhớ nên đã dừng. Hãy tải bản để ký rồi ký lại."),
    "other_paper": _(
        "Đây không phải tệp của giao ước này. Hãy tải bản để ký ở trang này, ký rồi nộp lại."
    ),
    "resaved": _(
        "Đúng là giao ước này nhưng tệp đã bị một chương trình lưu lại, không còn đúng từng byte. "
        "Hãy tải lại bản để ký, ký thẳng lên đó, đừng “In” hay “Lưu thành”."
    ),
    "bytes_changed": _(
        "Tệp khác bản đã phát vài byte, nên không còn là bản này. Hãy tải lại bản để ký rồi ký."
    ),
    "older_revision": _("Từ lúc bạn tải về đã có đơn vị khác ký. Hãy tải bản mới nhất rồi ký."),
    "not_signed": _("Tệp chưa có chữ ký số mới nào. Hãy ký bằng phần mềm ký số rồi nộp lại."),
    "several": _("Tệp có hơn một chữ ký mới. Mỗi lần chỉ nộp chữ ký của đơn vị bạn."),
    "page_added": _("Tệp có trang được thêm vào. Hãy ký lên đúng bản đã tải, không thêm trang."),
    "annotated": _("Tệp có ghi chú hoặc hình vẽ đè lên văn bản. Hãy ký lên đúng bản đã tải."),
    "form_filled": _("Tệp có ô điền thêm ngoài chữ ký. Hãy ký lên đúng bản đã tải."),
    "other_change": _("Ngoài chữ ký, tệp còn bị sửa chỗ khác. Hãy ký lên đúng bản đã tải."),
    "over_text": _(
        "Hình chữ ký đè lên chữ hoặc lên chỗ của đơn vị khác. Hãy đặt vào ô của đơn vị mình."
    ),
    "too_early": _(
        "Chữ ký ghi thời gian trước khi giao ước được chốt. Hãy chỉnh đồng hồ máy ký rồi ký lại."
    ),
    "too_late": _(
        "Chữ ký ghi thời gian ở tương lai. Hãy chỉnh đồng hồ máy ký cho đúng rồi ký lại."
    ),
    "bad_signature": _("Chữ ký số trong tệp không khớp với nội dung. Hãy ký lại."),
    "weak": _("Chữ ký dùng thuật toán yếu, nay không còn nhận. Hãy đổi cài đặt phần mềm ký."),
}
FILE = {
    "empty": _("Tệp rỗng (0 byte)."),
    "damaged": _("Tệp này không đọc được như một chứng thư. Hãy chọn tệp .cer, .crt, .pem."),
    "not_a_certificate": _("Trong tệp không có chứng thư nào. Hãy chọn tệp .cer, .crt, .pem."),
}
REMARK = {
    "stamp_down": _("Máy chủ dấu thời gian không trả lời, nên chữ ký ở mức B-B."),
    "stamp_refused": _("Máy chủ dấu thời gian từ chối, nên chữ ký ở mức B-B."),
    "stamp_damaged": _("Dấu thời gian nhận về bị hỏng, nên không dùng; chữ ký ở mức B-B."),
    "stamp_lying": _("Dấu thời gian lệch xa giờ máy này, nên không dùng; chữ ký ở mức B-B."),
    "no_validation_data": _("Thiếu dữ liệu thu hồi chứng thư, nên chữ ký ở mức B-T."),
}
EXPIRED_SINCE = _("Chứng thư nay đã hết hạn, nhưng ký khi còn hạn.")
REVOKED_SINCE = _("Chứng thư nay đã bị thu hồi, nhưng ký trước đó.")
DEMO = _("Chứng thư minh họa: không có giá trị pháp lý.")
