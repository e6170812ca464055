"""Kinds of papers with their abbreviations: NĐ 30/2020/NĐ-CP, Phụ lục III, and the công văn."""

KINDS = {
    "CV": "Công văn",
    "BC": "Báo cáo",
    "KH": "Kế hoạch",
    "TB": "Thông báo",
    "QĐ": "Quyết định",
    "TTr": "Tờ trình",
    "HD": "Hướng dẫn",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "BB": "Biên bản",
    "CTr": "Chương trình",
    "NQ": "Nghị quyết",
    "CT": "Chỉ thị",
    "TC": "Thông cáo",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "HĐ": "Hợp đồng",
    "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ",
    "BTT": "Bản thỏa thuận",
    "GUQ": "Giấy ủy quyền",
    "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu",
    "PG": "Phiếu gửi",
    "PC": "Phiếu chuyển",
    "PB": "Phiếu báo",
}


def kind_name(kind: str) -> str:
    """Return the name of a kind by its abbreviation; one that nobody knows stays as it is."""
    return KINDS.get(kind, kind)


def titled(kind: str, title: str) -> str:
    """Return "Báo cáo: …" for a title, unless it begins so already, or nobody knows its kind."""
    name = KINDS.get(kind, "")
    return title if title.lower().startswith(name.lower()) else f"{name}: {title}"
