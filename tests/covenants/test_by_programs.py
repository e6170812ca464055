"""Signing with a token that is plugged into the server, and with time stamps asked over HTTP."""

import shutil
from collections.abc import Callable
from datetime import timedelta

import pytest
from asn1crypto import tsp

from scripts.debian import find_token_module
from tests import certificates as office
from tests import factories as make
from tests.covenants.certifying import by_held_key, hold, refused, results
from tests.pades.test_with_programs import (  # the fixtures: a token, a stamping server
    PIN,
    plug_in,  # noqa: F401
    serve,  # noqa: F401
)
from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.documents.actions.held_keys import KeyUnusable, hold_token
from thidua.documents.certified import remark_of, result_of
from thidua.documents.models import CertificateProof
from thidua.pades.demo_stamper import DemoStamper

pytestmark = [pytest.mark.django_db, pytest.mark.programs]


@pytest.fixture
def world(settings, tmp_path):
    settings.HELD_KEYS_SECRET = office.SECRET
    settings.HELD_KEYS_DIR = tmp_path / "keys"
    return make.a_bloc(3)


@pytest.fixture
def covenant(world):
    office.believe()
    return make.a_frozen_covenant(world)


def test_a_token_signs_and_once_pulled_out_says_so(world, covenant, settings, plug_in):  # noqa: F811
    """“a token pulled out in the middle”: nothing is signed, and the sentence says what to do."""
    folders = [plug_in(f"Khóa {n}", office.issued(n)) for n in (0, 1)]
    settings.PKCS11_MODULE, settings.PKCS11_PIN = str(find_token_module()), PIN
    for n in (0, 1):
        labels = {"token_label": f"Khóa {n}", "key_label": "ky"}
        hold_token(world.members[n], by=NOBODY, **labels)

    by_held_key(covenant, world.heads[0])
    shutil.rmtree(folders[1])

    assert "Chưa có gì được ký" in refused(
        lambda: by_held_key(covenant, world.heads[1]), KeyUnusable
    )
    assert results(covenant, office.newest(covenant)) == ["valid"]


def stamped(covenant: make.Covenant, head: make.Acting) -> CertificateProof:
    return by_held_key(covenant, head).certified


def test_stamps_and_lists_raise_the_level_and_a_lying_clock_does_not(
    world,
    covenant,
    settings,
    tmp_path,
    serve: Callable,  # noqa: F811
):
    """“a time-stamping server that is down (B-B, and says so) or lies about the time”."""
    honest = DemoStamper(office.authority(), clock.now)
    lying = DemoStamper(office.authority(), lambda: clock.now() - timedelta(hours=1))
    for n in range(3):
        hold(world, n)

    def answer(by: DemoStamper) -> Callable[[tsp.TimeStampReq], tuple[int, bytes]]:
        return lambda asked: (200, by.request_tsa_response(asked).dump())

    settings.TSA_URL = serve(answer(lying))
    first = stamped(covenant, world.heads[0])
    settings.TSA_URL = serve(answer(honest))
    second = stamped(covenant, world.heads[1])
    settings.REVOCATION_DIR = str(tmp_path)
    (tmp_path / "ca.crl").write_bytes(office.authority().crl(clock.now()))
    third = stamped(covenant, world.heads[2])

    assert [one.level for one in (first, second, third)] == ["B-B", "B-T", "B-LT"]
    assert "lệch xa giờ" in remark_of(first)
    assert remark_of(second) == remark_of(third) == ""
    # What the last put into the file speaks for the second as well: they have one authority.
    assert [result_of(one).level for one in (first, second, third)] == ["B-B", "B-LT", "B-LT"]
    assert all(result_of(one).is_valid for one in (first, second, third))
