"""What is said of a certificate that somebody wants to sign with, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from thidua.pades.results import Outcome

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
DEMO = _("Chứng thư minh họa: không có giá trị pháp lý.")
