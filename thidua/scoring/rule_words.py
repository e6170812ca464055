"""How a criterion is marked, and what a mark says, in the words of an officer."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from thidua.core.numbers import format_number, format_points
from thidua.marks.rules import Band, Rounding, Rule
from thidua.scoring.models import Criterion, Mark

Kind = Criterion.Kind


def how_marked(criterion: Criterion) -> str:
    """Return the rule of a criterion in a sentence or two."""
    return _RULES[Kind(criterion.kind)](criterion.rule)


def _manual(rule: Rule) -> str:
    told = {"max": format_points(rule.max), "step": format_points(rule.step)}
    if rule.step == 1:
        return _("Cho từ 0 đến %(max)s điểm.") % told
    return _("Cho từ 0 đến %(max)s điểm, theo bước %(step)s.") % told


def _pass_fail(rule: Rule) -> str:
    told = {"max": format_points(rule.max), "failed": format_points(rule.failed)}
    return _("Đạt được %(max)s điểm, không đạt được %(failed)s điểm.") % told


def _graded(rule: Rule) -> str:
    return _("Chọn một mức; mỗi mức có số điểm định sẵn.")


def _banded(rule: Rule) -> str:
    return "; ".join(_band(band) for band in rule.bands) + "."


def _band(band: Band) -> str:
    told = {
        "low": format_number(band.at_least),
        "high": format_number(band.below),
        "points": format_points(band.points),
    }
    if band.at_least is None:
        return _("dưới %(high)s: %(points)s điểm") % told
    if band.below is None:
        return _("từ %(low)s trở lên: %(points)s điểm") % told
    return _("từ %(low)s đến dưới %(high)s: %(points)s điểm") % told


def _proportional(rule: Rule) -> str:
    told = {"percent": format_number(rule.percent), "max": format_points(_most(rule))}
    ends = {
        Rounding.DOWN: _("Điểm lẻ thì bỏ."),
        Rounding.HALF_UP: _("Điểm lẻ làm tròn thành điểm nguyên."),
        Rounding.EXACT: "",
    }
    sentence = _("Cứ đạt %(percent)s %% chỉ tiêu được 1 điểm, nhiều nhất %(max)s điểm.") % told
    return f"{sentence} {ends[rule.rounding]}".strip()


def _leader_relative(rule: Rule) -> str:
    told = {"max": format_points(rule.max)}
    return (
        _(
            "Đạt chỉ tiêu được nửa của %(max)s điểm; phần vượt so với đơn vị vượt nhiều nhất. "
            "Điểm tính được khi có số liệu của mọi đơn vị."
        )
        % told
    )


def _count(rule: Rule) -> str:
    told = {"each": format_points(rule.each), "max": format_points(_most(rule))}
    return _("Mỗi lần được %(each)s điểm, nhiều nhất %(max)s điểm.") % told


def _deduct(rule: Rule) -> str:
    told = {name: format_points(getattr(rule, name)) for name in ("max", "each", "floor")}
    if rule.floor:
        sentence = _("Có %(max)s điểm, mỗi lần trừ %(each)s, không dưới %(floor)s điểm.")
    else:
        sentence = _("Có %(max)s điểm, mỗi lần trừ %(each)s, trừ đến hết thì thôi.")
    return sentence % told


def _penalty(rule: Rule) -> str:
    told = {"each": format_points(rule.each), "cap": format_points(rule.cap)}
    if rule.cap is None:
        return _("Điểm trừ, ngoài điểm chuẩn: mỗi lần trừ %(each)s điểm.") % told
    return _("Điểm trừ, ngoài điểm chuẩn: mỗi lần trừ %(each)s, nhiều nhất %(cap)s điểm.") % told


def _knockout(_rule: Rule) -> str:
    return _("Điểm liệt: có thì không được xếp hạng, không được xét đề nghị khen.")


def _most(rule: Rule) -> int:
    return rule.max if rule.cap is None else min(rule.cap, rule.max)


_RULES: dict[Kind, Callable[[Rule], str]] = {
    Kind.MANUAL: _manual,
    Kind.PASS_FAIL: _pass_fail,
    Kind.GRADED: _graded,
    Kind.BANDED: _banded,
    Kind.PROPORTIONAL: _proportional,
    Kind.LEADER_RELATIVE: _leader_relative,
    Kind.COUNT: _count,
    Kind.DEDUCT: _deduct,
    Kind.PENALTY: _penalty,
    Kind.KNOCKOUT: _knockout,
}


def points_of(criterion: Criterion, points: int | None) -> str:
    """Return points as they count: "+2" of a bonus, "−4" of a penalty, else "12,5"; "" for None."""
    if points is None:
        return ""
    text = format_points(abs(points) if criterion.kind == Kind.PENALTY else points)
    if criterion.kind == Kind.PENALTY and points:
        return f"−{text}"
    return f"+{text}" if criterion.is_bonus and points > 0 else text.replace("-", "−")


def said_in(criterion: Criterion, mark: Mark) -> str:
    """Return what was given where the points do not say it: "3 lần", "đạt", "Tốt"; else ""."""
    if mark.is_na or mark.value is None or criterion.kind == Kind.MANUAL:
        return ""
    value, rule = mark.value, criterion.rule
    if criterion.kind == Kind.GRADED:
        return rule.steps[int(value)].label
    if criterion.kind in (Kind.PASS_FAIL, Kind.KNOCKOUT):
        return _yes_or_no(criterion, bool(value))
    if criterion.kind in (Kind.COUNT, Kind.DEDUCT, Kind.PENALTY):
        return _("%(count)s lần") % {"count": format_number(value)}
    return _measured(criterion, value, mark.target)


def _yes_or_no(criterion: Criterion, is_yes: bool) -> str:
    if criterion.kind == Kind.KNOCKOUT:
        return _("có, điểm liệt") if is_yes else _("không có")
    return _("đạt") if is_yes else _("không đạt")


def _measured(criterion: Criterion, value: Decimal, target: Decimal | None) -> str:
    told = {"value": format_number(value), "target": format_number(target)}
    if target is not None:
        return _("%(value)s trên chỉ tiêu %(target)s") % told
    if criterion.kind == Kind.PROPORTIONAL:
        return _("đạt %(value)s %%") % told
    return _("số đo %(value)s") % told
