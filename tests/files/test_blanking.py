"""Bytes go on lawful request and do not come back; what is kept can be checked at any time."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.files import samples
from tests.files.conftest import sentence_of
from thidua.accounts.acting import NOBODY
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid
from thidua.files import actions
from thidua.files.actions import blank_file, keep_file
from thidua.files.models import Blob
from thidua.files.storage import open_bytes, place_of, put
from thidua.files.uploads import received

pytestmark = pytest.mark.django_db
WHY = {"reason": "Có ảnh của trẻ em", "basis": "Đơn của bà Lê Thị Mẫu ngày 2/3/2026"}


def keep(content=samples.PDF, name="a.pdf"):
    return keep_file(samples.sent(content, name), by=NOBODY)


@pytest.fixture
def blanked(folder, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return blank_file(keep(), by=NOBODY, **WHY)


def check():
    """Return how `check_files` ends, and the lines that it wrote."""
    told = StringIO()
    try:
        call_command("check_files", stdout=told, stderr=told)
    except CommandError as error:
        return str(error), told.getvalue().splitlines()
    return "", told.getvalue().splitlines()


def test_blanking_takes_the_bytes_and_leaves_digest_and_reason(blanked, lying):
    assert lying() == []
    blob = Blob.objects.get()
    assert (blob.size, blob.blank_reason, blob.blank_basis) == (len(samples.PDF), *WHY.values())
    assert blob.blanked_at is not None
    with pytest.raises(FileNotFoundError):
        open_bytes(blob)
    entry = Entry.objects.get(code="file.blanked")
    assert entry.facts == {"digest": blob.digest, **WHY}


def test_the_bytes_stay_until_it_is_committed(lying, django_capture_on_commit_callbacks):
    blob = keep()
    with django_capture_on_commit_callbacks() as later:
        blank_file(blob, by=NOBODY, **WHY)

    assert lying() == [place_of(blob.digest)]
    assert len(later) == 1


@pytest.mark.parametrize("missing", ["reason", "basis"])
def test_blanking_without_a_reason_or_a_basis_is_refused(folder, missing):
    blob = keep()
    with pytest.raises(Invalid) as refusal:
        blank_file(blob, by=NOBODY, **{**WHY, missing: " \n "})

    assert refusal.value.field == missing
    assert not Blob.objects.get().is_blanked


def test_blanking_twice_is_refused(blanked):
    with pytest.raises(AlreadyDone):
        blank_file(blanked, by=NOBODY, **WHY)


def test_what_was_blanked_does_not_come_back(blanked, lying):
    with pytest.raises(Invalid) as refusal:
        keep()

    assert WHY["reason"] in sentence_of(refusal)
    assert lying() == []


def test_what_is_blanked_while_it_comes_in_again_does_not_come_back(
    folder, lying, django_capture_on_commit_callbacks
):
    """The deed asks again under its lock, and takes away what was put there meanwhile."""
    blob = keep()
    with received(samples.sent(samples.PDF, "a.pdf")) as found:
        with django_capture_on_commit_callbacks(execute=True):
            blank_file(blob, by=NOBODY, **WHY)
        put(found.path, found.digest)
        with pytest.raises(Invalid):
            actions._keep(found, by=NOBODY)

    assert lying() == []


def test_the_command_blanks_and_names_who_did_it(folder, lying):
    blob = keep()
    told = StringIO()
    call_command("blank_file", blob.digest.upper(), stdout=told, by="Trần Văn Mẫu", **WHY)

    assert blob.digest in told.getvalue()
    assert Entry.objects.get(code="file.blanked").actor_name == "Trần Văn Mẫu"


def test_the_command_refuses_in_a_sentence(blanked):
    with pytest.raises(CommandError, match="Không có tệp nào"):
        call_command("blank_file", "0" * 64, **WHY)
    with pytest.raises(CommandError, match="đã được xóa trước đó"):
        call_command("blank_file", blanked.digest, **WHY)


def test_files_that_are_whole_are_told(folder):
    keep()

    assert check() == ("", ["Nguyên vẹn: 1 tệp; đã xóa nội dung: 0."])


def test_what_is_still_coming_in_is_no_fault(folder):
    keep()
    (folder / "incoming" / "part-1").write_bytes(b"half")

    assert check()[0] == ""


def test_a_blanked_file_is_no_fault_and_its_bytes_would_be(blanked, folder):
    assert check() == ("", ["Nguyên vẹn: 0 tệp; đã xóa nội dung: 1."])

    place = folder / place_of(blanked.digest)
    place.write_bytes(samples.PDF)
    ended, lines = check()
    assert ended == "1 chỗ sai."
    assert place_of(blanked.digest) in lines[0]


def test_missing_changed_and_stray_files_are_named(folder):
    missing, changed = keep(), keep(b"b\xc3\xa1o c\xc3\xa1o", "a.txt")
    (folder / place_of(missing.digest)).unlink()
    (folder / place_of(changed.digest)).write_bytes(b"x")
    (folder / "lạ").write_bytes(b"x")

    ended, lines = check()

    assert ended == "3 chỗ sai."
    assert [line.split(": ")[1] for line in lines][:2] == [
        "Thiếu tệp.",
        "Nội dung tệp đã bị thay đổi.",
    ]
    assert lines[2].startswith("lạ: Tệp lạ")


def test_an_empty_store_can_be_checked(folder):
    assert check()[0] == ""


def test_the_moment_of_keeping_is_the_clocks(folder):
    with clock.at(clock.today().replace(month=1, day=2)):
        assert keep().kept_at == clock.now()
