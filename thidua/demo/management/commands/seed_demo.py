"""Build the demonstration: the two reports' blocs and one fictional province, or a large world."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from thidua.demo import da_nang, house, large, minh_hoa_cum, minh_hoa_khoi, nam_dinh
from thidua.demo.cast import account_lines
from thidua.demo.minh_hoa import build_province
from thidua.organizations.queries import organizations


class Command(BaseCommand):
    """`manage.py seed_demo`: see `help` for each option."""

    help = "Dựng dữ liệu minh họa trong cơ sở dữ liệu trống."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be asked for."""
        parser.add_argument(
            "--if-empty", action="store_true", help="không làm gì khi đã có đơn vị nào đó"
        )
        parser.add_argument(
            "--accounts", action="store_true", help="chỉ in tài khoản: tên, mật khẩu, người, việc"
        )
        parser.add_argument("--blocs", type=int, help="dựng thêm chừng này khối lớn để đo tải")
        parser.add_argument("--units", type=int, default=25, help="số đơn vị mỗi khối lớn")
        parser.add_argument(
            "--criteria", type=int, default=0, help="số tiêu chí của bảng điểm mỗi khối lớn"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, or print the accounts; the stories are told in Vietnamese whatever the machine."""
        with override("vi"):
            if options["accounts"]:
                for line in account_lines():
                    self.stdout.write(line)
            elif options["blocs"] is not None:
                self._build_large(options["blocs"], options["units"], options["criteria"])
            elif not organizations().exists():
                build_stories()
            elif not options["if_empty"]:
                raise CommandError(
                    "Cơ sở dữ liệu đã có dữ liệu nên không dựng minh họa chồng lên được."
                )

    def _build_large(self, blocs: int, units: int, criteria: int) -> None:
        if blocs < 1 or not 1 <= units <= large.MOST_UNITS:
            raise CommandError(
                f"Cần ít nhất một khối, mỗi khối từ 1 đến {large.MOST_UNITS} đơn vị."
            )
        if not 0 <= criteria <= 500:
            raise CommandError("Số tiêu chí từ 0 đến 500.")
        for title in large.build(blocs, units, criteria):
            self.stdout.write(title)


def build_stories() -> None:
    """Build the three stories, each in deeds of its own."""
    nam_dinh.build()
    da_nang.build()
    province = build_province()
    minh_hoa_cum.build(province)
    minh_hoa_khoi.build(province)
    house.build(province)
