"""A small official paper in Typst of our own, right by default and wrong where a test wants it.

Not the program's template: the check must not be shaped after what it has to check.
"""

from functools import cache
from pathlib import Path

import typst

FOLDERS = [
    Path("/usr/share/fonts/truetype/liberation2"),
    Path("/usr/share/fonts/truetype/croscore"),
]
FAMILIES = {"liberation2": "Liberation Serif", "croscore": "Tinos"}
FOLDER = next((folder for folder in FOLDERS if folder.is_dir()), None)
FAMILY = FAMILIES[FOLDER.name] if FOLDER else "Libertinus Serif"  # what Typst carries
OTHER = "DejaVu Sans Mono"  # carried as well: no family for an official paper
RIGHT = {
    "paper": '"a4"',
    "top": "20mm",
    "bottom": "20mm",
    "left": "30mm",
    "right": "15mm",
    "font": FAMILY,
    "number_size": "13pt",
    "number_on_first": "false",
    "number_align": "center",
    "state_size": "12pt",
    "motto_size": "13pt",
    "motto": "Độc lập - Tự do - Hạnh phúc",
    "motto_line": "100%",
    "superior_weight": '"regular"',
    "issuer_size": "12pt",
    "issuer_line": "40%",
    "symbol": "Số: 05/BC-LĐLĐ",
    "symbol_size": "13pt",
    "place": "Ninh Bình, ngày 05 tháng 02 năm 2026",
    "place_style": '"italic"',
    "type_size": "14pt",
    "title_weight": '"bold"',
    "title_line": "40%",
    "bases_style": '"italic"',
    "bases_end": ".",
    "size": "14pt",
    "justify": "true",
    "indent": "1.27cm",
    "space": "6pt",
    "leading": "0.65em",
    "heading_weight": '"bold"',
    "capacity_size": "13pt",
    "signer_weight": '"bold"',
    "recipients_style": '"italic"',
    "list_size": "11pt",
    "list_end": ".",
    "annex_size": "14pt",
    "annex_weight": '"bold"',
    "first_words": "",
}
SOURCE = """
#let bar(words, share) = context {
  let w = measure(words).width
  v(-4pt)
  if w * share > 0pt { line(length: w * share, stroke: 0.7pt) }
}
#set page(paper: {paper}, margin: (top: {top}, bottom: {bottom}, left: {left}, right: {right}),
  header-ascent: 30%, header: context {
    let n = counter(page).get().first()
    if n > 1 or {number_on_first} {
      align({number_align}, text(size: {number_size}, str(n)))
    }
  })
#set text(font: "{font}", size: {size}, lang: "vi",
  top-edge: 0.8em, bottom-edge: -0.2em)
#set par(leading: 0.2em, spacing: 0.2em + 6pt)
#let flat(words) = par(first-line-indent: 0pt, justify: false, words)
#let state = text(size: {state_size}, weight: "bold")[CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM]
#let motto = text(size: {motto_size}, weight: "bold")[{motto}]
#let issuer = text(size: {issuer_size}, weight: "bold")[LIÊN ĐOÀN LAO ĐỘNG TỈNH]
#grid(columns: (42%, 58%), align: center, row-gutter: 6pt,
  flat[#text(size: 12pt, weight: {superior_weight})[TỔNG LIÊN ĐOÀN LAO ĐỘNG]], flat(state),
  [#flat(issuer) #bar(issuer, {issuer_line})], [#flat(motto) #bar(motto, {motto_line})],
  flat(text(size: {symbol_size})[{symbol}]), flat(text(size: 13pt, style: {place_style})[{place}]))
#v(14pt)
#let title = text(size: 14pt, weight: {title_weight})[Kết quả phong trào thi đua năm 2025]
#align(center)[
  #flat(text(size: {type_size}, weight: "bold")[BÁO CÁO])
  #flat(title)
  #bar(title, {title_line})
]
#v(6pt)
#set par(justify: {justify}, leading: {leading} - 0.45em, spacing: {leading} - 0.45em + {space},
  first-line-indent: (amount: {indent}, all: true))
#text(style: {bases_style})[Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;]

#text(style: {bases_style})[Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025
của Chính phủ quy định chi tiết về thi đua, khen thưởng{bases_end}]

{first_words}

#text(weight: {heading_weight})[Điều 1. Kết quả thực hiện]

{body}

#v(12pt)
#block(breakable: false, grid(columns: (45%, 55%),
  [#set par(first-line-indent: 0pt, justify: false, spacing: 4pt)
   #text(size: 12pt, weight: "bold", style: {recipients_style})[Nơi nhận:] \\
   #text(size: {list_size})[\\- Ban Thi đua tỉnh; \\ - Các đơn vị trong cụm; \\
   - Lưu: VT{list_end}]],
  align(center)[#set par(first-line-indent: 0pt, justify: false)
   #text(size: {capacity_size}, weight: "bold")[TM. BAN THƯỜNG VỤ \\ KT. CHỦ TỊCH \\ PHÓ CHỦ TỊCH]
   #v(50pt)
   #text(size: 14pt, weight: {signer_weight})[Nguyễn Văn Ví Dụ]]))
#pagebreak()
#align(center)[
  #flat(text(size: {annex_size}, weight: {annex_weight})[Phụ lục I])
  #flat(text(size: 13pt, weight: "bold")[DANH SÁCH CHỈ TIÊU])
  #flat(text(style: "italic")[(Kèm theo Báo cáo số 05/BC-LĐLĐ)])
]
#table(columns: (1cm, 1fr, 3cm), [TT], [Chỉ tiêu], [Số],
  ..range(6).map(n => ([#n], [Kết nạp đoàn viên mới], [120])).flatten())
"""
PARAGRAPH = (
    "Trong năm, các cấp công đoàn trong tỉnh đã tổ chức phát động và triển khai nhiều phong trào "
    "thi đua yêu nước sôi nổi, thiết thực, thu hút đông đảo đoàn viên, người lao động tham gia, "
    "góp phần hoàn thành các chỉ tiêu phát triển kinh tế, xã hội của địa phương đã đề ra."
)


@cache
def paper(**wrong: str) -> bytes:
    """Return the PDF of two pages and an annex; ``wrong`` replaces values of `RIGHT`."""
    source = SOURCE.replace("{body}", "\n\n".join([PARAGRAPH] * 9))
    for name, value in {**RIGHT, **wrong}.items():
        source = source.replace(f"{{{name}}}", value)
    folders = [str(FOLDER)] if FOLDER else []
    compiler = typst.Compiler(font_paths=folders, ignore_system_fonts=True)
    made = compiler.compile(source.encode(), format="pdf")
    assert isinstance(made, bytes)
    return made
