"""What may come in, told by its content alone; each refusal is a sentence that says what to do."""

import pytest

from tests.files import samples
from tests.files.conftest import sentence_of
from thidua.core.errors import Invalid
from thidua.files.uploads import received

pytestmark = pytest.mark.usefixtures("folder")
TEXT = "Kết nạp 1.234 hội viên\r\n\tđạt 102 %"
WORD = samples.compound("WordDocument", "1Table", first=b"\xec\xa5" + bytes(60))
LOCKED_WORD = samples.compound("WordDocument", first=b"\xec\xa5" + bytes(8) + b"\x00\x01")


def kind_of(content, name):
    """Return the suffix of the kind that was found."""
    with received(samples.sent(content, name)) as found:
        return found.kind.suffix


def refused(content, name="tệp.pdf"):
    """Return the sentence of the refusal."""
    with pytest.raises(Invalid) as refusal, received(samples.sent(content, name)):
        pass
    return sentence_of(refusal)


@pytest.mark.parametrize(
    ("content", "name", "suffix"),
    [
        (samples.PDF, "a.pdf", ".pdf"),
        (b"\n" + samples.PDF, "A.PDF", ".pdf"),
        (samples.picture("JPEG"), "a.jpeg", ".jpg"),
        (samples.picture("PNG"), "a.png", ".png"),
        (samples.picture("WEBP"), "a.webp", ".webp"),
        (samples.office("docx"), "a.docx", ".docx"),
        (samples.office("xlsx"), "a.xlsx", ".xlsx"),
        (samples.office("pptx"), "a.pptx", ".pptx"),
        (WORD, "a.doc", ".doc"),
        (samples.compound("Workbook"), "a.xls", ".xls"),
        (samples.compound("PowerPoint Document"), "a.ppt", ".ppt"),
        (samples.odf("odt"), "a.odt", ".odt"),
        (samples.odf("ods"), "a.ods", ".ods"),
        (samples.odf("odp"), "a.odp", ".odp"),
        (TEXT.encode(), "a.txt", ".txt"),
        (TEXT.encode("utf-8-sig"), "a.csv", ".txt"),
        (b"MZ la ten mot xa", "a.txt", ".txt"),
    ],
)
def test_each_accepted_kind_is_known_by_its_content(content, name, suffix):
    assert kind_of(content, name) == suffix


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("ảnh.png", ".jpg"), ("ảnh", ".jpg"), ("ảnh lần 1.sửa2", ".jpg"), ("ảnh.webp", ".jpg")],
)
def test_a_picture_named_as_another_picture_or_as_nothing_is_taken_for_what_it_is(name, suffix):
    assert kind_of(samples.picture(), name) == suffix


def test_an_empty_file_is_refused():
    """“0 bytes”: the sentence says so, and that the file may not have come down whole."""
    assert "0 byte" in refused(b"")


def test_a_file_over_the_limit_is_refused_with_both_sizes(settings):
    """“over the limit”: its size, the limit, and the way out; one byte less is taken."""
    settings.UPLOAD_MAX_MB = 1
    filling = b"a" * (1024 * 1024 - len(samples.PDF))

    assert kind_of(filling[:1000] + samples.PDF, "a.pdf") == ".pdf"
    assert kind_of(samples.PDF[:9] + filling + samples.PDF[9:], "a.pdf") == ".pdf"
    sentence = refused(samples.PDF[:9] + filling + b"a" * 600_000 + samples.PDF[9:])
    assert "1,6 MB" in sentence
    assert "nhiều nhất 1 MB" in sentence
    assert "dán liên kết" in sentence


def test_a_program_named_as_a_document_is_refused_naming_both():
    """“an .exe named .pdf”: the sentence names what the name says and what the content is."""
    sentence = refused(samples.EXE, "Báo cáo tổng kết.pdf")

    assert "“.pdf”" in sentence
    assert "chương trình Windows (.exe)" in sentence


