from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from dondoc.common import clock
from dondoc.files.services import remove_strays


class Command(BaseCommand):
    help = "Delete stored bytes that belong to no record and are older than a day, as a power cut may leave them."

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = remove_strays(before=clock.now() - timedelta(days=1))
        self.stdout.write(f"{count} stray files removed")
