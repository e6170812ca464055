"""What one cell means: a line of text, a day, a year, yes or no, one of a few."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from thidua.core.errors import Invalid
from thidua.core.numbers import format_number, parse_points
from thidua.core.text import day_text, fold, nfc, one_line
from thidua.imports.reading.letters import Letters
from thidua.imports.reading.table import Value

FIRST_YEAR, LAST_YEAR = 1900, 2200
# Days counted from 30-12-1899 as Excel does: 1927 to 2099. Below, a number is rather a year.
SERIALS, ORIGIN = range(10_000, 73_051), date(1899, 12, 30)
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_LONG_DAY = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_YEAR = re.compile(r"(?:nam )?(\d{4})")
_YES, _NO = {"co", "x", "1", "dung", "yes", "true", "v"}, {"", "khong", "0", "sai", "no", "false"}
_UNCLEAR = re.compile(r"\d{1,3}[.,]\d{3}")
_OF_RANK = {"hang", "thu", "xep", "giai"}
_RANKS = {"nhat": "1", "nhi": "2", "ba": "3", "tu": "4", "nam": "5", "sau": "6"}
Read = Callable[[Value], object]


class BadCell(Exception):
    """A cell that cannot mean what its column asks for: which sentence, and its facts."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        # What cannot be printed cannot be kept either: PostgreSQL refuses a zero character.
        self.facts = {n: nfc(v) if isinstance(v, str) else v for n, v in facts.items()}


def as_text(value: Value) -> str:
    """Return a value of a sheet as a person reads it: 7.0 → "7", a day → "3/9/2026"."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format_number(Decimal(repr(value)))
    if isinstance(value, date):
        return day_text(value)
    return str(value)


class Values:
    """Reads the cells of one sheet; counts what had to be converted."""

    def __init__(self, letters: Letters | None = None) -> None:
        self.letters = letters or Letters()
        self.serials = 0

    def line(self, most: int) -> Read:
        """Return what reads a line of at most so many letters."""
        read = self.letters.read

        def line(value: Value) -> str:
            text = value if type(value) is str else as_text(value)
            text = read(text)
            if not _is_clean(text):
                text = _cleaned(text)
            if len(text) > most:
                raise BadCell("too_long", most=most, now=len(text))
            return text

        return line

    def day(self, value: Value) -> date | None:
        """Return the day: as Excel keeps it, as a number, or typed."""
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, date):
            return _within(value)
        if isinstance(value, bool | time | timedelta):
            raise BadCell("no_day", value=as_text(value))
        if isinstance(value, int | float):
            return self._counted(value)
        text = one_line(self.letters.read(value))
        return _typed_day(text) if text else None

    def _counted(self, value: float) -> date:
        if int(value) in SERIALS:
            self.serials += 1
            return ORIGIN + timedelta(days=int(value))
        if FIRST_YEAR <= value <= LAST_YEAR:
            raise BadCell("only_a_year", value=as_text(value))
        raise BadCell("no_day", value=as_text(value))

    def year(self, value: Value) -> int | None:
        """Return the year: 2026, "2026", "Năm 2026"."""
        text = fold(self.letters.read(as_text(value)))
        if not text:
            return None
        found = _YEAR.fullmatch(text)
        if found is None:
            raise BadCell("no_year", value=as_text(value)[:60])
        return int(found[1])

    def points(self, value: Value) -> int | None:
        """Return points in whole hundredths: 95.5, "95,5".

        "1.000" may be a thousand or one: it is refused, not guessed.
        """
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = f"{Decimal(repr(round(value, 6))):f}".removesuffix(".0")
        text = "".join(self.letters.read(as_text(value)).split())
        if not text:
            return None
        if _UNCLEAR.fullmatch(text):
            raise BadCell("unclear_points", value=text[:40])
        grouped = text.replace(".", "") if "," in text and "." in text else text
        try:
            return parse_points(grouped)
        except Invalid as trouble:
            raise BadCell("no_points", value=as_text(value)[:40]) from trouble

    def rank(self, value: Value) -> int | None:
        """Return the place in a ranking: 1, "1", "Hạng 1", "thứ 2", "Nhất"."""
        words = [w for w in fold(self.letters.read(as_text(value))).split() if w not in _OF_RANK]
        if not words:
            return None
        text = _RANKS.get(words[0], words[0])
        if len(words) > 1 or not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1000):
            raise BadCell("no_rank", value=as_text(value)[:40])
        return int(text)

    def yes(self, value: Value) -> bool:
        """Return yes or no: "có", "x", 1; "không", nothing."""
        text = fold(self.letters.read(as_text(value)))
        if text not in _YES | _NO:
            raise BadCell("no_yes", value=as_text(value)[:60])
        return text in _YES

    def email(self, value: Value) -> str:
        """Return the address in small letters."""
        text = _cleaned(as_text(value)).lower()
        if text:
            try:
                validate_email(text)
            except ValidationError as trouble:
                raise BadCell("no_email", value=text[:100]) from trouble
        return text

    def choice(self, words: dict[str, str], offered: str) -> Read:
        """Return what reads one of a few; ``words`` are folded, ``offered`` names them."""
        known: dict[Value, str] = {"": ""}

        def choice(value: Value) -> str:
            found = known.get(value)
            if found is None:
                text = fold(self.letters.read(as_text(value)))
                if text and text not in words:
                    raise BadCell("no_choice", value=as_text(value)[:60], offered=offered)
                found = known[value] = words[text] if text else ""
            return found

        return choice


def _is_clean(text: str) -> bool:
    """Say quickly whether a text is one composed line without blanks at its ends."""
    return (
        text.isprintable()
        and "  " not in text
        and text == text.strip()
        and unicodedata.is_normalized("NFC", text)
    )


def _cleaned(text: str) -> str:
    """Return one composed line, without signs that cannot be seen (web pages leave them)."""
    return one_line("".join(c for c in text if unicodedata.category(c) != "Cf"))


def _typed_day(text: str) -> date:
    if found := _ISO_DAY.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY.fullmatch(text) or _LONG_DAY.fullmatch(fold(text)):
        day, month, year = found.groups()
    elif _YEAR.fullmatch(fold(text)):
        raise BadCell("only_a_year", value=text)
    else:
        raise BadCell("no_day", value=text[:60])
    try:
        return _within(date(int(year), int(month), int(day)))
    except ValueError as trouble:
        raise BadCell("no_day", value=text[:60]) from trouble


def _within(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadCell("no_day", value=day_text(day))
    return day
