"""Let somebody in whom nobody else can: a lone operator who lost their password or their phone."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from thidua.accounts.acting import NOBODY
from thidua.accounts.actions.guarding import reset_second_factor
from thidua.accounts.actions.inviting import invite
from thidua.accounts.models import Invitation, User
from thidua.core.deeds import deed
from thidua.core.errors import DomainError
from thidua.core.text import day_text


class Command(BaseCommand):
    """Prints a fresh one-time code for one account; the owner is told, and the trail says so."""

    help = "In mã dùng một lần để một người vào và đặt lại mật khẩu, khi không ai khác giúp được."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME", help="tên đăng nhập")
        parser.add_argument(
            "--lost-second-factor",
            metavar="REASON",
            help="gỡ cả bước xác nhận thứ hai, với lý do này",
        )

    def handle(
        self, *args: Any, username: str, lost_second_factor: str | None, **options: Any
    ) -> None:
        user = User.objects.select_related("person").filter(username=username.lower()).first()
        if user is None:
            raise CommandError("Không có tài khoản nào mang tên này.")
        try:
            with deed():
                if lost_second_factor is not None:
                    reset_second_factor(user, by=NOBODY, reason=lost_second_factor)
                invited = invite([user], by=NOBODY, way=Invitation.Way.SLIP)[0]
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from refusal
        address = reverse("accounts:enter_by", args=[user.username, invited.code])
        self.stdout.write(f"{settings.PUBLIC_URL}{address}")
        last = day_text(invited.invitation.last_day)
        self.stdout.write(f"{user.name}: mã {invited.code}, dùng một lần, đến hết ngày {last}.")
        if Authenticator.objects.filter(user=user).exists():
            self.stdout.write(
                "Tài khoản có bước xác nhận thứ hai; mất điện thoại thì thêm --lost-second-factor."
            )
