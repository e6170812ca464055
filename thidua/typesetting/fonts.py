"""Which letters a paper is set in: one family, complete in Vietnamese, or the one Typst carries.

What a family can show is asked of Typst itself, never told from a name: Debian's older
`fonts-liberation` has the same name as `fonts-liberation2` and lacks 93 Vietnamese letters.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import typst

from thidua.typesetting.letters import clean, mapped
from thidua.typesetting.official import Official

# All have the metrics of Times New Roman, which the decree names.
TIMES = ("Times New Roman", "Liberation Serif", "Tinos", "TeX Gyre Termes", "Nimbus Roman")
FOLDERS = ("/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/truetype/croscore")
CARRIED = "Libertinus Serif"
SUBSTITUTE = "□"
_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_NAMED = re.compile('the text `"(.)"`')
_STYLES = '#text("{0}")#text(weight: 700, "{0}")#emph(text("{0}"))#emph(text(weight: 700, "{0}"))'


@dataclass(frozen=True)
class Fonts:
    """The one family that papers are set in.

    ``files`` are its font files (none for the family that Typst carries). ``is_expected`` is
    false when it is not a Times-metric family. ``advice`` are codes of what the operator should
    know: "not_a_folder", "folder_has_none" (of the configured folder), "none_installed".
    """

    family: str
    files: tuple[str, ...]
    is_expected: bool
    advice: tuple[str, ...] = ()

    @property
    def handle(self) -> typst.Fonts:
        """What Typst takes; made once per process."""
        return _handle(tuple(sorted({str(Path(file).parent) for file in self.files})))


def vietnamese() -> str:
    """Return every letter of Vietnamese, small and capital, and the signs that papers use."""
    small = {unicodedata.normalize("NFC", v + tone) for v in _VOWELS for tone in _TONES}
    letters = "".join(sorted(small)) + "bcdđfghjklmnpqrstvwxz"
    return letters + letters.upper() + "0123456789.,;:!?()[]/%-–—“”‘’\"'…§&+=<>°±×²³" + SUBSTITUTE


def find_fonts(folder: str | None = None) -> Fonts:
    """Return the family to set papers in.

    Looked for in ``folder`` (PAPER_FONTS; may be empty), then where Debian's fonts-liberation2
    and fonts-croscore lie; else it is the family that Typst carries.
    """
    return _found(folder or "", FOLDERS)


@functools.cache
def _found(folder: str, folders: tuple[str, ...]) -> Fonts:
    advice = []
    if folder and not Path(folder).is_dir():
        advice.append("not_a_folder")
    elif folder:
        if fonts := _times_in(folder):
            return fonts
        advice.append("folder_has_none")
    for place in folders:
        if fonts := _times_in(place):
            return Fonts(fonts.family, fonts.files, True, tuple(advice))
    return Fonts(CARRIED, (), False, (*advice, "none_installed"))


def _times_in(folder: str) -> Fonts | None:
    """Return the first Times-metric family in ``folder`` that shows all of Vietnamese."""
    if not Path(folder).is_dir():
        return None
    there = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    ).fonts()
    for family in TIMES:
        files = tuple(sorted({str(one.path) for one in there if one.family == family}))
        fonts = Fonts(family, files, is_expected=True)
        if files and shows(fonts, vietnamese()):
            return fonts
    return None


@functools.cache
def _handle(folders: tuple[str, ...]) -> typst.Fonts:
    """Typst takes folders only; a file given as a folder would silently be none."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=not folders,
        font_paths=[Path(folder) for folder in folders],
    )


def shows(fonts: Fonts, letters: str) -> bool:
    """Say whether the family shows all ``letters``, upright, bold and italic."""
    return not _complaint(fonts, frozenset(letters))


def _complaint(fonts: Fonts, letters: frozenset[str]) -> str:
    """Return what Typst says against ``letters``: "" when the family shows them all.

    PDF/A forbids a letter without a shape, so Typst refuses what the family lacks. A family that
    is not there it would pass over with no more than a warning, and print nothing.
    """
    words = "\n".join(_STYLES.format(f"\\u{{{ord(letter):x}}}") for letter in sorted(letters))
    head = f'#set text(font: "{fonts.family}", fallback: false)\n#set document(title: "?")\n'
    try:
        _, warnings = typst.compile_with_warnings(
            (head + words).encode(),
            font_paths=fonts.handle,
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["a-2b"],
            timestamp=0,
        )
    except typst.TypstError as problem:
        return problem.diagnostic or problem.message
    return "\n".join(warning.message for warning in warnings)


@functools.cache
def _known() -> frozenset[str]:
    """What any family that `find_fonts` returns shows."""
    return frozenset(vietnamese()) | {chr(code) for code in range(32, 127)} | {"\n"}


def lacking(letters: Iterable[str], fonts: Fonts) -> frozenset[str]:
    """Return those of ``letters`` that the family cannot show."""
    asked = frozenset(letters) - _known()
    return _lacking(fonts, asked) if asked else asked


@functools.lru_cache(maxsize=500)
def _lacking(fonts: Fonts, letters: frozenset[str]) -> frozenset[str]:
    """Typst names nearly all at once; those that it writes as codes are asked one by one."""
    found: set[str] = set()
    while complaint := _complaint(fonts, letters - found):
        named = set(_NAMED.findall(complaint)) & letters - found
        named = named or {one for one in letters - found if _complaint(fonts, frozenset(one))}
        if not named:
            break
        found |= named
    return frozenset(found)


def unprintable(official: Official, fonts: Fonts) -> list[str]:
    """Return the letters of ``official`` that will be printed as □, in the order of Unicode.

    Each may be told to the officer; the text that is kept, and Word, still have them.
    """
    return sorted(lacking(_letters_of(official), fonts))


def _letters_of(official: Official) -> set[str]:
    found: set[str] = set()

    def look(text: str) -> str:
        found.update(clean(text))
        return text

    mapped(official, look)
    return found
