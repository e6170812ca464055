"""What can be done with files: keep one, and blank one on lawful request."""

import hashlib
import os

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.audit.actions import Actor, record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid
from thidua.core.text import nfc, one_line
from thidua.files.kinds import Kind
from thidua.files.models import TIME_OVER, Blob
from thidua.files.storage import NO_ROOM, incoming_file, put, remove
from thidua.files.uploads import Received, received


def keep_file(upload: UploadedFile, *, by: Actor, any_text: bool = False) -> Blob:
    """Check what came in, keep its bytes once, and return the row about them.

    Refuses with `Invalid` beside ``file``: empty, too large, of a kind that is not accepted, named
    as another kind, damaged, a bomb, with macros or a password, or blanked earlier. Call it before
    a deed, not within one: reading and checking take their time, and bytes are not rolled back.
    ``any_text`` lets a text be in another code than UTF-8, for a reader that converts it.
    The name belongs to the row that uses the blob: `names.clean_name(upload.name)`.
    """
    try:
        with received(upload, any_text=any_text) as found:
            _refuse_blanked(Blob.objects.filter(digest=found.digest).first())
            put(found.path, found.digest)
            return _keep(found, by=by)
    except OSError as trouble:
        if trouble.errno not in NO_ROOM:
            raise
        raise Invalid(no_room(), field="file") from trouble


def keep_made(content: bytes, kind: Kind, *, by: Actor) -> Blob:
    """Keep bytes that the program itself made, such as a printed paper; return the row about them.

    Like `keep_file` it is called before a deed, not within one.
    """
    digest = hashlib.sha256(content).hexdigest()
    with incoming_file() as path:
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        put(path, digest)
        return _keep(Received(path, digest, len(content), kind), by=by)


def no_room() -> str:
    """Return the sentence about a disk that takes no more."""
    return _("Máy chủ hết chỗ chứa tệp. Hãy báo người vận hành, rồi gửi lại sau.")


@deed()
def _keep(found: Received, *, by: Actor) -> Blob:
    """Write the row, unless the same content has one already, perhaps since a moment."""
    blob, made = Blob.objects.get_or_create(
        digest=found.digest,
        defaults={
            "size": found.size,
            "media_type": found.kind.media_type,
            "suffix": found.kind.suffix,
            "kept_at": clock.now(),
        },
    )
    if made:
        record("file.kept", by=by, on=blob, digest=blob.digest, size=blob.size)
        return blob
    blob = Blob.objects.select_for_update().get(pk=blob.pk)
    if blob.is_let_go:
        blob.blanked_at, blob.blank_reason, blob.blank_basis = None, "", ""
        blob.save(update_fields=["blanked_at", "blank_reason", "blank_basis"])
        record("file.kept", by=by, on=blob, digest=blob.digest, size=blob.size)
    elif blob.is_blanked:
        remove(found.digest)  # it was blanked while this came in
    _refuse_blanked(blob)
    return blob


def _refuse_blanked(blob: Blob | None) -> None:
    if blob is not None and blob.is_blanked and not blob.is_let_go:
        sentence = _("Nội dung tệp này đã bị xóa theo yêu cầu (%(reason)s) nên không nhận lại.")
        raise Invalid(sentence % {"reason": blob.blank_reason}, field="file")


@deed()
def blank_file(blob: Blob, *, by: Actor, reason: str, basis: str) -> Blob:
    """Delete the bytes for good once this is committed; digest, size and reason stay.

    ``basis`` names who asked and by which right, such as a decision or a request with its date.
    """
    reason, basis = nfc(reason).strip(), one_line(basis)
    if not reason:
        raise Invalid(_("Cần ghi lý do xóa."), field="reason")
    if not basis:
        raise Invalid(_("Cần ghi căn cứ: ai yêu cầu, văn bản nào."), field="basis")
    fresh = Blob.objects.select_for_update().get(pk=blob.pk)
    if fresh.is_blanked:
        raise AlreadyDone(_("Nội dung tệp này đã được xóa trước đó."))
    fresh.blanked_at, fresh.blank_reason, fresh.blank_basis = clock.now(), reason, basis
    fresh.save(update_fields=["blanked_at", "blank_reason", "blank_basis"])
    record(
        "file.blanked", by=by, on=fresh, digest=fresh.digest, reason=one_line(reason), basis=basis
    )
    transaction.on_commit(lambda: remove(fresh.digest))
    return fresh


@deed()
def let_go_of(blob: Blob, *, by: Actor) -> Blob:
    """Delete the bytes of a file whose time is over. Sent again, it is kept again."""
    reason = gettext_noop("Tệp đã phục vụ xong việc của nó.")  # a record: Vietnamese
    return blank_file(blob, by=by, reason=reason, basis=TIME_OVER)
