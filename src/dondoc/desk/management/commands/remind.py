from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dondoc.common import clock
from dondoc.notices import services as notices
from dondoc.notices.calendar import is_quiet
from dondoc.programmes import services as programmes
from dondoc.reporting.services import reminding as reports
from dondoc.reporting.services import scheduling


class Command(BaseCommand):
    help = "Việc hằng ngày: mở kỳ mới của nhiệm vụ và đợt báo cáo định kỳ, thông báo việc sắp đến hạn, quá hạn và gửi thư tổng hợp. Chạy lại trong ngày không nhắc hai lần."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--date", help="nhắc như vào ngày này (YYYY-MM-DD); mặc định: hôm nay")
        parser.add_argument("--no-mail", action="store_true", help="chỉ thông báo trong phần mềm, không gửi thư")

    def handle(self, *_args: Any, **options: Any) -> None:
        on = _day(options["date"])
        opened = programmes.open_periods(on=on)
        if opened:
            self.stdout.write(f"Đã mở {opened} kỳ của nhiệm vụ định kỳ.")
        campaigns = scheduling.open_due(on=on, at=clock.now())
        if campaigns:
            self.stdout.write(f"Đã mở {campaigns} đợt báo cáo định kỳ.")
        if is_quiet(on):
            self.stdout.write("Hôm nay là ngày nghỉ: không nhắc.")
            return
        at = clock.now()
        told = programmes.remind(on=on, at=at) + reports.remind(on=on, at=at)
        mailed = 0 if options["no_mail"] else notices.send_digests(on=on, at=at)
        self.stdout.write(f"Đã nhắc {told} lượt, gửi {mailed} thư tổng hợp.")


def _day(words: str | None) -> date:
    if not words:
        return clock.today()
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise CommandError(f"“{words}” không phải là ngày. Viết theo dạng 2026-11-22.") from error
