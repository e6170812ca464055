"""Tests are shared among forked processes: each runs once on each database, and none is lost."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.checks import ROOT

pytestmark = pytest.mark.programs

SOME = """
import os, pytest
{more}
@pytest.mark.parametrize("number", range(6))
def test_it(number):
    with open(os.environ["RAN"], "a") as ran:
        ran.write(f"{{__name__}} {{number}} {{os.getpid()}}\\n")
    {body}
"""


def run(folder: Path, files: dict[str, str], *more: str) -> "subprocess.CompletedProcess[str]":
    with begun(folder, files, *more) as process:
        out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def begun(folder: Path, files: dict[str, str], *more: str) -> "subprocess.Popen[str]":
    for name, body in files.items():
        head, _, rest = body.rpartition("---")
        text = SOME.format(more=head, body=rest.strip() or "pass")
        (folder / f"test_{name}.py").write_text(text, encoding="utf-8")
    (folder / "conftest.py").write_text("from tests.conftest import *", encoding="utf-8")
    environment = {**os.environ, "RAN": str(folder / "ran")}
    environment.pop("SECOND_DATABASE_URL", None)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--hands", "2"]
    return subprocess.Popen(
        [*command, "-c", str(ROOT / "pyproject.toml"), f"--rootdir={folder}", *more, str(folder)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ran(folder: Path) -> list[list[str]]:
    """Return the file, the number and the process of each test that ran."""
    return [line.split() for line in (folder / "ran").read_text(encoding="utf-8").splitlines()]


def test_each_test_runs_once_and_a_file_stays_with_one_process(tmp_path: Path) -> None:
    done = run(tmp_path, dict.fromkeys("abc", "import time--- time.sleep(0.1)"))

    assert done.returncode == 0, done.stdout + done.stderr
    assert "18 passed" in done.stdout
    lines = ran(tmp_path)
    assert sorted(line[:2] for line in lines) == [
        [f"test_{name}", f"{number}"] for name in "abc" for number in range(6)
    ]
    for name in "abc":
        assert len({pid for file, _number, pid in lines if file == f"test_{name}"}) == 1
    assert len({pid for _file, _number, pid in lines}) == 2


def test_what_fails_is_told_with_its_place_and_ends_the_run_as_failed(tmp_path: Path) -> None:
    done = run(tmp_path, {"a": "", "b": "--- assert number != 3"})

    assert done.returncode == 1
    assert "1 failed, 11 passed" in done.stdout
    assert "assert 3 != 3" in done.stdout
    assert "FAILED" in done.stdout
    assert "test_b.py::test_it[3]" in done.stdout


def test_a_process_that_dies_is_a_failure_and_the_other_goes_on(tmp_path: Path) -> None:
    done = run(tmp_path, {"a": "--- os._exit(9) if number == 2 else None", "b": "", "c": ""})

    assert done.returncode == 1
    assert "the process ended (9)" in done.stdout
    assert "test_a.py::test_it[2]" in done.stdout
    assert "1 failed, 14 passed" in done.stdout


def test_they_end_when_the_one_that_leads_is_killed(tmp_path: Path) -> None:
    slow = "import time--- time.sleep(0.5)"
    with begun(tmp_path, {"a": slow, "b": slow}) as leading:
        until = time.monotonic() + 30
        while not (tmp_path / "ran").exists():
            assert time.monotonic() < until
            time.sleep(0.02)
        leading.kill()
        leading.communicate(timeout=30)  # which ends when nobody can write to its output any more

    assert len(ran(tmp_path)) < 12


def test_a_warning_is_an_error_here_too(tmp_path: Path) -> None:
    done = run(tmp_path, {"a": "import warnings--- warnings.warn('x')", "b": ""})

    assert done.returncode == 1
    assert "6 failed, 6 passed" in done.stdout


def test_what_a_test_prints_stays_off_the_terminal_unless_it_fails(tmp_path: Path) -> None:
    done = run(tmp_path, {"a": "--- print(f'said {number}'); assert number", "b": ""})

    assert "said 0" in done.stdout
    assert "said 1" not in done.stdout


def test_the_counts_are_written_for_who_adds_them_up(tmp_path: Path) -> None:
    results = tmp_path / "results.xml"
    run(
        tmp_path,
        {"a": "--- assert number", "b": "--- pytest.skip('why')"},
        f"--junit-xml={results}",
    )

    told = results.read_text(encoding="utf-8")
    assert 'failures="1"' in told
    assert 'skipped="6"' in told
    assert 'tests="12"' in told


def test_the_first_failure_ends_the_run_where_that_is_asked_for(tmp_path: Path) -> None:
    done = run(
        tmp_path, {name: "import time--- time.sleep(0.2); assert 0" for name in "abcd"}, "-x"
    )

    assert done.returncode == 1
    assert len(ran(tmp_path)) <= 4


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how many threads there are")
def test_a_thread_that_was_started_while_the_tests_were_read_is_refused(tmp_path: Path) -> None:
    """Forked processes would wait for it for ever."""
    started = "import threading, time; threading.Thread(target=time.sleep, args=(1,)).start()---"
    done = run(tmp_path, {"a": started})

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "a thread was started while the tests were read" in done.stderr
    assert not (tmp_path / "ran").exists()
