"""Hand in the five source documents, where they lie beside the project."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dondoc.demo.people import PASSWORD
from dondoc.demo.seeds import OFFICES, hand_in_seeds


class Command(BaseCommand):
    help = "Nạp thêm năm văn bản thật (nếu có trên máy) vào dữ liệu dùng thử."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(
                f"Không thấy thư mục {folder}. Năm văn bản thật không đi kèm phần mềm; bỏ qua bước này nếu không có."
            )
        for handed in hand_in_seeds(folder):
            self.stdout.write(f"{handed.name}: {handed.outcome}")
        self.stdout.write(f"\nĐăng nhập để xem, mật khẩu {PASSWORD}:")
        for office in OFFICES:
            self.stdout.write(f"  {office.username:<10} {office.position}")
