"""Titles and forms that may be registered, by year, each with the rule it stands on.

Source: Luật 06/2022/QH15 and NĐ 152/2025/NĐ-CP by article, as far as they were read. For years
before 2024 the law of 2003 applied; its articles were not read and are shown as unverified.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from thidua.lawbook.texts import DECREE_152, LAW_2003, LAW_2022, Basis, Certainty, LegalText


class Kind(Enum):
    """Danh hiệu thi đua or hình thức khen thưởng."""

    TITLE = "title"
    FORM = "form"


class Subject(Enum):
    """Who may be honoured: the unit itself, a small collective in it, a person."""

    UNIT = "unit"
    COLLECTIVE = "collective"
    PERSON = "person"


@dataclass(frozen=True)
class Honour:
    """One title or form. ``places`` says where the rule stands in each law, newest last."""

    code: str
    name: str
    kind: Kind
    subjects: frozenset[Subject]
    places: tuple[tuple[LegalText, str, Certainty], ...]

    def basis_on(self, day: date) -> Basis | None:
        """Return the rule in force on ``day``, or None when the honour did not exist then."""
        for text, place, certainty in reversed(self.places):
            if text.is_in_force(day):
                return Basis(text, place, certainty)
        return None


def _since_2003(article: str, sure: Certainty) -> tuple[tuple[LegalText, str, Certainty], ...]:
    return ((LAW_2003, "điều khoản chưa đọc,", Certainty.UNVERIFIED), (LAW_2022, article, sure))


_PERSON = frozenset({Subject.PERSON})
_GROUP = frozenset({Subject.UNIT, Subject.COLLECTIVE})
_UNIT = frozenset({Subject.UNIT})
_ALL = frozenset(Subject)
_Q = Certainty.QUOTED

HONOURS: tuple[Honour, ...] = (
    Honour(
        "cstd_tq", "Chiến sĩ thi đua toàn quốc", Kind.TITLE, _PERSON, _since_2003("Điều 21", _Q)
    ),
    Honour(
        "cstd_tinh",
        "Chiến sĩ thi đua bộ, ban, ngành, tỉnh",
        Kind.TITLE,
        _PERSON,
        _since_2003("Điều 22", _Q),
    ),
    Honour("cstd_cs", "Chiến sĩ thi đua cơ sở", Kind.TITLE, _PERSON, _since_2003("Điều 23", _Q)),
    Honour("ldtt", "Lao động tiên tiến", Kind.TITLE, _PERSON, _since_2003("Điều 24", _Q)),
    Honour(
        "co_cp",
        "Cờ thi đua của Chính phủ",
        Kind.TITLE,
        _UNIT,
        (*_since_2003("Điều 25", _Q), (DECREE_152, "khoản 1 Điều 7", Certainty.READ)),
    ),
    Honour(
        "co_tinh",
        "Cờ thi đua của bộ, ban, ngành, tỉnh",
        Kind.TITLE,
        _UNIT,
        _since_2003("khoản 1 Điều 26", _Q),
    ),
    Honour("ttldxs", "Tập thể lao động xuất sắc", Kind.TITLE, _GROUP, _since_2003("Điều 27", _Q)),
    Honour("ttldtt", "Tập thể lao động tiên tiến", Kind.TITLE, _GROUP, _since_2003("Điều 28", _Q)),
    Honour(
        "bk_ttg", "Bằng khen của Thủ tướng Chính phủ", Kind.FORM, _ALL, _since_2003("Điều 73", _Q)
    ),
    Honour(
        "bk_tinh",
        "Bằng khen của bộ, ban, ngành, tỉnh",
        Kind.FORM,
        _ALL,
        _since_2003("Điều 74", _Q),
    ),
    Honour("giay_khen", "Giấy khen", Kind.FORM, _ALL, _since_2003("Điều 75", _Q)),
)
BY_CODE = {honour.code: honour for honour in HONOURS}


def honours_for(subject: Subject, day: date) -> list[Honour]:
    """Return the honours that ``subject`` may register for under the law of ``day``."""
    return [h for h in HONOURS if subject in h.subjects and h.basis_on(day)]
