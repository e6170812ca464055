"""A file dropped on the page that checks papers: unchanged, changed, foreign, or unreadable."""

import io
import zipfile

import pikepdf
import pytest
from django.urls import reverse

from tests import factories as make
from tests.files.samples import office
from tests.web.papers import SECRET, a_paper, bytes_of, drop, saved_again
from thidua.files.models import Blob
from thidua.files.storage import incoming_folder
from thidua.web.verifying import limits

pytestmark = pytest.mark.django_db
UNCHANGED, CHANGED = "không bị sửa chỗ nào", "đã bị thay đổi, hoặc do chương trình khác lưu lại"
FOREIGN = "không phải văn bản do hệ thống này phát hành"


@pytest.fixture(autouse=True)
def _nothing_of_it_is_kept():
    """Look after each test whether anything was kept of what was dropped."""
    yield
    assert not list(incoming_folder().iterdir())


@pytest.fixture
def paper():
    return a_paper()


def said(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("form", "name"), [("pdf", "a.pdf"), ("docx", "a.docx"), ("pdf", "x")])
def test_a_kept_printing_is_unchanged_under_whatever_name(client, paper, form, name):
    page = said(drop(client, bytes_of(paper, form), name))

    assert UNCHANGED in page
    assert "05/KH-KTĐ" in page
    assert SECRET not in page
    assert Blob.objects.count() == 2  # the two printings


def test_the_exact_text_is_known_too(client, paper):
    assert "đúng nguyên văn lời" in said(drop(client, paper.text.encode(), "van-ban.txt"))


def test_ours_with_one_byte_changed(client, paper):
    """ours with one byte changed: anywhere in it, it is called changed, and the true one shown."""
    whole = bytes_of(paper)
    address = reverse("verifying:show", args=[paper.shown_code])
    for place in (len(whole) // 4, len(whole) // 2, 3 * len(whole) // 4):
        changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        page = said(drop(client, changed))
        assert UNCHANGED not in page
        assert CHANGED in page
        assert address in page


def test_ours_resaved_by_another_program(client, paper):
    """ours re-saved by another program: the words are the same, the bytes are not."""
    for options in (
        {},
        {"linearize": True},
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    ):
        page = said(drop(client, saved_again(bytes_of(paper), **options)))
        assert CHANGED in page
        assert paper.shown_code in page


def test_a_word_file_that_was_edited_is_changed(client, paper):
    source, target = io.BytesIO(bytes_of(paper, "docx")), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == "word/document.xml":
                part = part.replace("Điều chỉ".encode(), "Điều mọi".encode())
            new.writestr(entry, part)

    assert CHANGED in said(drop(client, target.getvalue(), "van-ban.docx"))


def test_a_pdf_of_another_paper(client, paper):
    """a PDF of another paper: it is none of ours, or it is the other one of ours."""
    bytes_of(paper)
    blank = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(blank)
    assert FOREIGN in said(drop(client, blank.getvalue()))

    other = a_paper("Việc khác")
    page = said(drop(client, bytes_of(other)))
    assert UNCHANGED in page
    assert other.shown_code in page
    assert paper.shown_code not in page


def test_an_encrypted_damaged_huge_or_empty_pdf(client, paper):
    """an encrypted, damaged, 200 MB or 0-byte PDF: each gets its sentence, and nothing is kept."""
    whole = bytes_of(paper)
    closed = saved_again(whole, encryption=pikepdf.Encryption(owner="a", user="b"))
    page = said(drop(client, closed))
    assert "không phải đúng nguyên tệp" in page or CHANGED in page
    assert "có mật khẩu" in page

    page = said(drop(client, whole[: len(whole) // 3]))
    assert UNCHANGED not in page
    assert "bị hỏng" in page

    page = said(drop(client, b""))
    assert "Tệp rỗng" in page


def test_a_file_over_the_limit_is_refused_before_it_is_read(client, settings):
    """an encrypted, damaged, 200 MB or 0-byte PDF: what is over the limit is told beside the
    field."""
    settings.UPLOAD_MAX_MB = 1
    response = drop(client, b"%PDF-1.7\n" + bytes(2_000_000))

    assert response.status_code == 422
    assert "chỉ đối chiếu được tệp nhiều nhất 1 MB" in response.content.decode()


def test_a_docx_named_pdf(client, paper):
    """a DOCX named .pdf: what it is shows in its bytes, not in its name."""
    assert UNCHANGED in said(drop(client, bytes_of(paper, "docx"), "van-ban.pdf"))


def test_a_zip_bomb(client):
    """a zip bomb: it is not unpacked, and told."""
    page = said(drop(client, office(a=bytes(20_000_000)), "van-ban.docx"))

    assert "bung ra quá lớn" in page


def test_no_file_chosen_gets_a_sentence(client):
    response = client.post(reverse("verifying:index"))

    assert response.status_code == 422
    assert "Hãy chọn một tệp" in response.content.decode()


def test_strange_files_count_against_an_address_and_ours_do_not(client, paper, monkeypatch):
    monkeypatch.setattr(limits, "MOST", 2)
    for _n in range(3):
        assert UNCHANGED in said(drop(client, bytes_of(paper)))
    for _n in range(2):
        drop(client, b"khac")

    assert drop(client, bytes_of(paper)).status_code == 429


def test_the_signing_file_is_told_apart_from_the_paper(client):
    covenant = make.in_force(make.a_bloc(2))
    address = reverse("covenants:signing_file", args=[covenant.pk, "pdf"])
    content = client.get(address).content

    page = said(drop(client, content))

    assert "là hồ sơ ký" in page
    assert covenant.version.shown_code in page


def test_an_upload_with_a_strange_name_is_shown_safely(client):
    page = said(drop(client, b"x", '<script>alert("1")</script>.pdf'))

    assert "<script>alert" not in page
