"""Measures one database, in a process of its own, and prints a line of JSON each: ``python -m tools.bench.campaign.work``.

A line is a name, seconds, and the seconds of its peer where there is one. The clock stands on the campaign's day.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import django
import time_machine

from tools.bench.campaign import scale as scales
from tools.bench.measure import paired, seconds

ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scale", choices=("whole", "tiny"))
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - only once Django is set up
    from django.core.management import call_command  # noqa: PLC0415

    from tools.bench.campaign.fill import NOON, fill  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    scale = scales.WHOLE if asked.scale == "whole" else scales.TINY
    with time_machine.travel(NOON, tick=False):
        started = time.perf_counter()
        fill(scale)
        print(json.dumps(["filled", time.perf_counter() - started, None]), flush=True)
        for row in rows(scale):
            print(json.dumps(row), flush=True)


def rows(scale: scales.Scale) -> Iterator[list[Any]]:
    """Everything, on the database that the settings name."""
    from dondoc.reporting.models import Campaign  # noqa: PLC0415

    *sized, written, empty = Campaign.objects.order_by("pk")
    with tempfile.TemporaryDirectory() as folder:
        for part, campaign in zip(scale.parts, sized, strict=True):
            yield [f"consolidate:{part:g}", *_consolidate(campaign, Path(folder))]
    yield from _matrix(sized[-1])
    yield from _figures(sized[-1])
    for name, took in zip(("write-report", "write-annex"), _written(written), strict=True):
        yield [name, took, None]
    yield ["upload", *_uploaded(empty)]


def _consolidate(campaign: Any, folder: Path) -> tuple[float, float]:
    """Here and in DuckDB, after both were found to give the same."""
    from dondoc.reporting.queries.totals import totals_of  # noqa: PLC0415
    from tools.bench.campaign import peer  # noqa: PLC0415

    group = campaign.groups.select_related("template__template").get()
    held = peer.loaded(group, folder)
    if not peer.compare(group, totals_of(group), peer.sums(held)):
        raise RuntimeError("there is nothing to compare")
    return paired(lambda: totals_of(group), lambda: peer.sums(held), ROUNDS)


def _matrix(campaign: Any) -> Iterator[list[Any]]:
    """The first page's rows with the counts over all units; the rows of all units, as the file has them; the page itself."""
    from dondoc.reporting.queries import following  # noqa: PLC0415

    group = campaign.groups.select_related("template__template").get()

    def matrix(count: int | None) -> object:
        reports = list(following.returns_of(group, campaign.last_ok_on)[:count])
        return following.matrix_of(group, reports, campaign.last_ok_on, scales.TODAY)

    yield ["matrix", seconds(lambda: matrix(following.PAGE), ROUNDS), None]
    yield ["matrix-all", seconds(lambda: matrix(None), ROUNDS), None]
    yield ["matrix-page", _page(f"/bao-cao/dot/{campaign.pk}/"), None]


def _figures(campaign: Any) -> Iterator[list[Any]]:
    """What lies behind one figure, without the sums."""
    from dondoc.reporting.queries.behind import units_behind  # noqa: PLC0415
    from dondoc.reporting.queries.figures import known_figures, sources_of  # noqa: PLC0415
    from dondoc.reporting.rules.fields import Field  # noqa: PLC0415

    sources = sources_of(campaign)

    def behind(code: str, column: str) -> object:
        (known,) = known_figures(sources, [Field("B1", code, column)]).values()
        return units_behind(known)

    yield ["figure", seconds(lambda: behind("A.01", "2025"), ROUNDS), None]
    table = sources[0].facts.tables[0]
    fields = [Field(table.code, one.code, column.key) for one in table.indicators for column in table.columns]
    yield ["figures-table", seconds(lambda: known_figures(sources, fields), ROUNDS), None]


def _page(address: str) -> float:
    from django.test import Client  # noqa: PLC0415

    from dondoc.units.models import Person  # noqa: PLC0415
    from tools.bench.campaign.fill import RECIPIENT  # noqa: PLC0415

    client = Client()
    client.force_login(Person.objects.get(username=RECIPIENT))

    def get() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}")

    return seconds(get, ROUNDS)


def _written(campaign: Any) -> list[float]:
    """From the draft in the database to the bytes of the .docx: alone, and with the annex of its sources."""
    from dondoc.reporting.paper import paper_of  # noqa: PLC0415
    from dondoc.reporting.services import drafting  # noqa: PLC0415
    from dondoc.units.access import actor_of  # noqa: PLC0415
    from dondoc.units.models import Person  # noqa: PLC0415
    from tools.bench.campaign.fill import NOON, RECIPIENT  # noqa: PLC0415

    actor = actor_of(Person.objects.get(username=RECIPIENT), scales.TODAY)
    draft = drafting.make_draft(actor=actor, campaign=campaign, at=NOON)
    return [seconds(partial(paper_of, draft, on=scales.TODAY, with_sources=one), ROUNDS, warm=1) for one in (False, True)]


def _uploaded(campaign: Any) -> tuple[float, float]:
    from tools.bench.campaign.uploads import upload_all  # noqa: PLC0415

    return upload_all(campaign)


if __name__ == "__main__":
    main()
