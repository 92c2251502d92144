"""The last good days of a duty that comes again, and the period that each is about.

A rule is an iCalendar rule of last good days; several, where one is not enough, stand with a space between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from dondoc.common import wording
from dondoc.reporting.rules.campaigns import turn_of

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Coming:
    """A turn: by when, about which period, with figures of which days."""

    last_ok_on: date
    period_name: str
    window_from: date | None
    window_to: date | None


def rule_of_good_days(rrule: str, *, exclusive: bool) -> str:
    """The rule of a duty's words → that of its last good days: *trước ngày 30/5* is kept by the 29th. Empty for one without days."""
    parts = dict(pair.split("=", 1) for pair in rrule.split(";") if "=" in pair)
    if "BYMONTHDAY" not in parts and "BYDAY" not in parts:
        return ""
    if exclusive:
        _day_before(parts)
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _day_before(parts: dict[str, str]) -> None:
    if parts.get("BYDAY") in _WEEKDAYS:
        parts["BYDAY"] = _WEEKDAYS[_WEEKDAYS.index(parts["BYDAY"]) - 1]
        return
    days = [int(day) for day in parts.get("BYMONTHDAY", "").split(",") if day]
    parts["BYMONTHDAY"] = ",".join(str(day - 1 or -1) for day in days)
    if days == [1] and "BYMONTH" in parts:
        months = sorted((int(month) - 2) % _MONTHS + 1 for month in parts["BYMONTH"].split(","))
        parts["BYMONTH"] = ",".join(map(str, months))


def good_days(rule: str, first: date, last: date) -> list[date]:
    """Those between two days, both included, in order; none where a rule cannot be read."""
    start = datetime.combine(date(first.year, 1, 1), time(12))
    found: set[date] = set()
    for one in rule.split():
        try:
            days = rrulestr(one, dtstart=start).between(
                datetime.combine(first, time(0)), datetime.combine(last + timedelta(days=1), time(0))
            )
        except ValueError:
            continue
        found.update(day.date() for day in days)
    return sorted(found)


def days_of_year(rule: str, year: int) -> list[date]:
    return good_days(rule, date(year, 1, 1), date(year, 12, 31))


def coming(rule: str, window: str, last_ok_on: date) -> Coming:
    """What a turn is about. Of several windows ("H1,Y") each belongs to one day of the year, in order."""
    turn = turn_of(_window_on(rule, window, last_ok_on), last_ok_on)
    if turn is None:
        return Coming(last_ok_on, f"Kỳ đến {wording.day(last_ok_on)}", None, None)
    return Coming(last_ok_on, turn.name, turn.window_from, turn.window_to)


def _window_on(rule: str, window: str, day: date) -> str:
    codes: Sequence[str] = window.split(",")
    days = days_of_year(rule, day.year)
    return codes[days.index(day) % len(codes)] if day in days else codes[0]
