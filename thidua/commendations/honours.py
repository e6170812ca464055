"""Which honour of the lawbook a name means, as decisions and lists of boards write it.

What is not surely one of them (huân chương, kỷ niệm chương, cờ của tổ chức …) has no code and
stands by its name alone.
"""

from thidua.core.text import fold
from thidua.lawbook.honours import BY_CODE, HONOURS, Honour, Subject

# How officers write them, folded; the full names of the lawbook are known besides.
WRITTEN = {
    "cstd_tq": ("cstdtq", "cstd toan quoc"),
    "cstd_tinh": (
        *("cstd cap tinh", "cstd tinh", "cstdct", "cstd bo", "cstd cap bo", "cstd bo nganh"),
        *("chien si thi dua cap tinh", "chien si thi dua tinh", "chien si thi dua cap bo"),
        *("chien si thi dua thanh pho", "cstd thanh pho"),
    ),
    "cstd_cs": ("cstdcs", "cstd co so", "chien si thi dua cap co so"),
    "ldtt": ("ldtt", "danh hieu lao dong tien tien"),
    "co_cp": ("co thi dua chinh phu", "co chinh phu", "co thi dua cp", "co cua chinh phu"),
    "co_tinh": (
        *("co thi dua cua uy ban nhan dan tinh", "co thi dua uy ban nhan dan tinh"),
        *("co thi dua cua uy ban nhan dan thanh pho", "co thi dua uy ban nhan dan thanh pho"),
        *("co thi dua cap tinh", "co thi dua tinh", "co thi dua cap bo", "co thi dua cua tinh"),
    ),
    "ttldxs": ("ttldxs", "tap the ldxs", "don vi quyet thang"),
    "ttldtt": ("ttldtt", "tap the ldtt", "don vi tien tien"),
    "bk_ttg": (
        *("bang khen thu tuong", "bang khen cua thu tuong", "bang khen thu tuong chinh phu"),
        *("bang khen cua ttg", "bang khen ttg", "bk ttg", "bktt", "bang khen chinh phu"),
    ),
    "bk_tinh": (
        *("bang khen cua chu tich uy ban nhan dan tinh", "bang khen chu tich uy ban nhan dan tinh"),
        *("bang khen cua uy ban nhan dan tinh", "bang khen uy ban nhan dan tinh"),
        *("bang khen cua chu tich uy ban nhan dan thanh pho", "bang khen cap tinh"),
        *("bang khen chu tich uy ban nhan dan thanh pho", "bang khen tinh", "bang khen cap bo"),
        *("bang khen cua uy ban nhan dan thanh pho", "bang khen uy ban nhan dan thanh pho"),
    ),
    "giay_khen": ("gk", "giay khen cap co so"),
}
_BY_NAME = {
    fold(name): code
    for honour in HONOURS
    for code in [honour.code]
    for name in (honour.name, *WRITTEN.get(honour.code, ()))
}


def code_of(name: str) -> str:
    """Return the code of the honour that a name surely means, or ""."""
    return _BY_NAME.get(fold(name), "")


def name_of(code: str) -> str:
    """Return the lawbook's name of a code, or ""."""
    return BY_CODE[code].name if code in BY_CODE else ""


def known(code: str) -> Honour | None:
    """Return the honour of a code, or None."""
    return BY_CODE.get(code)


def fits(code: str, subject: Subject) -> bool:
    """Say whether an honour is given to persons or to collectives as ``subject`` asks.

    A unit and a small collective are told apart by the law of today alone, so not here.
    """
    honour = known(code)
    if honour is None:
        return True
    for_persons = Subject.PERSON in honour.subjects
    return for_persons if subject is Subject.PERSON else honour.subjects != {Subject.PERSON}
