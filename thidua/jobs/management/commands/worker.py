"""Do the work that waits in the background."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from thidua.jobs.worker import Worker


class Command(BaseCommand):
    """`manage.py worker`: any number of them, on any machine that reaches the database."""

    help = "Do the jobs that are due, one after the other, until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """For scripts: end by itself."""
        ends = parser.add_mutually_exclusive_group()
        ends.add_argument("--once", action="store_true", help="at most one job, then end")
        ends.add_argument("--drain", action="store_true", help="until nothing is due, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work; Ctrl-C and SIGTERM let the job at hand end or hand it back."""
        worker = Worker()
        worker.heed_signals()
        if options["once"]:
            worker.step()
        elif options["drain"]:
            worker.drain()
        else:
            worker.run()
