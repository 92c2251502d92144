"""Filled-in Excel forms of all units of a campaign, handed to the program at once, by as many threads as the server has."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

from django.db import connection

from dondoc.reporting.models import Campaign, Return
from dondoc.reporting.queries.content import cells_of, facts, texts_of
from dondoc.reporting.queries.mine import with_all
from dondoc.reporting.rules.cells import Cell, Place, asked
from dondoc.reporting.services import uploading
from dondoc.reporting.unit_files.contents import form_of
from dondoc.reporting.unit_files.excel import to_xlsx
from dondoc.reporting.unit_files.reading import read_form
from dondoc.units.access import actor_of
from dondoc.units.models import Person
from tests.dondoc.scenarios.files import in_excel
from tools.bench.campaign import content
from tools.bench.campaign.fill import NOON
from tools.bench.campaign.scale import TODAY

THREADS = 4
"""As ``dondoc serve`` starts the server."""


def upload_all(campaign: Campaign) -> tuple[float, float]:
    """Seconds until the last is in, and the median of one from its reading to its writing.

    :raises RuntimeError: a cell or a text did not arrive.
    """
    reports = list(with_all(Return.objects.filter(campaign=campaign)).order_by("pk"))
    wanted = [_wanted(report) for report in reports]
    files = [
        in_excel(to_xlsx(form_of(report, TODAY, NOON)), facts(report.group.template), what)
        for report, what in zip(reports, wanted, strict=True)
    ]
    people = {one.memberships.get().unit_id: one for one in Person.objects.filter(username__startswith="xa0-")}
    started = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        took = list(pool.map(_upload, reports, files, [people[one.unit_id] for one in reports]))
    whole = time.perf_counter() - started
    for report, what in zip(reports, wanted, strict=True):
        arrived = ({place: cell for place, cell in cells_of(report).items() if cell.is_filled}, texts_of(report))
        if arrived != (what.cells, what.texts):
            raise RuntimeError(f"{report}: not everything arrived")
    return whole, statistics.median(took)


def _wanted(report: Return) -> Any:
    """Every cell that is asked and every text, as one unit types them."""
    what = facts(report.group.template)
    cells = {}
    for number, (_, _, place) in enumerate(asked(what), 1):
        cell = content.cell_of(report.pk, number, place.column)
        cells[Place(*place)] = cell if cell.is_filled else Cell(nothing="none")
    texts = {
        one.code: content.said_by(report.pk, number, report.unit.name) for number, one in enumerate(what.sections) if one.asks
    }
    return SimpleNamespace(cells=cells, texts=texts)


def _upload(report: Return, data: bytes, person: Person) -> float:
    started = time.perf_counter()
    try:
        done = uploading.upload(
            actor=actor_of(person, TODAY), report=report, filled=read_form(data), at=NOON, file_name="bieu.xlsx"
        )
    finally:
        connection.close()
    if not done.is_clean:
        raise RuntimeError(f"{report}: {done}")
    return time.perf_counter() - started
