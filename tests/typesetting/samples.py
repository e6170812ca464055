"""Papers as the tests print them: invented, one of each shape."""

from dataclasses import replace
from datetime import date

from thidua.typesetting.official import (
    Annex,
    Block,
    Header,
    Heading,
    Items,
    Mark,
    Official,
    Paragraph,
    Signatory,
    Table,
)

UNITS = ["Liên đoàn Lao động tỉnh", "Hội Nông dân tỉnh", "Hội Liên hiệp Phụ nữ tỉnh",
         "Hội Cựu chiến binh tỉnh", "Tỉnh Đoàn", "Hội Chữ thập đỏ tỉnh"]  # fmt: skip
MARK = Mark("ABCDE-FGHJK", "https://thidua.example/kiem-tra/ABCDE-FGHJK/")
WORDS = (
    "Đẩy mạnh các phong trào thi đua yêu nước gắn với việc học tập và làm theo tư tưởng, đạo đức, "
    "phong cách Hồ Chí Minh; phấn đấu hoàn thành xuất sắc các chỉ tiêu, nhiệm vụ được giao."
)


def targets(rows: int = 40) -> Table:
    """Return a table of targets that goes over a page's end."""
    return Table(
        head=[["STT", "Nội dung chỉ tiêu", "Đơn vị tính", "Chỉ tiêu"]],
        rows=[
            [str(i), f"Chỉ tiêu thứ {i}: vận động đoàn viên, hội viên", "người", f"{i}.250"]
            for i in range(1, rows + 1)
        ],
        widths=[1, 6, 2, 2],
        align=["center", "left", "center", "right"],
        bold_rows=[0],
        caption="Bảng chỉ tiêu đăng ký",
    )


def covenant(rows: int = 40, units: list[str] = UNITS) -> Official:
    """Return what several sign: three pages with a table and an annex."""
    body: list[Block] = [
        Paragraph("Hôm nay, các đơn vị thành viên Khối thi đua thống nhất ký giao ước thi đua:"),
        Items([f"{i}. {unit}." for i, unit in enumerate(units[:6], 1)]),
        Heading("I. NỘI DUNG GIAO ƯỚC"),
        *[Paragraph(f"{i}. {WORDS}") for i in range(1, 6)],
        Heading("II. TỔ CHỨC THỰC HIỆN"),
        Items([f"a) {WORDS}", f"b) {WORDS}", "- Báo cáo trước ngày 15 tháng 11."]),
    ]
    return Official(
        kind="covenant",
        header=Header("Khối thi đua\nCác tổ chức chính trị - xã hội", "Hội đồng TĐKT tỉnh"),
        type_name="BẢN GIAO ƯỚC THI ĐUA",
        title="Năm 2026",
        place="Ninh Bình",
        dated=date(2026, 2, 5),
        bases=["Căn cứ Luật Thi đua, khen thưởng", "Căn cứ Quy chế của Khối thi đua"],
        body=body,
        signatories=[
            Signatory(["CHỦ TỊCH"], f"Nguyễn Văn {chr(65 + i % 26)}", unit)
            for i, unit in enumerate(units)
        ],
        annexes=[Annex("Chỉ tiêu thi đua", [targets(rows)], "I", "(Kèm theo Bản giao ước)")],
        mark=MARK,
        in_decree=False,
    )


def report() -> Official:
    """Return a report of one body, in the decree's layout."""
    return Official(
        kind="year_report",
        header=Header("Hội Nông dân tỉnh", "Ủy ban MTTQ Việt Nam tỉnh"),
        type_name="BÁO CÁO",
        title="Kết quả thực hiện phong trào thi đua yêu nước\nvà công tác khen thưởng năm 2026",
        symbol="05/BC-HND",
        place="Ninh Bình",
        dated=date(2026, 11, 12),
        bases=["Căn cứ Luật Thi đua, khen thưởng;", "Căn cứ Kế hoạch số 12/KH-KTĐ"],
        body=[
            Heading("Chương I\nKẾT QUẢ", "chapter"),
            Heading("Mục 1\nCHỈ TIÊU", "section"),
            Heading("Điều 1. Kết quả thực hiện các chỉ tiêu", "article"),
            Paragraph(WORDS),
            targets(20),
            Heading("1. Đánh giá chung", "clause"),
            Paragraph(WORDS),
            Items([f"- {WORDS}", f"- {WORDS}"]),
        ],
        signatories=[
            Signatory(["TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "Trần Thị MINH HỌA")
        ],
        recipients=["- Ban Thi đua - Khen thưởng tỉnh;", "Thành viên Khối", "Lưu: VT, TĐKT"],
        annexes=[Annex("Số liệu", [wide()], "Phụ lục I", "(Kèm theo Báo cáo)", is_wide=True)],
        mark=MARK,
    )


def wide() -> Table:
    """Return a table of many columns."""
    heads = ["STT", "Đơn vị", *[f"Tiêu chí {i}" for i in range(1, 10)], "Tổng điểm"]
    return Table(
        head=[heads],
        rows=[[str(i), unit, *["10,5"] * 9, "94,5"] for i, unit in enumerate(UNITS, 1)],
        widths=[1, 4, *[1.6] * 9, 2],
        align=["center", "left", *["right"] * 10],  # type: ignore[list-item]
    )


def letter() -> Official:
    """Return a công văn to several, whose number is not given yet."""
    return Official(
        kind="reminder",
        header=Header("Khối thi đua số 7"),
        type_name="",
        title="đôn đốc gửi báo cáo sơ kết 6 tháng đầu năm 2026",
        symbol="     /KTĐ7",
        place="Ninh Bình",
        addressed_to=UNITS[:3],
        body=[Paragraph(WORDS), Paragraph(WORDS), Paragraph("Trân trọng./.")],
        signatories=[Signatory(["KHỐI TRƯỞNG"], "Lê Văn MINH HỌA")],
        recipients=["Như trên", "Lưu: VT"],
        mark=MARK,
        watermark="DỰ THẢO",
    )


def youth() -> Official:
    """Return a paper of the Youth Union."""
    header = Header("BCH ĐOÀN TỈNH NINH BÌNH", style="youth")
    return replace(report(), header=header, symbol="05-BC/TĐTN", annexes=[])


def party() -> Official:
    """Return a paper of a Party body."""
    header = Header("ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG", "TỈNH ỦY NINH BÌNH", style="party")
    return replace(report(), header=header, symbol="05-BC/ĐU", annexes=[])
