"""Bring the database up to date and become the production server, with a worker beside it."""

import errno
import ipaddress
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import Error, connection, transaction

from thidua.accounts.models import User
from thidua.house.queries import awaits_setup
from thidua.keeping.upgrading import is_new, waiting_steps
from thidua.organizations.models import Organization
from thidua.organizations.queries import is_demonstration

# An unreachable PostgreSQL must be told in seconds; libpq would wait for minutes.
CONNECT_TIMEOUT = "10"


class Command(BaseCommand):
    """`manage.py serve`: what `make run` ends in; runs again and again without harm."""

    help = "Prepare the database, the translations and the static files, then serve."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare everything, print the address, and give this process to the server."""
        os.environ.setdefault("PGCONNECT_TIMEOUT", CONNECT_TIMEOUT)
        host = os.environ.get("HOST", "127.0.0.1")
        with faults_said_in_a_sentence():
            check_database()
            wants_demo = os.environ.get("DEMO", "1") != "0" and is_empty()
            if wants_demo:
                refuse_public_demonstration(host)
            if waiting_steps() and not is_new():
                # `make run` after `git pull`, and nobody thought of `manage.py upgrade`.
                call_command("upgrade", stdout=self.stdout)
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
            call_command("clearsessions")  # those that expired; nothing else clears them
            if is_demonstration():
                refuse_public_demonstration(host)
            call_command("compile_messages", verbosity=0)
            call_command("collectstatic", interactive=False, verbosity=0)
            if wants_demo:
                self.stdout.write("Đang dựng dữ liệu minh họa… · Building the demonstration…")
                # All or nothing: whoever stops it halfway finds an empty database again.
                with transaction.atomic():
                    call_command("seed_demo", "--if-empty", stdout=self.stdout)
            self.greet()
        connection.close()
        become_the_server(host)

    def greet(self) -> None:
        """Print where the program is, and who may sign in when it is a demonstration."""
        if is_demonstration():
            self.stdout.write(
                "\nTài khoản minh họa · the demonstration's accounts: "
                "tên đăng nhập, mật khẩu, người, vai trò, việc nên thử"
            )
            call_command("seed_demo", "--accounts", stdout=self.stdout)
        if awaits_setup():
            call_command("setup_code", stdout=self.stdout)
        self.stdout.write(f"\nThi Đua: {settings.PUBLIC_URL}/ (Ctrl-C để dừng · to stop)")
        self.stdout.flush()


def check_database() -> None:
    """Reach the database and see that it takes writing; raise `django.db.Error` otherwise."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")
            return
        cursor.execute("SELECT current_setting('transaction_read_only')")
        if cursor.fetchone() == ("on",):
            raise Error("read-only")


def is_empty() -> bool:
    """Tell whether nobody has put anything into this database yet; it may have no tables."""
    there = connection.introspection.table_names()
    kinds = [model for model in (Organization, User) if model._meta.db_table in there]
    return not any(model._default_manager.exists() for model in kinds)


def is_loopback(host: str) -> bool:
    """Tell whether ``host`` is a name or address of this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_public_demonstration(host: str) -> None:
    """Stop when invented people would be served to others than this machine."""
    if settings.DEMO_PUBLIC or (is_loopback(host) and is_loopback(settings.PUBLIC_HOST)):
        return
    stop(
        "Dữ liệu minh họa chỉ được mở trên chính máy này (HOST và PUBLIC_URL phải là 127.0.0.1). "
        "Đặt DEMO=0 và một cơ sở dữ liệu trống để làm việc thật, hoặc DEMO_PUBLIC=1 để trình diễn.",
        "A demonstration is served to this machine alone (HOST and PUBLIC_URL must be 127.0.0.1). "
        "Set DEMO=0 with an empty database for real work, or DEMO_PUBLIC=1 to show it to others.",
    )


@contextmanager
def faults_said_in_a_sentence() -> Iterator[None]:
    """End the program with one sentence when a database or a disk refuses; quietly on Ctrl-C."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(130)
    except Error as problem:
        reason = " ".join(str(problem).split())
        stop(
            f"Không dùng được cơ sở dữ liệu {_database()}: không kết nối được, bị khóa "
            f"hoặc chỉ cho đọc ({reason}).",
            f"The database {_database()} cannot be used: unreachable, locked "
            f"or read-only ({reason}).",
        )
    except OSError as problem:
        full = problem.errno in (errno.ENOSPC, errno.EDQUOT)
        where = problem.filename or settings.DATA_DIR
        stop(
            f"Không ghi được {where}: {'ổ đĩa đã đầy' if full else problem.strerror}.",
            f"{where} cannot be written: {'the disk is full' if full else problem.strerror}.",
        )


def _database() -> str:
    """Return how the database is called in a sentence: never with its password."""
    name = str(connection.settings_dict["NAME"])
    host = str(connection.settings_dict["HOST"])
    return f"“{name}” ({host})" if host else f"“{name}”"


def become_the_server(host: str) -> NoReturn:
    """Replace this process by granian, so that Ctrl-C and a service manager reach it directly.

    With a worker beside it, by a small supervisor of both.
    """
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(settings.PORT),
        "--workers": os.environ.get("WORKERS") or str(os.cpu_count() or 1),
        "--blocking-threads": "2",
        "--workers-kill-timeout": "5",
        "--log-level": "warning",
    }
    flags = [part for option in options.items() for part in option]
    command = [sys.executable, "-m", "granian", *flags, "--no-ws", "config.wsgi:application"]
    if os.environ.get("WORKER", "1") != "0":
        command = [sys.executable, "-m", "thidua.web.supervisor", *command]
    os.execv(sys.executable, command)  # noqa: S606  (a shell is just what is not wanted)


def stop(vietnamese: str, english: str) -> NoReturn:
    """End the program with one sentence in each language and no traceback."""
    sys.exit(f"{vietnamese}\n{english}")
