"""Load the invented province and say who can log in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dondoc.common import clock
from dondoc.common.errors import Refused
from dondoc.demo.loader import is_loaded, load, log_ins
from dondoc.demo.people import PASSWORD
from dondoc.units.models import Person


class Command(BaseCommand):
    help = "Nạp dữ liệu của tỉnh Minh Họa (không có thật) để dùng thử."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="Chỉ nạp khi chưa có người dùng nào.")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not is_loaded():
            if Person.objects.exists():
                if options["if_empty"]:
                    return
                raise CommandError("Hệ thống đã có người dùng thật; dữ liệu dùng thử chỉ nạp vào hệ thống trống.")
            self.stdout.write("Đang nạp tỉnh Minh Họa…")
            try:
                load(clock.today())
            except Refused as refused:
                raise CommandError(refused.message) from refused
        self.stdout.write(f"\nĐăng nhập bằng một trong các tên sau, mật khẩu {PASSWORD}:")
        for username, full_name, position in log_ins():
            self.stdout.write(f"  {username:<10} {full_name:<18} {position}")
        self.stdout.write("")
