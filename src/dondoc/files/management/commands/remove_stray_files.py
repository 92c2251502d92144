from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from dondoc.common import clock
from dondoc.files.services import remove_strays


class Command(BaseCommand):
    help = "Xóa tệp lưu không thuộc bản ghi nào và cũ hơn một ngày (mất điện giữa chừng có thể để lại)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = remove_strays(before=clock.now() - timedelta(days=1))
        self.stdout.write(f"Đã xóa {count} tệp.")
