"""ZIP packages: bombs, archives in them, and damage are met before anybody opens them."""

import io
import struct
import zipfile
import zlib

import pytest

from tests.files import samples
from tests.files.conftest import sentence_of
from tests.files.test_kinds import kind_of
from thidua.core.errors import Invalid
from thidua.files import packages
from thidua.files.uploads import received

pytestmark = pytest.mark.usefixtures("folder")
BOMB = "bung ra quá lớn"


def refused(content, name="a.docx"):
    """Return the sentence of the refusal."""
    with pytest.raises(Invalid) as refusal, received(samples.sent(content, name)):
        pass
    return sentence_of(refusal)


def test_a_part_that_grows_a_thousandfold_is_refused():
    """“a zip bomb”: two megabytes of zeros in two kilobytes."""
    content = samples.office(word__media__a_png=bytes(2_000_000))

    assert len(content) < 4_000
    assert BOMB in refused(content)


def test_a_table_of_many_like_cells_is_no_bomb():
    row = b'<row><c r="A1" s="1"><v>0</v></c><c r="B1" s="1"><v>%d</v></c></row>'
    cells = b"".join(row % (number * 7919 % 10_007) for number in range(20_000))

    assert kind_of(samples.office("xlsx", xl__worksheets__sheet1_xml=cells), "a.xlsx") == ".xlsx"


def test_parts_that_are_too_large_together_are_refused(monkeypatch):
    """“a zip bomb” of many parts, each of them harmless by itself."""
    monkeypatch.setattr(packages, "MOST_UNPACKED", 3_000)
    content = samples.office(a=bytes(1_000), b=bytes(1_000), c=bytes(1_000))

    assert BOMB in refused(content)


def test_too_many_parts_are_refused(monkeypatch):
    """“a zip bomb” of nothing but names."""
    monkeypatch.setattr(packages, "MOST_PARTS", 5)

    assert kind_of(samples.office(a=b"", b=b"", c=b""), "a.docx") == ".docx"
    assert BOMB in refused(samples.office(a=b"", b=b"", c=b"", d=b""))


def test_a_directory_too_long_to_be_read_is_refused_unread(monkeypatch):
    """“a zip bomb” whose directory alone would fill the memory."""
    monkeypatch.setattr(packages, "MOST_AT_ONCE", 66_000)
    parts = {f"{number:05d}{'x' * 200}": b"" for number in range(300)}

    assert BOMB in refused(samples.office(**parts))


def test_a_bomb_in_an_embedded_workbook_is_found(monkeypatch):
    """“a zip bomb” one package further in: what both unpack is added up."""
    monkeypatch.setattr(packages, "MOST_UNPACKED", 3_000)
    inner = samples.office("xlsx", a=bytes(2_000))

    assert BOMB in refused(samples.office(a=bytes(800), word__embeddings__b_xlsx=inner))


def test_a_directory_that_tells_less_than_there_is_shows_as_damage():
    """“a zip bomb” that lies: a hundred bytes are announced, a million come, the sum fits both."""
    zeros = bytes(1_000_000)
    content = samples.office(word__big=zeros)
    at = content.rindex(b"PK\x01\x02")  # of the last part in the directory
    lying = bytearray(content)
    lying[at + 16 : at + 20] = struct.pack("<I", zlib.crc32(zeros[:100]))
    lying[at + 24 : at + 28] = struct.pack("<I", 100)

    assert "bị hỏng" in refused(bytes(lying))


def test_an_embedded_workbook_is_usual_and_taken():
    inner = samples.office("xlsx")
    content = samples.office("pptx", ppt__embeddings__a_xlsx=inner)

    assert kind_of(content, "a.pptx") == ".pptx"


def test_packages_in_packages_end_at_the_third():
    content = samples.office("xlsx")
    for _n in range(2):
        content = samples.office(word__embeddings__a_docx=content)
    assert kind_of(content, "a.docx") == ".docx"

    deeper = samples.office(word__embeddings__a_docx=content)
    assert "tệp nén khác" in refused(deeper)


@pytest.mark.parametrize(
    "inner", [samples.zipped({"a.exe": samples.EXE}), b"Rar!\x1a\x07\x00x", b"7z\xbc\xaf\x27\x1cx"]
)
def test_an_archive_in_a_document_is_refused(inner):
    assert "tệp nén khác" in refused(samples.office(word__media__image_png=inner))


def test_macros_in_an_embedded_document_are_refused():
    assert "macro" in refused(samples.office(word__embeddings__a_bin=samples.office("docm")))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_way_of_packing_that_no_office_program_uses_is_refused(method):
    parts = {"mimetype": samples.ODF["odt"].encode(), "content.xml": b"<o/>" * 50}

    assert "bị hỏng" in refused(samples.zipped(parts, method=method), "a.odt")


@pytest.mark.parametrize("end", [40, 200, -1, -22, -40])
def test_a_cut_package_is_refused(end):
    assert "bị hỏng" in refused(samples.office()[:end])


def test_a_changed_byte_in_a_part_is_refused():
    parts = {"mimetype": samples.ODF["odt"].encode(), "content.xml": b"<office/>"}
    content = samples.zipped(parts, method=zipfile.ZIP_STORED).replace(b"<office/>", b"<0ffice/>")

    assert "bị hỏng" in refused(content, "a.odt")


def test_a_package_with_a_locked_part_is_refused():
    content = bytearray(samples.office())
    content[content.index(b"PK\x01\x02") + 8] |= 1

    assert "mật khẩu" in refused(bytes(content))


def test_little_is_read_at_once():
    source = packages._Sparing(io.BytesIO(bytes(packages.MOST_AT_ONCE + 1)))

    with pytest.raises(Invalid):
        source.read()
