"""The kinds of papers of a year, and the paper that a draft comes to.

`KINDS` has them by key in the order of a year; `official_of` puts one together: what `gather`
finds in the year's data, the officer's own texts, head and foot.
"""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.core.errors import Invalid
from thidua.paperwork.models import Draft
from thidua.paperwork.papers import marks, plan, registration, reminder, reports, results, tables
from thidua.paperwork.papers.base import Kind, Part, Subject, Year
from thidua.paperwork.papers.heads import BASES, RECIPIENTS, bases_for, frame_of, recipients_for
from thidua.typesetting.official import Mark, Official
from thidua.typesetting.papers.frame import DRAFT, ILLUSTRATION
from thidua.typesetting.papers.wording import record_name

__all__ = [
    "KINDS",
    "Kind",
    "Part",
    "Subject",
    "Year",
    "kind_of",
    "name_of",
    "official_of",
    "texts_of",
]
KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        registration.KIND,
        plan.PLAN,
        plan.REGULATION,
        tables.KIND,
        reports.HALF_YEAR,
        reports.YEAR,
        marks.SELF,
        marks.CROSS,
        results.SUMMARY,
        results.NOTICE,
        reminder.KIND,
    )
}


def kind_of(key: str) -> Kind:
    """Return the kind of that key; refuses one that there is not."""
    try:
        return KINDS[key]
    except KeyError:
        raise Invalid(_("Không có loại văn bản này.")) from None


def texts_of(draft: Draft) -> dict[str, str]:
    """Return the free texts: the officer's own, an empty one too, else the proposed ones."""
    kind = kind_of(draft.kind)
    if all(part.name in draft.parts for part in kind.parts):
        return {part.name: draft.parts[part.name] for part in kind.parts}
    with override("vi"):
        proposed = {RECIPIENTS.name: recipients_for(draft)}
        if kind.part(BASES.name):
            proposed[BASES.name] = bases_for(draft)
        proposed |= kind.defaults(draft)
    return {
        part.name: draft.parts.get(part.name, proposed.get(part.name, "")) for part in kind.parts
    }


def official_of(
    draft: Draft, *, symbol: str = "", mark: Mark | None = None, is_final: bool = False
) -> Official:
    """Return the paper that the draft comes to now, Vietnamese whatever the reader's language.

    ``symbol`` is the whole one, else there is a blank for the number. MINH HỌA stands on whatever
    rests on something invented, DỰ THẢO on every other paper that is not ``is_final``.
    """
    kind = kind_of(draft.kind)
    texts = texts_of(draft)
    with override("vi"):
        frame = frame_of(draft, kind, texts, symbol, mark)
        gathered = kind.gather(draft, frame, texts)
        official = kind.compose(gathered.facts)
    if gathered.is_illustration or _is_invented(draft):
        return replace(official, watermark=ILLUSTRATION)
    return replace(official, watermark="" if is_final else DRAFT)


def name_of(draft: Draft, official: Official) -> str:
    """Return what lists and books call the paper: "Bản đăng ký thi đua năm 2026 của Hội A".

    A công văn has no name but what it is about.
    """
    kind, cycle = kind_of(draft.kind), draft.cycle
    if not kind.type_name:
        return official.title
    whose = draft.enrolment.name if draft.enrolment else cycle.bloc.title
    with override("vi"):
        return record_name(str(kind.name), cycle.year, whose)


def _is_invented(draft: Draft) -> bool:
    """Say whether the year, the bloc, the unit or the signer is there to show something."""
    cycle, signer = draft.cycle, draft.signer
    return bool(
        cycle.is_illustration
        or cycle.bloc.is_illustration
        or draft.issuer.is_illustration
        or (signer and signer.user.person.is_illustration)
    )
