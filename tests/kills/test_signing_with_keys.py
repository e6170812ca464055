"""“the process killed between signing and storing (complete or absent, never half)”, by held keys.

Three heads let the server sign with the keys that it holds, while it, or the database under it,
is killed. Afterwards each signature is there with its PDF or not at all, what was answered with
success is there, and what is there verifies; then the round goes on to its end.
"""

import threading
import time
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.db import connection
from django.urls import reverse

from tests import certificates as office
from tests import factories as make
from tests.kills.house import House, moment, victims, wait_for
from tests.kills.rounds import Round
from tests.kills.visitor import Visitor
from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.covenants.models import Covenant
from thidua.documents.actions.held_keys import hold_pkcs12
from thidua.documents.actions.originals import signing_original
from thidua.documents.certified import result_of
from thidua.documents.models import CertificateProof, Signature, TrustRoot
from thidua.files.models import Blob
from thidua.files.storage import place_of
from thidua.files.verification import faults
from thidua.pades.verifying import verify_pdf

FACTOR = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _folders(house: House, settings) -> None:
    """Let this process keep files and keys where the installation's processes find them."""
    folder = house.folder / "files"
    kept = {"BACKEND": "thidua.files.storage.KeptFiles", "OPTIONS": {"location": folder}}
    settings.STORAGES = {**settings.STORAGES, "files": kept}
    settings.FILES_DIR, settings.INCOMING_DIR = folder, folder / "incoming"
    settings.HELD_KEYS_DIR = house.folder / "keys"
    settings.HELD_KEYS_SECRET = house.environment["HELD_KEYS_SECRET"]


def a_round(house: House) -> Round:
    """Freeze a covenant, let the server hold its members' keys, and sign their heads in."""
    house.start_web()
    world = make.a_bloc(3)
    covenant = make.a_frozen_covenant(world)
    if not TrustRoot.objects.exists():
        office.believe()
    people = {}
    for n, (unit, head) in enumerate(zip(world.members, world.heads, strict=True)):
        key = office.issued(n).pkcs12(office.PASSPHRASE)
        hold_pkcs12(unit, key, by=NOBODY, passphrase=office.PASSPHRASE)
        people[unit.pk] = _confirmed(house.visitor(), head)
    assert covenant.version is not None
    signing_original(covenant.version)
    return Round(covenant, people, "covenants:sign_by_held_key")


def _confirmed(visitor: Visitor, head: make.Acting) -> Visitor:
    user = make.user_of(head)
    visitor.sign_in(user.username, make.PASSWORD)
    totp.TOTP.activate(user, FACTOR)
    path = reverse("mfa_reauthenticate")
    *_sooner, last = totp.yield_hotp_counters_from_time()  # good for longest, on a slow machine
    code = totp.format_hotp_value(totp.hotp_value(FACTOR, last))
    assert visitor.post(path, form=visitor.get(path), code=code).status == 302
    return visitor


@pytest.fixture(scope="session")
def longest() -> dict[str, float]:
    """Return the seconds that three people need where nothing is killed, once it is known."""
    return {}


def must_be_whole(house: House, happening: Round) -> None:
    """Assert that each signature has its PDF, that it holds, and that none told of is lost."""
    house.must_be_sound()
    covenant = make.reread(happening.covenant)
    assert covenant.version is not None
    signatures = list(Signature.objects.filter(version=covenant.version))
    units = {signature.organization_id for signature in signatures}
    assert happening.signed <= units, "a signature that was acknowledged is lost"
    proofs = CertificateProof.objects.filter(version=covenant.version).order_by("pk")
    assert {proof.signature_id for proof in proofs} == {one.pk for one in signatures}
    assert all(result_of(proof).is_valid for proof in proofs)
    kept = {place_of(digest) for digest in Blob.objects.values_list("digest", flat=True)}
    # Bytes without a row may be left behind, never a row without its bytes.
    assert [fault for fault in faults() if fault.place in kept] == []
    line = [proof for proof in proofs if proof.is_in_turn]
    if line:
        pdf = office.bytes_of(line[-1].blob)
        found = verify_pdf(pdf, [office.authority().root], at=clock.now() + timedelta(minutes=1))
        assert [one.is_valid for one in found] == [True] * len(line)
    assert (covenant.state == Covenant.State.IN_FORCE) == (len(units) == 3)


@victims("web", "database")
def test_a_signature_has_its_pdf_or_is_absent_after_a_kill(house, victim, round_number, longest):
    """“the process killed between signing and storing (complete or absent, never half)”."""
    if house.port not in longest:
        rehearsal = a_round(house)
        started = time.monotonic()
        rehearsal.all_sign()
        longest[house.port] = time.monotonic() - started
        assert len(rehearsal.signed) == 3
    happening = a_round(house)
    signing = threading.Thread(target=happening.all_sign)
    signing.start()
    if round_number % 2:  # anywhere, else among the last two signatures
        time.sleep(moment(round_number, longest[house.port]))
    else:
        wait_for(lambda: happening.signed or not signing.is_alive(), "the first signature")
        time.sleep(moment(round_number, longest[house.port] / 5))
    house.kill(victim)
    signing.join()

    must_be_whole(house, happening)
    house.start_web()
    happening.all_sign()
    connection.close()
    must_be_whole(house, happening)
    assert make.reread(happening.covenant).state == Covenant.State.IN_FORCE
