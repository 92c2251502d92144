from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dondoc.common import clock
from dondoc.common.errors import Refused
from dondoc.units.models import Unit
from dondoc.units.services import people


class Command(BaseCommand):
    help = "Tạo người quản trị đầu tiên của một tỉnh; in mật khẩu dùng một lần."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("unit", help="mã đơn vị nơi làm việc (của chính tỉnh: 20)")
        parser.add_argument("username")
        parser.add_argument("full_name")

    def handle(self, *_args: Any, **options: Any) -> None:
        unit = Unit.objects.filter(code=options["unit"]).first()
        if unit is None:
            raise CommandError(f"Không có đơn vị nào mang mã {options['unit']}. Chạy load_units, load_agencies trước.")
        try:
            _, password = people.make_first_administrator(
                unit=unit, username=options["username"], full_name=options["full_name"], on=clock.today()
            )
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{options['username']} {password}")
