"""The exact text of a published result: what is frozen and what the digest is made of."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.core.numbers import format_number, format_points
from thidua.core.text import day_text
from thidua.scoring.models import Result, Standing


def result_text(result: Result, standings: Sequence[Standing]) -> str:
    """Return the result as a Vietnamese text, every member down to each criterion: UTF-8, LF."""
    with override("vi"):
        year = {"year": result.cycle.year}
        head = [_("KẾT QUẢ CHẤM ĐIỂM, XẾP HẠNG THI ĐUA NĂM %(year)d") % year]
        head += [result.cycle.bloc.title, _("Bản số %(number)d") % {"number": result.number}]
        head += [_basis(result), _("Bảng điểm: %(table)s") % {"table": result.table}]
        head.append(_("Đây là đề nghị của khối, cụm thi đua; chưa phải quyết định khen thưởng."))
        blocks = ["\n".join(line for line in head if line)]
        blocks += [_of_one(standing) for standing in standings]
        return "\n\n".join(blocks) + "\n"


def _basis(result: Result) -> str:
    told = []
    if result.adopted_on:
        words = {"day": day_text(result.adopted_on), "minutes": result.minutes or "…"}
        told.append(_("Hội nghị thông qua ngày %(day)s, biên bản: %(minutes)s") % words)
    if result.corrects:
        words = {"number": str(result.corrects.number), "reason": result.reason}
        told.append(_("Đính chính bản số %(number)s. Lý do: %(reason)s") % words)
    return "\n".join(told)


def _of_one(standing: Standing) -> str:
    rank = str(standing.rank) if standing.rank else _("không xếp hạng")
    told = {
        "rank": rank,
        "unit": standing.unit_name,
        "total": format_points(standing.total) or "–",
        "percent": format_number(standing.percent) or "–",
        "class": standing.class_name,
    }
    lines = [_("%(rank)s. %(unit)s: %(total)s điểm (%(percent)s %% điểm chuẩn) %(class)s") % told]
    lines.append(standing.why)
    lines += [
        f"  {line['code']} {line['name']}: {_points(line)}"
        for line in standing.lines
        if line["counted"] is not None
    ]
    return "\n".join(line.rstrip() for line in lines if line)


def _points(line: dict[str, object]) -> str:
    if line["na"]:
        return _("không áp dụng")
    counted = line["counted"]
    return format_points(counted if isinstance(counted, int) else None)