def test_what_the_browser_says_counts_for_nothing():
    assert kind_of(samples.picture(), "a.jpg") == ".jpg"  # `sent` claims a PDF for everything
    assert "PDF" in refused(samples.PDF, "a.jpg")


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (samples.EXE, "a.exe", "Tệp này là chương trình Windows"),
        (b"\x7fELF" + bytes(20), "a.jpg", "“.jpg” nhưng bên trong là chương trình"),
        (b"#!/bin/sh\n", "a.txt", "bên trong là chương trình"),
        (b"echo off\n", "a.bat", "“.bat” nhưng bên trong là tệp chữ"),
        (samples.zipped({"a.pdf": samples.PDF}), "a.zip", "giải nén rồi gửi từng tệp"),
        (samples.zipped({"a.pdf": samples.PDF}), "a.docx", "“.docx” nhưng bên trong là tệp nén"),
        (b"Rar!\x1a\x07" + bytes(9), "a.rar", "giải nén"),
        (samples.MP4, "phim.mp4", "dán liên kết"),
        (b"ID3\x04\x00\x00" + bytes(20), "a.mp3", "dán liên kết"),
        (samples.HEIC, "IMG_1.HEIC", "Tương thích nhất"),
        (b"GIF89a" + bytes(20), "a.gif", "JPG hoặc PNG"),
        (b"<svg xmlns='x'><script/></svg>", "a.svg", "ảnh loại khác"),
        (b"\xef\xbb\xbf <!DOCTYPE html><p>", "bảng.xls", "trang web (HTML)"),
        (b"{\\rtf1 x}", "a.doc", "RTF"),
        (samples.compound("__properties_version1.0"), "a.msg", "tệp loại khác của Windows"),
        (bytes(range(256)), "a.dat", "một loại tệp lạ"),
        (b"\x81\x82\x83" * 40, "a.dat", "một loại tệp lạ"),
        (samples.PDF, "a.docx", "“.docx” nhưng bên trong là PDF"),
        (samples.office(), "a.pdf", "“.pdf” nhưng bên trong là Word"),
    ],
)
def test_what_is_not_accepted_is_named_and_told_what_to_do_instead(content, name, told):
    assert told in refused(content, name)


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-16"),
        "đơn vị".encode("cp1258", "replace"),
        b"Thi \xc3\xb0ua \xff",
        b"a\x00b",
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
def test_a_text_in_another_encoding_is_refused_with_the_way_to_save_it(content, name):
    told = refused(content, name)

    assert "UTF-8" in told or "lạ" in told


def test_a_text_in_utf_16_is_told_how_to_save_it_as_utf_8():
    assert "CSV UTF-8" in refused(TEXT.encode("utf-16"), "a.csv")


def test_a_pdf_whose_end_is_missing_is_refused():
    assert "thiếu phần cuối" in refused(samples.PDF[:-7])


def test_a_pdf_is_kept_byte_by_byte_for_it_may_be_signed():
    content = samples.PDF + b"% chu ky so\n%%EOF\n" + b"\x00" * 100
    with received(samples.sent(content, "a.pdf")) as found:
        assert found.path.read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [
        samples.compound("WordDocument", "Macros"),
        samples.compound("Workbook", "_VBA_PROJECT_CUR"),
        samples.office("docm"),
        samples.office(word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"),
        samples.odf(Basic__Standard__a_xml=b"<x/>"),
    ],
    ids=["doc", "xls", "docm", "docx with a project", "odt"],
)
def test_a_document_with_macros_is_refused_whatever_its_name(content):
    assert "macro" in refused(content, "a.docx")


@pytest.mark.parametrize(
    "content",
    [
        LOCKED_WORD,
        samples.compound("EncryptedPackage", "EncryptionInfo"),
        samples.compound("PowerPoint Document", "EncryptedSummary"),
        samples.zipped(
            {"mimetype": samples.ODF["odt"].encode(), "META-INF/manifest.xml": b"encryption-data"}
        ),
    ],
    ids=["doc", "docx", "ppt", "odt"],
)
def test_a_document_with_a_password_is_refused(content):
    assert "mật khẩu" in refused(content, "a.docx")


@pytest.mark.parametrize("end", [8, 100, 600, 1100, 1600, 4000])
def test_a_compound_file_that_was_cut_is_refused(end):
    assert "bị hỏng" in refused(WORD[:end], "a.doc")
