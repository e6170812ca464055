"""Tables of organisations: Trung ương Đoàn 2021 (D), HTX Tây Nguyên 2019 (E), MTTQ Đồng Nai (F),
Hội Cựu chiến binh (H).

Source: domain.md 4.5, 4.6, 4.7, 4.8.
"""

from thidua.scoring.library.shapes import (
    POINT,
    Completeness,
    ReadyTable,
    Row,
    extra,
    group,
    manual,
)

# Points, how many contents (nội dung) and how many conditions that can be checked (điều kiện).
_DOAN = [(60, 5, 28), (134, 3, 39), (110, 3, 30), (30, 2, 12), (10, 2, 4), (106, 6, 33)]

DOAN = ReadyTable(
    code="trung-uong-doan-2021",
    name="Bảng điểm theo mẫu Trung ương Đoàn cho tỉnh, thành đoàn, năm 2021",
    completeness=Completeness.TOP_LEVEL,
    source="Trung ương Đoàn TNCS Hồ Chí Minh, 2021: thanhnienviet.vn, ngày 25/2/2021",
    remark="Nguồn có điểm của sáu tiêu chí (450 điểm, 21 nội dung, 146 điều kiện) và 50 điểm "
    "thưởng, nhưng không đọc được tên tiêu chí. Hãy ghi tên trước khi dùng. Năm 2016 cũng tổ chức "
    "này dùng thang 400 điểm.",
    bonus_cap=50 * POINT,
    rows=(
        group(
            "I",
            "Điểm chuẩn",
            *(
                manual(
                    f"I.{number}",
                    f"Tiêu chí {number} (nguồn không ghi tên)",
                    points,
                    told=f"{contents} nội dung, {conditions} điều kiện kiểm tra được.",
                )
                for number, (points, contents, conditions) in enumerate(_DOAN, 1)
            ),
        ),
        group(
            "II",
            "Điểm thưởng",
            extra("II.1", "Mô hình mới, đăng cai sự kiện toàn quốc", 50),
            bonus_cap=50 * POINT,
        ),
    ),
)

_MEMBERS = [
    {"at_least": "80", "below": None, "points": 4 * POINT},
    {"at_least": "60", "below": "80", "points": 3 * POINT},
    {"at_least": None, "below": "60", "points": 2 * POINT},
]

TAY_NGUYEN = ReadyTable(
    code="htx-tay-nguyen-2019",
    name="Bảng điểm theo mẫu cụm Liên minh Hợp tác xã Tây Nguyên, năm 2019",
    completeness=Completeness.PARTIAL,
    source="Cụm thi đua Liên minh Hợp tác xã 5 tỉnh Tây Nguyên, năm 2019: "
    "lmhtxdaknong.vn/san-pham/bang-cham-diem",
    remark="Chỉ đọc được ba tiêu chí đầu, 35 điểm; từ tiêu chí thứ tư nguồn không đọc được.",
    rows=(
        group(
            "1",
            "Ban chỉ đạo phát triển kinh tế tập thể, hợp tác xã",
            manual("1.1", "Tham mưu", 5),
            manual("1.2", "Phối hợp", 2),
            manual("1.3", "Kế hoạch", 3),
        ),
        group(
            "2",
            "Tuyên truyền, phát triển thành viên",
            manual("2.1", "Truyền thông", 3),
            manual("2.2", "Sự kiện", 3),
            Row("2.3", "Tỷ lệ thành viên (%)", "banded", 4 * POINT, {"bands": _MEMBERS}),
        ),
        manual("3", "Tư vấn, thành lập hợp tác xã", 15),
    ),
)

DONG_NAI = ReadyTable(
    code="mttq-dong-nai-2026",
    name="Bảng điểm theo mẫu “Mặt trận số” MTTQ tỉnh Đồng Nai, năm 2026",
    completeness=Completeness.TOP_LEVEL,
    source="Phần mềm “Mặt trận số” của MTTQ tỉnh Đồng Nai, dữ liệu mẫu năm 2026 "
    "(khoảng 95 xã, phường): github.com/nguyen2003kd/mttq-thidua",
    remark="Nguồn là dữ liệu mẫu của một phần mềm và chỉ ghi điểm của ba nhóm, không ghi các tiêu "
    "chí bên trong. Mỗi nhóm tạm có một dòng mang đủ điểm: hãy thay bằng tiêu chí của mình.",
    bonus_cap=5 * POINT,
    rows=(
        group(
            "I",
            "Nhiệm vụ chính trị",
            manual("I.1", "Các tiêu chí của nhóm I (nguồn không ghi chi tiết)", 40),
        ),
        group(
            "II",
            "Công tác Mặt trận",
            manual("II.1", "Các tiêu chí của nhóm II (nguồn không ghi chi tiết)", 30),
            extra("II.T", "Điểm thưởng của nhóm II (nguồn không ghi chi tiết)", 3),
            bonus_cap=3 * POINT,
        ),
        group(
            "III",
            "Đội ngũ cán bộ",
            manual("III.1", "Các tiêu chí của nhóm III (nguồn không ghi chi tiết)", 30),
            extra("III.T", "Điểm thưởng của nhóm III (nguồn không ghi chi tiết)", 2),
            bonus_cap=2 * POINT,
        ),
    ),
)


def _class(name: str, at_least: str) -> dict[str, str | None]:
    return {"name": name, "at_least": at_least, "each": None, "unit": "points"}


CCB = ReadyTable(
    code="ccb-ba-ria-vung-tau",
    name="Bảng điểm theo thang 90 của Hội Cựu chiến binh xã, Bà Rịa - Vũng Tàu",
    completeness=Completeness.PARTIAL,
    source="Hội Cựu chiến binh tỉnh Bà Rịa - Vũng Tàu, các xã: cuuchienbinh.vn "
    "(thang-diem-voi-con-so-dep)",
    remark="Nguồn ghi thang 90 điểm, cách xếp loại và điểm lẻ đến một phần tư (88,25), không ghi "
    "các tiêu chí. Nguồn xếp 81–90, 71–80, 61–70 và từ 60 trở xuống: điểm lẻ rơi giữa hai mức "
    "(80,25) ở đây thuộc mức dưới.",
    step=25,
    classes=(
        _class("Trong sạch vững mạnh xuất sắc", "81"),
        _class("Tiên tiến", "71"),
        _class("Trong sạch vững mạnh", "61"),
        _class("Yếu", "0"),
    ),
    rows=(
        group(
            "I",
            "Toàn bộ nội dung thi đua",
            manual("I.1", "Các tiêu chí (nguồn không ghi chi tiết)", 90),
        ),
    ),
)
