"""Through the door: what comes in from a browser, and how bytes go out again."""

import io
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.files import samples
from tests.files.full import files_of_at_most
from thidua.accounts.acting import NOBODY
from thidua.files.actions import blank_file, keep_file
from thidua.files.models import Blob
from thidua.files.storage import place_of
from thidua.web.upload import FileField

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.files.pages")]
RECEIVE = "/thu/nhan/"


def keep(content=samples.PDF, name="a"):
    return keep_file(samples.sent(content, name), by=NOBODY)


def send(client, content, name="báo cáo.pdf"):
    told = {"title": "Chữ đã gõ", "file": SimpleUploadedFile(name, content)}
    return client.post(RECEIVE, told).content.decode()


def read(client, address):
    """Return the answer, read to its end: only then is the file closed."""
    response = client.get(address)
    assert b"".join(response.streaming_content)
    return response


class Cut(io.BytesIO):
    """A connection that is reset after what it holds."""

    def read(self, size=-1):
        return super().read(size) or self._reset()

    def _reset(self):
        raise ConnectionResetError


def half(stream):
    """Return what the server is told of a form of which only a half arrives."""
    upload = SimpleUploadedFile("a.pdf", samples.PDF + b"%" * 300_000 + b"%%EOF")
    body = encode_multipart(BOUNDARY, {"title": "Chữ đã gõ", "file": upload})
    arrived = stream(body[: len(body) // 2])
    told = {"CONTENT_TYPE": MULTIPART_CONTENT, "CONTENT_LENGTH": str(len(body))}
    return {**told, "wsgi.input": arrived}


def test_a_small_file_and_a_large_one_are_received_and_kept(client, folder, lying):
    assert send(client, samples.PDF).startswith("InMemoryUploadedFile")
    large = samples.PDF + b"%" * 100_000 + b"%%EOF"
    assert send(client, large).startswith("UploadedFile")

    assert Blob.objects.count() == 2
    assert lying() == sorted(place_of(blob.digest) for blob in Blob.objects.all())


def test_a_refusal_stands_beside_the_field_and_what_was_typed_stays(client, folder):
    page = send(client, samples.EXE)

    assert "chương trình Windows (.exe)" in page
    assert re.search(r'class="field field--file is-wrong"', page)
    assert 'value="Chữ đã gõ"' in page


def test_a_full_disk_is_told_beside_the_file_and_what_was_typed_stays(client, folder, lying):
    """“The disk full during an upload and during a backup.”: the upload."""
    large = samples.PDF + b"%" * 14_000_000 + b"%%EOF"

    with files_of_at_most(12_000_000):
        page = send(client, large)

    assert "Máy chủ hết chỗ chứa tệp" in page
    assert 'value="Chữ đã gõ"' in page
    assert lying() == []
    assert Blob.objects.count() == 0
    assert send(client, large).startswith("UploadedFile")  # once there is room again


def test_no_file_and_an_empty_file_get_their_own_sentences(client, folder):
    assert "Hãy chọn một tệp." in client.post(RECEIVE, {"title": "a"}).content.decode()
    assert "0 byte" in send(client, b"")


def test_what_is_over_the_limit_is_read_and_thrown_away(client, folder, lying, settings):
    """“over the limit”: the sentence stands beside the field, and the disk was not filled."""
    settings.UPLOAD_MAX_MB = 1
    page = send(client, samples.PDF + b"%" * (3 * 1024 * 1024))

    assert "nặng 3 MB, chỉ nhận nhiều nhất 1 MB" in page
    assert lying() == []
    assert not Blob.objects.exists()


def test_half_an_upload_is_no_file(client, folder, lying):
    """“the connection cut in the middle”: the server sees an end; no row, no file is left."""
    page = client.generic("POST", RECEIVE, **half(io.BytesIO)).content.decode()

    assert "Hãy chọn một tệp." in page
    assert 'value="Chữ đã gõ"' in page
    assert lying() == []
    assert not Blob.objects.exists()


def test_a_reset_connection_leaves_no_file_even_before_anything_is_closed(rf, folder, lying):
    """“the connection cut in the middle”: the server sees a fault in the middle of the file."""
    request = rf.generic("POST", RECEIVE, **half(Cut))
    with pytest.raises(UnreadablePostError):
        request.FILES  # noqa: B018  (asking reads it)

    assert lying() == []
    for handler in request.upload_handlers:
        handler.upload_interrupted()


def test_the_field_tells_kinds_and_size_before_anything_is_chosen(settings):
    settings.UPLOAD_MAX_MB = 7
    field = FileField()

    assert "Word" in str(field.help_text)
    assert "7 MB" in str(field.help_text)
    accepted = field.widget.attrs["accept"].split(",")
    assert {"image/jpeg", ".pdf", ".docx"} <= set(accepted)
    assert not {"image/heic", ".heic", "image/*"} & set(accepted)  # an iPhone then sends JPG


def test_a_file_goes_out_as_an_attachment_that_can_do_nothing(client, folder):
    blob = keep()
    response = client.get(f"/thu/tai/{blob.digest}/")

    assert response.streaming
    assert b"".join(response.streaming_content) == samples.PDF
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    # Its name said PNG; what is inside says PDF.
    assert unquote(disposition).endswith("Minh chứng số 1.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(samples.PDF))
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert response["Content-Security-Policy"] == policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("content", [samples.PDF, samples.picture("PNG")], ids=["PDF", "PNG"])
def test_a_picture_and_a_pdf_may_be_shown_on_our_own_pages_alone(client, folder, content):
    blob = keep(content)
    response = read(client, f"/thu/xem/{blob.digest}/")

    assert response["Content-Disposition"].startswith("inline;")
    assert response["Content-Type"] == blob.media_type
    policy = "sandbox; default-src 'none'; frame-ancestors 'self'"
    assert response["Content-Security-Policy"] == policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("content", [samples.office(), b"<!-- x --><script>"], ids=["Word", "text"])
def test_nothing_else_is_shown_in_place(client, folder, content):
    response = read(client, f"/thu/xem/{keep(content).digest}/")

    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Frame-Options"] == "DENY"


def test_our_pages_may_frame_only_our_own_addresses(client):
    assert "frame-src 'self'" in client.get("/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("way", ["tai", "xem"])
def test_a_blanked_file_says_when_and_why_it_was_removed(
    client, folder, way, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        blob = blank_file(keep(), by=NOBODY, reason="Có ảnh trẻ em", basis="Đơn ngày 2/3/2026")
    response = client.get(f"/thu/{way}/{blob.digest}/")
    page = response.content.decode()

    assert response.status_code == 410
    assert response["Cache-Control"] == "private, no-store"
    day = blob.blanked_at.astimezone().strftime("%Y")
    assert all(told in page for told in ("Có ảnh trẻ em", "Đơn ngày 2/3/2026", blob.digest, day))


def test_missing_bytes_are_told_and_not_a_fault_page(client, folder, caplog):
    blob = keep()
    (Path(folder) / place_of(blob.digest)).unlink()

    response = client.get(f"/thu/tai/{blob.digest}/")

    assert "Hãy báo người vận hành" in response.content.decode()
    assert response.status_code == 409
    assert blob.digest in caplog.text
