"""A paper as it would be printed, before it is frozen: pictures for a preview, and a trial."""

import json
import logging
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from django.utils.translation import gettext as _

from thidua.documents.actions.printing import CannotPrint, fonts_in_use
from thidua.typesetting.fonts import Fonts, unprintable
from thidua.typesetting.official import Official, as_data, from_data
from thidua.typesetting.pdf import Unprintable, render_pdf, render_png

log = logging.getLogger(__name__)
Made = TypeVar("Made")
REMEMBERED = 4  # papers: some 100 kB a page


def pictures(official: Official) -> list[bytes]:
    """Return the pages as PNG. Refuses `CannotPrint` when the paper cannot be set.

    A browser asks for each page by itself: the papers that were set last are remembered.
    """
    return list(_pictures(json.dumps(as_data(official))))


@lru_cache(maxsize=REMEMBERED)
def _pictures(paper: str) -> tuple[bytes, ...]:
    return tuple(_set(from_data(json.loads(paper)), render_png))


def tried(official: Official) -> bytes:
    """Return the PDF that the paper would be, which nobody keeps. Refuses `CannotPrint`."""
    return _set(official, render_pdf)


def unprintable_in(official: Official) -> list[str]:
    """Return the letters that the family in use cannot show."""
    return unprintable(official, fonts_in_use())


def _set(official: Official, render: Callable[[Official, Fonts], Made]) -> Made:
    try:
        return render(official, fonts_in_use())
    except Unprintable as fault:
        log.error("paper %s cannot be set: %s", official.kind, fault)
        raise CannotPrint(
            _("Chưa lập được bản in: mẫu in gặp lỗi. Phần đã viết vẫn còn nguyên.")
        ) from fault
