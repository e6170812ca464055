"""The last look before a paper is issued: what it will say, and what is still to be settled."""

from typing import Any

from django.utils.translation import gettext as _

from thidua.core.errors import DomainError
from thidua.documents.legal import findings
from thidua.documents.printing import pictures, unprintable_in
from thidua.paperwork.actions.issuing import made_ready
from thidua.paperwork.models import Draft
from thidua.paperwork.papers import kind_of, official_of


def review(draft: Draft) -> dict[str, Any]:
    """Return what the page before issuing shows; ``hindrance`` is why it can't be issued yet."""
    hindrance, symbol = "", ""
    try:
        official = made_ready(draft).official
        symbol = official.symbol
    except DomainError as refusal:
        hindrance = refusal.sentence
        official = official_of(draft)
    return {
        "draft": draft,
        "cycle": draft.cycle,
        "kind": kind_of(draft.kind),
        "symbol": symbol,
        "hindrance": hindrance,
        "warnings": _warnings(draft, official),
        "pages": range(1, len(pictures(official)) + 1),
        "illustration": draft.cycle.is_illustration,
    }


def _warnings(draft: Draft, official: Any) -> list[str]:
    warnings = []
    if letters := unprintable_in(official):
        told = {"letters": " ".join(letters[:20])}
        sentence = _("Phông chữ không có các ký tự này, bản in thay bằng □: %(letters)s")
        warnings.append(sentence % told)
    if draft.dated:
        warnings += [finding.sentence for finding in findings(official.bases, draft.dated)]
    return warnings
