"""What Word counts by itself before a paragraph: "Điều 1.", "II.", "a)"."""

from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
DEEPEST = 9


def roman(number: int) -> str:
    """Return ``number`` in Roman capitals."""
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written


def _letter(number: int) -> str:
    """Return a, b, … z, aa, bb as Word does."""
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1)


def _written(number: int, form: str) -> str:
    forms = {
        "upperRoman": roman,
        "lowerRoman": lambda n: roman(n).lower(),
        "upperLetter": lambda n: _letter(n).upper(),
        "lowerLetter": _letter,
        "none": lambda _n: "",
    }
    return forms.get(form, str)(number) if 0 < number < 1000 else str(number)


class Counting:
    """The counters of one document. ``numbering`` is the root of its numbering.xml, or None."""

    def __init__(self, numbering: ET.Element | None) -> None:
        self.levels: dict[str, list[tuple[str, str, int]]] = {}
        self.counts: dict[str, list[int]] = {}
        self.abstract: dict[str, str] = {}
        if numbering is None:
            return
        for abstract in numbering.iter(f"{W}abstractNum"):
            levels = [_level(level) for level in abstract.iter(f"{W}lvl")][:DEEPEST]
            self.levels[abstract.get(f"{W}abstractNumId", "")] = levels
        for number in numbering.iter(f"{W}num"):
            self.abstract[number.get(f"{W}numId", "")] = _value(number, "abstractNumId")

    def next(self, numbers: ET.Element | None) -> str:
        """Return what stands before the next paragraph with ``numbers`` (its numPr), or ""."""
        if numbers is None:
            return ""
        key = self.abstract.get(_value(numbers, "numId"), "")
        levels = self.levels.get(key, [])
        depth = int(_value(numbers, "ilvl") or 0)
        if not 0 <= depth < len(levels):
            return ""
        counts = self.counts.setdefault(key, [start - 1 for _f, _t, start in levels])
        counts[depth] += 1
        for deeper in range(depth + 1, len(levels)):
            counts[deeper] = levels[deeper][2] - 1
        form, text, _start = levels[depth]
        if form == "bullet":
            return "-"
        for place in range(len(levels)):
            if f"%{place + 1}" in text:
                count = max(counts[place], levels[place][2])
                text = text.replace(f"%{place + 1}", _written(count, levels[place][0]))
        return text.strip()


def _level(level: ET.Element) -> tuple[str, str, int]:
    start = _value(level, "start")
    return _value(level, "numFmt"), _value(level, "lvlText"), int(start) if start.isdigit() else 1


def _value(thing: ET.Element, name: str) -> str:
    found = thing.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""
