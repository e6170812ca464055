"""Hints on a report's words: where a typed number contradicts the data (N20). They never refuse.

Real reports call achieved what exceeded and the other way round (domain.md 10: Vĩnh Long 2023,
936/240 "vượt 390 %"). Pure text: no database, and nothing is changed.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from thidua.core.numbers import format_number
from thidua.core.text import nfc
from thidua.reporting import wording
from thidua.reporting.results import TargetResult, percent_text
from thidua.reporting.wording import number_in

TOLERANCE = Decimal("0.1")  # percentage points: reports cut 161,98 to 161,9
LONGEST = 200_000  # letters looked at; a report's text is far shorter
JUST_BEFORE = 20  # letters before a number that tell what it is


@dataclass(frozen=True)
class Hint:
    """A sentence for the writer, the text it is about, and where that begins in the NFC text."""

    sentence: str
    found: str
    position: int


@dataclass(frozen=True)
class _Claim:
    """That the text says "đạt p %" or "vượt p %"; ``roughly`` "at least", "about" or nothing."""

    exceeds: bool
    percent: Decimal
    roughly: str
    found: str
    start: int
    end: int

    def agrees(self, actual: Decimal) -> bool:
        """Say whether ``actual`` may be what the writer meant."""
        if self.roughly == "at least":
            return actual >= self.percent - TOLERANCE
        return bool(self.roughly) or abs(actual - self.percent) <= TOLERANCE


@dataclass(frozen=True)
class _Known:
    """A percentage that the text or the data give, what it is of, and where that stands."""

    about: str
    percent: Decimal
    start: int
    end: int


def hints_in(text: str, results: Mapping[str, TargetResult] | None = None) -> list[Hint]:
    """Return the hints on ``text`` in their order.

    ``results`` are the unit's results by the targets' names. Positions count the letters of the
    text in NFC with LF line ends, as reports keep it.
    """
    text = nfc(text)[:LONGEST]
    fractions, named = list(_fractions(text)), _named(text, results or {})
    found = [*_wrong_sums(text), *_parts_over_the_whole(text)]
    for claim in _claims(text):
        known = _spoken_of(text, claim, fractions) or _last_before(text, claim, named)
        hint = _against(claim, known) if known else None
        found += [hint] if hint else []
    return sorted(set(found), key=lambda hint: (hint.position, hint.sentence))


def _claims(text: str) -> Iterator[_Claim]:
    for match in wording.CLAIM.finditer(text):
        before = text[max(0, match.start() - JUST_BEFORE) : match.start()]
        if wording.BEFORE_NO_CLAIM.search(before):
            continue
        roughly = "at least" if match["at_least"] else "about" if match["about"] else ""
        yield _Claim(
            exceeds=bool(match["exceeds"]),
            percent=number_in(match["percent"]),
            roughly=roughly,
            found=match[0],
            start=match.start(),
            end=match.end(),
        )


def _fractions(text: str) -> Iterator[_Known]:
    """Yield what stands as "a/b" and is neither a day nor the number of a paper."""
    for match in wording.FRACTION.finditer(text):
        before = text[max(0, match.start() - JUST_BEFORE) : match.start()]
        target = number_in(match["target"])
        if target and not wording.BEFORE_NO_FRACTION.search(before):
            percent = 100 * number_in(match["actual"]) / target
            yield _Known(match[0], percent, match.start(), match.end())


def _named(text: str, results: Mapping[str, TargetResult]) -> list[_Known]:
    """Return where targets with a percentage are named; of two names at one place the longer."""
    lowered = wording.lowered(text)
    places: dict[int, _Known] = {}
    for name, result in results.items():
        wanted = wording.lowered(nfc(name)).strip()
        at = lowered.find(wanted) if wanted and result.percent is not None else -1
        while at >= 0 and result.percent is not None:
            about = _("Theo số đo, “%(target)s”") % {"target": name}
            known = _Known(about, result.percent, at, at + len(wanted))
            if at not in places or places[at].end < known.end:
                places[at] = known
            at = lowered.find(wanted, at + len(wanted))
    return sorted(places.values(), key=lambda known: known.end)


def _spoken_of(text: str, claim: _Claim, fractions: list[_Known]) -> _Known | None:
    """Return the fraction before the claim in its sentence, else one in brackets right after."""
    found = _last_before(text, claim, fractions)
    if found is None:
        place = bisect_right(fractions, claim.end, key=lambda known: known.start)
        after = fractions[place] if place < len(fractions) else None
        if after and text[claim.end : after.start].strip() == "(":
            return after
    return found


def _last_before(text: str, claim: _Claim, known: list[_Known]) -> _Known | None:
    place = bisect_right(known, claim.start, key=lambda one: one.end)
    if not place or wording.SENTENCE_END.search(text, known[place - 1].end, claim.start):
        return None
    return known[place - 1]


def _against(claim: _Claim, known: _Known) -> Hint | None:
    """Return a hint when the claim is not what is known; None when it is."""
    percent, surplus = known.percent, known.percent - 100
    if claim.agrees(surplus if claim.exceeds else percent):
        return None
    facts = {
        "about": known.about,
        "percent": percent_text(percent),
        "surplus": percent_text(surplus),
        "found": claim.found,
    }
    if percent < 100:
        sentence = _("%(about)s: đạt %(percent)s, chưa đủ 100 %%, còn bài viết ghi “%(found)s”.")
    elif claim.exceeds and claim.agrees(percent):
        sentence = _(
            "%(about)s: đạt %(percent)s, tức vượt %(surplus)s; “%(found)s” lấy số đạt làm số vượt."
        )
    elif not claim.exceeds and claim.agrees(surplus):
        sentence = _(
            "%(about)s: đạt %(percent)s, tức vượt %(surplus)s; “%(found)s” lấy số vượt làm số đạt."
        )
    else:
        sentence = _("%(about)s: đạt %(percent)s, vượt %(surplus)s, còn bài viết ghi “%(found)s”.")
    return Hint(sentence % facts, claim.found, claim.start)


def _parts_of(text: str) -> list[tuple[Decimal, bool]]:
    """Return the number of each part of a list, and whether it is a percentage.

    Nothing when a part has no number or several, since then nothing can be said.
    """
    parts = []
    for part in wording.BETWEEN_PARTS.split(text.strip(" ,;")):
        bare = wording.NOT_COUNTED.sub("", part)
        numbers = list(wording.ANY_NUMBER.finditer(bare))
        if len(numbers) != 1 or "/" in bare:
            return []
        is_rate = bare[numbers[0].end() :].lstrip().startswith("%")
        parts.append((number_in(numbers[0][0]), is_rate))
    return parts


def _wrong_sums(text: str) -> Iterator[Hint]:
    """Yield hints on "tổng cộng N (gồm a, b)" whose parts come to another number."""
    for match in wording.TOTAL.finditer(text):
        parts = _parts_of(match["parts"])
        if len(parts) < 2 or any(is_rate for _part, is_rate in parts):
            continue
        total = number_in(match["total"])
        together = sum((part for part, _is_rate in parts), Decimal(0))
        if total != together:
            sentence = _("Các phần cộng lại là %(sum)s, không phải %(total)s.")
            told = {"sum": format_number(together), "total": format_number(total)}
            yield Hint(sentence % told, match[0].strip(), match.start())


def _parts_over_the_whole(text: str) -> Iterator[Hint]:
    """Yield hints on parts of a whole that are, alone or together, more than all of it."""
    for match in wording.PARTS.finditer(text):
        parts = _parts_of(match["parts"])
        together = sum((part for part, _is_rate in parts), Decimal(0))
        if all(is_rate for _part, is_rate in parts) and together > 100 + TOLERANCE * len(parts):
            sentence = _("Các phần cộng lại là %(sum)s, quá 100 %%.")
            told = {"sum": percent_text(together)}
            yield Hint(sentence % told, match[0].strip(), match.start())
    for match in wording.SHARE.finditer(text):
        if number_in(match["percent"]) > 100:
            sentence = _("“%(found)s”: một phần không thể quá 100 %% của cả số.")
            yield Hint(sentence % {"found": match[0]}, match[0], match.start())
