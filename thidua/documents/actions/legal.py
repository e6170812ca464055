"""Legal texts: adding one of one's own, putting right one that is shipped."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, race_lost
from thidua.core.text import day_text, fold, one_line
from thidua.documents.legal import named, registry
from thidua.documents.models import LegalText
from thidua.lawbook.texts import Certainty
from thidua.lawbook.texts import LegalText as Text


@dataclass(frozen=True)
class TextFacts:
    """What is told of a legal text; None or "" for what is not known. ``articles``: one a line."""

    form: str
    number: str = ""
    title: str = ""
    issuer: str = ""
    issued_on: date | None = None
    since: date | None = None
    until: date | None = None
    replaced_by: str = ""
    articles: str = ""
    note: str = ""
    certainty: str = Certainty.READ.value


@deed()
def add_legal_text(facts: TextFacts, *, by: Acting) -> LegalText:
    """Add a text of one's own (a province's decision); its key is given by the program."""
    _refuse_bad(facts, "")
    same = [t for t in registry().values() if t.number and fold(t.number) == fold(facts.number)]
    if same:
        raise AlreadyDone(_("Đã có văn bản mang số này: hãy sửa ở đó."), field="number")
    row = LegalText.objects.create(key=_free_key(), organization=by.organization, **vars(facts))
    record("legaltext.added", by=by, on=row)
    return row


def _free_key() -> str:
    last = LegalText.objects.order_by("-pk").values_list("pk", flat=True).first()
    return f"VB{(last or 0) + 1}"


@deed()
def write_legal_text(key: str, facts: TextFacts, *, by: Acting) -> LegalText:
    """Put a text right: a shipped one gets a row that takes its place, one's own is changed."""
    before = registry().get(key)
    if before is None:
        raise Invalid(_("Không có văn bản này."))
    _refuse_bad(facts, key)
    row = LegalText.objects.select_for_update(of=("self",)).filter(key=key).first()
    row = row or LegalText(key=key, organization=by.organization)
    for name, value in vars(facts).items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise race_lost() from error
    record("legaltext.written", by=by, on=row, before=_in_words(before))
    return row


def _refuse_bad(facts: TextFacts, key: str) -> None:
    if not one_line(facts.form):
        raise Invalid(_("Hãy ghi loại văn bản."), field="form")
    if not one_line(facts.number) and not one_line(facts.title):
        raise Invalid(_("Hãy ghi số, ký hiệu hoặc tên gọi."), field="number")
    if facts.since and facts.until and facts.until < facts.since:
        raise Invalid(_("Ngày hết hiệu lực phải từ ngày có hiệu lực trở đi."), field="until")
    if facts.since and facts.issued_on and facts.since < facts.issued_on:
        raise Invalid(_("Ngày có hiệu lực phải từ ngày ban hành trở đi."), field="since")
    if facts.certainty not in {one.value for one in Certainty}:
        raise Invalid(_("Hãy chọn mức chắc chắn."), field="certainty")
    if facts.replaced_by and (facts.replaced_by == key or facts.replaced_by not in registry()):
        raise Invalid(_("Văn bản thay thế phải là một văn bản khác."), field="replaced_by")


def _in_words(text: Text) -> str:
    """Return what was told before, for the record."""
    days = [day_text(day) if day else "?" for day in (text.issued_on, text.since, text.until)]
    return f"{named(text)} ({' – '.join(days)}; {text.certainty.value})"[:300]
