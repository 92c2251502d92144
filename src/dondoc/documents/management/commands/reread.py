"""Read again, in the background, the documents that an older reader read."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dondoc.common import clock
from dondoc.documents import services


class Command(BaseCommand):
    help = "Đọc lại các văn bản mà bản cũ của phần mềm đã đọc; lời người dùng đã xác nhận được giữ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="chỉ đếm, không đọc lại")

    def handle(self, **options: Any) -> None:
        if options["dry_run"]:
            count = services.outdated().count()
            self.stdout.write(f"{count} văn bản được đọc bằng bản cũ.")
            return
        count = services.reread(at=clock.now())
        self.stdout.write(f"{count} văn bản được đưa vào hàng chờ đọc lại.")
