"""A deadline that comes again → its periods: what is owed for which days, and by when.

The rule is the reader's normal form (RFC 5545 without DTSTART). Periods are those of the calendar, because that is how offices name
them: tháng 9/2026, quý III/2026, 6 tháng đầu năm 2026. Words that name Decree 09/2019/ND-CP move them to its cut-off days (from the
15th of the month before to the 14th of the last month; article 12). What comes every day is followed like what never ends.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile

from dondoc.common.folding import searchable
from dondoc.programmes.models import Task

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ROMAN = ("I", "II", "III", "IV")
_YEAR = 12
_LONGEST_MONTH = 31
_CUT_OFF_DAY = 15
# The report on a period is due in the next one: "ngày 05 tháng sau", "tháng đầu quý sau", "15/01 năm sau".
_NEXT = re.compile(r"\b(?:thang|quy|nam|ky|tuan)(?: lien)? (?:sau|ke|ke tiep|tiep theo|lien ke)\b")
_FIRST_MONTHS = re.compile(r"\b(?P<months>6|9|sau|chin) thang\b(?! cuoi| mot lan| lan)")
_CUT_OFF = re.compile(r"\bnghi dinh (?:so )?09/2019\b|\btu (?:ngay )?15 (?:cua )?thang truoc\b")
_LATEST_MONTH = 8  # a report on six months that is asked for later than August is not one on the first six


@dataclass(frozen=True, slots=True)
class Span:
    """One period: its name, its first and last day, the last day that is on time."""

    name: str
    starts_on: date
    ends_on: date
    last_ok_on: date


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, read. Months are counted from year 0, January first.

    Blocks of months end where the month's place in the ``cycle`` is one of ``ends``; ``weeks`` instead where it goes by weeks,
    so many at a time. ``months`` (0 to 11) and ``days`` (-1: the last) say when it is due, ``weekday`` for weeks (0: Monday).
    ``exclusive``: that day is already too late. ``after``: due in the next period. ``leading``: only the year's first months.
    """

    cycle: int = 0
    ends: frozenset[int] = frozenset()
    weeks: int = 0
    months: frozenset[int] = frozenset()
    days: tuple[int, ...] = ()
    weekday: int | None = None
    exclusive: bool = False
    after: bool = False
    leading: int = 0
    cut_off: bool = False


def rule_of(rrule: str, *, words: str = "", exclusive: bool = False) -> Rule | None:
    """Read a rule; ``words`` are those of the deadline and what stands around it. None for what has no periods: every day, or a rule that says too little."""
    parts = dict(pair.split("=", 1) for pair in rrule.split(";") if "=" in pair)
    try:
        every = int(parts.get("INTERVAL", "1"))
        months = frozenset(int(month) - 1 for month in parts.get("BYMONTH", "").split(",") if month)
        days = tuple(int(day) for day in parts.get("BYMONTHDAY", "").split(",") if day)
    except ValueError:
        return None
    folded = searchable(words)
    after = _NEXT.search(folded) is not None
    if exclusive and days == (1,):  # "trước ngày 01/02": by the last day of January
        days, exclusive = (_LONGEST_MONTH,), False
        after = after and bool(months) and 0 not in months
        months = frozenset((month - 1) % _YEAR for month in months)
    facts = Rule(days=days, exclusive=exclusive, after=after, cut_off=_CUT_OFF.search(folded) is not None)
    frequency = parts.get("FREQ")
    if every < 1 or frequency not in {"WEEKLY", "MONTHLY", "YEARLY"}:
        return None
    if frequency == "WEEKLY":
        weekday = parts.get("BYDAY", "")
        return replace(facts, weeks=every, weekday=_WEEKDAYS.index(weekday) if weekday in _WEEKDAYS else None, cut_off=False)
    if frequency == "MONTHLY":
        return _monthly(facts, every)
    return _yearly(facts, every, months, folded)


def rule_of_task(task: Task) -> Rule | None:
    """None for a task that does not recur, or not by periods."""
    return rule_of(task.rrule, words=f"{task.deadline_text}; {task.text}", exclusive=task.exclusive) if task.rrule else None


def _monthly(facts: Rule, every: int) -> Rule:
    if every == 9:  # the third quarter's report is on all nine months
        return replace(facts, cycle=_YEAR, ends=frozenset({_YEAR - 1}), leading=9)
    return replace(facts, cycle=every, ends=frozenset({every - 1}))


