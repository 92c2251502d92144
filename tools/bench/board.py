"""The board of a programme of 10,000 tasks against a bare Django page that lists 50 of them.

Both go through the whole stack of middleware, logged in, on SQLite. The bare page fetches 50 rows with their lead in two
queries and prints them in a table without any of the board's states, counters and filters.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tools.bench.measure import Measured, paired

if TYPE_CHECKING:
    from dondoc.programmes.models import Programme
    from dondoc.units.models import Person

ROWS = 50
TASKS = 10_000
BARE = """<!doctype html><html lang="vi"><title>Bảng</title><body><table>{% for task in tasks %}<tr><td>{{ task.section }}</td>
<td>{{ task.text }}</td><td>{{ task.leads.0.name }}</td><td>{{ task.deadline_text }}</td><td>{{ task.last_ok_on }}</td>
<td>{{ task.progress_note }}</td></tr>{% endfor %}</table></body></html>"""


def measure() -> Iterator[Measured]:
    """The page as it stands, the page after something happened to one of its tasks, and the page with nothing kept at all."""
    with tempfile.TemporaryDirectory() as folder:
        board, changed, cold, bare = _pages(Path(folder))
        mine, theirs = paired(board, bare, 60)
        yield Measured("board", mine * 1000, "ms", "a bare Django page of 50 rows", mine / theirs, "within 1.5")
        mine, theirs = paired(changed, bare, 40)
        yield Measured("board-changed", mine * 1000, "ms", "a bare Django page of 50 rows", mine / theirs, "within 3")
        mine, theirs = paired(cold, bare, 40)
        yield Measured("board-cold", mine * 1000, "ms", "a bare Django page of 50 rows", mine / theirs, "told beside it")


def _pages(folder: Path) -> list[Callable[[], object]]:
    """A new database with the programme, and the four requests."""
    _set_up(folder)
    from django.core.cache import cache  # noqa: PLC0415 - only once the settings are there
    from django.test import Client  # noqa: PLC0415

    from dondoc.programmes.services import projecting  # noqa: PLC0415

    person, programme = _fill()
    client = Client()
    client.force_login(person)
    address = f"/chuong-trinh/{programme.pk}/"

    def get(path: str) -> None:
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}")

    def changed() -> None:
        projecting.bump_version(programme)
        get(address)

    def cold() -> None:
        cache.clear()
        get(address)

    return [lambda: get(address), changed, cold, lambda: get("/bare/")]


def _set_up(folder: Path) -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DONDOC_VAR": str(folder), "DONDOC_LOG_LEVEL": "ERROR"}
    import django  # noqa: PLC0415 - the environment comes first
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.ROOT_URLCONF = "tools.bench.bare_urls"
    django.setup()
    call_command("migrate", verbosity=0)


def _fill() -> tuple["Person", "Programme"]:
    from dondoc.units.enums import Role  # noqa: PLC0415
    from tests.dondoc.factories.programmes import large_programme, plan  # noqa: PLC0415
    from tests.dondoc.factories.units import ProvinceFactory, UnitFactory, person_in  # noqa: PLC0415

    province = ProvinceFactory(code="minh-hoa", name="tỉnh Minh Họa")
    leads = [UnitFactory(province=province, name=f"Sở Mẫu {number}") for number in range(20)]
    person = person_in(leads[0], Role.SPECIALIST, username="chuyenvien", full_name="Nguyễn Thị Chuyên")
    return person, large_programme(plan(leads[0], person, []), person, leads, TASKS, today=date.today())  # noqa: DTZ011
