"""Keeping what proves something, saying what it proves, and taking it out again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState, race_lost
from thidua.core.text import nfc, one_line
from thidua.cycles.actions.years import locked
from thidua.cycles.models import Enrolment
from thidua.files.actions import keep_file
from thidua.files.models import Blob
from thidua.files.names import clean_name
from thidua.reporting.actions.measuring import measurable
from thidua.reporting.models import Evidence, EvidenceUse, Report, ReportSending, Sharing
from thidua.reporting.models.evidence import LONGEST_URL
from thidua.targets.models import Target

Kind = Evidence.Kind
SHORTEST_EXPLANATION, LONGEST_EXPLANATION = 10, 5000
LONGEST_NAME = 300
UNDER_REVIEW = (Report.State.SENT, Report.State.ACCEPTED)


@dataclass(frozen=True)
class EvidenceFacts:
    """What is brought: a ``file``, a ``url``, or a ``text`` that says why there is neither.

    ``name`` is what it is called; a file and a link have a name of their own.
    """

    kind: str
    file: UploadedFile | None = None
    url: str = ""
    text: str = ""
    name: str = ""
    is_illustration: bool = False


def _note(
    code: str, evidence: Evidence, by: Acting, *, place: Model | None = None, **facts: str
) -> None:
    with override("vi"):  # the trail is Vietnamese, whatever language the actor reads
        facts["name"] = str(evidence)
        if place is not None:
            facts["place"] = str(place)
    chain = chain_of_bloc(evidence.enrolment.cycle.bloc_id)
    record(code, by=by, on=evidence, chain=chain, **facts)


def _taking_part(enrolment: Enrolment) -> Enrolment:
    """Return the enrolment read again, its year locked; refuse who has left."""
    cycle = locked(enrolment.cycle)
    fresh = cycle.enrolments.select_related("organization").get(pk=enrolment.pk)
    if fresh.left_on is not None:
        raise WrongState(_("Đơn vị đã rời nên không thêm, bớt minh chứng nữa."))
    return fresh


def _refuse_bad(facts: EvidenceFacts) -> None:
    if facts.kind not in Kind.values:
        raise Invalid(_("Cần chọn loại minh chứng."), field="kind")
    if len(one_line(facts.name)) > LONGEST_NAME:
        raise Invalid(_("Tên minh chứng dài nhất 300 chữ."), field="name")
    if facts.kind == Kind.FILE and facts.file is None:
        raise Invalid(_("Cần chọn một tệp."), field="file")
    if facts.kind == Kind.LINK:
        _refuse_bad_url(facts.url)
    if facts.kind == Kind.EXPLANATION:
        length = len(nfc(facts.text).strip())
        if not SHORTEST_EXPLANATION <= length <= LONGEST_EXPLANATION:
            raise Invalid(_("Lời giải trình cần từ 10 đến 5.000 chữ cái."), field="text")


def _refuse_bad_url(url: str) -> None:
    """Only an address that a browser opens by http: no script, no file, no password in it."""
    url = url.strip()
    if len(url) > LONGEST_URL:
        raise Invalid(_("Đường dẫn dài nhất 2.000 chữ cái."), field="url")
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname)
        is_good = is_good and not parts.username and not parts.password and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good or any(c.isspace() or c == "\\" or not c.isprintable() for c in url):
        sentence = _("Đường dẫn phải bắt đầu bằng https:// hoặc http:// và không có dấu cách.")
        raise Invalid(sentence, field="url")


def keep_evidence(
    enrolment: Enrolment,
    facts: EvidenceFacts,
    *,
    by: Acting,
    proves: Target | Report | None = None,
) -> Evidence:
    """Keep a file, a link or an explanation of the unit, and let it prove something at once.

    What the unit has kept already this year (the same bytes, address or words) is returned as it
    is. The bytes are kept before the deed, since reading and hashing them takes its time.
    """
    _refuse_bad(facts)
    blob = None
    if facts.kind == Kind.FILE and facts.file is not None:
        _taking_part_now(enrolment)
        blob = keep_file(facts.file, by=by)
    return _enter(enrolment, facts, blob, by=by, proves=proves)


@deed()
def _taking_part_now(enrolment: Enrolment) -> None:
    """Refuse before a large file is read for nothing."""
    _taking_part(enrolment)


@deed()
def _enter(
    enrolment: Enrolment,
    facts: EvidenceFacts,
    blob: Blob | None,
    *,
    by: Acting,
    proves: Target | Report | None,
) -> Evidence:
    enrolment = _taking_part(enrolment)
    evidence = _as_told(enrolment, facts, blob)
    same = Evidence.objects.filter(enrolment=enrolment, kind=facts.kind, withdrawn_at=None)
    kept = same.filter(blob=blob, url=evidence.url, text=evidence.text).first()
    if kept is None:
        evidence.by, evidence.at = by.user, clock.now()
        evidence.is_illustration = facts.is_illustration or by.is_illustration
        evidence.save()
        _note("evidence.kept", evidence, by, digest=blob.digest if blob else "")
    if proves is not None:
        attach(kept or evidence, proves, by=by)
    return kept or evidence


def _as_told(enrolment: Enrolment, facts: EvidenceFacts, blob: Blob | None) -> Evidence:
    evidence = Evidence(enrolment=enrolment, kind=facts.kind, name=one_line(facts.name))
    if blob is not None and facts.file is not None:
        evidence.blob = blob
        evidence.name = evidence.name or clean_name(facts.file.name)
    elif facts.kind == Kind.LINK:
        evidence.url = facts.url.strip()
        evidence.name = evidence.name or str(urlsplit(evidence.url).hostname)[:LONGEST_NAME]
    else:
        evidence.text = nfc(facts.text).strip()
    return evidence


def _fresh(evidence: Evidence) -> Evidence:
    """Return the evidence read again, its year locked; refuse what was withdrawn."""
    _taking_part(evidence.enrolment)
    fresh = Evidence.objects.select_related("enrolment__organization", "enrolment__cycle__bloc")
    evidence = fresh.get(pk=evidence.pk)
    if evidence.is_withdrawn:
        raise WrongState(_("Minh chứng này đã được rút."))
    return evidence


def _place(evidence: Evidence, thing: Target | Report) -> dict[str, Model]:
    """Return the column of the place that ``thing`` is; refuse what may not change there now."""
    if isinstance(thing, Target):
        target = measurable(thing)
        if target.target_set.enrolment_id != evidence.enrolment_id:
            raise Invalid(_("Minh chứng chỉ dùng cho phần việc của chính đơn vị trong năm đó."))
        return {"target": target}
    report = Report.objects.select_for_update().get(pk=thing.pk)
    if report.enrolment_id != evidence.enrolment_id:
        raise Invalid(_("Minh chứng chỉ dùng cho phần việc của chính đơn vị trong năm đó."))
    if not report.is_editable:
        state = report.get_state_display()
        raise WrongState(_("Báo cáo %(state)s nên chưa sửa được.") % {"state": state})
    return {"report": report}


@deed()
def attach(evidence: Evidence, thing: Target | Report, *, by: Acting) -> EvidenceUse:
    """Say that the evidence proves a target, or a report as a whole."""
    evidence = _fresh(evidence)
    place = _place(evidence, thing)
    if evidence.uses.filter(**place).exists():
        raise AlreadyDone(_("Minh chứng này đã gắn ở đây rồi."))
    use = EvidenceUse.objects.create(evidence=evidence, **place)
    _note("evidence.attached", evidence, by, place=thing)
    return use


@deed()
def detach(evidence: Evidence, thing: Target | Report, *, by: Acting) -> None:
    """Say that the evidence proves this no longer; not while a sent report shows it."""
    evidence = _fresh(evidence)
    place = _place(evidence, thing)
    shown = evidence.sharings.filter(thing=ReportSending._meta.label_lower).values("thing_id")
    if ReportSending.objects.filter(pk__in=shown, report__state__in=UNDER_REVIEW).exists():
        raise WrongState(_("Minh chứng này nằm trong báo cáo đã gửi nên không gỡ được."))
    gone, _by_model = evidence.uses.filter(**place).delete()
    if not gone:
        raise race_lost()
    _note("evidence.detached", evidence, by, place=thing)


@deed()
def withdraw_evidence(evidence: Evidence, *, by: Acting, reason: str) -> Evidence:
    """Take evidence out again, with a reason; what is part of something sent stays."""
    evidence = _fresh(evidence)
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    if evidence.is_shared:
        raise WrongState(_("Minh chứng này là một phần của bản đã gửi nên không rút được."))
    evidence.withdrawn_at, evidence.withdrawn_reason = clock.now(), reason
    evidence.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    _note("evidence.withdrawn", evidence, by, reason=reason)
    return evidence


def share(evidences: Iterable[Evidence], *, through: Model, at: datetime | None = None) -> None:
    """Let those who follow the year see ``evidences``: ``through`` is what was sent ``at`` (now).

    Called in the deed that sends; what ``through`` shared before stays as it is.
    """
    label, now = through._meta.label_lower, at or clock.now()
    Sharing.objects.bulk_create(
        (
            Sharing(evidence_id=pk, thing=label, thing_id=through.pk, at=now)
            for pk in sorted({evidence.pk for evidence in evidences})
        ),
        ignore_conflicts=True,
    )


def unshare(*, through: Model, since: datetime | None = None) -> None:
    """Take back what ``through`` shared (``since`` a sending, if it was sent several times).

    What another sent thing shows stays shared.
    """
    taken = Sharing.objects.filter(thing=through._meta.label_lower, thing_id=through.pk)
    (taken.filter(at__gte=since) if since else taken).delete()
