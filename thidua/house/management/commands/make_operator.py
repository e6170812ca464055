"""Appoint an operator from the shell: where there is none, or none who can sign in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from thidua.accounts.models import User
from thidua.core.errors import DomainError
from thidua.house.actions.beginning import make_operator


class Command(BaseCommand):
    """`manage.py make_operator USERNAME`: who has the shell may have the house."""

    help = "Let an account run the installation, for the managing body."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the account's user name."""
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        """Appoint, and say for which body."""
        user = User.objects.filter(username=username.lower()).select_related("person").first()
        if user is None:
            raise CommandError(f"Không có tài khoản {username}. · There is no account {username}.")
        try:
            body = make_operator(user)
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{user.name}: quản trị hệ thống · operator, {body.name}")
