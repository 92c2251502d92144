from typing import Any

from django.core.management.base import BaseCommand

from dondoc.common import clock
from dondoc.reporting.services.templates import load_shipped


class Command(BaseCommand):
    help = "Nạp các mẫu báo cáo kèm theo phần mềm. Chạy lại sau mỗi lần nâng cấp; mẫu đã có không đổi thì giữ nguyên."

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = load_shipped(clock.now())
        self.stdout.write(f"Đã nạp {count} mẫu báo cáo mới." if count else "Các mẫu báo cáo đã là bản mới nhất.")
