"""What is said of a sheet, of a row, of a question: one sentence for each code.

Kept in the database are codes and facts, so that each reader reads their own language.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OF_SHEET: dict[str, str | Promise] = {
    "hidden": _(
        "%(count)s hàng đang ẩn trong tệp vẫn được đọc: hàng %(rows)s. Nếu không muốn nhập các "
        "hàng này, hãy xóa hẳn trong tệp rồi gửi lại."
    ),
    "merged": _(
        "Có ô gộp: %(ranges)s. Giá trị chỉ tính cho ô đầu của mỗi vùng gộp; các ô còn lại coi như "
        "để trống."
    ),
    "formulas": _("%(count)s ô là công thức (%(cells)s): giá trị đã tính sẵn được dùng."),
    "one_of_sheets": _("Tệp có %(count)s trang tính; đang đọc trang “%(sheet)s”."),
    "hidden_sheets": _("Trang tính đang ẩn không được đọc: %(sheets)s."),
    "encoding_windows1258": _(
        "Tệp CSV theo bảng mã Windows-1258; dấu đã được ghép lại theo Unicode. Hãy xem kỹ tên."
    ),
    "encoding_utf16": _("Tệp CSV theo bảng mã UTF-16; đã đọc được."),
    "encoding_western": _(
        "Tệp CSV không rõ bảng mã, đọc theo Windows-1252. Nếu chữ bị sai dấu, hãy lưu lại thành "
        "“CSV UTF-8” hoặc .xlsx rồi gửi."
    ),
    "font_tcvn3": _(
        "Chữ gõ bằng phông cũ TCVN3 (.VnTime) ở %(count)s ô đã đổi sang Unicode. Hãy xem kỹ tên."
    ),
    "font_vni": _("Chữ gõ bằng phông cũ VNI ở %(count)s ô đã đổi sang Unicode. Hãy xem kỹ tên."),
    "serials": _(
        "%(count)s ô ngày được ghi bằng số của Excel (ví dụ 45000 là ngày 15/3/2023) và đã đổi ra "
        "ngày. Hãy xem kỹ ngày."
    ),
    "unused": _("Cột không dùng đến, bỏ qua: %(headings)s."),
    "brought_before": _("Đúng tệp này đã được nhập ngày %(day)s."),
    "empty_rows": _("%(count)s hàng trống ở giữa bảng được bỏ qua."),
    "no_rows": _("Dưới hàng tiêu đề chưa có hàng nào."),
}
OF_ROW: dict[str, str | Promise] = {
    "needed": _("Chưa ghi “%(heading)s”."),
    "needed_merged": _(
        "Chưa ghi “%(heading)s”: ô này nằm trong vùng gộp %(range)s. Hãy bỏ gộp ô và ghi ở "
        "từng hàng."
    ),
    "too_long": _("Dài quá %(most)s chữ (đang có %(now)s)."),
    "no_day": _("“%(value)s” chưa phải là một ngày có thật. Viết như 17/03/2023."),
    "only_a_year": _("“%(value)s” mới là năm. Cần đủ ngày, tháng, năm, hoặc để trống."),
    "no_year": _("“%(value)s” chưa phải là một năm. Viết như 2026."),
    "no_yes": _("“%(value)s” chưa rõ. Ghi “có”, hoặc để trống."),
    "no_email": _("“%(value)s” chưa phải là địa chỉ thư điện tử."),
    "no_choice": _("“%(value)s” không có trong danh sách: %(offered)s."),
    "uncomputed": _(
        "Ô là công thức chưa có giá trị. Hãy mở tệp bằng Excel, đợi tính xong rồi lưu lại."
    ),
    "broken": _("Ô đang báo lỗi của Excel (như #REF!, #N/A). Hãy sửa trong tệp."),
    "twice": _("“%(name)s” đã có ở hàng %(other)s của tệp. Hãy giữ một hàng."),
    "twice_known": _("Hàng này và hàng %(other)s cùng nói về “%(name)s”. Hãy giữ một hàng."),
    "identical_unit": _(
        "Đã có “%(name)s” cùng cấp và cùng đơn vị cấp trên: chỉ dùng lại được, không tạo thêm."
    ),
    "unknown_parent": _(
        "Chưa thấy đơn vị cấp trên “%(name)s” trong tệp này hay trong hệ thống. Hãy ghi đúng tên, "
        "hoặc thêm một hàng cho đơn vị đó."
    ),
    "parent_unclear": _("Nhiều đơn vị có tên “%(name)s”. Hãy ghi đủ tên đơn vị cấp trên."),
    "parent_of_others": _(
        "“%(name)s” không do cơ quan của bạn quản lý nên không nhập đơn vị trực thuộc vào đó được."
    ),
    "circle": _("Đơn vị cấp trên chạy vòng: %(chain)s."),
    "no_unit": _("Chưa ghi đơn vị. Mỗi người phải thuộc một đơn vị."),
    "unknown_unit": _(
        "Chưa thấy đơn vị “%(name)s” trong hệ thống. Hãy ghi đúng tên, hoặc nhập bảng “Đơn "
        "vị” trước."
    ),
    "unit_of_others": _("“%(name)s” không do cơ quan của bạn quản lý."),
    "year_out_of_range": _("Năm %(year)s: năm phải từ 1948 đến hai năm sau năm nay."),
    "year_is_over": _("Năm %(year)s của khối, cụm này đã khép lại, không thêm được."),
    "decision_to_come": _("Ngày quyết định chưa tới."),
    "bloc_differs": _(
        "“%(name)s” ở hàng %(other)s có cấp hoặc số quyết định khác. Các hàng của một khối, "
        "cụm phải "
        "ghi giống nhau."
    ),
    "member_twice": _("“%(name)s” đã đứng ở một hàng khác của khối, cụm này trong năm."),
    "member_left": _(
        "“%(name)s” đã rời khối, cụm này trong năm; muốn tham gia lại thì từ năm sau."
    ),
    "days_in_wrong_order": _("Ngày kết thúc phải sau ngày bắt đầu."),
    "office_twice": _("%(name)s đã có chức vụ này ở hàng %(other)s."),
    "role_not_given": _(
        "Quyền của ban, phòng thi đua chỉ giao được ở cơ quan quản lý khối, cụm thuộc quyền "
        "của bạn; "
        "“%(name)s” không phải."
    ),
    "email_twice": _(
        "Thư điện tử “%(value)s” đã ghi cho người khác ở hàng %(other)s. Mỗi người một địa "
        "chỉ riêng."
    ),
    "email_taken": _("Thư điện tử này đã là của một tài khoản mang tên khác."),
    "email_differs": _("Cùng một người mà thư điện tử khác với hàng %(other)s."),
    "username_twice": _("Tên đăng nhập “%(value)s” đã ghi cho người khác ở hàng %(other)s."),
    "username_taken": _("Tên đăng nhập này đã là của một tài khoản mang tên khác."),
    "bad_username": _(
        "Tên đăng nhập “%(value)s” phải viết liền không dấu: chữ a-z, số, dấu chấm, gạch nối."
    ),
    "right_twice": _("%(name)s đã được giao quyền này ở hàng %(other)s."),
}
OF_QUESTION: dict[str, str | Promise] = {
    "same_unit": _("Tên viết hơi khác một đơn vị đã có."),
    "unit_by_short_name": _("Trùng tên ngắn của một đơn vị đã có."),
    "unit_by_former_name": _("Là tên cũ của một đơn vị đã có."),
    "which_unit": _("Nhiều đơn vị có tên như vậy."),
    "which_person": _("Đã có người mang tên này ở đơn vị khác hoặc ở hàng khác."),
}


def said(sentences: Mapping[str, str | Promise], code: str, facts: Mapping[str, object]) -> str:
    """Return the sentence of a code with its facts."""
    return str(sentences[code]) % facts


def more_words(
    *,
    of_row: Mapping[str, str | Promise] | None = None,
    of_question: Mapping[str, str | Promise] | None = None,
) -> None:
    """Let a kind that lies elsewhere add its own sentences."""
    OF_ROW.update(of_row or {})
    OF_QUESTION.update(of_question or {})
