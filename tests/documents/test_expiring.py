"""What the check page says of keys that are held and of certificates that run out."""

from datetime import timedelta

import pytest

from tests import certificates as office
from tests import factories as make
from tests.covenants.certifying import hold
from thidua.core import clock
from thidua.documents.expiring import SOON, look_at_certificates, look_at_keys
from thidua.documents.models import HeldKey, RegisteredCertificate
from thidua.house.checks import State, examine

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path):
    settings.HELD_KEYS_SECRET = office.SECRET
    settings.HELD_KEYS_DIR = tmp_path / "keys"
    settings.PKCS11_MODULE = ""
    return make.a_bloc(1)


@pytest.fixture
def held(world):
    office.believe()
    return hold(world, 0)


def test_where_nobody_signs_with_certificates_nothing_is_said(world):
    assert look_at_keys() is None
    assert look_at_certificates() is None


def test_a_key_that_can_sign_is_fine_and_the_first_end_is_named(held):
    assert look_at_keys().state is State.FINE
    found = look_at_certificates()
    assert found.state is State.FINE
    assert str(held.certificate.valid_until.year) in found.sentence
    names = {one.name for one in examine()}
    assert {"documents.keys", "documents.certificates"} <= names


@pytest.mark.parametrize("secret", ["", "một bí mật khác hẳn"])
def test_without_the_secret_that_closed_it_a_key_is_told_by_its_unit(held, settings, secret):
    settings.HELD_KEYS_SECRET = secret
    found = look_at_keys()
    assert found.state is State.LOOK
    assert held.organization.name in found.sentence
    assert "HELD_KEYS_SECRET" in found.command


def test_a_key_whose_file_is_gone_is_told_by_its_unit(held, settings):
    (settings.HELD_KEYS_DIR / held.file).unlink()
    found = look_at_keys()
    assert found.state is State.LOOK
    assert held.organization.name in found.sentence
    assert found.url


def test_a_token_whose_program_is_not_named_is_told(held):
    HeldKey.objects.update(
        kind=HeldKey.Kind.TOKEN, file="", closed="", token_label="Khóa", key_label="ky"
    )
    assert "PKCS11_MODULE" in look_at_keys().sentence


def test_a_certificate_that_ends_soon_or_has_ended_is_told_with_its_day_until_it_is_ended(held):
    held.certificate.valid_until = clock.now() + SOON - timedelta(days=1)
    held.certificate.save()
    found = look_at_certificates()
    assert found.state is State.LOOK
    assert held.organization.name in found.sentence

    RegisteredCertificate.objects.update(
        ended_at=clock.now(), ending=RegisteredCertificate.Ending.STOPPED, end_reason="Đã đổi"
    )
    assert look_at_certificates() is None


def test_of_many_the_first_three_are_named_and_the_others_counted(held):
    for number in range(4):
        fingerprint = f"{number:064}"
        RegisteredCertificate.objects.filter(pk=held.certificate_id).update(
            valid_until=clock.now() + timedelta(days=number)
        )
        copy = RegisteredCertificate.objects.get(pk=held.certificate_id)
        copy.pk, copy.fingerprint = None, fingerprint
        copy.save()
    sentence = look_at_certificates().sentence
    assert sentence.count(held.organization.name) == 3
    assert "2 nữa" in sentence
