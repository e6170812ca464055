"""Tables of provinces: Kiên Giang 2019 (A), Thừa Thiên Huế 2018 (B), TP. Hồ Chí Minh 2008 (C).

Source: domain.md 4.2, 4.3, 4.4.
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

KIEN_GIANG = ReadyTable(
    code="kien-giang-2019",
    name="Bảng điểm theo mẫu Khối thi đua 7 tỉnh Kiên Giang, năm 2019",
    completeness=Completeness.TOP_LEVEL,
    source="Khối thi đua 7 tỉnh Kiên Giang (8 đơn vị), năm 2019: "
    "congdoankiengiang.org.vn/trang/TinTuc/182/1391",
    remark="Nguồn chỉ ghi điểm của ba nhóm, không ghi các tiêu chí bên trong. Mỗi nhóm tạm có một "
    "dòng mang đủ điểm của nhóm: hãy thay bằng các tiêu chí của khối.",
    bonus_cap=50 * POINT,
    rows=(
        group(
            "I",
            "Phát triển kinh tế - xã hội, quốc phòng - an ninh, nhiệm vụ chính trị của đơn vị",
            manual("I.1", "Các tiêu chí của nhóm I (nguồn không ghi chi tiết)", 650),
            extra("I.T", "Điểm thưởng của nhóm I (nguồn không ghi chi tiết)", 40),
            bonus_cap=40 * POINT,
        ),
        group(
            "II",
            "Thực hiện chủ trương của Đảng, pháp luật; xây dựng hệ thống chính trị",
            manual("II.1", "Các tiêu chí của nhóm II (nguồn không ghi chi tiết)", 200),
            bonus_cap=0,
        ),
        group(
            "III",
            "Công tác thi đua, khen thưởng",
            manual("III.1", "Các tiêu chí của nhóm III (nguồn không ghi chi tiết)", 100),
            extra("III.T", "Điểm thưởng của nhóm III (nguồn không ghi chi tiết)", 10),
            bonus_cap=10 * POINT,
        ),
    ),
)


def _missed(code: str, name: str) -> Row:
    """Return a penalty of 8 points that the managing body gives at most once."""
    parameters = {"each": 8 * POINT, "cap": 8 * POINT}
    return Row(code, name, "penalty", None, parameters, owner="board")


HUE = ReadyTable(
    code="hue-2018",
    name="Bảng điểm theo khung của tỉnh Thừa Thiên Huế, năm 2018",
    completeness=Completeness.PARTIAL,
    source="Sở Nội vụ Thừa Thiên Huế, đăng tại huongthuy.thuathienhue.gov.vn (tc=5358)",
    basis="Hướng dẫn số 804/HD-SNV ngày 18/7/2018 của Sở Nội vụ tỉnh Thừa Thiên Huế",
    remark="Nguồn chỉ đọc được khung: 1.000 điểm gồm 950 điểm chuẩn và 50 điểm thưởng, và các mức "
    "trừ 8 điểm. Hồ sơ muộn hoặc sai cũng bị trừ, nhưng không đọc được trừ bao nhiêu nên không có "
    "dòng ở đây. Ban Thi đua - Khen thưởng tự thẩm định phần công tác thi đua, khen thưởng.",
    bonus_cap=50 * POINT,
    rows=(
        group(
            "A",
            "Điểm chuẩn",
            manual("A.1", "Các tiêu chí chuẩn (nguồn không ghi chi tiết)", 950),
        ),
        group(
            "B",
            "Điểm thưởng",
            extra("B.1", "Các tiêu chí thưởng (nguồn không ghi chi tiết)", 50),
            bonus_cap=50 * POINT,
        ),
        group(
            "C",
            "Điểm trừ",
            _missed("C.1", "Không phát động thi đua"),
            _missed("C.2", "Không ký giao ước thi đua"),
            _missed("C.3", "Không đăng ký thi đua"),
        ),
    ),
)


def _flag(code: str, name: str, points: int) -> Row:
    return Row(code, name, "pass_fail", points * POINT, is_bonus=True)


HO_CHI_MINH = ReadyTable(
    code="ho-chi-minh-2008",
    name="Nhóm tiêu chí công tác thi đua, khen thưởng theo mẫu TP. Hồ Chí Minh, năm 2008",
    completeness=Completeness.NEARLY,
    source="TP. Hồ Chí Minh, nhóm tiêu chí công tác thi đua, khen thưởng, năm 2008: "
    "tailieumienphi.vn (1xmqtq và yxmqtq)",
    remark="Dòng 08 không đọc được: 10 điểm được suy ra cho đủ 100. Nguồn có thí dụ 97 điểm cộng "
    "10 điểm thưởng thành 107: tổng được phép vượt 100. Nguồn không ghi trần điểm thưởng.",
    rows=(
        group(
            "1",
            "Công tác thi đua, khen thưởng",
            manual("01", "Chia cụm, khối và đăng ký thi đua đúng thời hạn", 10),
            manual("02", "Ký giao ước và duy trì hoạt động cụm, khối", 10),
            manual("03", "Kế hoạch phát động; sơ kết, tổng kết", 20),
            manual("04", "Kiểm tra công tác thi đua", 10),
            manual("05", "Báo cáo và dự họp đầy đủ", 10),
            manual("06", "Mô hình, điển hình tiên tiến", 10),
            manual("07", "Hồ sơ khen thưởng đúng hạn, đúng mẫu", 20),
            manual("08", "Nội dung còn lại (nguồn không ghi tên, điểm suy ra cho đủ 100)", 10),
        ),
        group(
            "2",
            "Điểm thưởng",
            _flag("T1", "Được Cờ thi đua của Thành phố hoặc của bộ trong năm", 10),
            _flag("T2", "Được Cờ thi đua của Chính phủ", 15),
        ),
    ),
)
