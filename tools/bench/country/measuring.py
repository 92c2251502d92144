"""The group ``country`` of ``make bench``: what pages of the generated country cost, on SQLite and on PostgreSQL."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from tools.bench import servers
from tools.bench.country import store
from tools.bench.country.scale import WHOLE
from tools.bench.measure import Measured

PAGE = "within 2, under 100 ms"
AIMS = {"statistics": "under 1 s", "search": "under 50 ms"}
BESIDE_DEMO = "the same page on the demo's data"

Rows = dict[str, list[float]]
Place = tuple[str, bool]
"""A database's address, and whether it is empty."""


def measure() -> Iterator[Measured]:
    """Each database in a process of its own; the demonstration's before each, so that both meet the same machine."""
    yield from _of("", nullcontext((store.sqlite(WHOLE, "whole"), store.sqlite(WHOLE, "demo"))))
    if servers.programs() is None:
        yield Measured("country-pg", 0, "", "no PostgreSQL server here", None, "left out")
        return
    yield from _of("-pg", store.postgres(WHOLE))


def _of(suffix: str, opened: AbstractContextManager[tuple[Place, Place]]) -> Iterator[Measured]:
    with opened as (country, beside):
        demo = _run("demo", *beside)
        rows = _run("whole", *country)
    for name, (took, *_) in rows.items():
        if name == "filled":
            yield Measured(f"country{suffix}", took, "s", None, None, "to generate it, where it was not kept")
        elif not name.startswith("remind"):
            yield _page(name, suffix, took, demo)
    yield from _reminding(suffix, rows)


def _page(name: str, suffix: str, took: float, demo: Rows) -> Measured:
    peer = demo.get(name.removesuffix("-large"))
    aim = AIMS.get(name.partition("-")[0], PAGE)
    if peer is None:
        return Measured(name + suffix, took * 1000, "ms", None, None, aim)
    return Measured(name + suffix, took * 1000, "ms", BESIDE_DEMO, took / peer[0], aim)


def _reminding(suffix: str, rows: Rows) -> Iterator[Measured]:
    """Time for each debt, against that where half as many press and as many exist."""
    (took, due), (half, half_due) = rows["remind"], rows["remind-half"]
    against = f"{due:,.0f} debts; {half_due:,.0f} of them, each"
    ratio = (took / due) / (half / half_due) if due and half_due else None
    yield Measured(f"remind{suffix}", took, "s", against, ratio, "about 1: linear in what is due")


def _run(what: str, address: str, empty: bool) -> Rows:
    folder = store.FOLDER / "var"
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DONDOC_DATABASE": address, "DONDOC_VAR": str(folder),
        "DONDOC_LOG_LEVEL": "ERROR",
    }  # fmt: skip
    command = [sys.executable, "-m", "tools.bench.country.pages", what, *(["--fill"] if empty else [])]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment, cwd=Path.cwd())
    if empty:
        store.mark_filled(address, WHOLE)
    return {name: figures for name, *figures in map(json.loads, done.stdout.splitlines())}
