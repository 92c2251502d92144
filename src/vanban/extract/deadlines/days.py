"""The day within a period that comes again: ngày 25, 15/6 và 15/12, ngày 15 của tháng cuối quý, thứ Sáu.

A monthly day that a month lacks (30 in February) stays as written: whoever counts the days takes the month's last.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from vanban.extract.dates import DAY, MONTH, QUARTER, YEAR, day_of, quarter_number
from vanban.extract.deadlines.dated import TIME

LEAD = rf"(?:(?P<ex>trước|không\s+quá)(?:\s+hoặc\s+trong)?|(?:chậm|muộn)\s+nhất(?:\s+(?:là|vào|đến))*(?P<ex2>\s+trước)?|(?P<in>vào|trong|đến|là|từ))\s+{TIME}?"
_LEAD = re.compile(LEAD)
_LEAP_YEAR = 2024
_MONTHS_OF_QUARTER = {"đầu": (1, 4, 7, 10), "giữa": (2, 5, 8, 11), "thứ hai": (2, 5, 8, 11), "cuối": (3, 6, 9, 12)}
_WEEKDAYS = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA", "bẩy": "SA", "chủ nhật": "SU"}
_AND = r"\s*(?:,|và|;|hoặc|,\s*và)\s*(?:trước\s+)?"


@dataclass(frozen=True, slots=True)
class DayRule:
    """One rule: the parts of an RRULE after FREQ. ``months`` empty: of every month; ``days`` empty: no day named."""

    stop: int
    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    weekday: str | None = None

    @property
    def parts(self) -> str:
        held = [f"BYMONTH={_joined(self.months)}"] if self.months else []
        held += [f"BYMONTHDAY={_joined(self.days)}"] if self.days else []
        held += [f"BYDAY={self.weekday}"] if self.weekday else []
        return "".join(f";{part}" for part in held)


@dataclass(frozen=True, slots=True)
class Days:
    """What was read: one rule or several, whether "trước" leaves the day out, where the words end.

    ``own``: the words alone say that it comes again ("ngày 15 của tháng cuối quý").
    """

    stop: int
    rules: tuple[DayRule, ...]
    exclusive: bool
    led: bool
    own: bool = False


def _joined(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))


def _weekday(match: re.Match[str]) -> tuple[DayRule, ...]:
    written = match["w"]
    if written is None:
        weekday = "SU"
    else:
        weekday = _WEEKDAYS[written] if written in _WEEKDAYS else ("MO", "TU", "WE", "TH", "FR", "SA")[int(written) - 2]
    return (DayRule(match.end(), weekday=weekday),)


def _of_quarter(match: re.Match[str]) -> tuple[DayRule, ...]:
    return (DayRule(match.end(), _MONTHS_OF_QUARTER[" ".join(match["part"].split())], (int(match["d"]),)),)


def _of_next_month(match: re.Match[str]) -> tuple[DayRule, ...]:
    return (DayRule(match.end(), days=(int(match["d"] or match["e"]),)),)


_PAIR = re.compile(rf"({DAY})(?:\s*/\s*|\s+tháng\s+)({MONTH})")


def _pairs(match: re.Match[str]) -> tuple[DayRule, ...]:
    """15/6 và 15/12: one rule where the day is the same, else one each."""
    held = [(pair, int(pair[1]), int(pair[2])) for pair in _PAIR.finditer(match.string, match.start(), match.end())]
    if any(day_of(_LEAP_YEAR, month, day) is None for _, day, month in held):
        return ()
    if len({day for _, day, _ in held}) == 1:
        return (DayRule(match.end(), tuple(month for _, _, month in held), (held[0][1],)),)
    return tuple(DayRule(pair.end(), (month,), (day,)) for pair, day, month in held)


def _list(match: re.Match[str]) -> tuple[DayRule, ...]:
    days = tuple(int(day) for day in re.findall(r"\d+", match[0]))
    return (DayRule(match.end(), days=days),) if all(1 <= day <= 31 for day in days) else ()


def _last(match: re.Match[str]) -> tuple[DayRule, ...]:
    return (DayRule(match.end(), days=(-1,)),)


def _months(match: re.Match[str]) -> tuple[DayRule, ...]:
    return (DayRule(match.end(), tuple(int(month) for month in re.findall(r"\d+", match[0]))),)


def _quarters(match: re.Match[str]) -> tuple[DayRule, ...]:
    """A quarter of every year stands for its last month."""
    return (DayRule(match.end(), (3 * quarter_number(match["q"]),)),)


_NO_YEAR = rf"(?!\s*(?:[/.-]|,?\s*năm\s+(?={YEAR}))\s*\d)"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[DayRule, ...]], bool], ...] = (
    (
        re.compile(r"(?:(?:sáng|chiều|cuối)\s+)?(?:ngày\s+)?(?:thứ\s+(?P<w>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật)(?!\w)"),
        _weekday,
        False,
    ),
    (
        re.compile(
            rf"(?:ngày\s+)?(?P<d>{DAY})\s+(?:(?:của|thuộc)\s+)?tháng\s+(?P<part>đầu|giữa|thứ\s+hai|cuối)(?:\s+(?:tiên|cùng))?"
            r"(?:\s+(?:của|mỗi|hằng|hàng|từng))*\s+qu[ýí](?:\s+(?:liền\s+)?(?:sau|kế\s+tiếp|tiếp\s+theo|báo\s+cáo))?"
        ),
        _of_quarter,
        True,
    ),
    (
        re.compile(
            rf"(?:ngày\s+(?P<d>{DAY})\s+(?:của\s+)?|(?P<e>{DAY})\s+của\s+)tháng\s+(?:(?:liền\s+)?(?:sau|kề|kế\s+tiếp|tiếp\s+theo)|báo\s+cáo)(?:\s+liền\s+kề)?"
        ),
        _of_next_month,
        True,
    ),
    (re.compile(rf"(?:ngày\s+)?{DAY}\s*/\s*{MONTH}(?:{_AND}(?:ngày\s+)?{DAY}\s*/\s*{MONTH}){{0,11}}{_NO_YEAR}"), _pairs, False),
    (
        re.compile(rf"(?:ngày\s+)?{DAY}\s+tháng\s+{MONTH}(?:{_AND}(?:ngày\s+)?{DAY}\s+tháng\s+{MONTH}){{0,11}}{_NO_YEAR}"),
        _pairs,
        False,
    ),
    (re.compile(rf"(?:các\s+)?ngày\s+{DAY}(?:\s*(?:,|và)\s*(?:ngày\s+)?{DAY}){{0,30}}(?!\s*(?:/|tháng\s+\d))"), _list, False),
    (re.compile(r"ngày\s+(?:làm\s+việc\s+)?cuối(?:\s+cùng)?\s+(?:của\s+)?(?:hằng\s+|hàng\s+|mỗi\s+)?tháng"), _last, True),
    (re.compile(rf"tháng\s+{MONTH}(?:\s*(?:,|và)\s*(?:tháng\s+)?{MONTH}){{0,11}}(?!\s*[/-])"), _months, False),
    (re.compile(rf"qu[ýí]\s+(?P<q>{QUARTER})(?!\s*[/-])"), _quarters, False),
)


def days_at(low: str, at: int) -> Days | None:
    """The day words at ``at``, with a lead word (trước, chậm nhất, vào) or without; None if there are none."""
    lead = _LEAD.match(low, at)
    start = lead.end() if lead else at
    exclusive = lead is not None and (lead["ex"] is not None or lead["ex2"] is not None)
    best: Days | None = None
    for pattern, build, own in _FORMS:
        match = pattern.match(low, start)
        rules = build(match) if match else ()
        if rules and (best is None or rules[-1].stop > best.stop):
            best = Days(rules[-1].stop, rules, exclusive, lead is not None, own)
    return best
