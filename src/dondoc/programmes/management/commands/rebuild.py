from typing import Any

from django.core.management.base import BaseCommand

from dondoc.common import clock
from dondoc.programmes import services


class Command(BaseCommand):
    help = "Dựng lại trạng thái nhiệm vụ và số liệu thống kê từ các sự kiện đã ghi. Chạy một lần sau khi nâng cấp từ bản chưa có thống kê."

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = services.rebuild_all(on=clock.today())
        self.stdout.write(f"Đã dựng lại số liệu của {count} chương trình.")
