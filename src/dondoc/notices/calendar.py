"""Days on which offices rest: Saturdays, Sundays and the holidays of the data file. Nobody is reminded on them.

Source: Labour Code 45/2019/QH14, article 112; the days of each year are fixed by the government's yearly announcement. A row without
``verified_on`` was entered from memory, and the page of notices says so.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "holidays.tsv"
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Holiday:
    """``verified_on`` None: nobody has held it against the announcement yet."""

    first: date
    last: date
    name: str
    legal_basis: str
    verified_on: date | None


@cache
def holidays() -> Sequence[Holiday]:
    """All that are known, in order."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        Holiday(
            date.fromisoformat(row["first"]),
            date.fromisoformat(row["last"]),
            row["name"],
            row["legal_basis"],
            date.fromisoformat(row["verified_on"]) if row["verified_on"] else None,
        )
        for row in rows
    )


def holiday_on(day: date) -> Holiday | None:
    return next((holiday for holiday in holidays() if holiday.first <= day <= holiday.last), None)


@cache
def rest_days() -> frozenset[date]:
    """Every day of every holiday, to count working days by."""
    return frozenset(
        date.fromordinal(day) for holiday in holidays() for day in range(holiday.first.toordinal(), holiday.last.toordinal() + 1)
    )


def is_quiet(day: date) -> bool:
    """Whether offices rest on that day."""
    return day.weekday() >= SATURDAY or holiday_on(day) is not None


def workday_after(day: date, count: int) -> date:
    """The ``count``-th day after ``day`` on which offices work."""
    while count:
        day += timedelta(days=1)
        count -= not is_quiet(day)
    return day
