"""Legal texts as papers cite them: those shipped and those that a board has put right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from thidua.core.text import day_text, fold, one_line
from thidua.documents.models import LegalText as Row
from thidua.lawbook.citing import day_in_words
from thidua.lawbook.texts import BY_KEY, TOPICS, Certainty, LegalText, Standing

Registry = Mapping[str, LegalText]
EMULATION = "emulation"


def registry(day: date | None = None) -> dict[str, LegalText]:
    """Return the texts by key, a board's row in the place of a shipped one; one query.

    With ``day`` only those that are surely in force then.
    """
    found = {**BY_KEY, **{row.key: as_text(row) for row in Row.objects.all()}}
    if day is None:
        return found
    return {key: text for key, text in found.items() if text.is_in_force(day)}


def as_text(row: Row) -> LegalText:
    """Return a row as the lawbook has its texts. What amends a shipped one is kept."""
    shipped = BY_KEY.get(row.key)
    return LegalText(
        number=row.number,
        title=row.title,
        issued_on=row.issued_on,
        since=row.since,
        until=row.until,
        key=row.key,
        form=row.form,
        issuer=row.issuer,
        replaced_by=row.replaced_by,
        amended_by=shipped.amended_by if shipped else "",
        articles=tuple(filter(None, row.articles.split("\n"))),
        note=row.note,
        certainty=Certainty(row.certainty),
    )


def lines_for(
    day: date,
    keys: Iterable[str] = (),
    *,
    topic: str = EMULATION,
    texts: Registry | None = None,
) -> list[str]:
    """Return căn cứ lines, each ending in ";" (see `ended`), for a paper of ``day``.

    Without ``keys`` they are the texts of the topic that are in force then; texts that are asked
    for by key are taken whatever their state: `findings` says what is wrong with them.
    """
    known = registry() if texts is None else texts
    if keys:
        return [known[key].line for key in keys if key in known]
    chosen = [known[key] for key in TOPICS.get(topic, ()) if key in known]
    return [text.line for text in chosen if text.is_in_force(day)]


def ended(lines: list[str]) -> list[str]:
    """Return the lines with the last one ending in "." as NĐ 30/2020/NĐ-CP has them."""
    return [*lines[:-1], lines[-1].rstrip(";.") + "."] if lines else []


@dataclass(frozen=True)
class Finding:
    """What is to be looked at in one căn cứ before the paper goes out.

    ``problem`` is "expired", "not_yet", "unknown", "amended" or "unverified"; ``successor`` the key
    of the text that came after and is in force on the day, "" where none is known.
    """

    key: str
    problem: str
    sentence: str
    successor: str = ""


def findings(
    lines_or_keys: Iterable[str], day: date, texts: Registry | None = None
) -> list[Finding]:
    """Return what is wrong with the texts that a paper of ``day`` cites, by key or by line.

    A line that names none of the known texts is left alone: it may be a decision of one's own.
    """
    known = registry() if texts is None else texts
    found: list[Finding] = []
    for said in lines_or_keys:
        text = known.get(said) or cited_in(said, known)
        found += _findings_of(text, day, known) if text else []
    return found


def cited_in(line: str, texts: Registry) -> LegalText | None:
    """Return the text that a line names: by its number, or a law by its name and day."""
    plain = one_line(line).lower()
    for text in texts.values():
        if text.number and text.number.lower() in plain:
            return text
    folded = fold(plain)
    laws = (text for text in texts.values() if text.is_law and text.issued_on)
    return next((law for law in laws if _names_law(folded, law)), None)


def _names_law(folded: str, law: LegalText) -> bool:
    """Say whether a folded line has a law's name with its day, or with the year alone."""
    if not law.issued_on or fold(law.title) not in folded:
        return False
    days = (day_in_words(law.issued_on), day_text(law.issued_on))
    is_year_alone = "thang" not in folded.split() and f"nam {law.issued_on.year}" in folded
    return is_year_alone or any(fold(said) in folded for said in days)


def _findings_of(text: LegalText, day: date, texts: Registry) -> list[Finding]:
    told = {"text": named(text), "day": day_text(day)}
    standing = text.standing(day)
    if standing is Standing.EXPIRED:
        return [_expired(text, day, texts, told)]
    if standing is Standing.NOT_YET:
        first = text.since or text.issued_on
        sentence = _("%(text)s chưa có hiệu lực vào ngày %(day)s (có hiệu lực từ %(since)s).")
        told["since"] = day_text(first) if first else "?"
        return [Finding(text.key, "not_yet", sentence % told)]
    found = []
    if standing is Standing.UNKNOWN:
        sentence = _("%(text)s: chưa xác minh được có hiệu lực vào ngày %(day)s hay không.")
        found.append(Finding(text.key, "unknown", sentence % told))
    elif not text.certainty.is_sure:
        sentence = _("%(text)s: nội dung chưa xác minh, hãy đối chiếu bản chính.")
        found.append(Finding(text.key, "unverified", sentence % told))
    after = texts.get(text.amended_by)
    if after and after.since and after.since <= day:
        told |= {"after": named(after), "since": day_text(after.since)}
        sentence = _("%(text)s đã được sửa đổi bởi %(after)s, từ ngày %(since)s.")
        found.append(Finding(text.key, "amended", sentence % told, after.key))
    return found


def _expired(text: LegalText, day: date, texts: Registry, told: dict[str, str]) -> Finding:
    after = successor_of(text, day, texts)
    told["until"] = day_text(text.until) if text.until else "?"
    if after is None:
        sentence = _("%(text)s hết hiệu lực sau ngày %(until)s; chưa biết văn bản nào thay.")
        return Finding(text.key, "expired", sentence % told)
    told["after"] = named(after)
    sentence = _("%(text)s hết hiệu lực sau ngày %(until)s; đã được thay bằng %(after)s.")
    return Finding(text.key, "expired", sentence % told, after.key)


def successor_of(text: LegalText, day: date, texts: Registry) -> LegalText | None:
    """Return what came after an expired text, as far along as it was there on ``day``."""
    seen, found = {text.key}, texts.get(text.replaced_by)
    while found and found.standing(day) is Standing.EXPIRED and found.key not in seen:
        seen.add(found.key)
        later = texts.get(found.replaced_by)
        if later is None:
            break
        found = later
    return found


def named(text: LegalText) -> str:
    """Return a text as a sentence names it: "Nghị định số 98/2023/NĐ-CP", a law with its number."""
    number = _("số %(number)s") % {"number": text.number} if text.number else ""
    return one_line(f"{text.title if text.is_law else text.form} {number}")
