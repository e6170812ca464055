"""What must hold before anything is installed or started: a free port, room and right to write."""

import errno
import os
import shutil
import socket
import tempfile
from pathlib import Path

from scripts.say import stop

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1024 * 1024
DATA_NEEDS = 100 * MEGABYTE
DATABASE_KINDS = ("sqlite", "postgres", "postgresql", "psql", "pgsql")


def setting(name: str, default: str) -> str:
    """Return what the program will see: the environment, else `.env`, else ``default``."""
    if name in os.environ:
        return os.environ[name]
    dotenv = ROOT / ".env"
    if os.environ.get("READ_DOTENV", "1") == "0" or not dotenv.is_file():
        return default
    for line in dotenv.read_text(encoding="utf-8").splitlines():
        key, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and key.strip() == name:
            return value.strip().strip("'\"")
    return default


def check_port() -> None:
    """Stop unless PORT is a port number that this process may listen on at HOST."""
    host, port = setting("HOST", "127.0.0.1"), setting("PORT", "8000")
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        stop(
            f"PORT phải là một số từ 1 đến 65535, không phải “{port}”.",
            f"PORT must be a number from 1 to 65535, not “{port}”.",
        )
    try:
        family, _, _, _, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        _stop_for_port(host, port, problem)


def _stop_for_port(host: str, port: str, problem: OSError) -> None:
    """Say which of the three things that go wrong with an address it was."""
    if problem.errno == errno.EADDRINUSE:
        stop(
            f"Cổng {port} đang có chương trình khác dùng. Hãy tắt chương trình đó, "
            f"hoặc chọn cổng khác: PORT={_another(port)} make run",
            f"Port {port} is taken by another program. Stop that program, "
            f"or choose another port: PORT={_another(port)} make run",
        )
    if problem.errno == errno.EACCES:
        stop(
            f"Tài khoản này không được mở cổng {port}. Hãy chọn cổng từ 1024 trở lên.",
            f"This account may not open port {port}. Choose a port from 1024 up.",
        )
    stop(
        f"Máy này không nghe được ở địa chỉ HOST={host} ({problem.strerror}).",
        f"This machine cannot listen at HOST={host} ({problem.strerror}).",
    )


def _another(port: str) -> int:
    return int(port) + 1 if int(port) < 65_535 else 8000


def check_data_folder() -> None:
    """Stop unless the data folder can be made, has room, and takes a file."""
    folder = Path(setting("DATA_DIR", str(ROOT / "data")))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix="probe-") as probe:
            probe.write(bytes(MEGABYTE))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            _stop_for_room(folder, DATA_NEEDS)
        stop(
            f"Không ghi được vào thư mục dữ liệu {folder} ({problem.strerror}). "
            "Hãy cấp quyền ghi, hoặc chọn thư mục khác bằng DATA_DIR.",
            f"The data folder {folder} cannot be written ({problem.strerror}). "
            "Give the right to write, or choose another folder with DATA_DIR.",
        )
    check_room(folder, DATA_NEEDS)


def check_room(folder: Path, needed: int) -> None:
    """Stop unless the disk under ``folder`` has ``needed`` bytes free."""
    if shutil.disk_usage(folder).free < needed:
        _stop_for_room(folder, needed)


def _stop_for_room(folder: Path, needed: int) -> None:
    stop(
        f"Ổ đĩa chứa {folder} đã đầy: cần còn trống ít nhất {needed // MEGABYTE} MB. "
        "Hãy dọn bớt rồi chạy lại.",
        f"The disk that holds {folder} is full: at least {needed // MEGABYTE} MB must be free. "
        "Make room and run again.",
    )


def check_database_url() -> None:
    """Stop when DATABASE_URL names a kind of database that this program does not know."""
    url = setting("DATABASE_URL", "sqlite:///")
    if url.partition(":")[0] not in DATABASE_KINDS:
        stop(
            "DATABASE_URL phải bắt đầu bằng sqlite:// hoặc postgres://.",
            "DATABASE_URL must start with sqlite:// or postgres://.",
        )
