from typing import Any

from django.core.management.base import BaseCommand

from dondoc.reporting.services.counting import recount_all


class Command(BaseCommand):
    help = "Đếm lại phần đã nhập, đã nộp của mọi báo cáo trong các đợt báo cáo, khi trang theo dõi và báo cáo không khớp nhau."

    def handle(self, *_args: Any, **_options: Any) -> None:
        wrong = recount_all()
        self.stdout.write(f"Đã đếm lại. Số báo cáo phải sửa: {wrong}.")
