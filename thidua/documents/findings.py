"""What the check page and `manage.py doctor` say of the letters that papers are printed in."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.documents.actions.printing import fonts_in_use
from thidua.house.checks import Finding, check, fine, worth_a_look

PACKAGE = "apt install fonts-liberation2"


def register() -> None:
    """Have the letters looked at."""
    check("documents.fonts", gettext_lazy("Phông chữ của văn bản"), look, rank=75)


def look() -> Finding:
    """Return which family papers are set in, and what to install where it is not Times' own."""
    fonts = fonts_in_use()
    told = {"family": fonts.family, "folder": settings.PAPER_FONTS}
    if "not_a_folder" in fonts.advice:
        said = _(
            "PAPER_FONTS (%(folder)s) không phải thư mục đọc được; văn bản in bằng %(family)s."
        )
        return worth_a_look(said % told, command=f"PAPER_FONTS=… (.env); {PACKAGE}")
    if "folder_has_none" in fonts.advice:
        said = _(
            "PAPER_FONTS (%(folder)s) không có phông cùng cỡ Times New Roman đủ chữ Việt; "
            "văn bản in bằng %(family)s."
        )
        return worth_a_look(said % told, command=f"PAPER_FONTS=… (.env); {PACKAGE}")
    if not fonts.is_expected:
        said = _(
            "Máy chưa có phông cùng cỡ Times New Roman, nên văn bản in bằng %(family)s: đủ chữ "
            "Việt, nhưng không đúng phông của Nghị định 30/2020/NĐ-CP. Cài xong thì khởi động lại."
        )
        return worth_a_look(said % told, command=PACKAGE)
    return fine(_("Văn bản in bằng %(family)s, cùng cỡ Times New Roman, đủ chữ Việt.") % told)
