"""Freezing a text and signing it, whatever paper it is."""

import hashlib
import unicodedata
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.tampering import alter
from thidua.accounts.acting import NOBODY
from thidua.audit.queries import START, head_digest
from thidua.core import clock
from thidua.core.errors import AlreadyDone
from thidua.documents.actions import (
    ChangedText,
    Signer,
    Wording,
    authorization_of,
    freeze_text,
    sign_version,
)
from thidua.documents.models import Signature, Version
from thidua.documents.verifying import legal_standing

pytestmark = pytest.mark.django_db
TEXT = "Điều 1. Đoàn kết\n\nGiúp nhau.\n"


def frozen(text: str = TEXT, **facts: Any) -> Version:
    """Freeze a text that nobody in particular wrote."""
    return freeze_text(Wording("paper", "Một văn bản", text), by=NOBODY, chain="house", **facts)


@pytest.fixture
def head():
    return make.head(make.an_organization("Hội Người cao tuổi"), post="Chủ tịch Hội")


def test_the_text_is_kept_composed_with_the_sha256_of_its_bytes():
    version = frozen(unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n"))

    assert version.text == TEXT
    assert version.digest == hashlib.sha256(TEXT.encode()).hexdigest()
    assert version.matches


def test_the_head_of_the_chain_at_that_moment_is_noted():
    assert frozen().chain_head == START

    make.an_organization()

    assert frozen().chain_head == head_digest("house") != START


def test_a_correction_is_a_new_version_that_names_the_old_one():
    old = frozen()

    new = frozen("Điều 1. Sửa\n", previous=old)

    assert new.previous == old
    assert Version.objects.get(pk=old.pk).text == TEXT


def test_a_signature_keeps_names_and_capacity_as_they_were_that_day(head):
    moment = clock.start_of(date(2026, 3, 17))
    with clock.at(moment):
        signature = sign_version(
            version := frozen(), signer=Signer.of(head.appointments[0]), digest=version.digest
        )

    assert signature.organization_name == "Hội Người cao tuổi"
    assert signature.signer_name == head.user.name
    assert signature.capacity == "CHỦ TỊCH HỘI"
    assert signature.signed_at == moment
    assert signature.get_method_display() == "xác nhận trong hệ thống bằng mật khẩu"
    assert signature.authorization == ""
    assert version.matches


def test_one_organization_signs_one_version_once(head):
    """one signing twice."""
    version = frozen()
    sign_version(version, signer=Signer.of(head.appointments[0]), digest=version.digest)

    with pytest.raises(AlreadyDone):
        sign_version(version, signer=Signer.of(head.appointments[0]), digest=version.digest)

    assert Signature.objects.count() == 1


def test_another_text_than_the_one_shown_is_not_signed(head):
    version = frozen()

    with pytest.raises(ChangedText, match="tải lại trang"):
        sign_version(version, signer=Signer.of(head.appointments[0]), digest=frozen("khác").digest)

    assert not Signature.objects.exists()


def test_a_text_that_no_longer_matches_is_not_signed(head):
    """a covenant text changed behind the frozen digest (every page then says that it no longer
    matches)."""
    version = frozen()
    alter(version.pk, text="Điều 1. Khác\n")

    with pytest.raises(ChangedText, match="không còn khớp"):
        sign_version(version, signer=Signer.of(head.appointments[0]), digest=version.digest)

    assert not Signature.objects.exists()


def test_a_digest_made_anew_does_not_match_what_was_signed(head):
    version = frozen()
    sign_version(version, signer=Signer.of(head.appointments[0]), digest=version.digest)
    other = "Điều 1. Khác\n"

    alter(version.pk, text=other, digest=hashlib.sha256(other.encode()).hexdigest())

    assert Version.objects.get().matches is False


def test_only_authorisation_by_paper_names_its_paper(head):
    """TUQ. without an authorisation or outside its dates: within them the paper is named."""
    organization, principal = head.organization, head.appointments[0]
    papers = {
        "TUQ.": "Giấy ủy quyền số 5/GUQ, từ 1/1/2026 đến hết 31/12/2026: Ký giao ước",
        "KT.": "",
    }
    for manner, paper in papers.items():
        stand_in = make.a_person_for(
            organization,
            "stand_in",
            post="Phó Chủ tịch",
            manner=manner,
            stands_in_for=principal,
            since=date(2026, 1, 1),
            until=date(2026, 12, 31),
            authorization_number="5/GUQ" if paper else "",
            authorization_scope="Ký giao ước" if paper else "",
        )
        assert authorization_of(stand_in.appointments[0]) == paper


def test_an_invented_person_signs_as_an_illustration(head):
    person = head.user.person
    person.is_illustration = True
    person.save()
    version = frozen()

    signature = sign_version(version, signer=Signer.of(head.appointments[0]), digest=version.digest)

    assert signature.is_illustration


@pytest.mark.twice
def test_only_paper_and_a_link_are_signed_without_an_account(head):
    """The database has the last word: elsewhere nobody could say whose act it was."""
    version = frozen()
    facts = {"organization": head.organization, "capacity": ["CHỦ TỊCH"], "name": "Nguyễn Văn Giấy"}
    paper = Signer(user=None, **facts)
    signature = sign_version(version, signer=paper, digest=version.digest, method="paper")
    assert (signature.user, signature.signer_name) == (None, "Nguyễn Văn Giấy")
    for method in Signature.Method:
        if method not in ("paper", "link"):
            signature.pk, signature.method = None, method
            signature.organization = make.an_organization()
            with pytest.raises(IntegrityError), transaction.atomic():
                signature.save(force_insert=True)


@pytest.mark.parametrize("method", Signature.Method)
def test_every_way_to_sign_has_its_name_and_its_legal_standing(method):
    assert method.label
    assert legal_standing(Signature(method=method)).endswith(".")
