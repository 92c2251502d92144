"""The group ``campaign`` of ``make bench``: a reporting campaign of the whole country, on SQLite and on PostgreSQL."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.bench import servers
from tools.bench.campaign.scale import WHOLE, Scale
from tools.bench.measure import Measured

FOLDER = Path(__file__).resolve().parents[3] / "build" / "campaign"
PORT = 54333
AIMS = {
    "matrix": ("ms", "under 300 ms"),
    "matrix-all": ("ms", "told beside it: all rows, as the file has them"),
    "matrix-page": ("ms", "told beside it: the page with its menu"),
    "figure": ("ms", "told beside it: the units behind one figure"),
    "figures-table": ("ms", "told beside it: a table with who owes what"),
    "write-report": ("s", "under 3 s"),
    "write-annex": ("s", "told beside it: with where each figure is from"),
}

Rows = dict[str, tuple[float, float | None]]


def measure() -> Iterator[Measured]:
    """Each database in a process of its own, filled anew."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    try:
        yield from _told("", _run(f"sqlite://{FOLDER / 'campaign.sqlite3'}"), WHOLE)
        if servers.programs() is None:
            yield Measured("campaign-pg", 0, "", "no PostgreSQL server here", None, "left out")
            return
        with servers.postgres(FOLDER / "postgres", PORT) as address:
            yield from _told("-pg", _run(f"{address}/postgres"), WHOLE)
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)


def _told(suffix: str, rows: Rows, scale: Scale) -> Iterator[Measured]:
    yield Measured(f"campaign{suffix}", rows["filled"][0], "s", None, None, "to generate it")
    whole, peer = rows[f"consolidate:{scale.parts[-1]:g}"]
    yield Measured(f"consolidate{suffix}", whole, "s", "DuckDB, the same sums", whole / (peer or 1), "under 5 s")
    for part in scale.parts[:-1]:
        took, _ = rows[f"consolidate:{part:g}"]
        against = f"the whole, a value ({part:g} of the units)"
        yield Measured(f"consolidate{suffix}", took, "s", against, took / part / whole, "about 1: linear in values")
    for name, (unit, aim) in AIMS.items():
        took, _ = rows[name]
        yield Measured(name + suffix, took * (1000 if unit == "ms" else 1), unit, None, None, aim)
    took, each = rows["upload"]
    yield Measured(f"upload-{scale.uploads}{suffix}", took, "s", None, None, "none lost")
    yield Measured(f"upload-each{suffix}", each or 0, "s", None, None, "from reading to writing, four at a time")


def _run(address: str, scale: str = "whole") -> Rows:
    folder = FOLDER / "var"
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DONDOC_DATABASE": address, "DONDOC_VAR": str(folder),
        "DONDOC_LOG_LEVEL": "ERROR",
    }  # fmt: skip
    command = [sys.executable, "-m", "tools.bench.campaign.work", scale]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment, cwd=Path.cwd())
    return {name: (took, peer) for name, took, peer in map(json.loads, done.stdout.splitlines())}
