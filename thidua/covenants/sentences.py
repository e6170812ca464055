"""What people are told of a round: of a covenant in one sentence, of an addendum in another."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from thidua.covenants.models import Covenant


@dataclass(frozen=True)
class Telling:
    """One piece of news in its two wordings; both have places for ``year``, the second for
    ``number`` as well."""

    whole: str
    addendum: str

    def of(self, covenant: Covenant) -> str:
        """Return the source sentence for this covenant."""
        return self.addendum if covenant.is_addendum else self.whole


def facts_of(covenant: Covenant) -> dict[str, int]:
    """Return what every sentence about a covenant may name."""
    return {"year": covenant.cycle.year, "number": covenant.number}


FROZEN = Telling(
    gettext_noop("Giao ước thi đua năm %(year)d đã chốt, mời đơn vị ký trước hết ngày %(day)s."),
    gettext_noop(
        "Phụ lục số %(number)d của giao ước thi đua năm %(year)d đã chốt, mời đơn vị ký trước hết "
        "ngày %(day)s."
    ),
)
IN_ORDER = Telling(
    gettext_noop(
        "Giao ước thi đua năm %(year)d đã chốt và được ký theo thứ tự, hạn hết ngày %(day)s. "
        "Đến lượt, đơn vị sẽ được báo."
    ),
    gettext_noop(
        "Phụ lục số %(number)d của giao ước thi đua năm %(year)d đã chốt và được ký theo thứ tự, "
        "hạn hết ngày %(day)s. Đến lượt, đơn vị sẽ được báo."
    ),
)
YOUR_TURN = Telling(
    gettext_noop(
        "Đến lượt đơn vị ký giao ước thi đua năm %(year)d. Các đơn vị sau đang chờ; hạn hết ngày "
        "%(day)s."
    ),
    gettext_noop(
        "Đến lượt đơn vị ký phụ lục số %(number)d của giao ước thi đua năm %(year)d. Các đơn vị "
        "sau đang chờ; hạn hết ngày %(day)s."
    ),
)
TURN_PASSED = Telling(
    gettext_noop(
        "Lượt ký giao ước thi đua năm %(year)d của đơn vị được chuyển cho đơn vị sau: %(reason)s. "
        "Đơn vị vẫn ký được bất cứ lúc nào trong vòng ký."
    ),
    gettext_noop(
        "Lượt ký phụ lục số %(number)d của giao ước thi đua năm %(year)d của đơn vị được chuyển "
        "cho đơn vị sau: %(reason)s. Đơn vị vẫn ký được bất cứ lúc nào trong vòng ký."
    ),
)
UNFROZEN = Telling(
    gettext_noop("Giao ước thi đua năm %(year)d được mở lại để sửa: %(reason)s"),
    gettext_noop(
        "Phụ lục số %(number)d của giao ước thi đua năm %(year)d được mở lại để sửa: %(reason)s"
    ),
)
IN_FORCE = Telling(
    gettext_noop("Giao ước thi đua năm %(year)d đã có hiệu lực."),
    gettext_noop("Phụ lục số %(number)d của giao ước thi đua năm %(year)d đã có hiệu lực."),
)
DECLINED = Telling(
    gettext_noop("%(unit)s chưa ký giao ước thi đua năm %(year)d và đã ghi lý do."),
    gettext_noop(
        "%(unit)s chưa ký phụ lục số %(number)d của giao ước thi đua năm %(year)d và đã ghi lý do."
    ),
)
ANSWERED = Telling(
    gettext_noop("Lý do đơn vị chưa ký giao ước thi đua năm %(year)d đã được trả lời."),
    gettext_noop(
        "Lý do đơn vị chưa ký phụ lục số %(number)d của giao ước thi đua năm %(year)d đã được trả "
        "lời."
    ),
)
REMINDED = Telling(
    gettext_noop("Nhắc: đơn vị chưa ký giao ước thi đua năm %(year)d, hạn hết ngày %(day)s."),
    gettext_noop(
        "Nhắc: đơn vị chưa ký phụ lục số %(number)d của giao ước thi đua năm %(year)d, hạn hết "
        "ngày %(day)s."
    ),
)
EXPIRED = Telling(
    gettext_noop(
        "Vòng ký giao ước thi đua năm %(year)d đã hết hạn ngày %(day)s, còn %(count)d đơn vị chưa "
        "ký. Đơn vị trưởng gia hạn hoặc tuyên bố hiệu lực."
    ),
    gettext_noop(
        "Vòng ký phụ lục số %(number)d của giao ước thi đua năm %(year)d đã hết hạn ngày %(day)s, "
        "còn %(count)d đơn vị chưa ký. Đơn vị trưởng gia hạn hoặc tuyên bố hiệu lực."
    ),
)
EXTENDED = Telling(
    gettext_noop(
        "Hạn ký giao ước thi đua năm %(year)d được gia hạn đến hết ngày %(day)s: %(reason)s"
    ),
    gettext_noop(
        "Hạn ký phụ lục số %(number)d của giao ước thi đua năm %(year)d được gia hạn đến hết ngày "
        "%(day)s: %(reason)s"
    ),
)
SUBSTITUTED = Telling(
    gettext_noop("%(person)s được giao ký thay giao ước thi đua năm %(year)d của đơn vị."),
    gettext_noop(
        "%(person)s được giao ký thay phụ lục số %(number)d của giao ước thi đua năm %(year)d của "
        "đơn vị."
    ),
)
COMMENTED = Telling(
    gettext_noop("%(unit)s gửi ý kiến về bản giao ước thi đua năm %(year)d đang ký."),
    gettext_noop(
        "%(unit)s gửi ý kiến về phụ lục số %(number)d của giao ước thi đua năm %(year)d đang ký."
    ),
)
