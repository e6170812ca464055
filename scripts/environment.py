"""The program's own environment, `.venv`: made once, filled from pinned and hashed wheels alone."""

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

from scripts.checks import MEGABYTE, ROOT, check_room
from scripts.package_index import uv_environment
from scripts.say import say, stop

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
INSTALLER = REQUIREMENTS / "installer.txt"
NEEDS = {"base": 300 * MEGABYTE, "dev": 800 * MEGABYTE}
FROM_WHEELS = ["--require-hashes", "--only-binary", ":all:", "-r"]


def prepare(group: str) -> None:
    """Make `.venv` hold what ``group`` ("base" or "dev") pins. Nothing is ever taken out of it.

    A stamp beside it tells what was installed, so a second call only reads two files.
    """
    _refuse_link()
    stamp = VENV / f"installed-{group}"
    wanted = _fingerprint(group)
    if _fits() and stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return
    check_room(ROOT, NEEDS[group])
    if not (_fits() and _has_pip()):
        _make_venv()
    say("Đang cài các thành phần cần thiết…", "Installing the needed parts…")
    _install(REQUIREMENTS / f"{group}.txt")
    stamp.write_text(wanted, encoding="ascii")


def _refuse_link() -> None:
    """Stop at a `.venv` that is a link: making it anew would empty the folder it leads to."""
    if VENV.is_symlink():
        stop(
            f".venv là một liên kết tới {VENV.resolve()}. Chương trình cần thư mục riêng: hãy xóa "
            "liên kết (rm .venv) rồi chạy lại.",
            f".venv is a link to {VENV.resolve()}. The program needs a folder of its own: remove "
            "the link (rm .venv) and run again.",
        )


def _fingerprint(group: str) -> str:
    files = [INSTALLER, REQUIREMENTS / f"{group}.txt"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _make_venv() -> None:
    """Make `.venv` with this Python, from nothing."""
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        stop(
            "Thiếu gói python3-venv. Hãy cài (trên Debian: apt install python3-venv) rồi chạy lại.",
            "The package python3-venv is missing. Install it (on Debian: "
            "apt install python3-venv) and run again.",
        )
    say("Đang tạo môi trường riêng trong .venv…", "Making the environment in .venv…")
    done = _run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if done.returncode:
        stop(
            f"Không tạo được môi trường .venv: {_last_line(done)}",
            f"The environment .venv could not be made: {_last_line(done)}",
        )


def _install(requirements: Path) -> None:
    """Install with uv, which takes a second; with pip, which takes longer, where uv cannot."""
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    uv = [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", "--python", str(PYTHON)]
    if not _run([*pip, *FROM_WHEELS, str(INSTALLER)]).returncode:
        by_uv = _run([*uv, *FROM_WHEELS, str(requirements)], uv_environment(PYTHON))
        if not by_uv.returncode:
            return
    by_pip = _run([*pip, *FROM_WHEELS, str(requirements)])
    if by_pip.returncode:
        log = VENV / "install.log"
        log.write_text(by_pip.stdout + by_pip.stderr, encoding="utf-8")
        stop(
            f"Không cài được một thành phần: {_last_line(by_pip)}. "
            f"Hãy kiểm tra mạng và dung lượng đĩa rồi chạy lại (chi tiết: {log}).",
            f"A part could not be installed: {_last_line(by_pip)}. "
            f"Check the network and the disk, then run again (details: {log}).",
        )


def _fits() -> bool:
    """Tell whether `.venv` was made by this version of Python and for this folder."""
    notes = VENV / "pyvenv.cfg"
    if not (PYTHON.exists() and notes.is_file()):
        return False
    written = notes.read_text(encoding="utf-8")
    return f"version = {sys.version_info[0]}.{sys.version_info[1]}." in written and (
        f"{VENV}\n" in written
    )


def _has_pip() -> bool:
    """Tell whether `.venv` starts and has pip, which one left half made has not."""
    return not _run([str(PYTHON), "-c", "import pip"]).returncode


def _run(
    command: list[str], environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )


def _last_line(done: subprocess.CompletedProcess[str]) -> str:
    """Return the last thing that the command complained of."""
    lines = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    faults = [line for line in lines if line.startswith("ERROR: ")] or lines or ["?"]
    return faults[-1].removeprefix("ERROR: ").rstrip(".")


if __name__ == "__main__":
    prepare(sys.argv[1])
