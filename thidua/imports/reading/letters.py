"""Text typed with the fonts of before Unicode: TCVN3 (.VnTime) and VNI, told and converted.

In such text each Vietnamese letter is kept as another sign ("Héi N«ng d©n", "Hoäi Noâng daân").
Which one it is shows by reading: the right reading gives syllables that Vietnamese has.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng, as both tables have them
_CERTAIN = re.compile("[ăđơưĂĐƠƯĩũĨŨ\u1ea0-\u1ef9]")
_WORDS = re.compile(r"[\s,.;:()/\-\"'\d+]+")
_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|th|tr|ch|kh|ph|gh|gi|qu|[bcdđghklmnpqrstvx])?"
    "(?:oai|oay|oao|oeo|uây|uôi|uya|uyê|uyu|uêu|uao|iêu|yêu|ươi|ươu"
    "|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|oo|ôô|ua|uâ|ue|uê|ui|uô|uơ|uy|ưa|ưi|ươ"
    "|ưu|yê|[aăâeêioôơuưy])"
    "(?:ng|nh|ch|[cmnpt])?"
)


def _table(pairs: str) -> dict[int, str]:
    """Return what each sign stands for, of "sign=letter" pairs."""
    return {ord(pair[0]): pair[2:] for pair in pairs.split()}


_TCVN3 = _table(
    "¡=Ă ¢=Â £=Ê ¤=Ô ¥=Ơ ¦=Ư §=Đ ¨=ă ©=â ª=ê «=ô ¬=ơ \xad=ư ®=đ µ=à ¶=ả ·=ã ¸=á ¹=ạ »=ằ ¼=ẳ ½=ẵ "
    "¾=ắ Æ=ặ Ç=ầ È=ẩ É=ẫ Ê=ấ Ë=ậ Ì=è Î=ẻ Ï=ẽ Ð=é Ñ=ẹ Ò=ề Ó=ể Ô=ễ Õ=ế Ö=ệ ×=ì Ø=ỉ Ü=ĩ Ý=í Þ=ị ß=ò "
    "á=ỏ â=õ ã=ó ä=ọ å=ồ æ=ổ ç=ỗ è=ố é=ộ ê=ờ ë=ở ì=ỡ í=ớ î=ợ ï=ù ñ=ủ ò=ũ ó=ú ô=ụ õ=ừ ö=ử ÷=ữ ø=ứ "
    "ù=ự ú=ỳ û=ỷ ü=ỹ ý=ý þ=ỵ"
)
# A letter and the sign behind it; a tone may sit on a sign that is itself a letter's mark.
_VNI_TONES = dict(zip("øûõùï", _TONES, strict=True))
_VNI_HATS = {"â": "\u0302", "ê": "\u0306"}
_VNI_BOTH = {
    sign: hat + tone
    for hat, signs in (("\u0302", "àåãáä"), ("\u0306", "èúüéë"))
    for sign, tone in zip(signs, _TONES, strict=True)
}
_VNI_SIGNS = _VNI_TONES | _VNI_HATS | _VNI_BOTH
_VNI_ALONE = {
    "ñ": "đ",
    "ô": "ơ",
    "ö": "ư",
    "ì": "ì",
    "í": "í",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
}
_VNI = re.compile("([aeouyôö])([øûõùïâêàåãáäèúüéë])|([ñôöìíæóòî])", re.IGNORECASE)


def from_tcvn3(text: str) -> str:
    """Return what was typed with a TCVN3 font in Unicode."""
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """Return what was typed with a VNI font in Unicode."""
    return unicodedata.normalize("NFC", _VNI.sub(_vni_letter, text))


def _vni_letter(found: re.Match[str]) -> str:
    base, sign, alone = found.groups()
    letter = alone or base
    told = _VNI_ALONE.get(letter.lower(), letter.lower())
    told = told.upper() if letter.isupper() else told
    return told + (_VNI_SIGNS[sign.lower()] if sign else "")


READINGS: dict[str, Callable[[str], str]] = {
    "unicode": lambda text: text,
    "tcvn3": from_tcvn3,
    "vni": from_vni,
}


_NOT_TCVN3 = re.compile("[ÀÁÂÃÙÚÍà]")  # no sign of its table


def _likeness_as(name: str, text: str) -> int:
    """Return how Vietnamese a text reads in the reading ``name``."""
    if name == "tcvn3" and _NOT_TCVN3.search(text):
        return -len(text)
    return likeness(READINGS[name](text))


def likeness(text: str) -> int:
    """Return how Vietnamese a text reads: words with marks that can be syllables, less others."""
    total = 0
    for word in _WORDS.split(text):
        if word and not word.isascii():
            total += 1 if _is_syllable(word) else -1
    return total


def _is_syllable(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word.lower())
    tones = sum(apart.count(tone) for tone in _TONES)
    bare = unicodedata.normalize("NFC", "".join(c for c in apart if c not in _TONES))
    return tones <= 1 and _SYLLABLE.fullmatch(bare) is not None


def is_certain(text: str) -> bool:
    """Say whether a text needs no doubt: no marks at all, or letters that only Unicode has."""
    return text.isascii() or _CERTAIN.search(text) is not None


class Letters:
    """Reads each text of a sheet rightly, and counts what it had to convert."""

    def __init__(self, sample: Iterable[str] = ()) -> None:
        self.converted: dict[str, int] = {}
        self._usual = "unicode"
        self._known: dict[str, str] = {}
        self._learn(sample)

    def _learn(self, sample: Iterable[str]) -> None:
        """Note how most of the sheet is written: it decides where a text alone does not."""
        likes = dict.fromkeys(READINGS, 0)
        for text in sample:
            if text.isascii():
                continue
            if is_certain(text):
                likes["unicode"] += 1
            else:
                for name in READINGS:
                    likes[name] += _likeness_as(name, text)
        self._usual = max(READINGS, key=lambda name: (likes[name], name == "unicode"))

    def read(self, text: str) -> str:
        """Return ``text`` in Unicode; most texts are returned at once as they are."""
        if text.isascii() or _CERTAIN.search(text):
            return text
        if text not in self._known:
            self._known[text] = self._best(text)
        how = self._known[text]
        if how == "unicode":
            return text
        self.converted[how] = self.converted.get(how, 0) + 1
        return READINGS[how](text)

    def _best(self, text: str) -> str:
        likes = {name: _likeness_as(name, text) for name in READINGS}
        return max(READINGS, key=lambda name: (likes[name], name == self._usual, name == "unicode"))
