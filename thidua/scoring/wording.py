"""Sentences about marks, tables and ranks: what `marks` found, worded for officers."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from thidua.core.numbers import format_number, format_points
from thidua.marks.rules import Fault
from thidua.marks.tables import Problem
from thidua.scoring.compute import Reckoned, Reckoning
from thidua.scoring.models import Criterion

Facts = Mapping[str, Any]
Wording = Callable[[Facts], str]


def _points(name: str) -> Callable[[Facts], str]:
    return lambda facts: format_points(facts[name])


def _number(value: object) -> str:
    return format_number(value) if isinstance(value, Decimal | int) else "…"


def span_words(facts: Facts) -> str:
    """Return "từ 60 đến dưới 79,5" for a stretch of values."""
    low, high = facts["from"], facts["to"]
    if low is None:
        return _("dưới %(high)s") % {"high": _number(high)}
    if high is None:
        return _("từ %(low)s trở lên") % {"low": _number(low)}
    return _("từ %(low)s đến dưới %(high)s") % {"low": _number(low), "high": _number(high)}


def _sentences() -> dict[str, Wording]:
    """Return the words for every code of `marks.faults`, `marks.checks` and `marks.tables`."""
    return {
        "not_finite": lambda f: _("Đây không phải là một số."),
        "out_of_range": lambda f: _("Số này quá lớn hoặc có quá nhiều chữ số thập phân."),
        "decimals": lambda f: _("Điểm có nhiều nhất hai chữ số sau dấu phẩy."),
        "below_zero": lambda f: _("Số này không được nhỏ hơn 0."),
        "over_maximum": lambda f: _("Cao hơn điểm tối đa %(max)s.") % {"max": _points("max")(f)},
        "off_step": lambda f: _("Điểm phải theo bước %(step)s.") % {"step": _points("step")(f)},
        "not_yes_or_no": lambda f: _("Hãy chọn một trong hai."),
        "no_such_step": lambda f: _("Hãy chọn một mức trong danh sách."),
        "outside_bands": lambda f: _("Giá trị này không nằm trong khoảng nào của bảng điểm."),
        "not_whole": lambda f: _("Số lần phải là số nguyên."),
        "target_zero": lambda f: _("Chỉ tiêu bằng 0 nên không tính được tỷ lệ."),
        "target_negative": lambda f: _("Chỉ tiêu âm nên không tính được tỷ lệ."),
        "percent_not_positive": lambda f: _("Số phần trăm cho một điểm phải lớn hơn 0."),
        "no_such_criterion": lambda f: _("Tiêu chí này không có trong bảng điểm."),
        "na_not_allowed": lambda f: _("Tiêu chí này luôn áp dụng, không bỏ qua được."),
        "missing_parameter": lambda f: _("Cách tính điểm này còn thiếu thông tin."),
        "bad_parameter": lambda f: _("Thông tin của cách tính điểm chưa đúng."),
        "unknown_parameter": lambda f: _("Thông tin của cách tính điểm chưa đúng."),
        "unknown_kind": lambda f: _("Hãy chọn cách tính điểm."),
        "max_not_positive": lambda f: _("Điểm tối đa phải lớn hơn 0."),
        "step_not_allowed": lambda f: _("Bước điểm là 1; 0,5; 0,25 hoặc 0,01."),
        "points_off_step": lambda f: (
            _("%(points)s điểm lệch bước %(step)s của bảng.")
            % {"points": _points("points")(f), "step": _points("step")(f)}
        ),
        "failed_positive": lambda f: _("Điểm khi không đạt là 0 hoặc số âm."),
        "steps_none": lambda f: _("Cần ít nhất một mức để chọn."),
        "points_over_max": lambda f: (
            _("Có mức %(points)s điểm, cao hơn tối đa %(max)s.")
            % {"points": _points("points")(f), "max": _points("max")(f)}
        ),
        "bands_none": lambda f: _("Cần ít nhất một khoảng."),
        "band_empty": lambda f: (
            _("Khoảng %(span)s không chứa giá trị nào.") % {"span": span_words(f)}
        ),
        "bands_overlap": lambda f: (
            _("Hai khoảng chồng lên nhau: %(span)s.") % {"span": span_words(f)}
        ),
        "bands_gap": lambda f: (
            _("Bỏ sót giá trị: %(span)s chưa có điểm.") % {"span": span_words(f)}
        ),
        "each_not_positive": lambda f: _("Điểm mỗi lần phải lớn hơn 0."),
        "floor_over_max": lambda f: (
            _("Mức sàn cao hơn điểm tối đa %(max)s.") % {"max": _points("max")(f)}
        ),
        "cap_under_unit": lambda f: (
            _("Trần %(cap)s thấp hơn điểm của một lần (%(unit)s).")
            % {"cap": _points("cap")(f), "unit": _points("unit")(f)}
        ),
        "cap_over_max": lambda f: (
            _("Trần cao hơn điểm tối đa %(max)s.") % {"max": _points("max")(f)}
        ),
        "bonus_negative": lambda f: _("Điểm thưởng không thể là số âm."),
        "no_code": lambda f: _("Dòng này chưa có ký hiệu."),
        "code_twice": lambda f: _("Ký hiệu này được dùng %(count)d lần.") % {"count": f["count"]},
        "no_owner": lambda f: _("Chưa ghi ai chấm tiêu chí này."),
        "too_deep": lambda f: _("Bảng điểm có nhiều nhất 10 cấp."),
        "group_empty": lambda f: _("Nhóm này chưa có tiêu chí nào."),
        "group_sum": lambda f: (
            _("Nhóm ghi %(written)s điểm nhưng các tiêu chí cộng lại %(sum)s.")
            % {"written": _points("written")(f), "sum": _points("sum")(f)}
        ),
        "bonus_kind": lambda f: _("Điểm trừ, điểm liệt không thể là điểm thưởng."),
        "bonus_cap_negative": lambda f: _("Trần điểm thưởng không thể là số âm."),
        "classes_unordered": lambda f: _("Các mức xếp loại phải xếp từ cao xuống thấp."),
        "classes_twice": lambda f: _("Hai mức xếp loại trùng tên."),
        "no_such_tie": lambda f: _("Cách phân định khi bằng điểm không có trong danh sách."),
        "no_such_group": lambda f: _("Nhóm dùng để phân định không có trong bảng điểm."),
    }


def words_of(fault: Fault | Problem, criterion: Criterion | None = None) -> str:
    """Return what is wrong, in a sentence; an unknown code gives a general one."""
    facts: dict[str, Any] = dict(fault.facts)
    if criterion is not None:
        facts.setdefault("criterion", criterion.code)
    wording = _sentences().get(fault.code)
    return wording(facts) if wording else _("Giá trị này không dùng được.")


def tie_label(tie: str, names: Mapping[str, str]) -> str:
    """Return a tie-break in words; ``names`` are the groups' by code."""
    if tie.startswith("group:"):
        code = tie.removeprefix("group:")
        return _("điểm nhóm “%(group)s”") % {"group": names.get(code, code)}
    words = {
        "vote": _("số phiếu của hội nghị"),
        "penalty": _("ít điểm trừ hơn"),
        "not_rewarded": _("năm trước chưa được khen"),
        "law": _("ưu tiên của luật"),
    }
    return words.get(tie, tie)


