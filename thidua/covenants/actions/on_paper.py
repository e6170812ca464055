"""Signing on paper: a photographed sheet is brought, and a second person confirms or returns it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.accounts.acting import Acting, acting_of
from thidua.accounts.models import Appointment
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, DomainError, Invalid, NoRight
from thidua.core.text import nfc, one_line
from thidua.core.workflow import move
from thidua.covenants.actions.drafting import note
from thidua.covenants.actions.freezing import reread
from thidua.covenants.actions.signing import (
    SIGNERS,
    record_signature,
    refuse_unless_awaited,
    taking_signatures,
)
from thidua.covenants.models import Covenant
from thidua.documents.actions.versions import ChangedText, Signer, authorization_of
from thidua.documents.models import PaperSheet, Signature
from thidua.files.actions import keep_file
from thidua.files.kinds import HEAD, JPEG, PDF, PNG, sniff
from thidua.files.models import Blob
from thidua.files.names import clean_name
from thidua.notifications.actions import notify

State = PaperSheet.State
LONGEST_NAME, LONGEST_CAPACITY, LONGEST_REASON = 200, 500, 500


@dataclass(frozen=True)
class SheetFacts:
    """What is told of a sheet. ``digest`` is the one that the page showed.

    ``appointment`` is that of a head who has an account; without it ``name`` and ``capacity`` (a
    line each) are as they stand on the sheet. ``signed_on`` is the day written there.
    """

    organization_id: int
    digest: str
    signed_on: date
    file: UploadedFile
    appointment: Appointment | None = None
    name: str = ""
    capacity: str = ""


def bring_sheet(covenant: Covenant, facts: SheetFacts, *, by: Acting) -> PaperSheet:
    """Keep the photograph of a sheet that a member's head signed by hand, for a second person.

    One's own unit's, or any member's for whoever leads or prepares the year. The file is read
    before the deed. Refuses what is no photograph or PDF, another text, a day that cannot be, a
    unit that has signed or whose sheet is waiting.
    """
    _check_open(covenant, facts, by)
    _refuse_other_kinds(facts.file)
    blob = keep_file(facts.file, by=by)
    return _enter(covenant, facts, blob, by=by)


@deed()
def _check_open(covenant: Covenant, facts: SheetFacts, by: Acting) -> None:
    """Refuse before a large file is read for nothing."""
    _expected(covenant, facts, by)


def _expected(covenant: Covenant, facts: SheetFacts, by: Acting) -> Covenant:
    may_for_any = by.has_perm("covenants.write_covenant", covenant)
    if by.organization_id != facts.organization_id and not may_for_any:
        raise NoRight(_("Bạn chỉ nộp được phiếu ký của đơn vị mình đang làm việc."))
    covenant = taking_signatures(covenant)
    version = covenant.version
    if version is None or facts.digest != version.digest:
        raise ChangedText(
            _("Phiếu này của một bản khác, không phải bản đang được ký. Hãy in phiếu mới.")
        )
    refuse_unless_awaited(covenant, facts.organization_id)
    if version.signatures.filter(organization=facts.organization_id).exists():
        raise AlreadyDone(_("Đơn vị này đã ký bản này rồi."))
    _refuse_bad_signer(facts)
    if facts.signed_on < timezone.localtime(version.frozen_at).date():
        raise Invalid(_("Ngày ký trên phiếu trước ngày chốt văn bản."), field="signed_on")
    if facts.signed_on > clock.today():
        raise Invalid(_("Ngày ký trên phiếu chưa tới."), field="signed_on")
    return covenant


def _refuse_bad_signer(facts: SheetFacts) -> None:
    appointment = facts.appointment
    if appointment is None:
        if not one_line(facts.name):
            raise Invalid(_("Cần ghi họ tên người ký như trên phiếu."), field="name")
        if not nfc(facts.capacity).strip():
            raise Invalid(_("Cần ghi chức vụ người ký như trên phiếu."), field="capacity")
        return
    is_theirs = appointment.organization_id == facts.organization_id
    if not is_theirs or appointment.role not in SIGNERS:
        raise Invalid(_("Người này không ký được cho đơn vị."), field="signer")
    if not _held_on(appointment, facts.signed_on):
        raise Invalid(_no_longer_held(), field="signed_on")


def _no_longer_held() -> str:
    return _("Ngày ký trên phiếu không nằm trong thời gian người ký giữ quyền ký cho đơn vị.")


def _held_on(appointment: Appointment, day: date) -> bool:
    """Say whether the appointment, and the principal's, held on a day that may be over."""
    if appointment.stands_in_for and not _held_on(appointment.stands_in_for, day):
        return False
    stopped = appointment.stopped_at
    ends = [appointment.until, timezone.localtime(stopped).date() if stopped else None]
    return appointment.since <= day and all(end is None or day <= end for end in ends)


def _refuse_other_kinds(file: UploadedFile) -> None:
    file.seek(0)
    found = sniff(file.read(HEAD))
    file.seek(0)
    if (file.size or 0) and found not in (JPEG, PNG, PDF):
        raise Invalid(_("Chỉ nhận ảnh JPG, PNG hoặc tệp PDF của phiếu đã ký."), field="file")


