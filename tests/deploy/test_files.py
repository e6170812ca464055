"""Each file under `deploy/` is held against the judge of its kind, where this machine has it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.checks import ROOT

pytestmark = pytest.mark.programs

DEPLOY = ROOT / "deploy"
PROGRAMS = Path(sys.executable).parent
GUIDE = (ROOT / "docs" / "guides" / "installing.md").read_text(encoding="utf-8")


def judged(*command: str | Path) -> None:
    """Assert that the judge finds nothing."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def found(name: str) -> str:
    """Return the path of a program, or skip with its name."""
    path = shutil.which(name) or shutil.which(f"/usr/sbin/{name}")
    if path is None:
        pytest.skip(f"{name} is not installed here")
    return path


def test_hadolint_finds_nothing_in_the_dockerfile():
    judged(PROGRAMS / "hadolint", DEPLOY / "container" / "Dockerfile")


def test_the_compose_file_is_one():
    schema = ["--builtin-schema", "vendor.compose-spec"]
    judged(PROGRAMS / "check-jsonschema", *schema, DEPLOY / "container" / "compose.yaml")


def test_systemd_takes_both_units(tmp_path):
    """The folder of the program and its Python are put in place of those of a server."""
    program = found("systemd-analyze")
    units = []
    for unit in sorted((DEPLOY / "systemd").glob("*.service")):
        written = unit.read_text(encoding="utf-8")
        written = written.replace("/srv/thidua/.venv/bin/python", sys.executable)
        units.append(tmp_path / unit.name)
        units[-1].write_text(written.replace("/srv/thidua", str(ROOT)), encoding="utf-8")
    assert [unit.name for unit in units] == ["thidua-web.service", "thidua-worker.service"]
    judged(program, "verify", "--man=no", *units)


def test_nginx_takes_its_file(tmp_path):
    """With a certificate of this moment, since nobody here has that of a server."""
    program, openssl = found("nginx"), found("openssl")
    pair = ["-keyout", tmp_path / "key.pem", "-out", tmp_path / "chain.pem"]
    subject = ["-subj", "/CN=thidua.example", "-days", "1"]
    judged(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *pair, *subject)
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    site = re.sub(r"/etc/letsencrypt\S+fullchain.pem", str(tmp_path / "chain.pem"), site)
    site = re.sub(r"/etc/letsencrypt\S+privkey.pem", str(tmp_path / "key.pem"), site)
    whole = tmp_path / "nginx.conf"
    log = f"error_log {tmp_path}/error.log; pid {tmp_path}/pid; events {{}}"
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    own = "".join(f"{kind}_temp_path {tmp_path}/{kind}; " for kind in kinds)
    whole.write_text(f"{log}\nhttp {{ access_log off; {own}\n{site}\n}}\n", encoding="utf-8")
    judged(program, "-t", "-q", "-p", tmp_path, "-c", whole)


def test_caddy_takes_its_file():
    judged(found("caddy"), "adapt", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile")


def test_the_image_holds_no_secret_and_no_data_of_this_machine():
    """What is not named in `.dockerignore` stays outside; what the image copies is named there."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    named = {line[1:] for line in lines if line.startswith("!")}
    dockerfile = (DEPLOY / "container" / "Dockerfile").read_text(encoding="utf-8")
    copied = {match[1] for match in re.finditer(r"^COPY (\S+)", dockerfile, re.MULTILINE)}

    assert lines[1] == "*"
    assert copied == named
    assert not named & {".env", "data", ".venv", "."}


@pytest.mark.parametrize("file", sorted(p.name for p in DEPLOY.rglob("*") if p.is_file()))
def test_each_file_has_its_place_in_the_guide(file):
    assert file in GUIDE
