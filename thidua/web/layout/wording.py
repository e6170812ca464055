"""The rules of the layout in words: what each is about, and what it asks for."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.typesetting.layout_rules import Finding, Rule

DECREE = _("Nghị định số 30/2020/NĐ-CP")
NAMES: dict[str, str | Promise] = {
    "paper": _("Khổ giấy"),
    "margin_top": _("Lề trên"),
    "margin_bottom": _("Lề dưới"),
    "margin_left": _("Lề trái"),
    "margin_right": _("Lề phải"),
    "font_family": _("Phông chữ"),
    "font_embedded": _("Phông chữ nhúng trong tệp"),
    "page_number": _("Số trang"),
    "page_number_first": _("Trang đầu không đánh số"),
    "state_name": _("Quốc hiệu"),
    "motto": _("Tiêu ngữ"),
    "motto_line": _("Đường kẻ dưới tiêu ngữ"),
    "superior": _("Tên cơ quan cấp trên"),
    "body_name": _("Tên cơ quan ban hành"),
    "body_line": _("Đường kẻ dưới tên cơ quan"),
    "symbol": _("Số, ký hiệu"),
    "place_date": _("Địa danh, ngày tháng năm"),
    "type_name": _("Tên loại"),
    "title": _("Trích yếu"),
    "title_line": _("Đường kẻ dưới trích yếu"),
    "letter_title": _("Trích yếu công văn (V/v)"),
    "addressed": _("Kính gửi"),
    "bases": _("Căn cứ ban hành"),
    "text_size": _("Cỡ chữ nội dung"),
    "justified": _("Canh đều hai lề"),
    "indent": _("Chữ đầu dòng lùi vào"),
    "paragraph_space": _("Khoảng cách giữa các đoạn"),
    "line_space": _("Khoảng cách giữa các dòng"),
    "headings": _("Chương, mục, điều"),
    "capacity": _("Quyền hạn, chức vụ người ký"),
    "signer": _("Họ tên người ký"),
    "recipients": _("“Nơi nhận:”"),
    "recipients_list": _("Danh sách nơi nhận"),
    "annex": _("Số phụ lục"),
    "annex_title": _("Tên phụ lục"),
}
ASKED: dict[str, str | Promise] = {
    "paper": _("A4, 210 × 297 mm; phụ lục có bảng rộng được nằm ngang"),
    "font_family": _("một phông Times New Roman hoặc phông cùng cỡ chữ, bảng mã Unicode"),
    "font_embedded": _("mọi phông chữ nằm trong tệp"),
    "page_number": _("chữ số Ả Rập, cỡ 13–14, đứng, giữa lề trên, từ trang 2"),
    "page_number_first": _("không có số ở trang 1"),
    "state_name": _("in hoa, cỡ 12–13, đứng, đậm, ở phía trên bên phải"),
    "motto": _("“Độc lập - Tự do - Hạnh phúc”, cỡ 13–14, đứng, đậm, giữa quốc hiệu"),
    "motto_line": _("nét liền, dài bằng dòng chữ"),
    "superior": _("in hoa, cỡ 12–13, đứng, không đậm"),
    "body_name": _("in hoa, cỡ 12–13, đứng, đậm"),
    "body_line": _("nét liền, dài từ 1/3 đến 1/2 dòng chữ, ở giữa"),
    "symbol": _("“Số: …”, cỡ 13, đứng; số nhỏ hơn 10 có số 0 ở trước"),
    "place_date": _("cỡ 13–14, nghiêng; ngày nhỏ hơn 10 và tháng 1, 2 có số 0 ở trước"),
    "type_name": _("in hoa, cỡ 13–14, đứng, đậm, ở giữa"),
    "title": _("cỡ 13–14, đứng, đậm, ngay dưới tên loại"),
    "title_line": _("nét liền, dài từ 1/3 đến 1/2 dòng chữ, ở giữa"),
    "letter_title": _("cỡ 12–13, đứng, dưới số và ký hiệu"),
    "addressed": _("cỡ 13–14, đứng"),
    "bases": _("cỡ 13–14, nghiêng; mỗi căn cứ hết bằng “;”, căn cứ cuối bằng “.”"),
    "text_size": _("cỡ 13–14"),
    "justified": _("dòng đầy thẳng cả hai lề"),
    "indent": _("1 cm hoặc 1,27 cm"),
    "paragraph_space": _("ít nhất 6 pt"),
    "line_space": _("từ dòng đơn đến 1,5 dòng"),
    "headings": _("cỡ 13–14, đứng, đậm"),
    "capacity": _("in hoa, cỡ 13–14, đứng, đậm, ở bên phải"),
    "signer": _("cỡ 13–14, đứng, đậm"),
    "recipients": _("cỡ 12, nghiêng, đậm"),
    "recipients_list": _("cỡ 11, đứng; mỗi dòng hết bằng “;”, dòng cuối “Lưu: …” bằng “.”"),
    "annex": _("“Phụ lục …”, cỡ 14, đứng, đậm, ở giữa"),
    "annex_title": _("in hoa, cỡ 13–14, đứng, đậm"),
}
OUTCOMES: dict[str, str | Promise] = {
    "met": _("đạt"),
    "not_met": _("chưa đạt"),
    "not_applicable": _("không áp dụng"),
}
KINDS = {"met": "done", "not_met": "danger", "not_applicable": "quiet"}


def asked(rule: Rule) -> str:
    """Return what the rule asks for; a range of millimetres where it has no words of its own."""
    if rule.key in ASKED:
        return str(ASKED[rule.key])
    return f"{rule.low:g}–{rule.high:g} {rule.unit}"


def measured(finding: Finding) -> str:
    """Return what was measured, in words where it is a style or was not found."""
    if not finding.measured:
        is_needed = finding.outcome == "not_met"
        return _now("không thấy trên trang") if is_needed else ""
    told, mark, words = finding.measured.partition(": “")
    parts = told.split(", ")
    if parts[0].endswith("pt"):
        styles = {"B": _now("đậm"), "I": _now("nghiêng")}
        parts = [styles.get(part, part) for part in parts]
    return ", ".join(parts) + mark + words


def where(rule: Rule) -> str:
    """Return the place of the rule in the decree."""
    return f"{rule.citation}, {DECREE}"
