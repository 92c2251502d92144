from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dondoc.units.enums import UnitKind
from dondoc.units.models import Unit
from dondoc.units.services.loading import load_agencies


class Command(BaseCommand):
    help = "Thêm các cơ quan cấp tỉnh và các nhóm đơn vị mà văn bản thường giao việc. Chạy lại được."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="+", help="mã tỉnh (20 Lạng Sơn, 11 Điện Biên)")
        parser.add_argument("--extra", nargs="*", default=[], help="khóa danh mục của cơ quan chỉ một số tỉnh có")

    def handle(self, *_args: Any, **options: Any) -> None:
        for code in options["codes"]:
            province = Unit.objects.filter(code=code, kind=UnitKind.PROVINCE).first()
            if province is None:
                raise CommandError(f"Không có tỉnh nào mang mã {code}. Chạy load_units trước.")
            loaded = load_agencies(province, options["extra"])
            self.stdout.write(f"{province.name}: đã thêm {loaded.units} cơ quan, {loaded.groups} nhóm.")