def _yearly(facts: Rule, every: int, months: frozenset[int], folded: str) -> Rule:
    if every > 1:
        return replace(facts, cycle=_YEAR * every, ends=frozenset({_YEAR - 1}), months=months)  # 2026 - 2030, 2031 - 2035
    size = _YEAR // len(months) if months and _YEAR % len(months) == 0 else 0
    if size and len({month // size for month in months}) == len(months):
        leading = _FIRST_MONTHS.search(folded) if len(months) == 1 and max(months) < _LATEST_MONTH else None
        first = {"6": 6, "sau": 6, "9": 9, "chin": 9}[leading["months"]] if leading else 0
        return replace(facts, cycle=size, ends=frozenset({size - 1}), months=months, leading=first)
    if not months:
        return replace(facts, cycle=_YEAR, ends=frozenset({_YEAR - 1}))
    return replace(facts, cycle=_YEAR, ends=frozenset((month - facts.after) % _YEAR for month in months), months=months)


def spans(rule: Rule, first: date, last: date | None = None) -> Iterator[Span]:
    """The periods that can still be kept on ``first``, in order; none that begins after ``last``, which ends the final one."""
    if rule.weeks:
        held = _weeks(rule, first)
    elif len(rule.days) > 1 and rule.cycle == 1:
        held = _parts_of_months(rule, first)
    else:
        held = _months(rule, first)
    for span in takewhile(lambda one: last is None or one.starts_on <= last, held):
        if span.last_ok_on >= first:
            yield _ended(rule, span, last)


def _ended(rule: Rule, span: Span, last: date | None) -> Span:
    if last is None or span.ends_on <= last:
        return span
    return replace(span, ends_on=last, last_ok_on=span.last_ok_on if rule.after else min(span.last_ok_on, last))


def _months(rule: Rule, first: date) -> Iterator[Span]:
    month = _index(first) - 2 * rule.cycle
    start = month
    while (start - 1) % rule.cycle not in rule.ends:
        start -= 1
    while True:
        stop = start
        while stop % rule.cycle not in rule.ends:
            stop += 1
        yield _block(rule, start, stop)
        start = stop + 1


def _block(rule: Rule, start: int, stop: int) -> Span:
    shown = start + rule.leading - 1 if rule.leading else stop
    starts_on, ends_on = _day(start, 1), _day(shown, -1)
    if rule.cut_off:
        starts_on, ends_on = _day(start - 1, _CUT_OFF_DAY), _day(shown, _CUT_OFF_DAY - 1)
    due = _due_after(rule, shown) if rule.after else _due_within(rule, start, stop, ends_on)
    return Span(_name(start, shown), starts_on, ends_on, due)


def _due_within(rule: Rule, start: int, stop: int, ends_on: date) -> date:
    month = next((one for one in range(stop, start - 1, -1) if one % _YEAR in rule.months), None)
    if month is None and not rule.days:
        return ends_on
    return _due_in(rule, start + rule.leading - 1 if month is None and rule.leading else month or stop)


def _due_after(rule: Rule, stop: int) -> date:
    return _due_in(rule, next(one for one in range(stop + 1, stop + 2 + _YEAR) if not rule.months or one % _YEAR in rule.months))


def _due_in(rule: Rule, month: int) -> date:
    """The last good day where a month holds it."""
    if not rule.days:
        return _day(month, -1)
    return _day(month, rule.days[-1]) - timedelta(days=rule.exclusive)


def _parts_of_months(rule: Rule, first: date) -> Iterator[Span]:
    """Các ngày 10, 20, 30 hằng tháng: three periods a month, the last one to its end."""
    month = _index(first) - 2
    while True:
        month += 1
        ends = sorted({_day(month, day) for day in rule.days})
        starts_on = _day(month, 1)
        for due in ends:
            ends_on = due if due != ends[-1] else _day(month, -1)
            name = f"Ngày {starts_on.day:02d} - {ends_on.day:02d}/{ends_on.month}/{ends_on.year}"
            yield Span(name, starts_on, ends_on, due - timedelta(days=rule.exclusive))
            starts_on = ends_on + timedelta(days=1)


def _weeks(rule: Rule, first: date) -> Iterator[Span]:
    """Weeks from Monday to Sunday."""
    length = timedelta(weeks=rule.weeks)
    starts_on = date.fromordinal((first.toordinal() - 1) // (7 * rule.weeks) * 7 * rule.weeks + 1) - 2 * length
    while True:
        ends_on = starts_on + length - timedelta(days=1)
        due = ends_on + timedelta(weeks=rule.after)
        if rule.weekday is not None:
            due -= timedelta(days=6 - rule.weekday + rule.exclusive)
        yield Span(_name_of_weeks(starts_on, ends_on), starts_on, ends_on, due)
        starts_on += length


def _index(day: date) -> int:
    return day.year * _YEAR + day.month - 1


def _day(month: int, day: int) -> date:
    """A day of a month; one that the month lacks, and -1, is its last."""
    year, place = divmod(month, _YEAR)
    longest = monthrange(year, place + 1)[1]
    return date(year, place + 1, longest if day < 1 else min(day, longest))


def _name(start: int, stop: int) -> str:
    year, first = divmod(start, _YEAR)
    last_year, last = divmod(stop, _YEAR)
    size = stop - start + 1
    if size == 1:
        return f"Tháng {first + 1}/{year}"
    if size % _YEAR == 0 and first == 0:
        return f"Năm {year}" if size == _YEAR else f"Giai đoạn {year} - {last_year}"
    if size == 3 and first % 3 == 0:
        return f"Quý {_ROMAN[first // 3]}/{year}"
    if size in {6, 9} and first % size == 0 and year == last_year:
        return f"{size} tháng {'đầu' if first == 0 else 'cuối'} năm {year}"
    earlier = "" if year == last_year else f"/{year}"
    return f"Tháng {first + 1}{earlier} - {last + 1}/{last_year}"


def _name_of_weeks(starts_on: date, ends_on: date) -> str:
    first, last = starts_on.isocalendar(), ends_on.isocalendar()
    if first.week == last.week:
        return f"Tuần {first.week}/{first.year}"
    earlier = "" if first.year == last.year else f"/{first.year}"
    return f"Tuần {first.week}{earlier} - {last.week}/{last.year}"
