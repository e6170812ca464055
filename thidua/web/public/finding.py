"""One search over the folded names: organisations, blocs, movements, people, themes of years.

What it finds is public: organisations, blocs and movements are; people are found only by an
office that they hold or held; years only once they are open.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from thidua.core.text import fold, one_line
from thidua.cycles.models import Cycle
from thidua.movements.queries import movements
from thidua.organizations.models import Bloc, Office, Person
from thidua.organizations.queries import blocs, organizations, with_fate

LONGEST, MOST_WORDS, MOST_SHOWN = 200, 30, 20
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_BEFORE_NUMBER = re.compile(r"\bnam (?=(?:19|20|21)\d\d\b)|\bso (?=\d)")
# What a bloc's title says besides its name, so it stands in no folded column.
_KINDS = {"khoi": Bloc.Kind.BLOC, "cum": Bloc.Kind.CLUSTER}


@dataclass(frozen=True)
class Found:
    """One kind of things that were found: the first of them, and whether there are more."""

    code: str
    title: str
    items: list[Any]
    has_more: bool


def cleaned(text: str) -> str:
    """Return what was asked as one line of at most 200 letters: what the page shows back."""
    return one_line(text[: 5 * LONGEST])[:LONGEST].strip()


def words_of(text: str) -> list[str]:
    """Return the folded words of ``text``, each once, abbreviations written out.

    "năm 2023" is the year alone, "số 3" the number alone.
    """
    folded = _BEFORE_NUMBER.sub("", fold(cleaned(text)))
    return list(dict.fromkeys(folded.split()))[:MOST_WORDS]


def search_for(text: str) -> list[Found]:
    """Return what was found, kind by kind, empty kinds left out; nothing for no words."""
    words = words_of(text)
    if not words:
        return []
    units = with_fate(organizations().prefetch_related("names"))
    kinds: list[tuple[str, str, QuerySet[Any]]] = [
        ("blocs", _("Khối, cụm thi đua"), blocs_matching(words)),
        ("organizations", _("Đơn vị"), _first(units, words)),
        ("cycles", _("Năm thi đua và chủ đề"), _cycles(words)),
        ("movements", _("Phong trào thi đua"), _first(movements(), words)),
        ("people", _("Người và chức vụ"), _people(words)),
    ]
    found = []
    for code, title, rows in kinds:
        items = list(rows[: MOST_SHOWN + 1])
        if items:
            found.append(Found(code, title, items[:MOST_SHOWN], len(items) > MOST_SHOWN))
    return found


def all_in(words: Iterable[str], *columns: str) -> Q:
    """Return the condition that every word stands in one of the folded ``columns``."""
    condition = Q()
    for word in words:
        here = Q()
        for column in columns:
            here |= Q((f"{column}__contains", word))
        condition &= here
    return condition


def _first(rows: QuerySet[Any], words: Sequence[str]) -> QuerySet[Any]:
    """Return the rows that match, those whose name begins with what was asked before others."""
    begins = ExpressionWrapper(Q(folded__startswith=" ".join(words)), BooleanField())
    return (
        rows.filter(all_in(words, "folded")).annotate(begins=begins).order_by("-begins", "sort_key")
    )


def blocs_matching(words: Sequence[str]) -> QuerySet[Bloc]:
    """Return the blocs whose title or managing body matches; "khối", "cụm" ask for the kind."""
    asked = [word for word in words if word not in ("thi", "dua", *_KINDS)]
    condition = all_in([w for w in asked if not w.isdigit()], "folded", "managing_body__folded")
    for number in filter(str.isdigit, asked):
        condition &= _whole_word(number)
    kinds = [word for word in _KINDS if word in words]
    if len(kinds) == 1:
        condition &= Q(kind=_KINDS[kinds[0]]) | Q(folded__contains=kinds[0])
    return blocs().filter(condition)


def _whole_word(word: str) -> Q:
    """Return the condition that ``word`` stands alone in the folded column: 7, and not 17."""
    begins, ends = Q(folded__startswith=f"{word} "), Q(folded__endswith=f" {word}")
    return Q(folded=word) | begins | ends | Q(folded__contains=f" {word} ")


def _cycles(words: Sequence[str]) -> QuerySet[Cycle]:
    """Return public years by their themes; with a year among the words also by their bloc."""
    years = [int(word) for word in words if _YEAR.fullmatch(word)]
    others = [word for word in words if not _YEAR.fullmatch(word)]
    rows = Cycle.objects.exclude(state=Cycle.State.DRAFT).select_related("bloc")
    by_theme = all_in(words, "folded")
    if not years:
        return rows.filter(by_theme)
    names = [word for word in others if word not in ("thi", "dua", *_KINDS)]
    return rows.filter(by_theme | Q(year__in=years) & all_in(names, "folded", "bloc__folded"))


def _people(words: Sequence[str]) -> QuerySet[Person]:
    offices = Office.objects.select_related("organization").order_by("-since", "pk")
    rows = Person.objects.filter(Q(pk__in=Office.objects.values("person")))
    return _first(rows, words).prefetch_related(Prefetch("offices", offices))
