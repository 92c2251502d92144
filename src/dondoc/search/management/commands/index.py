from typing import Any

from django.core.management.base import BaseCommand

from dondoc.search import services


class Command(BaseCommand):
    help = "Lập lại chỉ mục tìm kiếm từ đầu."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"Đã lập chỉ mục {services.rebuild()} mục.")
