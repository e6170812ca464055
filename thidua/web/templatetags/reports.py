"""What the pages of reports ask from their templates."""

from django import template

from thidua.web.reporting.wording import report_named

register = template.Library()


@register.filter
def as_report(period_name: str) -> str:
    """Return "báo cáo sơ kết 6 tháng" for the period's name."""
    return report_named(period_name)


@register.filter
def unbroken(words: str) -> str:
    """Return "đạt 390 %" so that no line ends between a number and its sign."""
    return words.replace(" %", "\u00a0%")
