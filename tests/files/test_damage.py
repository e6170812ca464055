"""Whatever is damaged ends in a sentence, never in a fault of the program."""

import random
from contextlib import suppress

import pytest

from tests.files import samples
from thidua.core.errors import Invalid
from thidua.files.uploads import received

pytestmark = [pytest.mark.usefixtures("folder"), pytest.mark.filterwarnings("ignore")]
WHOLE = {
    "jpg": samples.picture("JPEG", way=6),
    "png": samples.picture("PNG", way=6),
    "webp": samples.picture("WEBP", way=6),
    "docx": samples.office(word__embeddings__a_xlsx=samples.office("xlsx")),
    "odt": samples.odf(),
    "doc": samples.compound("WordDocument", "1Table", first=b"\xec\xa5" + bytes(60)),
    "pdf": samples.PDF,
    "txt": "Kết nạp 1.234 hội viên".encode(),
}


def damaged(content, chance):
    """Return the content with a few bytes changed, taken out or put in."""
    changed = bytearray(content)
    for _n in range(chance.choice((1, 2, 8))):
        at = chance.randrange(len(changed))
        cut = chance.choice((0, 1, 1, 20))
        changed[at : at + cut] = bytes(chance.choice((0, 255, 129)) for _n in range(cut % 20 or 1))
    return bytes(changed)


@pytest.mark.parametrize("suffix", WHOLE)
def test_damage_is_met_with_a_sentence_or_does_no_harm(suffix, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda _file: None)
    chance = random.Random(suffix)
    for _n in range(60):
        upload = samples.sent(damaged(WHOLE[suffix], chance), f"a.{suffix}")
        with suppress(Invalid), received(upload) as found:
            assert found.size == found.path.stat().st_size > 0
