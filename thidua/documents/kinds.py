"""Kinds of papers with their abbreviations: NĐ 30/2020/NĐ-CP, Phụ lục III, and the công văn."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "CV": _("Công văn"),
    "BC": _("Báo cáo"),
    "KH": _("Kế hoạch"),
    "TB": _("Thông báo"),
    "QĐ": _("Quyết định"),
    "TTr": _("Tờ trình"),
    "HD": _("Hướng dẫn"),
    "QC": _("Quy chế"),
    "QyĐ": _("Quy định"),
    "BB": _("Biên bản"),
    "CTr": _("Chương trình"),
    "NQ": _("Nghị quyết"),
    "CT": _("Chỉ thị"),
    "TC": _("Thông cáo"),
    "PA": _("Phương án"),
    "ĐA": _("Đề án"),
    "DA": _("Dự án"),
    "HĐ": _("Hợp đồng"),
    "CĐ": _("Công điện"),
    "BGN": _("Bản ghi nhớ"),
    "BTT": _("Bản thỏa thuận"),
    "GUQ": _("Giấy ủy quyền"),
    "GM": _("Giấy mời"),
    "GGT": _("Giấy giới thiệu"),
    "PG": _("Phiếu gửi"),
    "PC": _("Phiếu chuyển"),
    "PB": _("Phiếu báo"),
}


def kind_name(kind: str) -> str:
    """Return the name of a kind by its abbreviation; one that nobody knows stays as it is."""
    return str(KINDS.get(kind, kind))
