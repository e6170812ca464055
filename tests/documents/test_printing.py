"""Official papers: frozen with a code, printed once, taken back."""

import threading
import zipfile
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction

from tests import factories as make
from thidua.accounts.acting import NOBODY
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.documents import codes
from thidua.documents.actions import (
    CannotPrint,
    Wording,
    freeze_official,
    freeze_text,
    print_version,
    withdraw_paper,
)
from thidua.documents.models import Printing, Version, Withdrawal
from thidua.documents.tasks import print_paper
from thidua.documents.unprinted import look
from thidua.files.models import Blob
from thidua.files.storage import open_bytes
from thidua.house.checks import State
from thidua.jobs.actions import later
from thidua.jobs.models import Lease
from thidua.jobs.work import run_due
from thidua.typesetting import pdf
from thidua.typesetting.official import Header, Official, Paragraph, from_data
from thidua.typesetting.text import as_text

pytestmark = pytest.mark.django_db
PAPER = Official(
    kind="plan",
    header=Header(body="KHỐI THI ĐUA THỬ"),
    type_name="KẾ HOẠCH",
    title="Tổ chức phong trào thi đua",
    symbol="05/KH-KTĐ",
    dated=date(2026, 3, 2),
    body=[Paragraph("Nội dung: đoàn kết.")],
    watermark="DỰ THẢO",
)


def frozen(**facts) -> Version:
    """Freeze the plan, for nobody in particular."""
    return freeze_official(PAPER, by=NOBODY, chain="house", **facts)


def test_the_code_stands_in_the_paper_its_text_and_the_row():
    version = frozen()
    official = from_data(version.official)

    assert len(version.code) == 10
    assert set(version.code) <= set(codes.LETTERS)
    assert not set("0O1IL") & set(codes.LETTERS)
    assert official.mark.code == version.shown_code == f"{version.code[:5]}-{version.code[5:]}"
    assert official.mark.address.endswith(f"/kiem-tra/{version.shown_code}/")
    assert version.text == as_text(official)
    assert version.shown_code in version.text
    assert version.digest == sha256(version.text.encode()).hexdigest()
    assert version.title == "KẾ HOẠCH Tổ chức phong trào thi đua"


def test_an_issued_paper_is_no_draft_and_an_invented_one_says_so():
    assert from_data(frozen().official).watermark == ""
    assert from_data(frozen(is_illustration=True).official).watermark == "MINH HỌA"


def test_words_that_were_confirmed_before_stay_the_text():
    version = frozen(text="Một lời\r\n", title="Tên trong sổ")

    assert (version.text, version.title) == ("Một lời\n", "Tên trong sổ")
    assert version.digest == sha256("Một lời\n".encode()).hexdigest()
    assert "đoàn kết" in as_text(from_data(version.official))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ABCDE-23456", "ABCDE23456"),
        (" abcde 23456 ", "ABCDE23456"),
        ("abcde–23456", "ABCDE23456"),
        ("ABCDE-2345", ""),
        ("ABCDE-0OI1L", ""),
        ("", ""),
        ("' OR 1=1 --", ""),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed, code):
    assert codes.read_code(typed) == code


def test_codes_are_found_in_running_text_each_once():
    told = "Mã tra cứu: ABCDE-23456 (ABCDE-23456), XABCDE-23456, FGHJK-MNPQR."
    assert list(codes.codes_in(told)) == ["ABCDE23456", "FGHJKMNPQR"]


def test_the_printings_are_kept_under_their_digests_and_in_the_trail():
    version = frozen()
    printed, word = print_version(version)

    assert (printed.form, word.form) == ("pdf", "docx")
    for printing in (printed, word):
        with open_bytes(printing.blob) as file:
            assert sha256(file.read()).hexdigest() == printing.blob.digest
    assert (printed.blob.media_type, word.blob.suffix) == ("application/pdf", ".docx")
    with open_bytes(word.blob) as file:
        assert "word/document.xml" in zipfile.ZipFile(BytesIO(file.read())).namelist()
    told = [e.facts["digest"] for e in Entry.objects.filter(code="paper.printed").order_by("pk")]
    assert told == [printed.blob.digest, word.blob.digest]


