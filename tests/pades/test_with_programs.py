"""Other programs say the same: Poppler of the signatures, qpdf of the file, a token of the key."""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pkcs11
import pytest
from asn1crypto import tsp
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11.util.x509 import decode_x509_certificate

from scripts.debian import TOKEN, find_token_module, reason_missing
from tests.pades.making import (
    DAY,
    FROZEN,
    NOW,
    authority,
    chain,
    original,
    rsa_key,
    signed,
    stamper,
)
from thidua.pades.demo_ca import Issued
from thidua.pades.keys import forget
from thidua.pades.reasons import KeyRefused
from thidua.pades.results import Outcome
from thidua.pades.signing import sign_pdf
from thidua.pades.timestamping import StampingServer
from thidua.pades.tokens import open_token
from thidua.pades.trust import Revocation
from thidua.pades.uploads import Terms
from thidua.pades.verifying import verify_pdf

pytestmark = pytest.mark.programs
ROOTS = [authority().root]
TERMS = Terms(FROZEN, NOW + DAY, (authority().root,))
PIN = "1234"


@pytest.fixture
def told_by_poppler(tmp_path):
    def told(pdf):
        file = tmp_path / "paper.pdf"
        file.write_bytes(pdf)
        if not shutil.which("pdfsig"):
            pytest.skip("poppler-utils is not installed")
        done = subprocess.run(
            ["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False
        )
        told = re.split(r"Signature #\d+:", done.stdout)[1:]
        return [one for one in told if "form field is not signed" not in one]

    return told


def test_poppler_finds_six_valid_signatures_and_the_last_covers_the_whole(told_by_poppler):
    told = told_by_poppler(chain()[-1])

    assert len(told) == 6
    assert all("Signature is Valid." in one for one in told)
    assert ["Total document signed" in one for one in told] == [False] * 5 + [True]


def test_one_changed_byte_is_reported_by_poppler_and_by_us(told_by_poppler):
    spoiled = bytearray(chain()[-1])
    spoiled[20_000] ^= 1

    assert not any("Signature is Valid." in one for one in told_by_poppler(bytes(spoiled)))
    results = verify_pdf(bytes(spoiled), ROOTS, at=NOW + DAY)
    assert {one.outcome for one in results} == {Outcome.CHANGED}


def test_poppler_takes_stamps_and_stored_validation_data(told_by_poppler):
    told = Revocation(crls=(authority().crl(NOW - DAY),), roots=(authority().root,))
    pdf = signed(original(), timestamper=stamper(), revocation=told).pdf

    (one,) = told_by_poppler(pdf)
    assert "Signature is Valid." in one
    assert "Total document signed" in one


def test_qpdf_finds_no_fault(tmp_path):
    for n, pdf in enumerate((original(), original(25), chain()[-1])):
        file = tmp_path / f"{n}.pdf"
        file.write_bytes(pdf)
        done = subprocess.run(
            ["qpdf", "--check", str(file)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def plug_in(tmp_path_factory):
    """Return a function that makes a token with a key, and gives its label and its folder."""
    if missing := reason_missing(TOKEN):
        pytest.skip(missing)
    home = tmp_path_factory.mktemp("tokens")
    settings = home / "softhsm2.conf"
    settings.write_text(
        f"directories.tokendir = {home}\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    os.environ["SOFTHSM2_CONF"] = str(settings)

    def plug(label: str, issued: Issued):
        before = set(home.iterdir())
        _token(home, label, issued)
        (folder,) = {one for one in home.iterdir() if one.is_dir()} - before
        return folder

    yield plug
    forget()
    os.environ.pop("SOFTHSM2_CONF", None)  # another file may have had a folder of its own


def _token(home, label, issued):
    key = home / "key.pem"
    plain = issued.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    key.write_bytes(plain)
    for arguments in (
        ["--init-token", "--free", "--so-pin", "12345678"],
        ["--import", str(key), "--id", "01", "--token", label],
    ):
        named = ["--label", label if "--init-token" in arguments else "ky"]
        command = ["softhsm2-util", *arguments, *named, "--pin", PIN]
        subprocess.run(command, check=True, capture_output=True)
    key.unlink()
    module = pkcs11.lib(str(find_token_module()))
    module.reinitialize()
    slots = module.get_slots(token_present=True)
    token = next(slot.get_token() for slot in slots if slot.get_token().label == label)
    with token.open(user_pin=PIN, rw=True) as session:
        kept = decode_x509_certificate(issued.der)
        kept |= {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "ky"}
        session.create_object(kept | {pkcs11.Attribute.ID: b"\x01"})


def _opened(label, pin=PIN, key="ky"):
    return open_token(str(find_token_module()), label, pin, key)


def test_a_token_signs_with_ec_and_with_rsa(plug_in):
    for label, more in (("EC", {}), ("RSA", {"key": rsa_key()})):
        plug_in(label, authority().issue_to("Người giữ USB", "Tỉnh Đoàn", **more))
        held = _opened(label)
        assert held.is_token
        assert _opened(label) is held
        pdf = sign_pdf(original(), held, "ky-1", None, at=NOW).pdf
        (result,) = verify_pdf(pdf, ROOTS, at=NOW + DAY)
        assert result.is_valid
        assert result.facts.organization == "Tỉnh Đoàn"
        forget()


def test_a_token_that_cannot_be_used_says_why(plug_in):
    plug_in("Khóa", authority().issue_to("A", "B"))
    module = str(find_token_module())
    for arguments, reason in (
        (("/nowhere.so", "Khóa", PIN, "ky"), "no_module"),
        ((__file__, "Khóa", PIN, "ky"), "no_module"),
        ((module, "Không có", PIN, "ky"), "no_token"),
        ((module, "Khóa", "0000", "ky"), "wrong_pin"),
        ((module, "Khóa", PIN, "khác"), "no_key"),
    ):
        with pytest.raises(KeyRefused) as refused:
            open_token(*arguments)
        assert refused.value.reason == reason
    _opened("Khóa")
    with pytest.raises(KeyRefused) as refused:
        _opened("Khóa", pin="9999")  # not asked of the token, which would lock itself
    assert refused.value.reason == "wrong_pin"


def test_a_token_pulled_out_in_the_middle_is_told_and_leaves_nothing_half_done(plug_in):
    """a token pulled out in the middle"""
    folder = plug_in("Rút", authority().issue_to("A", "B"))
    held = _opened("Rút")
    shutil.rmtree(folder)

    with pytest.raises(KeyRefused) as refused:
        sign_pdf(original(), held, "ky-1", None, at=NOW)
    assert refused.value.reason == "token_gone"
    with pytest.raises(KeyRefused) as refused:
        _opened("Rút")
    assert refused.value.reason in ("no_token", "token_gone", "token_refused")


@pytest.fixture
def serve() -> Iterator[object]:
    """Return a function that starts a time-stamping server and gives its address."""
    running = []

    def start(respond):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, answer = respond(tsp.TimeStampReq.load(body))
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_told):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/tsa"

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


def _stamping(address):
    return signed(original(), timestamper=StampingServer(address, seconds=2).stamper())


def test_a_server_is_asked_over_http(serve):
    honest, late = stamper(), stamper(NOW + timedelta(hours=1))
    by_honest = _stamping(serve(lambda asked: (200, honest.request_tsa_response(asked).dump())))
    by_late = _stamping(serve(lambda asked: (200, late.request_tsa_response(asked).dump())))
    by_busy = _stamping(serve(lambda _asked: (503, b"")))
    by_fool = _stamping(serve(lambda _asked: (200, b"<html>")))
    by_none = _stamping("http://127.0.0.1:1/")
    by_file = _stamping("file:///etc/passwd")

    assert (by_honest.level, by_honest.remark) == ("B-T", "")
    told = [one.remark for one in (by_late, by_busy, by_fool, by_none, by_file)]
    assert told == ["stamp_lying", "stamp_refused", "stamp_damaged", "stamp_down", "stamp_down"]