def why_of(reckoning: Reckoning, units: Mapping[int, str]) -> dict[int, str]:
    """Return, by enrolment, why each stands where it stands and what separates it from the next.

    ``units`` are the members' names, by enrolment.
    """
    names = {c.code: c.name for c in reckoning.read.criteria.values() if c.is_group}
    ranked = sorted(
        (one for one in reckoning.cards if one.place and one.place.rank),
        key=lambda one: (one.place.rank or 0, one.card.enrolment_id) if one.place else (0, 0),
    )
    told = {
        one.card.enrolment_id: _why_unranked(one, reckoning)
        for one in reckoning.cards
        if one.place is None or one.place.rank is None
    }
    for here, after in zip(ranked, [*ranked[1:], None], strict=True):
        told[here.card.enrolment_id] = _why(here, after, units, names)
    return told


def _why_unranked(one: Reckoned, reckoning: Reckoning) -> str:
    if one.score is None or one.score.is_empty:
        return _("Chưa có điểm nào được gửi nên chưa xếp hạng.")
    criteria = {c.code: str(c) for c in reckoning.read.criteria.values()}
    which = "; ".join(criteria[code] for code in one.score.knockouts)
    return _("Không xếp hạng vì điểm liệt: %(which)s.") % {"which": which}


def _why(
    here: Reckoned, after: Reckoned | None, units: Mapping[int, str], names: Mapping[str, str]
) -> str:
    place, score = here.place, here.score
    if place is None or score is None:
        return ""
    told = {"total": format_points(score.total), "percent": format_number(score.percent)}
    parts = [_("Tổng %(total)s điểm, bằng %(percent)s %% điểm chuẩn.") % told]
    if score.bonus or score.penalty:
        outside = {"bonus": format_points(score.bonus), "penalty": format_points(score.penalty)}
        parts.append(_("Trong đó thưởng %(bonus)s, trừ %(penalty)s.") % outside)
    if place.shared_with:
        others = "; ".join(units[key] for key in place.shared_with)
        parts.append(_("Cùng hạng với %(others)s: không có gì để phân định.") % {"others": others})
    if after is None or after.score is None or place.gap_to_next is None:
        return " ".join(parts)
    told = {"next": units[after.card.enrolment_id]}
    if place.gap_to_next:
        told |= {"gap": format_points(place.gap_to_next), "where": _where(here, after, names)}
        parts.append(_("Hơn %(next)s %(gap)s điểm%(where)s.") % told)
    elif place.decided_by:
        told["tie"] = tie_label(place.decided_by, names)
        parts.append(_("Bằng điểm với %(next)s, đứng trên nhờ %(tie)s.") % told)
    return " ".join(parts)


def _where(here: Reckoned, after: Reckoned, names: Mapping[str, str]) -> str:
    """Return the group in which the lead over the next one is greatest, if it is in one."""
    if here.score is None or after.score is None:
        return ""
    mine, its = here.score.groups, after.score.groups
    gaps = {code: mine[code] - its[code] for code in names if code in mine and code in its}
    best = max(gaps, key=lambda code: gaps[code], default=None)
    if best is None or gaps[best] <= 0:
        return ""
    told = {"group": names[best], "points": format_points(gaps[best])}
    return _(", nhiều nhất ở nhóm “%(group)s” (%(points)s)") % told
