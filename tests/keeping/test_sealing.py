"""A closed backup tells nothing without its key, and the server that makes it has no key."""

import os
import shutil
import subprocess
import tempfile

import pyrage
import pytest

from tests.keeping.conftest import as_models_say
from thidua.keeping.backup import make_backup
from thidua.keeping.contents import listed
from thidua.keeping.drill import drill
from thidua.keeping.errors import CannotKeep
from thidua.keeping.restore import Wishes, restore

pytestmark = pytest.mark.django_db


@pytest.fixture
def identity(tmp_path):
    """Return an age key, and the file that holds it."""
    key = pyrage.x25519.Identity.generate()
    path = tmp_path / "key.txt"
    path.write_text(f"# created: today\n{key}\n")
    return str(key.to_public()), path


def test_nothing_of_the_content_is_readable_and_the_key_opens_it(world, shelf, identity):
    public, path = identity
    backup = make_backup(shelf, recipients=[public], why="by_hand")

    parts = [p for p in backup.folder.rglob("*") if p.is_file() and p.suffix == ".age"]
    assert len(parts) == len(backup.manifest.tables) + 2
    assert all(p.read_bytes().startswith(b"age-encryption.org/v1") for p in parts)
    outcome = drill(shelf, identity=path, make=as_models_say)
    assert outcome.is_well, outcome.line
    assert "phục hồi được" in outcome.line


def test_a_second_closed_backup_links_too(world, shelf, identity):
    first, second = (make_backup(shelf, recipients=[identity[0]], why="by_hand") for _n in range(2))

    assert list(listed(first.folder)) == list(listed(second.folder))
    assert second.manifest.new_bytes == sum(part.size for part in second.manifest.parts)


def test_without_the_key_the_drill_checks_the_bytes_and_says_so(world, shelf, identity):
    make_backup(shelf, recipients=[identity[0]], why="by_hand")

    outcome = drill(shelf)

    assert outcome.is_well
    assert "--identity" in outcome.line


def test_another_key_or_none_is_told(world, shelf, identity, tmp_path):
    backup = make_backup(shelf, recipients=[identity[0]], why="by_hand")
    other = tmp_path / "other.txt"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    none = tmp_path / "none.txt"
    none.write_text("not a key")

    assert "không mở được" in drill(shelf, identity=other, make=as_models_say).line
    with pytest.raises(CannotKeep, match="--identity"):
        restore(backup.folder, Wishes())
    with pytest.raises(CannotKeep, match="Không đọc được chìa khóa"):
        restore(backup.folder, Wishes(identity=none))


def test_a_recipient_that_is_none_is_told_before_anything_is_written(world, shelf):
    with pytest.raises(CannotKeep, match="không phải khóa công khai"):
        make_backup(shelf, recipients=["age1nonsense"], why="by_hand")

    assert not list(shelf.glob("thidua-*"))


@pytest.fixture
def gpg_home(monkeypatch):
    """Give GPG a home of this test; its sockets want a short path."""
    with tempfile.TemporaryDirectory(prefix="gpg-") as home:
        monkeypatch.setitem(os.environ, "GNUPGHOME", home)
        yield
        subprocess.run(["gpgconf", "--kill", "all"], check=False)


@pytest.mark.skipif(shutil.which("gpg") is None, reason="gpg is not installed")
def test_a_key_of_gpg_closes_and_opens_it(world, shelf, gpg_home):
    make_key = ["gpg", "--batch", "--passphrase", "", "--quick-gen-key", "sao-luu@example.vn"]
    subprocess.run([*make_key, "future-default", "default"], check=True, capture_output=True)

    first, second = (
        make_backup(shelf, recipients=["sao-luu@example.vn"], why="by_hand") for _n in range(2)
    )

    assert (first.folder / "key.gpg").read_bytes() == (second.folder / "key.gpg").read_bytes()
    assert b"AGE-SECRET-KEY" not in (first.folder / "key.gpg").read_bytes()
    outcome = drill(shelf, make=as_models_say)
    assert "phục hồi được" in outcome.line, outcome.line


def test_a_key_that_gpg_does_not_have_is_told(world, shelf, gpg_home):
    with pytest.raises(CannotKeep, match="gpg"):
        make_backup(shelf, recipients=["khong-co@example.vn"], why="by_hand")