def test_printed_twice_the_first_files_stay_the_paper():
    version = frozen()
    first = print_version(version)

    assert print_version(version) == first
    assert Printing.objects.count() == 2
    assert Entry.objects.filter(code="paper.printed").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_that_print_at_once_leave_one_file_of_each_form():
    version = frozen()
    start, made = threading.Barrier(2), []

    def act() -> None:
        start.wait()
        made.append([printing.pk for printing in print_version(version)])
        connection.close()

    threads = [threading.Thread(target=act) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made[0] == made[1]
    assert Printing.objects.count() == Blob.objects.count() == 2


def test_a_text_frozen_without_a_paper_has_no_printing():
    version = freeze_text(Wording("paper", "Cũ", "Lời\n"), by=NOBODY, chain="house")

    with pytest.raises(WrongState, match="không có bản in"):
        print_version(version)

    assert not Printing.objects.exists()


@pytest.fixture
def _broken_template(monkeypatch, tmp_path):
    """Let the template be one that somebody has just broken."""
    broken = tmp_path / "official.typ"
    broken.write_text("#chu(sys.inputs.paper)", encoding="utf-8")
    monkeypatch.setattr(pdf, "TEMPLATE", broken)


@pytest.mark.usefixtures("_broken_template")
def test_a_template_that_fails(caplog):
    """a template that fails (the officer sees a sentence, the operator the cause): in the log, in
    the list of jobs and on the check page."""
    with clock.at(clock.start_of(date(2026, 3, 2))):
        version = frozen()

    with pytest.raises(CannotPrint, match="mẫu in gặp lỗi") as refused:
        print_version(version)

    assert "unknown variable" not in refused.value.sentence
    assert "unknown variable: chu" in caplog.text
    assert not Printing.objects.exists()
    later("documents.print", pk=version.pk)
    run_due()
    assert "unknown variable: chu" in Lease.objects.get().trouble
    finding = look()
    assert finding.state is State.LOOK
    assert "unknown variable: chu" in finding.sentence


def test_the_job_prints_and_does_nothing_a_second_time():
    version = frozen()
    for _n in range(2):
        print_paper(version.pk)

    assert Printing.objects.filter(version=version).count() == 2
    assert look().state is State.FINE
    print_paper(version.pk + 1)  # gone meanwhile: nothing to do


@pytest.fixture
def head():
    return make.head(make.an_organization())


def test_a_paper_is_taken_back_once_with_a_reason(head):
    version = frozen()

    with pytest.raises(Invalid) as refused:
        withdraw_paper(version, by=head, reason=" ")
    assert refused.value.field == "reason"
    withdraw_paper(version, by=head, reason="Sai số liệu")
    with pytest.raises(AlreadyDone):
        withdraw_paper(version, by=head, reason="Lần nữa")

    assert Withdrawal.objects.get().reason == "Sai số liệu"
    assert Entry.objects.filter(code="paper.withdrawn").count() == 1
    assert Version.objects.get(pk=version.pk).text == version.text


def test_who_acts_for_nobody_takes_nothing_back():
    with pytest.raises(Invalid, match="đang làm việc"):
        withdraw_paper(frozen(), by=NOBODY, reason="Sai")


@pytest.mark.parametrize("model", [Version, Printing, Withdrawal])
def test_what_was_issued_cannot_be_changed_or_deleted(model, head):
    version = frozen()
    print_version(version)
    withdraw_paper(version, by=head, reason="Sai")
    field = {"Version": "title", "Printing": "family", "Withdrawal": "reason"}[model.__name__]

    for act in (lambda: model.objects.update(**{field: "khác"}), model.objects.all()._raw_delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act(*([] if act.__name__ == "<lambda>" else [model.objects.db]))


def test_a_correction_names_the_paper_before():
    old = frozen()
    new = freeze_official(replace(PAPER, title="Sửa"), by=NOBODY, chain="house", previous=old)

    assert new.previous == old
    assert new.code != old.code
