"""The two commands: what they read is written down, what stands in their way gets a sentence."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import checks, environment
from scripts.debian import Part
from scripts.package_index import translate
from scripts.results import Outcome, Report, count
from scripts.test import Group, clean_environment, run
from thidua.web.management.commands.compile_messages import compile_catalogue
from thidua.web.management.commands.serve import is_loopback

ROOT = Path(__file__).resolve().parents[2]
READS = re.compile(
    r"""\benv(?:\.[a-z]+)?\(\s*"([A-Z_]+)"|environ(?:\.[a-z]+\(|\[)"([A-Z_]+)"|\bsetting\("([A-Z_]+)\""""
)
READERS = [
    ROOT / "config" / "settings.py",
    *(ROOT / "scripts").glob("*.py"),
    *(ROOT / "thidua").glob("*/management/commands/*.py"),
]
# What the surroundings say about themselves, and what only a child process is told.
NOT_SETTINGS = {"DEBIAN_FRONTEND", "DJANGO_SETTINGS_MODULE"}
VARIABLES = {
    name
    for reader in READERS
    for match in READS.finditer(reader.read_text(encoding="utf-8"))
    for name in match.groups()
    if name
} - NOT_SETTINGS
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = dict(re.findall(r"^([a-z]+):.*\n((?:\t.*\n?)*)", MAKEFILE, re.MULTILINE))
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_every_variable_stands_in_the_example_and_nothing_else_does() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    listed = re.findall(r"^# [^\n]+\n# ([A-Z_]+)=", example, re.MULTILINE)
    assert sorted(listed) == sorted(VARIABLES)


def test_every_variable_stands_in_the_operations_page_and_nothing_else_does() -> None:
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS, re.MULTILINE)) == VARIABLES


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_of_make_stands_in_the_operations_page(target: str) -> None:
    assert f"| `make {target}` |" in OPERATIONS


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_of_make_has_at_most_three_lines(target: str) -> None:
    assert 1 <= len(TARGETS[target].splitlines()) <= 3


def test_a_variable_of_make_reaches_the_program(tmp_path: Path) -> None:
    """So `make run DEMO=0` leaves an empty database empty."""
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\necho DEMO=$DEMO $@\n", encoding="ascii")
    program.chmod(0o700)
    make = ["make", "--silent", "run", "DEMO=0", f"PYTHON={program}"]
    done = subprocess.run(make, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "DEMO=0 -m scripts.run\n"


def test_the_example_copied_as_it_is_changes_nothing() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []


def test_no_setting_of_a_person_reaches_the_tests(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://work/thidua")
    monkeypatch.setenv("SECRET_KEY", "of this person")
    cleaned = clean_environment(tmp_path)
    assert set(cleaned) & VARIABLES == {"DATA_DIR", "READ_DOTENV"}


def test_a_taken_port_is_told_with_another_to_choose(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(SystemExit, match=rf"Cổng {port} .*\nPort {port} is taken"):
            checks.check_port()


@pytest.mark.parametrize("port", ["", "abc", "0", "-1", "65536", "80 80"])
def test_what_is_no_port_is_told(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit, match="PORT must be a number from 1 to 65535"):
        checks.check_port()


def test_a_data_folder_that_cannot_be_written_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file"))
    with pytest.raises(SystemExit, match=r"Không ghi được vào thư mục dữ liệu .*\nThe data folder"):
        checks.check_data_folder()


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"đã đầy.*\nThe disk that holds .* is full"):
        checks.check_room(tmp_path, 2**62)


def test_an_environment_that_is_a_link_is_refused_and_nothing_behind_it_touched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    somebodys = tmp_path / "somebodys"
    somebodys.mkdir()
    (somebodys / "kept").touch()
    (tmp_path / ".venv").symlink_to(somebodys)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    with pytest.raises(SystemExit, match=r"là một liên kết tới .*\n.venv is a link to"):
        environment.prepare("base")
    assert [path.name for path in somebodys.iterdir()] == ["kept"]


@pytest.mark.parametrize("url", ["", "mysql://host/name", "thidua.sqlite3"])
def test_an_unknown_kind_of_database_is_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(SystemExit, match="DATABASE_URL must start with"):
        checks.check_database_url()


def test_the_environment_outweighs_the_file_of_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("# x\nPORT=9001\nexport HOST='::1'\n", encoding="utf-8")
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    monkeypatch.setenv("READ_DOTENV", "1")
    monkeypatch.delenv("HOST", raising=False)
    monkeypatch.delenv("DEMO", raising=False)
    monkeypatch.setenv("PORT", "9002")
    assert checks.setting("PORT", "8000") == "9002"
    assert checks.setting("HOST", "127.0.0.1") == "::1"
    assert checks.setting("DEMO", "1") == "1"


def test_uv_is_told_where_pip_looks() -> None:
    listing = (
        ":env:.cert='/c.pem'\n:env:.find-links='/a /b'\nglobal.find-links='/never'\n"
        "global.extra-index-url='\\nfile:///x\\nfile:///y'\ninstall.index-url='file:///z'\n"
    )
    assert translate(listing) == {
        "SSL_CERT_FILE": "/c.pem",
        "UV_FIND_LINKS": "/a,/b",
        "UV_INDEX": "file:///x file:///y",
        "UV_DEFAULT_INDEX": "file:///z",
    }


def test_the_closing_line_adds_up_the_groups(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "a.xml").write_text(
        '<testsuites><testsuite tests="9" failures="1" errors="1" skipped="2"/></testsuites>',
        encoding="utf-8",
    )
    groups = {"style": Outcome(passed=1), "sqlite": count(tmp_path / "a.xml")}
    groups |= {"postgresql": count(tmp_path / "none.xml")}
    Report(groups).print()
    assert capsys.readouterr().out.splitlines()[-1] == "6 passed, 3 failed, 2 skipped"


@pytest.mark.parametrize(
    ("ci", "expected"), [("", (0, 0, 1)), ("true", (0, 1, 0))], ids=["at home", "in CI"]
)
def test_a_group_without_its_part_is_left_out_with_its_name(
    ci: str, expected: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CI", ci)
    nowhere = Part(("no-such-package",), lambda: None)
    outcome = run(Group("journeys", ["false"], nowhere), {}, tmp_path)
    assert (outcome.passed, outcome.failed, outcome.skipped) == expected
    assert "no-such-package" in outcome.remark


def test_an_old_python_is_told_in_words_it_can_read() -> None:
    code = "import sys; sys.version_info = (3, 6, 9, 'final', 0); import scripts"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Cần Python 3.11 trở lên; máy này đang dùng 3.6. Hãy cài bản mới rồi chạy lại.",
        "Python 3.11 or later is needed; this one is 3.6. Install a newer one and run again.",
    ]


def test_a_catalogue_is_compiled_once_and_again_when_it_changed(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    source.write_text('msgid ""\nmsgstr ""\n\nmsgid "Đơn vị"\nmsgstr "Unit"\n', encoding="utf-8")
    assert compile_catalogue(source)
    assert b"Unit" in source.with_suffix(".mo").read_bytes()
    assert not compile_catalogue(source)
    later = source.with_suffix(".mo").stat().st_mtime_ns + 1_000_000_000
    os.utime(source, ns=(later, later))
    assert compile_catalogue(source)
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["django.mo", "django.po"]


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.4", False),
        ("thidua.example", False),
        ("127.0.0.1.example", False),
        ("", False),
    ],
)
def test_only_this_machine_is_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
