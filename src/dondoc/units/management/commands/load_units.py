from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from dondoc.units.services.loading import load_units


class Command(BaseCommand):
    help = "Thêm 34 tỉnh, thành phố và 3.321 xã, phường, đặc khu từ 01/7/2025 với mã chính thức. Chạy lại được."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="*", help="mã tỉnh (20 Lạng Sơn, 11 Điện Biên); để trống: tất cả")

    def handle(self, *_args: Any, **options: Any) -> None:
        loaded = load_units(options["codes"])
        self.stdout.write(f"Đã thêm {loaded.units} đơn vị.")
