"""Pictures are kept without what the camera wrote beside them, and lose nothing of the drawing."""

import io
import struct

import pytest
from PIL import Image

from tests.files import samples
from tests.files.conftest import sentence_of
from thidua.core.errors import Invalid
from thidua.files import pictures
from thidua.files.uploads import received

pytestmark = pytest.mark.usefixtures("folder")
KINDS = ["JPEG", "PNG", "WEBP"]


def kept(content, name="ảnh"):
    """Return the bytes that would be kept."""
    with received(samples.sent(content, name)) as found:
        return found.path.read_bytes()


def refused(content):
    """Return the sentence of the refusal."""
    with pytest.raises(Invalid) as refusal:
        kept(content)
    return sentence_of(refusal)


def read(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("way", [1, 3, 6, 8])
@pytest.mark.parametrize("kind", KINDS)
def test_position_and_camera_are_gone_and_the_drawing_is_the_same(kind, way):
    """“a picture with its position inside (stripped)”: colours and which way is up stay."""
    content = samples.picture(kind, way=way)
    assert samples.SECRET.encode() in content
    assert read(content).getexif().get_ifd(0x8825)

    result = kept(content)

    assert samples.SECRET.encode() not in result
    assert dict(read(result).getexif()) == ({} if way == 1 else {0x0112: way})
    assert read(result).tobytes() == read(content).tobytes()
    assert read(result).info["icc_profile"] == samples.profile()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_stripped_once_stays_as_it_is(kind):
    once = kept(samples.picture(kind, way=6))

    assert kept(once) == once


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_photograph_with_other_notes_is_the_same_file(kind):
    content = samples.picture(kind)
    other = content.replace(b"Canon", b"Nikon") if kind != "PNG" else kept(content)

    assert kept(content) == kept(other)


@pytest.mark.parametrize("kind", KINDS)
def test_what_hangs_behind_the_end_is_cut_off(kind):
    content = samples.picture(kind)
    behind = b"" if kind == "PNG" else b"\xff\xd8"

    assert kept(content + behind + b"a film with its position" * 50) == kept(content)


def test_a_phones_picture_of_several_keeps_the_first_alone():
    """Phones put a second picture behind, with a position of its own (CIPA DC-007)."""
    file = io.BytesIO()
    first, second = read(samples.picture()), Image.new("RGB", (40, 20), "green")
    first.save(file, "MPO", save_all=True, append_images=[second], exif=first.getexif())

    result = kept(file.getvalue())

    assert read(result).format == "JPEG"
    assert result.count(b"\xff\xd8\xff") == 1


def test_a_progressive_picture_with_restarts_keeps_all_its_scans():
    file = io.BytesIO()
    noise = Image.effect_noise((150, 130), 90).convert("RGB")
    noise.save(file, "JPEG", progressive=True, restart_marker_rows=1, quality=95)

    assert read(kept(file.getvalue())).tobytes() == read(file.getvalue()).tobytes()


def test_a_transparent_picture_stays_transparent():
    for kind in ("PNG", "WEBP"):
        file = io.BytesIO()
        Image.new("RGBA", (9, 9), (255, 0, 0, 100)).save(file, kind, lossless=True)
        assert read(kept(file.getvalue())).getpixel((4, 4)) == (255, 0, 0, 100)


def test_a_moving_picture_is_refused():
    file = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])

    assert "Ảnh động" in refused(file.getvalue())


def test_of_a_moving_png_the_first_picture_stays():
    file = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:])

    assert read(kept(file.getvalue())).n_frames == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_of_too_many_points_is_refused_undrawn(kind, monkeypatch):
    """“over the limit”: a small file may be a picture that fills the memory when it is drawn."""
    monkeypatch.setattr(pictures, "MOST_PIXELS", 799)
    monkeypatch.setattr(pictures, "MOST_WEBP_PIXELS", 799)

    assert "40 × 20 điểm" in refused(samples.picture(kind))


def test_a_png_that_claims_to_be_immense_is_refused():
    content = bytearray(samples.picture("PNG"))
    content[16:24] = struct.pack(">II", 60_000, 60_000)

    assert "60000 × 60000 điểm" in refused(bytes(content)) or "hỏng" in refused(bytes(content))


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_that_was_cut_is_refused(kind, part):
    content = samples.picture(kind, size=(120, 80))

    assert "hỏng" in refused(content[: int(len(content) * part)])


def test_a_changed_byte_in_a_png_is_refused():
    content = bytearray(samples.picture("PNG"))
    content[content.index(b"IDAT") + 8] ^= 1

    assert "hỏng" in refused(bytes(content))


@pytest.mark.filterwarnings("ignore")  # Pillow tells of damaged notes on the side
def test_damaged_notes_beside_a_whole_picture_do_no_harm():
    content = samples.picture("JPEG", way=6)
    start = b"Exif\x00\x00MM\x00*"
    damaged = content.replace(start + b"\x00\x00\x00\x08", start + b"\xff\xff\xff\xf0")

    assert damaged != content
    assert read(kept(damaged)).size == (40, 20)


def test_filling_without_end_is_refused_quickly():
    content = samples.picture()

    assert "hỏng" in refused(content[:2] + b"\xff" * 100_000 + content[2:])
