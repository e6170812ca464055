"""What is said after a draft was deleted."""

from django.utils.translation import gettext as _


def gone(title: str) -> str:
    """Return what happened and where the way back is."""
    told = _("Đã bỏ “%(title)s”. Lấy lại được trong 30 ngày: Việc của tôi, Bản nháp đã xóa.")
    return told % {"title": title}