@deed()
def _enter(covenant: Covenant, facts: SheetFacts, blob: Blob, *, by: Acting) -> PaperSheet:
    covenant = _expected(covenant, facts, by)
    who = facts.appointment
    sheet = PaperSheet(
        version=covenant.version,
        organization_id=facts.organization_id,
        appointment=who,
        signer_name=who.user.name if who else one_line(facts.name)[:LONGEST_NAME],
        capacity="\n".join(who.capacity) if who else _lines(facts.capacity),
        signed_on=facts.signed_on,
        blob=blob,
        file_name=clean_name(facts.file.name),
        brought_at=clock.now(),
        brought_by=by.user,
        brought_for=by.organization,
        is_illustration=who.user.person.is_illustration if who else by.is_illustration,
    )
    try:
        with transaction.atomic():
            sheet.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyDone(_("Đơn vị này đã có một phiếu đang chờ đối chiếu.")) from error
    unit = sheet.organization.name
    note("covenant.sheet_brought", covenant, by, unit=unit, signer=sheet.signer_name)
    leaders = [e.organization_id for e in covenant.cycle.in_role("leader")]
    sentence = gettext_noop("%(unit)s đã ký giao ước năm %(year)d trên giấy, ảnh chờ đối chiếu.")
    whom = {*leaders, covenant.cycle.bloc.managing_body_id} - {None}
    notify(whom, sentence, about=covenant, unit=unit, year=covenant.cycle.year)
    return sheet


def _lines(capacity: str) -> str:
    lines = [one_line(line) for line in nfc(capacity).split("\n")]
    return "\n".join(filter(None, lines))[:LONGEST_CAPACITY]


@deed()
def confirm_sheet(sheet: PaperSheet, *, by: Acting) -> Signature:
    """Confirm, after looking at the photograph, that this head signed this text by hand.

    The signature is recorded now, and the last one puts the covenant in force. Refuses whoever
    brought the sheet or works for the unit, and a text that is no longer the one being signed.
    """
    sheet, covenant = _awaiting(sheet, by)
    covenant = taking_signatures(covenant)
    refuse_unless_awaited(covenant, sheet.organization_id)
    if sheet.appointment and not _held_on(sheet.appointment, sheet.signed_on):
        raise DomainError(_no_longer_held())
    signature = record_signature(
        covenant,
        by=by,
        signer=_signer_of(sheet),
        digest=sheet.version.digest,
        method=Signature.Method.PAPER,
        told=("covenant.sheet_confirmed", _about(sheet)),
    )
    _answer(sheet, State.CONFIRMED, by, signature=signature)
    return signature


@deed()
def return_sheet(sheet: PaperSheet, *, by: Acting, reason: str) -> PaperSheet:
    """Send a sheet back to the unit, with a reason; it brings another."""
    sheet, covenant = _awaiting(sheet, by)
    why = one_line(reason)[:LONGEST_REASON]
    if not why:
        raise Invalid(_("Cần ghi lý do."), field="reason")
    _answer(sheet, State.RETURNED, by, reason=why)
    note("covenant.sheet_returned", covenant, by, reason=why, **_about(sheet))
    sentence = gettext_noop("Phiếu ký giấy giao ước năm %(year)d bị trả lại: %(reason)s")
    units = {sheet.organization_id, sheet.brought_for_id}
    notify(units, sentence, about=covenant, year=covenant.cycle.year, reason=why)
    return sheet


def _awaiting(sheet: PaperSheet, by: Acting) -> tuple[PaperSheet, Covenant]:
    """Return the sheet locked, with its covenant, for whoever may answer it now; else refuse."""
    covenant = Covenant.objects.filter(version=sheet.version_id).first()
    if covenant is None:
        raise ChangedText(_("Bản mà phiếu này ký đã được mở lại để sửa: phiếu không còn dùng."))
    covenant = reread(covenant)
    sheet = (
        PaperSheet.objects.select_for_update(of=("self",))
        .select_related("version", "organization", "appointment__user__person")
        .get(pk=sheet.pk)
    )
    if sheet.state != State.BROUGHT:
        told = {"state": sheet.get_state_display()}
        raise AlreadyDone(_("Phiếu này đã có người đối chiếu: %(state)s.") % told)
    _refuse_own(sheet, by)
    now = acting_of(by.user, by.organization_id) if by.user else by
    has_moved = now.organization_id != by.organization_id
    if has_moved or not now.has_perm("covenants.compare_covenant", covenant):
        raise NoRight(_("Bạn không còn quyền đối chiếu phiếu ký của giao ước này."))
    return sheet, covenant


def _refuse_own(sheet: PaperSheet, by: Acting) -> None:
    if by.user is None or sheet.brought_by_id == by.user.pk:
        raise NoRight(_("Người nộp phiếu không tự đối chiếu: cần một người thứ hai."))
    if sheet.organization_id == by.organization_id:
        raise NoRight(_("Người của đơn vị ký không đối chiếu phiếu của đơn vị mình."))
    if sheet.appointment and sheet.appointment.user_id == by.user.pk:
        raise NoRight(_("Người ký không tự đối chiếu phiếu của mình."))


def _signer_of(sheet: PaperSheet) -> Signer:
    appointment = sheet.appointment
    return Signer(
        organization=sheet.organization,
        user=appointment.user if appointment else None,
        name=sheet.signer_name,
        capacity=sheet.capacity_lines,
        authorization=authorization_of(appointment) if appointment else "",
        is_illustration=sheet.is_illustration,
    )


def _about(sheet: PaperSheet) -> dict[str, str]:
    return {"unit": sheet.organization.name, "signer": sheet.signer_name}


def _answer(sheet: PaperSheet, to: str, by: Acting, **also: Any) -> None:
    move(
        sheet,
        to,
        answered_at=clock.now(),
        answered_by=by.user,
        answered_for=by.organization,
        **also,
    )
