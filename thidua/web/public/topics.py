"""The contents of the help: for whom, which questions; each answer is a small template."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
# (slug of the role, its title, what its page begins with, its questions by their template)
CONTENTS: list[tuple[str, Words, Words, list[tuple[str, Words]]]] = [
    (
        "moi-nguoi",
        _("Mọi người"),
        _("Vào hệ thống, tìm việc của mình, nhận tin."),
        [
            ("first-time", _("Lần đầu vào bằng phiếu hoặc thư mời thế nào?")),
            ("sign-in", _("Làm sao để đăng nhập?")),
            ("second-factor", _("Bước xác nhận thứ hai là gì, đặt ở đâu?")),
            ("working-for", _("“Đang làm việc cho” nghĩa là gì?")),
            ("my-work", _("Hôm nay tôi phải làm gì?")),
            ("messages", _("Nhận thông báo qua thư thế nào?")),
            ("calendar", _("Đưa các hạn vào lịch điện thoại thế nào?")),
            ("late", _("Trễ hạn thì sao?")),
            ("deleted", _("Lỡ xóa thì lấy lại ở đâu?")),
            ("lost-phone", _("Mất máy, mất điện thoại thì làm gì?")),
            ("contact", _("Cần hỏi thêm thì hỏi ai?")),
        ],
    ),
    (
        "can-bo-don-vi",
        _("Cán bộ thi đua của đơn vị"),
        _("Đăng ký, ghi kết quả, báo cáo, tự chấm cho đơn vị mình."),
        [
            ("register-targets", _("Đăng ký chỉ tiêu thi đua thế nào?")),
            ("numbers", _("Gõ con số thế nào cho đúng?")),
            ("review-targets", _("Chỉ tiêu được đề nghị sửa thì làm gì?")),
            ("comment", _("Góp ý dự thảo giao ước ở đâu?")),
            ("join-movement", _("Tham gia phong trào thế nào?")),
            ("measure", _("Ghi kết quả thực hiện chỉ tiêu thế nào?")),
            ("evidence", _("Gửi minh chứng thế nào?")),
            ("report", _("Soạn báo cáo thế nào?")),
            ("self-score", _("Tự chấm điểm thế nào?")),
        ],
    ),
    (
        "lanh-dao-don-vi",
        _("Lãnh đạo đơn vị"),
        _("Duyệt, gửi, ký, kiến nghị."),
        [
            ("send-targets", _("Gửi, rút lại bản đăng ký thế nào?")),
            ("sign", _("Ký giao ước thế nào?")),
            ("decline", _("Đơn vị chưa ký được thì sao?")),
            ("stand-in", _("Cử người ký thay thế nào?")),
            ("send-report", _("Gửi báo cáo, gửi phiếu điểm thế nào?")),
            ("object", _("Không đồng ý với điểm thì làm gì?")),
            ("invite-own", _("Mở tài khoản cho cán bộ của đơn vị thế nào?")),
        ],
    ),
    (
        "khoi-truong-thu-ky",
        _("Khối trưởng, cụm trưởng, phó và thư ký"),
        _("Điều hành một năm, từ đăng ký đến bàn giao."),
        [
            ("answer-targets", _("Trả lời bản đăng ký của các đơn vị thế nào?")),
            ("draft-covenant", _("Soạn giao ước và lấy ý kiến thế nào?")),
            ("freeze", _("Chốt giao ước và mở ký thế nào?")),
            ("declare", _("Hết hạn mà còn đơn vị chưa ký thì làm gì?")),
            ("remind", _("Nhắc đơn vị còn thiếu thế nào?")),
            ("answer-reports", _("Nhận, trả lại báo cáo thế nào?")),
            ("checks", _("Tổ chức kiểm tra chéo thế nào?")),
            ("draw-up", _("Lập kết quả và thông qua thế nào?")),
            ("handover", _("Bàn giao cho đơn vị trưởng năm sau thế nào?")),
        ],
    ),
    (
        "ban-thi-dua-khen-thuong",
        _("Ban, phòng thi đua - khen thưởng"),
        _("Lập khối, cụm, mở tài khoản, thẩm định, công bố."),
        [
            ("import", _("Nhập đơn vị, khối, người từ Excel thế nào?")),
            ("found-bloc", _("Lập khối, cụm và chuẩn bị năm thi đua thế nào?")),
            ("accounts", _("Mở tài khoản và giao quyền thế nào?")),
            ("slips", _("Mời hàng trăm người vào một lượt thế nào?")),
            ("table", _("Lập bảng điểm thế nào?")),
            ("publish", _("Công bố, đính chính kết quả thế nào?")),
            ("leave", _("Đơn vị rời khối, cụm giữa năm thì làm gì?")),
            ("reorganize", _("Đơn vị sáp nhập, chia tách, đổi tên thì ghi thế nào?")),
        ],
    ),
    (
        "hoi-dong",
        _("Hội đồng thi đua - khen thưởng"),
        _("Đọc, đối chiếu trước khi bỏ phiếu, quyết định."),
        [
            ("council-number", _("Một con số điểm do đâu mà có?")),
            ("council-trail", _("Xem ai đã làm gì, lúc nào ở đâu?")),
            ("council-read", _("Hội đồng đọc được những gì?")),
        ],
    ),
    (
        "cong-chung",
        _("Công chúng, báo chí"),
        _("Đọc và đối chiếu những gì đã công khai, không cần tài khoản."),
        [
            ("read-covenant", _("Đọc và đối chiếu một bản giao ước thế nào?")),
            ("public-result", _("Xem kết quả thi đua của một năm ở đâu?")),
            ("search", _("Tìm đơn vị, khối, cụm, phong trào thế nào?")),
            ("illustration", _("Dấu MINH HỌA nghĩa là gì?")),
        ],
    ),
    (
        "nguoi-van-hanh",
        _("Người quản trị hệ thống"),
        _("Thiết lập, giữ cho chạy, sao lưu, giúp người không vào được."),
        [
            ("setup", _("Bắt đầu trên một máy chủ mới thế nào?")),
            ("check-page", _("Còn thiếu gì trước khi mời người khác?")),
            ("mail-server", _("Thư không đi thì làm gì?")),
            ("jobs-page", _("Việc chạy nền là gì?")),
            ("backup", _("Sao lưu, phục hồi thế nào?")),
            ("no-operator", _("Không còn ai vào được để quản trị thì sao?")),
            ("operate", _("Tài liệu vận hành ở đâu?")),
        ],
    ),
]
