"""The composite table 950 + 50: SYNTHETIC, not any province's (domain.md 4.10).

Its shape is Kiên Giang's, its details are from TP. Hồ Chí Minh, Bù Đăng and Tây Nguyên.
"""

from thidua.scoring.library.shapes import (
    POINT,
    Completeness,
    ReadyTable,
    Row,
    graded,
    group,
    manual,
)

_POLITICAL = group(
    "I",
    "Nhiệm vụ chính trị",
    Row(
        "I.1",
        "Hoàn thành chỉ tiêu đăng ký (bình quân % đạt, trần 100 %)",
        "proportional",
        250 * POINT,
        {"percent": "0.4"},  # 1 % is 2,5 points
        fact="targets_average",
    ),
    graded(
        "I.2",
        "Tham gia phát triển kinh tế - xã hội, nông thôn mới, giảm nghèo",
        ("Xuất sắc", 150),
        ("Tốt", 120),
        ("Hoàn thành", 90),
        ("Không hoàn thành", 0),
    ),
    graded(
        "I.3",
        "Giám sát, phản biện; bảo vệ quyền lợi đoàn viên, hội viên",
        ("Xuất sắc", 100),
        ("Tốt", 80),
        ("Hoàn thành", 60),
        ("Không hoàn thành", 0),
    ),
    manual("I.4", "Quốc phòng - an ninh, dân vận khéo", 80),
    manual("I.5", "Cải cách hành chính, chuyển đổi số", 70),
)

_PARTY_STEPS = [
    {"label": "Hoàn thành xuất sắc nhiệm vụ", "points": 80 * POINT},
    {"label": "Hoàn thành tốt nhiệm vụ", "points": 60 * POINT},
    {"label": "Hoàn thành nhiệm vụ", "points": 30 * POINT},
    {"label": "Không hoàn thành nhiệm vụ", "points": 0, "knocks_out": True},
]

_POLITY = group(
    "II",
    "Đảng, pháp luật, hệ thống chính trị",
    Row("II.1", "Xếp loại chi bộ", "graded", 80 * POINT, {"steps": _PARTY_STEPS}),
    graded(
        "II.2",
        "Công đoàn, đoàn thể vững mạnh",
        ("Vững mạnh xuất sắc", 60),
        ("Vững mạnh", 45),
        ("Chưa vững mạnh", 0),
    ),
    manual("II.3", "Học tập và làm theo Bác; phòng, chống tham nhũng", 60),
)

_EMULATION = group(
    "III",
    "Công tác thi đua, khen thưởng",
    Row(
        "III.1",
        "Đăng ký, ký giao ước đúng hạn",
        "pass_fail",
        20 * POINT,
        {"failed": -8 * POINT},
        owner="board",
    ),
    graded(
        "III.2",
        "Phát động, sơ kết, tổng kết",
        ("Đầy đủ, có chất lượng", 30),
        ("Đầy đủ", 20),
        ("Có làm, còn thiếu", 10),
        ("Không làm", 0),
    ),
    Row("III.3", "Điển hình tiên tiến", "count", 20 * POINT, {"each": 10 * POINT}),
    Row("III.4", "Hồ sơ, báo cáo đúng hạn", "deduct", 30 * POINT, {"each": 2 * POINT, "floor": 0}),
)

_BONUS = group(
    "B",
    "Điểm thưởng",
    Row("B.1", "Mô hình mới", "count", 30 * POINT, {"each": 10 * POINT}, is_bonus=True),
    Row("B.2", "Cờ của bộ, đoàn thể trung ương", "pass_fail", 10 * POINT, is_bonus=True),
    Row("B.3", "Đăng cai hoạt động của khối", "pass_fail", 10 * POINT, is_bonus=True),
    bonus_cap=50 * POINT,
)

COMPOSITE = ReadyTable(
    code="composite",
    name="Bảng điểm tổng hợp 950 + 50 (minh họa)",
    completeness=Completeness.SYNTHETIC,
    source="TỔNG HỢP để minh họa: dáng của Khối 7 Kiên Giang, chi tiết theo TP. Hồ Chí Minh, Bù "
    "Đăng và Tây Nguyên",
    remark="MINH HỌA: bảng được ghép để thử, không phải của tỉnh nào. Tên các mức ở I.2, I.3, II.2 "
    "và III.2 là của bảng ghép này.",
    bonus_cap=50 * POINT,
    rows=(_POLITICAL, _POLITY, _EMULATION, _BONUS),
)
