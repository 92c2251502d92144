"""A deadline as the reader gives it → the days that a task is held to."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from dondoc.common.folding import searchable

_OFFSET = re.compile(r"^(?P<sign>-?)P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?$")
_DOCUMENT = r"(?:ke hoach|van ban|quyet dinh|chi thi|cong van|nghi quyet|thong bao|chuong trinh|de an)(?: nay)?"
# Only the day of the document itself is known; "ngày Chính phủ ban hành Nghị định" and "ngày nhận được văn bản" are not.
_ISSUE = re.compile(rf"^(?:ngay )?(?:(?:ky )?ban hanh|ky)(?: {_DOCUMENT})?$|^(?:ngay )?{_DOCUMENT} (?:duoc )?(?:ky )?ban hanh$")


@dataclass(frozen=True, slots=True)
class Term:
    """The fields of :class:`dondoc.programmes.models.Timed`."""

    deadline_text: str = ""
    deadline_kind: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    exclusive: bool = False
    last_ok_on: date | None = None
    rrule: str = ""
    anchor: str = ""
    offset: str = ""


def term_of(deadline: Mapping[str, Any] | None, *, issued_on: date | None, holidays: Collection[date] = ()) -> Term:
    """Copy the normal form; find the last good day.

    A relative deadline is counted from the document's own day where that is what it starts from. One that starts from
    another event keeps its words and has no day until a person sets one.
    """
    if not deadline:
        return Term()
    due = _day(deadline.get("end"))
    exclusive = bool(deadline.get("exclusive"))
    anchor, offset = str(deadline.get("anchor") or ""), str(deadline.get("offset") or "")
    if due is None and offset and issued_on and _ISSUE.match(searchable(anchor)):
        due, exclusive = after(issued_on, offset, holidays=holidays), False
    return Term(
        deadline_text=str(deadline.get("text") or "")[:255],
        deadline_kind=str(deadline.get("kind") or ""),
        starts_on=_day(deadline.get("start")),
        due_on=due,
        exclusive=exclusive,
        last_ok_on=last_good_day(due, exclusive=exclusive),
        rrule=str(deadline.get("rrule") or "")[:120],
        anchor=anchor[:255],
        offset=offset[:40],
    )


def last_good_day(due_on: date | None, *, exclusive: bool) -> date | None:
    """*Trước ngày 10/9* is kept by the ninth."""
    return due_on - timedelta(days=1) if due_on and exclusive else due_on


def is_extended(last_ok_on: date | None, first: date | None, *, own_terms: bool) -> bool:
    """Whether a decision moved the last good day on from the ``first``.

    ``own_terms``: the day is that of a period, or follows from a unit's own receipt, and so moves by itself.
    """
    return not own_terms and last_ok_on != first


def after(start: date, offset: str, *, holidays: Collection[date] = ()) -> date | None:
    """The last day of a period that begins the day after ``start``: "P15D", "P5D working", "-P1M".

    A period that ends on a day off ends on the next working day (Bộ luật Dân sự 2015, Điều 148).
    """
    duration, _, unit = offset.partition(" ")
    found = _OFFSET.match(duration)
    if not found:
        return None
    amount: dict[str, Any] = {name: int(value) for name, value in found.groupdict().items() if name != "sign" and value}
    if unit == "working":
        return _working_days_after(start, amount.get("days", 0), holidays)
    if found["sign"]:
        return start - relativedelta(**amount)
    return _working_day_from(start + relativedelta(**amount), holidays)


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    return day.weekday() < 5 and day not in holidays


def _working_day_from(day: date, holidays: Collection[date]) -> date:
    while not is_working_day(day, holidays):
        day += timedelta(days=1)
    return day


def _working_days_after(day: date, count: int, holidays: Collection[date]) -> date:
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, holidays)
    return day


def next_due(rrule: str, *, starts_on: date | None, on: date) -> date | None:
    """The next day that a recurring deadline names, from ``on`` onwards; None where its words name no day."""
    if "BYMONTHDAY" not in rrule and "BYDAY" not in rrule:
        return None
    first = max(starts_on or on, on)
    try:
        found = rrulestr(rrule, dtstart=_noon(date(first.year, 1, 1))).after(_noon(first), inc=True)
    except ValueError:
        return None
    return found.date() if found else None


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12))


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
