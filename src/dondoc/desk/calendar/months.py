"""A month as weeks of days, each with what is owed by it."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from dateutil.relativedelta import relativedelta

from dondoc.common import wording
from dondoc.desk.calendar.dates import Due
from dondoc.notices.calendar import holiday_on, is_quiet

_WEEKS = Calendar(firstweekday=0)
_EARLIEST, _LATEST = 2000, 2100


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    inside: bool
    today: bool
    quiet: bool
    holiday: str
    dues: list[Due] = field(default_factory=list)

    @property
    def weekday(self) -> str:
        return wording.WEEKDAYS[self.day.weekday()]


@dataclass(frozen=True, slots=True)
class Month:
    """``earlier``: what is owed by a day before it."""

    first: date
    weeks: list[list[Day]]
    earlier: list[Due]
    later: int

    @property
    def title(self) -> str:
        return f"Tháng {self.first.month}/{self.first.year}"

    @property
    def previous(self) -> str:
        return f"{self.first - relativedelta(months=1):%Y-%m}"

    @property
    def next(self) -> str:
        return f"{self.first + relativedelta(months=1):%Y-%m}"

    @property
    def number(self) -> int:
        return sum(len(day.dues) for week in self.weeks for day in week if day.inside)


def first_of(words: str, today: date) -> date:
    """The first day of the month that ``2026-11`` names; of today's where it names none."""
    year, _, month = words.partition("-")
    if year.isdecimal() and month.isdecimal() and _EARLIEST <= int(year) <= _LATEST and 1 <= int(month) <= 12:
        return date(int(year), int(month), 1)
    return today.replace(day=1)


def month_of(first: date, dues: Iterable[Due], today: date) -> Month:
    by_day: dict[date, list[Due]] = {}
    for due in dues:
        by_day.setdefault(due.day, []).append(due)
    weeks = [
        [_day(day, first, today, by_day.get(day, [])) for day in week]
        for week in _WEEKS.monthdatescalendar(first.year, first.month)
    ]
    end = first + relativedelta(months=1)
    earlier = [due for day in sorted(by_day) if day < first for due in by_day[day]]
    return Month(first, weeks, earlier, sum(len(held) for day, held in by_day.items() if day >= end))


def _day(day: date, first: date, today: date, dues: list[Due]) -> Day:
    holiday = holiday_on(day)
    inside = (day.year, day.month) == (first.year, first.month)
    return Day(day, inside, day == today, is_quiet(day), holiday.name if holiday else "", dues if inside else [])
