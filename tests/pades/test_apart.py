"""What anybody sends is looked at in a process of its own, with limits, or not at all."""

import re
from contextlib import suppress

import pytest

from tests.pades.making import DAY, FROZEN, NOW, authority, chain, first, original
from tests.pades.tampering import annotated
from tests.typesetting.bad_files import bomb, encrypted
from thidua.pades.apart import Limits, inspect_upload, verify_apart
from thidua.pades.reasons import Unverifiable, UploadRefused
from thidua.pades.uploads import Terms
from thidua.pades.verifying import verify_pdf

pytestmark = pytest.mark.programs
ROOTS = [authority().root]
TERMS = Terms(FROZEN, NOW + DAY, (authority().root,))


def test_a_foreign_file_is_looked_at_apart_with_the_same_answer():
    new = inspect_upload(original(), chain()[1], TERMS)
    results = verify_apart(chain()[-1], ROOTS, at=NOW + DAY, witnessed={"ky-1": NOW})

    assert (new.field, new.result.outcome) == ("ky-1", "valid")
    assert results == verify_pdf(chain()[-1], ROOTS, at=NOW + DAY, witnessed={"ky-1": NOW})
    with pytest.raises(UploadRefused) as refused:
        inspect_upload(original(), annotated(chain()[1]), TERMS)
    assert refused.value.reason == "annotated"


def test_a_file_that_would_eat_the_machine_is_refused():
    for pdf, limits, reason in (
        (original() + b"0" * 100, Limits(size=1000), "too_big"),
        (chain()[-1], Limits(megabytes=60), "too_heavy"),
        (original() + _endless(), Limits(seconds=1), "too_slow"),
    ):
        with pytest.raises(UploadRefused) as refused:
            inspect_upload(original(), pdf, TERMS, limits=limits)
        assert refused.value.reason == reason


def _endless():
    """Return thousands of increments, each a few bytes that change nothing."""
    ours = original()
    root = re.findall(rb"/Root (\d+) 0 R", ours)[-1]
    size = re.findall(rb"/Size (\d+)", ours)[-1]
    at, before, made = len(ours), int(ours.rsplit(b"startxref", 1)[1].split()[0]), b""
    for _ in range(3000):
        told = b"xref\n0 0\ntrailer\n<</Size %s/Root %s 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
        told %= (size, root, before, at)
        before, at, made = at, at + len(told), made + told
    return made


def test_whatever_byte_is_changed_no_signature_stays_valid_that_covers_it():
    """Or the file cannot be read at all; never anything else."""
    whole = first()
    for place in range(100, len(original()), len(original()) // 25):
        spoiled = bytearray(whole)
        spoiled[place] ^= 0x21
        with suppress(Unverifiable):
            results = verify_pdf(bytes(spoiled), ROOTS, at=NOW + DAY)
            assert not any(one.is_valid for one in results)


def test_what_is_no_signed_pdf_is_told_apart():
    for pdf, reason in (
        (b"", "empty"),
        (b"PK", "not_pdf"),
        (encrypted(original()), "encrypted"),
        (original()[:9000], "damaged"),
    ):
        with pytest.raises(Unverifiable) as refused:
            verify_apart(pdf, ROOTS, at=NOW)
        assert refused.value.reason == reason
    assert verify_apart(bomb(200), ROOTS, at=NOW) == []  # nothing of the bomb need be opened
