"""The book of outgoing papers as one: its columns, and the official paper that holds them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.core import clock
from thidua.core.text import day_text
from thidua.documents.models import Number
from thidua.lawbook.papers import kind_name, titled
from thidua.organizations.queries import header_of
from thidua.typesetting.official import Annex, Header, Official, Paragraph, Table
from thidua.web.numbers.asked import Asked


def columns() -> list[str]:
    """Return the headings: NĐ 30/2020/NĐ-CP, the book of outgoing papers, as far as it is kept."""
    return [
        _("Số, ký hiệu"),
        _("Ngày văn bản"),
        _("Tên loại và trích yếu"),
        _("Người ký"),
        _("Nơi nhận"),
        _("Ghi chú"),
    ]


def words_of(number: Number) -> list[str]:
    """Return the cells of one line."""
    cancelled = _("Đã hủy: %(reason)s") % {"reason": number.cancel_reason}
    return [
        number.symbol,
        day_text(number.dated),
        titled(number.kind, number.title),
        number.signer,
        number.recipients,
        cancelled if number.cancelled_at else "",
    ]


def book_paper(asked: Asked, lines: Sequence[Number]) -> Official:
    """Return the lines as a paper of the issuer, its table on wide pages."""
    today = clock.today()
    header = header_of(asked.issuer, today)
    with override("vi"):  # what is printed is Vietnamese, whatever the reader's language
        year = _("Năm %(year)s") % {"year": asked.year} if asked.year else _("Mọi năm")
        kind = kind_name(asked.kind) if asked.kind else ""
        told = {"count": len(lines), "cancelled": sum(bool(n.cancelled_at) for n in lines)}
        table = Table(
            head=[columns()],
            rows=[words_of(number) for number in lines],
            widths=[2.4, 1.6, 6, 2.6, 3.4, 2.4],
            align=["left", "center", "left", "left", "left", "left"],
        )
        return Official(
            kind="number_book",
            header=Header(header.body, header.superior, header.style),  # type: ignore[arg-type]
            type_name=_("Sổ đăng ký văn bản đi").upper(),
            title=", ".join(filter(None, (year, kind, asked.q))),
            place=header.place,
            dated=today,
            body=[
                Paragraph(
                    _("Sổ có %(count)s số, trong đó %(cancelled)s số đã hủy.") % told,
                    align="center",
                )
            ],
            annexes=[Annex(title=_("Các văn bản đi").upper(), body=[table], is_wide=True)],
            in_decree=False,
            watermark=_("MINH HỌA") if asked.issuer.is_illustration else "",
        )
