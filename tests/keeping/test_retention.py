"""What has served its purpose goes after its time; what is a record stays."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from tests import factories as make
from tests.files import samples
from tests.imports.sheets import an_import
from tests.keeping.conftest import keep
from tests.web.papers import a_paper
from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.core.errors import Invalid
from thidua.documents.models import Printing
from thidua.files.actions import blank_file, let_go_of
from thidua.files.models import Blob
from thidua.files.storage import open_bytes
from thidua.imports.found import OF_ROWS
from thidua.imports.models import Import
from thidua.keeping.retention import let_go
from thidua.notifications.models import Mail, Notice

pytestmark = pytest.mark.django_db


def ago(days):
    return clock.now() - timedelta(days=days)


def a_notice(user, *, read, mail=None):
    told = {"user": user, "sentence": "Có việc", "sent_at": ago(900), "mail": mail}
    return Notice.objects.create(read_at=ago(read) if read else None, **told)


def a_mail(key, *, ended):
    return Mail.objects.create(
        key=key,
        address="a@example.vn",
        queued_at=ago(900),
        next_at=ago(900),
        state=Mail.State.SENT if ended else Mail.State.QUEUED,
        ended_at=ago(ended) if ended else None,
    )


def test_sessions_notices_and_mail_go_after_their_time_and_not_before(client):
    user = make.user_of(make.head(make.an_organization()))
    client.force_login(user)
    Session.objects.create(session_key="old", session_data="", expire_date=ago(1))
    gone, stays = a_mail("a", ended=91), a_mail("b", ended=89)
    waiting = a_mail("c", ended=0)
    kept = [a_notice(user, read=364, mail=gone), a_notice(user, read=0, mail=stays)]
    a_notice(user, read=366)

    assert let_go() == {"sessions": 1, "notices": 1, "mail": 1, "sheets": 0}

    assert set(Notice.objects.all()) == set(kept)
    assert set(Mail.objects.all()) == {stays, waiting}
    assert Session.objects.count() == 1
    assert let_go() == {"sessions": 0, "notices": 0, "mail": 0, "sheets": 0}


def test_nothing_goes_where_the_settings_say_for_ever(settings):
    settings.KEEP_NOTICES_DAYS = settings.KEEP_MAIL_DAYS = settings.KEEP_SHEETS_DAYS = 0
    user = make.user_of(make.head(make.an_organization()))
    a_notice(user, read=899)
    a_mail("a", ended=899)

    let_go()

    assert (Notice.objects.count(), Mail.objects.count()) == (1, 1)


def test_a_file_whose_time_is_over_may_come_again_one_deleted_on_request_not(
    folder, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        let_go_of(keep(samples.PDF), by=NOBODY)
    blob = Blob.objects.get()
    assert blob.is_blanked
    with pytest.raises(FileNotFoundError):
        open_bytes(blob)

    blob = keep(samples.PDF)

    assert not blob.is_blanked
    with open_bytes(blob) as file:
        assert file.read() == samples.PDF
    with django_capture_on_commit_callbacks(execute=True):
        blank_file(blob, by=NOBODY, reason="Theo đơn", basis="Đơn số 1")
    with pytest.raises(Invalid, match="xóa theo yêu cầu"):
        keep(samples.PDF)


def test_the_sheet_of_an_old_import_goes_once_nothing_else_uses_it(
    folder, django_capture_on_commit_callbacks
):
    board = make.board(make.an_organization(kind="board"))
    imported = an_import(board)
    Import.objects.update(state=Import.State.DROPPED, brought_at=ago(89))
    assert let_go()["sheets"] == 0
    newer = Import.objects.get()
    newer.pk, newer.state = None, Import.State.CHECKED
    newer.save()
    Import.objects.filter(pk=imported.pk).update(brought_at=ago(91))
    assert let_go()["sheets"] == 0  # somebody is still at work with the same sheet

    Import.objects.filter(pk=newer.pk).delete()
    with django_capture_on_commit_callbacks(execute=True):
        assert let_go()["sheets"] == 1

    assert Blob.objects.get(pk=imported.blob_id).is_let_go
    left = Import.objects.get().found
    assert left["counts"] == imported.found["counts"]
    assert imported.found["steps"] or imported.found["problems"]
    assert [left[name] for name in OF_ROWS] == [[], [], []]
    assert let_go()["sheets"] == 0


def test_bytes_that_are_also_a_printing_stay(folder):
    """Most rows that use a file name no way back from it ("+"); they count all the same."""
    imported = an_import(make.board(make.an_organization(kind="board")))
    Import.objects.update(state=Import.State.DROPPED, brought_at=ago(91))
    Printing.objects.create(
        version=a_paper(), form="pdf", blob_id=imported.blob_id, made_at=clock.now()
    )

    assert let_go()["sheets"] == 0

    assert not Blob.objects.get(pk=imported.blob_id).is_blanked
