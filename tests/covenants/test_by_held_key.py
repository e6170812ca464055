"""Signing with a key that is held here: when it signs, and when it does not."""

from typing import Any

import pytest

from tests import certificates as office
from tests import factories as make
from tests.covenants.certifying import by_held_key, hold, refused, results
from thidua.core.errors import AlreadyDone, DomainError, NoRight
from thidua.covenants.actions import by_certificate
from thidua.covenants.actions.by_certificate import sign_by_held_key
from thidua.documents.actions import ChangedText, print_version
from thidua.documents.actions.held_keys import KeyUnusable
from thidua.documents.certified import remark_of
from thidua.documents.models import CertificateProof, Signature
from thidua.paperwork.gathering import issued_files

pytestmark = pytest.mark.django_db
Manner = CertificateProof.Manner


@pytest.fixture
def world(db):
    return make.a_bloc(3)


@pytest.fixture
def covenant(world, settings, tmp_path):
    covenant = make.a_frozen_covenant(world)
    office.known(world.members)
    settings.HELD_KEYS_SECRET = office.SECRET  # the world before the settings: see tests/kept.py
    settings.HELD_KEYS_DIR = tmp_path / "keys"
    return covenant


def test_a_held_key_signs_the_newest_pdf(world, covenant):
    hold(world, 0)
    hold(world, 1)
    by_held_key(covenant, world.heads[0])

    signature = by_held_key(covenant, world.heads[1])

    assert signature.method == Signature.Method.HELD_KEY
    assert signature.certified.manner == Manner.IN_TURN
    assert signature.certified.level == "B-B"
    assert results(covenant, office.newest(covenant)) == ["valid"] * 2


def test_a_held_key_signs_anew_where_another_was_faster(world, covenant, monkeypatch):
    """“two members finishing at the same instant in turn”: the key signs the newest after all."""
    hold(world, 0)
    hold(world, 1)
    others = [world.heads[0]]
    signing = by_certificate.sign_with_held_key

    def overtaken(*args: Any, **facts: Any) -> Any:
        made = signing(*args, **facts)
        if others:
            by_held_key(covenant, others.pop())
        return made

    monkeypatch.setattr(by_certificate, "sign_with_held_key", overtaken)
    signature = by_held_key(covenant, world.heads[1])

    assert signature.certified.manner == Manner.IN_TURN
    assert results(covenant, office.newest(covenant)) == ["valid"] * 2


def test_a_held_key_signs_nothing_for_who_may_not(world, covenant, monkeypatch):
    hold(world, 1)
    asked: list[Any] = []
    monkeypatch.setattr(by_certificate, "sign_with_held_key", lambda *a, **k: asked.append(a))
    officer = make.officer(world.members[1])

    refused(lambda: by_held_key(covenant, officer), NoRight)
    other = sign_by_held_key
    facts = {"by": world.heads[1], "organization_id": world.members[1].pk}
    refused(lambda: other(covenant, digest="0" * 64, **facts), ChangedText)
    make.sign(covenant, world.heads[1])
    assert "đã ký" in refused(lambda: by_held_key(covenant, world.heads[1]), AlreadyDone)
    assert asked == []


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda s: setattr(s, "HELD_KEYS_SECRET", "một bí mật khác hẳn"), "HELD_KEYS_SECRET"),
        (lambda s: setattr(s, "HELD_KEYS_DIR", s.HELD_KEYS_DIR / "x"), "không còn trên máy này"),
    ],
)
def test_a_held_key_that_cannot_be_opened_says_who_mends_it(
    world, covenant, settings, spoil, sentence
):
    hold(world, 1)
    spoil(settings)
    assert sentence in refused(lambda: by_held_key(covenant, world.heads[1]), KeyUnusable)


def test_a_time_stamping_server_that_is_down(world, covenant, settings):
    """“a time-stamping server that is down (B-B, and says so)”."""
    settings.TSA_URL = "http://127.0.0.1:9/"
    hold(world, 1)

    proof = by_held_key(covenant, world.heads[1]).certified

    assert proof.level == "B-B"
    assert "không trả lời" in remark_of(proof)


def test_a_unit_without_a_held_key_is_told_so(world, covenant):
    assert "không giữ khóa nào" in refused(
        lambda: by_held_key(covenant, world.heads[1]), DomainError
    )


def test_the_papers_of_a_year_do_not_hold_the_original_with_its_empty_fields(world, covenant):
    print_version(covenant.version)
    office.original(covenant)

    files = [file.line.file for file in issued_files(world.cycle)]

    assert sorted(files) == ["covenant-1.docx", "covenant-1.pdf"]


def test_the_papers_of_a_year_hold_the_newest_pdf_that_was_signed(world, covenant):
    print_version(covenant.version)
    for n in (0, 1):
        hold(world, n)
        by_held_key(covenant, world.heads[n])

    (signed,) = [file for file in issued_files(world.cycle) if "signed" in file.line.file]

    assert signed.line.file == "covenant-1-signed-1.pdf"
    assert signed.read() == office.newest(covenant)
    assert results(covenant, signed.read()) == ["valid"] * 2
