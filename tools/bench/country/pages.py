"""Times the pages of one database, in a process of its own, and prints a line of JSON each: ``python -m tools.bench.country.pages``.

Every page is asked for through the whole stack of middleware, logged in, with nothing kept from the request before. The clock
stands on the country's day.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import django
import time_machine

from tools.bench.country import scale as scales
from tools.bench.measure import seconds

ROUNDS = 11


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("whole", "tiny", "demo"))
    parser.add_argument("--fill", action="store_true", help="the database is empty: make its tables and fill it first")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - only once Django is set up

    settings.ALLOWED_HOSTS = ["testserver"]
    from tools.bench.country.papers import NOON  # noqa: PLC0415

    with time_machine.travel(NOON, tick=False):
        if asked.fill:
            _fill(asked.what)
        for row in demo() if asked.what == "demo" else country():
            print(json.dumps(row), flush=True)


def _fill(what: str) -> None:
    from django.core.management import call_command  # noqa: PLC0415

    from tools.bench.country.fill import fill  # noqa: PLC0415
    from tools.bench.country.tables import settle  # noqa: PLC0415

    started = time.perf_counter()
    call_command("migrate", verbosity=0)
    if what == "demo":
        call_command("demo", verbosity=0, stdout=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    else:
        fill(scales.WHOLE if what == "whole" else scales.TINY)
    settle()
    print(json.dumps(["filled", time.perf_counter() - started]), flush=True)


def demo() -> Iterator[list[Any]]:
    """The pages that the country's are held against."""
    from dondoc.programmes.models import Programme  # noqa: PLC0415

    led = Programme.objects.get(lead_unit__lexicon_id="syt").pk
    yield from _pages(
        {
            "home": ("soyte", "/"),
            "home-commune": ("anbinh", "/"),
            "home-leader": ("phochutich", "/"),
            "board-national": ("vanphong", "/chuong-trinh/"),
            "programme": ("soyte", f"/chuong-trinh/{led}/"),
        }
    )


def country() -> Iterator[list[Any]]:
    """Pages of a department that leads the largest programme, of a commune, of the leaders, of who sees all provinces."""
    from tools.bench.country.papers import RARE  # noqa: PLC0415

    year = "/thong-ke/?xem=ky&ky=thang"
    yield from _pages(
        {
            "home": ("so0-0", "/"),
            "home-commune": ("xa0-0", "/"),
            "home-leader": ("phochutich0", "/"),
            "board-national": ("toanquoc", "/chuong-trinh/"),
            "programme": ("so1-1", "/chuong-trinh/2/"),
            "programme-large": ("so0-0", "/chuong-trinh/1/"),
            "statistics": ("vanphong0", year),
            "statistics-all": ("toanquoc", year),
            "statistics-day": ("toanquoc", "/thong-ke/?ngay=2025-12-31&so-voi=2026-11-20"),
            "search": ("toanquoc", "/tim/?q=triển khai"),
            "search-rare": ("toanquoc", f"/tim/?q={RARE}"),
            "search-symbol": ("toanquoc", "/tim/?q=150/KH-UBND"),
        }
    )
    yield from _reminding()


def _pages(pages: dict[str, tuple[str, str]]) -> Iterator[list[Any]]:
    from django.core.cache import cache  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from dondoc.units.models import Person  # noqa: PLC0415

    for name, (username, address) in pages.items():
        client = Client()
        client.force_login(Person.objects.get(username=username))

        def get(client: Client = client, address: str = address) -> None:
            cache.clear()
            answer = client.get(address)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answers {answer.status_code}")

        yield [name, seconds(get, ROUNDS)]


def _reminding() -> Iterator[list[Any]]:
    """The daily run, and the same with half of the programmes closed: seconds, and how many debts press."""
    from dondoc.programmes.enums import ProgrammeState  # noqa: PLC0415
    from dondoc.programmes.models import Programme  # noqa: PLC0415

    def close_half() -> None:
        half = list(Programme.objects.order_by("pk").values_list("pk", flat=True))[::2]
        Programme.objects.filter(pk__in=half).update(state=ProgrammeState.CLOSED)

    yield ["remind", *_remind(lambda: None)]
    yield ["remind-half", *_remind(close_half)]


def _remind(before: Callable[[], None]) -> tuple[float, int]:
    from django.db import transaction  # noqa: PLC0415

    from dondoc.notices.models import Notice  # noqa: PLC0415
    from dondoc.programmes.queries.plans import plans_on  # noqa: PLC0415
    from dondoc.programmes.queries.pressing import pressing  # noqa: PLC0415
    from dondoc.programmes.services.reminding import remind  # noqa: PLC0415
    from tools.bench.country.papers import NOON  # noqa: PLC0415

    with transaction.atomic():
        before()
        plans = plans_on(scales.TODAY)
        due = sum(1 for _ in pressing(scales.TODAY, ahead=plans.ahead, late=plans.late))

        def run() -> None:
            with transaction.atomic():
                Notice.objects.all().delete()
                remind(on=scales.TODAY, at=NOON)
                transaction.set_rollback(True)

        took = seconds(run, 3, warm=1)
        transaction.set_rollback(True)
    return took, due


if __name__ == "__main__":
    main()
