"""The texts that the program brings along, by key. What was not found is None or "".

Source: the text of NĐ 152/2025/NĐ-CP, quotations and notices of the others, as far as they were
found; titles as the texts that cite them give them. A row that is wrong is put right on the page
of legal texts (`documents.LegalText`), or here.
"""

from datetime import date
from functools import partial

from thidua.lawbook.citing import Basis, Certainty, LegalText, Standing

__all__ = [
    "BY_KEY",
    "DECREE_152",
    "LAW_2003",
    "LAW_2022",
    "TEXTS",
    "TOPICS",
    "Basis",
    "Certainty",
    "LegalText",
    "Standing",
]

_law = partial(LegalText, form="Luật", issuer="Quốc hội")
_decree = partial(LegalText, form="Nghị định", issuer="Chính phủ")
_circular = partial(LegalText, form="Thông tư")
_decision = partial(LegalText, form="Quyết định")
_letter = partial(
    LegalText,
    title="",
    since=None,
    until=None,
    form="Công văn",
    issuer="Bộ Nội vụ",
    note="Hướng dẫn về sáng kiến; không phải văn bản quy phạm pháp luật.",
)

LAW_2003 = _law(
    "15/2003/QH11",
    "Luật Thi đua, khen thưởng",
    date(2003, 11, 26),
    date(2004, 7, 1),
    date(2023, 12, 31),
    key="TX01",
    replaced_by="TX03",
    note="Đã được sửa đổi, bổ sung năm 2005, 2009, 2013. Chỉ dùng cho khen thưởng cũ.",
    certainty=Certainty.SECONDARY,
)
LAW_2022 = _law(
    "06/2022/QH15",
    "Luật Thi đua, khen thưởng",
    date(2022, 6, 15),
    date(2024, 1, 1),
    None,
    key="TX03",
    amended_by="TX13",
    articles=(
        "Điều 6, 7, 16–18: phong trào, căn cứ xét, cụm và khối thi đua",
        "Điều 19–28: danh hiệu thi đua",
        "Điều 73–75: bằng khen, giấy khen",
        "Điều 83–85: đề nghị, hồ sơ, thủ tục đơn giản",
        "Điều 90, 93: hội đồng; vi phạm, thu hồi",
    ),
    note="Đọc từng điều qua trích dẫn, chưa đọc trọn văn bản.",
    certainty=Certainty.QUOTED,
)
DECREE_152 = _decree(
    "152/2025/NĐ-CP",
    "quy định về phân cấp, phân quyền trong lĩnh vực thi đua, khen thưởng; quy định chi tiết và "
    "hướng dẫn thi hành một số điều của Luật Thi đua, khen thưởng",
    date(2025, 6, 14),
    date(2025, 7, 1),
    date(2027, 2, 28),
    key="TX08",
    articles=(
        "Điều 4: nguyên tắc, các trường hợp chưa xét",
        "khoản 1 Điều 7: Cờ thi đua của Chính phủ",
        "Điều 59, 60: thay thế, chuyển tiếp",
    ),
    note="Khoản 1 Điều 60: hết hiệu lực từ 1/3/2027 nếu không được kéo dài hoặc thay sớm hơn.",
    certainty=Certainty.READ,
)
TEXTS = (
    LAW_2003,
    _decree(
        "91/2017/NĐ-CP",
        "quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng",
        date(2017, 7, 31),
        None,
        date(2023, 12, 31),
        key="TX02",
        replaced_by="TX04",
        articles=(
            "khoản 3 Điều 9: tỷ lệ Chiến sĩ thi đua cơ sở",
            "Điều 12: cờ thi đua xét qua cụm, khối",
        ),
        certainty=Certainty.QUOTED,
    ),
    LAW_2022,
    _decree(
        "98/2023/NĐ-CP",
        "quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng",
        date(2023, 12, 31),
        date(2024, 1, 1),
        date(2025, 6, 30),
        key="TX04",
        replaced_by="TX08",
        articles=("khoản 2 Điều 46: công khai trước khi trình",),
        note="Nơi chưa có quy định phân cấp được dùng tiếp đến hết 31/12/2025 "
        "(khoản 2 Điều 60 Nghị định số 152/2025/NĐ-CP).",
        certainty=Certainty.QUOTED,
    ),
    _decree(
        "28/2024/NĐ-CP",
        "",
        None,
        None,
        date(2025, 6, 30),
        key="TX05",
        replaced_by="TX08",
        note="Về hiện vật khen thưởng. Hết hiệu lực theo Điều 59 Nghị định số 152/2025/NĐ-CP; "
        "trích yếu, ngày ban hành, ngày có hiệu lực chưa tìm thấy.",
        certainty=Certainty.READ,
    ),
    _decree(
        "86/2023/NĐ-CP",
        "",
        date(2023, 12, 7),
        date(2024, 1, 30),
        None,
        key="TX06",
        note="Khung tiêu chuẩn gia đình văn hóa, thôn, tổ dân phố văn hóa, xã tiêu biểu; "
        "trích yếu chưa tìm thấy.",
        certainty=Certainty.QUOTED,
    ),
    _circular(
        "01/2024/TT-BNV",
        "quy định biện pháp thi hành Luật Thi đua, khen thưởng",
        None,
        None,
        date(2025, 8, 4),
        key="TX07",
        issuer="Bộ trưởng Bộ Nội vụ",
        replaced_by="TX10",
        articles=("khoản 3 Điều 3: tổng kết phong trào", "khoản 4 Điều 4"),
        note="Ngày ban hành, ngày có hiệu lực chưa tìm thấy.",
        certainty=Certainty.QUOTED,
    ),
    DECREE_152,
    _decree(
        "129/2025/NĐ-CP",
        "",
        None,
        date(2025, 7, 1),
        None,
        key="TX09",
        articles=("Điều 59: chủ tịch Ủy ban nhân dân cấp xã nhận thẩm quyền của cấp huyện",),
        note="Ngày có hiệu lực suy từ ngày chính quyền hai cấp bắt đầu, chưa đọc; "
        "ngày ban hành, ngày hết hiệu lực chưa tìm thấy.",
        certainty=Certainty.UNVERIFIED,
    ),
    _circular(
        "15/2025/TT-BNV",
        "quy định biện pháp để tổ chức, hướng dẫn thi hành Luật Thi đua, khen thưởng và Nghị định "
        "số 152/2025/NĐ-CP",
        date(2025, 8, 4),
        date(2025, 8, 5),
        None,
        key="TX10",
        issuer="Bộ trưởng Bộ Nội vụ",
        note="Thay Thông tư số 01/2024/TT-BNV; đơn vị sắp xếp lại. Chưa đọc trọn văn bản.",
        certainty=Certainty.SECONDARY,
    ),
    _circular(
        "28/2025/TT-BTC",
        "",
        None,
        date(2025, 7, 15),
        None,
        key="TX11",
        issuer="Bộ trưởng Bộ Tài chính",
        note="Quỹ thi đua, khen thưởng được chi những gì; trích yếu, ngày ban hành chưa tìm thấy.",
        certainty=Certainty.SECONDARY,
    ),
    _decision(
        "311/QĐ-BNV",
        "",
        None,
        None,
        None,
        key="TX12",
        issuer="Bộ Nội vụ",
        note="Năm 2025, thủ tục hành chính, số mẫu; ngày chưa tìm thấy.",
        certainty=Certainty.QUOTED,
    ),
    _decision(
        "638/QĐ-BNV",
        "",
        None,
        None,
        None,
        key="TX12b",
        issuer="Bộ Nội vụ",
        note="Năm 2025, thủ tục hành chính, số mẫu; ngày chưa tìm thấy.",
        certainty=Certainty.QUOTED,
    ),
    _law(
        "06/2026/QH16",
        "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng",
        date(2026, 4, 23),
        date(2026, 10, 1),
        None,
        key="TX13",
        note="Nội dung chưa tìm thấy, tên gọi chưa chắc: phải đối chiếu Công báo.",
        certainty=Certainty.UNVERIFIED,
    ),
    LegalText(
        "115/VBHN-VPQH",
        "Luật Thi đua, khen thưởng (văn bản hợp nhất)",
        None,
        None,
        None,
        key="TX14",
        form="Văn bản hợp nhất",
        issuer="Văn phòng Quốc hội",
        note="Chưa đọc.",
        certainty=Certainty.SECONDARY,
    ),
    _decree(
        "73/2024/NĐ-CP",
        "",
        None,
        date(2024, 7, 1),
        date(2026, 6, 30),
        key="TX15",
        replaced_by="TX15b",
        articles=("khoản 2 Điều 3: mức lương cơ sở 2.340.000 đồng",),
        certainty=Certainty.QUOTED,
    ),
    _decree(
        "161/2026/NĐ-CP",
        "",
        date(2026, 5, 15),
        date(2026, 7, 1),
        None,
        key="TX15b",
        articles=("khoản 2 Điều 3: mức lương cơ sở 2.530.000 đồng",),
        certainty=Certainty.READ,
    ),
    _letter("5007/BNV-TĐKT", issued_on=date(2023, 9, 5), key="TX16", certainty=Certainty.QUOTED),
    _letter(
        "3385/BTĐKT",
        issued_on=None,
        key="TX16b",
        issuer="",
        note="Tháng 11/2023, hướng dẫn về sáng kiến; không phải văn bản quy phạm pháp luật.",
        certainty=Certainty.SECONDARY,
    ),
    _letter(
        "1168/BNV-BTĐKT",
        issued_on=date(2026, 2, 6),
        key="TX16c",
        certainty=Certainty.SECONDARY,
    ),
    _decision(
        "86/2025/QĐ-UBND",
        "",
        date(2025, 12, 3),
        date(2025, 12, 15),
        None,
        key="TX17",
        issuer="Ủy ban nhân dân tỉnh Bắc Ninh",
        note="Quy chế thi đua, khen thưởng của một tỉnh: chỉ để tham khảo ở nơi khác.",
        certainty=Certainty.READ,
    ),
    _decision(
        "77/2025/QĐ-UBND",
        "đánh giá, chấm điểm, xếp loại thi đua hàng năm đối với các cơ quan, đơn vị",
        date(2025, 10, 23),
        None,
        None,
        key="TX18",
        issuer="Ủy ban nhân dân tỉnh Nghệ An",
        note="Chỉ thấy tên văn bản: chỉ để tham khảo ở nơi khác.",
        certainty=Certainty.SECONDARY,
    ),
)
BY_KEY = {text.key: text for text in TEXTS}
# What a căn cứ may begin with, by what the paper is about; those in force on its day are taken.
TOPICS = {"emulation": ("TX01", "TX03", "TX02", "TX04", "TX08")}
