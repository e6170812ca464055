"""A draft beside its preview: the form with what the kind proposes, pictures, what changed."""

from typing import Any

from django.http import HttpRequest

from thidua.core import clock
from thidua.documents.actions import peek_number
from thidua.documents.printing import pictures
from thidua.paperwork.models import Draft
from thidua.paperwork.papers import kind_of, official_of, texts_of
from thidua.paperwork.queries import signers_of
from thidua.typesetting.official import Official, from_data
from thidua.typesetting.text import as_text
from thidua.web.access import acting, bind
from thidua.web.papers.comparing import changes
from thidua.web.papers.forms import DraftForm


def bound_form(request: HttpRequest, draft: Draft) -> DraftForm:
    """Return the form with what was written, else with what the kind proposes."""
    kind, day = kind_of(draft.kind), draft.dated or clock.today()
    written = texts_of(draft)
    initial: dict[str, Any] = {DraftForm.name_of(name): text for name, text in written.items()}
    initial |= {
        "revision": draft.revision,
        "place": draft.place,
        "dated": day,
        "typed_number": draft.typed_number,
        "signer": draft.signer_id,
    }
    form: DraftForm = bind(
        DraftForm,
        request,
        kind=kind,
        signers=signers_of(draft.issuer),
        is_ours=peek_number(draft.issuer, kind.abbreviation, day.year) is not None,
        initial=initial,
    )
    return form


def draft_page(request: HttpRequest, draft: Draft, form: DraftForm) -> dict[str, Any]:
    """Return what the page of a draft shows."""
    official = official_of(draft)
    savings = list(draft.savings.all()[:2])
    return {
        "draft": draft,
        "cycle": draft.cycle,
        "kind": kind_of(draft.kind),
        "form": form,
        "pages": range(1, len(pictures(official)) + 1),
        "text": as_text(official),
        "changed": _changed(official, savings),
        "saved": savings[0] if savings else None,
        "may_issue": acting(request).has_perm("paperwork.issue_draft", draft),
        "illustration": draft.cycle.is_illustration,
    }


def _changed(official: Official, savings: list[Any]) -> dict[str, Any] | None:
    """Return what the data changed since the last saving; else what that saving changed."""
    if not savings:
        return None
    last = from_data(savings[0].official)
    if by_data := changes(last, official):
        return {"lines": by_data, "since": savings[0].at, "is_by_data": True}
    if len(savings) == 1:
        return None
    lines = changes(from_data(savings[1].official), last)
    return {"lines": lines, "since": savings[1].at, "is_by_data": False} if lines else None


def preview(draft: Draft) -> list[bytes]:
    """Return the pages of the draft as pictures."""
    return pictures(official_of(draft))
