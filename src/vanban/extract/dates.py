"""Days, months, quarters and years as documents write them: the atoms that deadlines and targets share.

All patterns read *folded* text (:func:`fold`), which is lower case and as long as the text it was made from. A period
is read at one place (:func:`period_at`); the longest form that fits wins. Dates that no calendar has are no periods.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

YEAR = r"(?:19|20|21)\d\d(?!\d)"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
QUARTER = r"(?:[i1l]v|[il]{1,3}|[1-4])(?!\w)"
DASH = r"[-–—]"
NUMBER_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "chín": 9, "mười": 10}
LAST = 0
_PART_OF_MONTH = {"đầu": 10, "giữa": 20, "cuối": LAST}
_PART_OF_YEAR = {"đầu": (3, 31), "giữa": (6, 30), "cuối": (12, 31)}
_WEEKS = {"đầu": 1, "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "cuối": LAST}


def fold(text: str) -> str:
    """Lower case, character for character (a letter whose lower case is longer stays as it is)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


class Grain(StrEnum):
    """How exactly a period is named."""

    DAY = "day"
    PART = "part"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar as read: months and days, and the years where they are named.

    ``stop`` is where its words end; a day of :data:`LAST` is the month's last; ``bare`` periods have no noun
    ("2025", "15/9", "6/2025"); ``many`` are ranges ("tháng 8 - 9/2025") and not one unit of the calendar.
    """

    stop: int
    grain: Grain
    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None = None
    last_year: int | None = None
    week: int | None = None
    bare: bool = False
    many: bool = False

    def dates(self, year: int | None = None) -> tuple[date, date] | None:
        """First and last day, in the period's own year or else in ``year``; None if there is no such day."""
        start_year = self.year if self.year is not None else year
        if start_year is None:
            return None
        end_year = self.last_year if self.last_year is not None else start_year
        if self.week is not None:
            return week_of_month(start_year, self.first[0], self.week)
        start, end = day_of(start_year, *self.first), day_of(end_year, *self.last)
        return (start, end) if start and end and start <= end else None

    def resolve(self, issued_on: date | None) -> tuple[date, date] | None:
        """Like :meth:`dates`; a missing year is the document's, or the next one where that day is over already."""
        if self.year is not None:
            return self.dates()
        if issued_on is None:
            return None
        held = self.dates(issued_on.year)
        return self.dates(issued_on.year + 1) if held and held[1] < issued_on else held


def day_of(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has none; day :data:`LAST` is the month's last."""
    if not (1 <= month <= 12 and date.min.year <= year <= date.max.year):
        return None
    last = monthrange(year, month)[1]
    if day > last:
        return None
    return date(year, month, last if day == LAST else day)


def week_of_month(year: int, month: int, number: int) -> tuple[date, date] | None:
    """Monday and Sunday of the month's ``number``-th week (:data:`LAST`: its last); a week belongs where its Thursday does."""
    first = date(year, month, 1)
    thursday = first + timedelta(days=(3 - first.weekday()) % 7)
    weeks = (monthrange(year, month)[1] - thursday.day) // 7 + 1
    if number > weeks:
        return None
    monday = thursday + timedelta(days=7 * ((number or weeks) - 1) - 3)
    return monday, monday + timedelta(days=6)


def quarter_number(written: str) -> int:
    """1 to 4 from I, II, III, IV or a digit (l and 1 read for I by a scanner are taken as I)."""
    if written.isdigit():
        return int(written)
    return 4 if written.endswith("v") else len(written)


def _year(match: re.Match[str], group: str = "y") -> int | None:
    written = match.groupdict().get(group)
    return int(written) if written else None


def _day(match: re.Match[str]) -> Period | None:
    month_day = (int(match["m"]), int(match["d"]))
    if day_of(_year(match) or 2024, *month_day) is None:
        return None
    bare = not match[0].startswith("ngày")
    return Period(match.end(), Grain.DAY, month_day, month_day, _year(match), bare=bare)


def _days(match: re.Match[str]) -> Period | None:
    """Days of one month in a row or a list: from the first to the last."""
    month, first, last = int(match["m"] or match["mw"]), int(match["d"]), int(match["d2"])
    year = _year(match)
    if last <= first or day_of(year or 2024, month, last) is None:
        return None
    return Period(match.end(), Grain.DAY, (month, first), (month, last), year, many=True)


def _month(match: re.Match[str]) -> Period | None:
    month = int(match["m"])
    last = int(match.groupdict().get("m2") or month)
    year, last_year = _year(match), _year(match, "y2")
    if year is not None and last_year is None and last < month:
        year, last_year = year - 1, year
    bare = not match[0].startswith("tháng")
    return Period(match.end(), Grain.MONTH, (month, 1), (last, LAST), year, last_year, bare=bare, many=last != month)


def _quarter(match: re.Match[str]) -> Period | None:
    first = quarter_number(match["q"])
    last = quarter_number(match["q2"]) if match["q2"] else first
    if last < first:
        return None
    return Period(match.end(), Grain.QUARTER, (3 * first - 2, 1), (3 * last, LAST), _year(match), many=last != first)


def _months_of_year(match: re.Match[str]) -> Period | None:
    written = match["n"]
    count = NUMBER_WORDS.get(written) or int(written)
    if not 1 < count < 12 or (match["part"] is None and _year(match) is None):
        return None
    months = (13 - count, 12) if match["part"] == "cuối" else (1, count)
    return Period(match.end(), Grain.HALF, (months[0], 1), (months[1], LAST), _year(match))


def _years(match: re.Match[str]) -> Period | None:
    year, last_year = int(match["y"]), _year(match, "y2") or int(match["y"])
    if last_year < year:
        return None
    grain = Grain.YEARS if last_year != year else Grain.YEAR
    bare = match[0][0].isdigit()
    return Period(match.end(), grain, (1, 1), (12, 31), year, last_year, bare=bare, many=last_year != year)


def _school_year(match: re.Match[str]) -> Period | None:
    """The school year as the ministry's frame has it: 5 September to 31 May."""
    year, last_year = int(match["y"]), int(match["y2"])
    return Period(match.end(), Grain.YEARS, (9, 5), (5, 31), year, last_year, many=True) if last_year == year + 1 else None


def _part(match: re.Match[str]) -> Period | None:
    """Early, middle or late in a month, a quarter or a year: the day by which (10, 20, last)."""
    part, groups = match["part"], match.groupdict()
    if groups.get("m"):
        day = (int(match["m"]), _PART_OF_MONTH[part])
    elif groups.get("q"):
        day = (3 * quarter_number(match["q"]) - {"đầu": 2, "giữa": 1, "cuối": 0}[part], LAST)
    else:
        day = _PART_OF_YEAR[part]
    return Period(match.end(), Grain.PART, day, day, _year(match))


def _week(match: re.Match[str]) -> Period | None:
    week = _WEEKS[match["k"]] if match["k"] in _WEEKS else int(match["k"])
    month = int(match["m"])
    return Period(match.end(), Grain.WEEK, (month, 1), (month, LAST), _year(match), week=week)


@dataclass(frozen=True, slots=True)
class PeriodForm:
    """One way to write a period. ``example`` must give ``expected`` (first and last day) in a document of 21/11/2025."""

    name: str
    pattern: re.Pattern[str]
    build: Callable[[re.Match[str]], Period | None]
    example: str
    expected: tuple[str, str]


_OF_YEAR = rf"(?:\s*(?:[/,.]|{DASH})?\s*(?:năm\s+)?(?P<y>{YEAR}))?"
_TO = rf"\s*(?:{DASH}|,|và|đến)\s*"
_NOT_A_DAY = r"(?!\s*(?:[/.]\s*)?\d)(?!\s*(?:số|tổng|diện|dân|người|xã|thôn|hộ|đơn|cơ|thời|đại|nhiệm|chỉ|thành|%))"


def _form(name: str, pattern: str, build: Callable[[re.Match[str]], Period | None], example: str, *expected: str) -> PeriodForm:
    return PeriodForm(name, re.compile(pattern), build, example, (expected[0], expected[-1]))


PERIOD_FORMS: tuple[PeriodForm, ...] = (
    _form(
        "day-figures",
        rf"(?:ngày\s+)?(?P<d>{DAY})\s*[/.-]\s*(?P<m>{MONTH})\s*(?:[/.-]|/?\s*năm)\s*(?P<y>{YEAR})(?!/)",
        _day,
        "ngày 15/12/2025",
        "2025-12-15",
    ),
    _form(
        "day-words",
        rf"(?:ngày\s+)?(?P<d>{DAY})\s+tháng\s+(?P<m>{MONTH})(?:\s*[/,]?\s*(?:năm\s+)?(?P<y>{YEAR}))?",
        _day,
        "ngày 01 tháng 7 năm 2026",
        "2026-07-01",
    ),
    _form(
        "days",
        rf"(?:(?:0?[2-9]|hai|ba|bốn|các)\s+)?ngày\s+(?P<d>{DAY})(?:\s*(?:,|và)\s*(?:ngày\s+)?{DAY}){{0,8}}\s*(?:,|và|{DASH}|đến)\s*(?:ngày\s+)?(?P<d2>{DAY})"
        rf"(?:\s*[/.]\s*(?P<m>{MONTH})\s*[/.]\s*|\s+tháng\s+(?P<mw>{MONTH})\s*(?:/|năm)\s*)(?P<y>{YEAR})",
        _days,
        "02 ngày 15 và 16/01/2026",
        "2026-01-15",
        "2026-01-16",
    ),
    _form("day-short", rf"ngày\s+(?P<d>{DAY})\s*[/.-]\s*(?P<m>{MONTH})(?!\s*[/.-]?\s*\d)", _day, "ngày 30/11", "2025-11-30"),
    _form("day-slash", rf"(?P<d>{DAY})\s*/\s*(?P<m>{MONTH}){_NOT_A_DAY}", _day, "15/9", "2026-09-15"),
    _form("month", rf"tháng\s+(?P<m>{MONTH}){_OF_YEAR}", _month, "tháng 8/2026", "2026-08-01", "2026-08-31"),
    _form(
        "months",
        rf"tháng\s+(?P<m>{MONTH})(?:{_TO}(?:tháng\s+)?{MONTH}){{0,10}}{_TO}(?:tháng\s+)?(?P<m2>{MONTH})(?!\s*[/.]\s*\d\d?(?!\d)){_OF_YEAR}",
        _month,
        "tháng 8 - 9/2026",
        "2026-08-01",
        "2026-09-30",
    ),
    _form(
        "months-over-years",
        rf"tháng\s+(?P<m>{MONTH})\s*(?:/|năm)\s*(?P<y>{YEAR}){_TO}(?:tháng\s+)?(?P<m2>{MONTH})\s*(?:/|năm)\s*(?P<y2>{YEAR})",
        _month,
        "tháng 12/2025 - 02/2026",
        "2025-12-01",
        "2026-02-28",
    ),
    _form("month-figures", rf"(?P<m>{MONTH})\s*[/-]\s*(?P<y>{YEAR})(?!/)", _month, "6/2026", "2026-06-01", "2026-06-30"),
    _form("month-letter", rf"t(?P<m>{MONTH})\s*/\s*(?P<y>{YEAR})(?!/)", _month, "T8/2026", "2026-08-01", "2026-08-31"),
    _form(
        "quarter",
        rf"qu[ýí]\s+(?P<q>{QUARTER})(?:{_TO}(?:qu[ýí]\s+)?(?P<q2>{QUARTER})){{0,3}}{_OF_YEAR}",
        _quarter,
        "quý II, III/2026",
        "2026-04-01",
        "2026-09-30",
    ),
    _form(
        "months-of-year",
        rf"(?P<n>0?[2-9]|sáu|chín|ba|hai)\s+tháng(?:\s+(?P<part>đầu|cuối))?\s+(?:của\s+)?(?:năm(?!\w))(?:\s+(?P<y>{YEAR}))?",
        _months_of_year,
        "6 tháng đầu năm 2026",
        "2026-01-01",
        "2026-06-30",
    ),
    _form("year", rf"năm\s+(?P<y>{YEAR})(?!\s*/)", _years, "năm 2026", "2026-01-01", "2026-12-31"),
    _form("year-figures", rf"(?P<y>{YEAR})(?!\s*/)(?!\s*[.,]\d)", _years, "2026", "2026-01-01", "2026-12-31"),
    _form(
        "years",
        rf"(?:(?:(?:giai\s+đoạn|nhiệm\s+kỳ|thời\s+kỳ|khóa)(?:\s+\d{{1,2}}\s+năm|\s+\d(?=\s*\())?|(?:các\s+)?năm|\d{{1,2}}\s+năm)\s*)?"
        rf"(?P<p>\()?\s*(?:từ\s+)?(?:năm\s+)?(?P<y>{YEAR})(?:{_TO}(?:năm\s+)?{YEAR}){{0,10}}{_TO}(?:năm\s+)?(?P<y2>{YEAR})(?!/)(?(p)\s*\))",
        _years,
        "giai đoạn 2026 - 2030",
        "2026-01-01",
        "2030-12-31",
    ),
    _form(
        "school-year",
        rf"năm\s+học\s+(?P<y>{YEAR})\s*{DASH}\s*(?P<y2>{YEAR})",
        _school_year,
        "năm học 2025 - 2026",
        "2025-09-05",
        "2026-05-31",
    ),
    _form(
        "part-of-month", rf"(?P<part>đầu|giữa|cuối)\s+tháng\s+(?P<m>{MONTH}){_OF_YEAR}", _part, "giữa tháng 3/2026", "2026-03-20"
    ),
    _form(
        "part-of-quarter",
        rf"(?P<part>đầu|giữa|cuối)\s+qu[ýí]\s+(?P<q>{QUARTER}){_OF_YEAR}",
        _part,
        "cuối quý I/2026",
        "2026-03-31",
    ),
    _form(
        "part-of-year",
        rf"(?P<part>đầu|giữa|cuối)\s+năm(?!\s*(?:học|tháng))(?:\s+(?P<y>{YEAR}))?",
        _part,
        "cuối năm",
        "2025-12-31",
    ),
    _form(
        "week",
        rf"tuần\s+(?:lễ\s+)?(?:thứ\s+)?(?P<k>đầu|nhất|hai|ba|tư|cuối|[1-5])(?:\s+tiên)?\s+(?:của\s+)?tháng\s+(?P<m>{MONTH}){_OF_YEAR}",
        _week,
        "tuần đầu tháng 3/2026",
        "2026-03-02",
        "2026-03-08",
    ),
)
_HEADS = {
    "day-figures": "n0123456789", "day-words": "n0123456789", "days": "n0123456789hbc", "day-short": "n", "day-slash": "0123456789", "month": "t", "months": "t",
    "months-over-years": "t", "month-figures": "01234567890", "month-letter": "t", "quarter": "q", "months-of-year": "0123456789scbh",
    "year": "n", "year-figures": "12", "years": "gntkc0123456789(", "school-year": "n", "part-of-month": "đgc", "part-of-quarter": "đgc",
    "part-of-year": "đgc", "week": "t",
}  # fmt: skip
_BY_HEAD: dict[str, tuple[PeriodForm, ...]] = {
    letter: tuple(form for form in PERIOD_FORMS if letter in _HEADS[form.name])
    for letter in sorted(set("".join(_HEADS.values())))
}


def period_at(low: str, at: int) -> Period | None:
    """The longest period whose words begin at ``at`` of the folded text; None if none does."""
    forms: Iterable[PeriodForm] = _BY_HEAD.get(low[at : at + 1], ())
    best: Period | None = None
    for form in forms:
        match = form.pattern.match(low, at)
        held = form.build(match) if match else None
        if held is not None and (best is None or held.stop > best.stop):
            best = held
    return best


def with_year_of(first: Period, second: Period) -> Period:
    """``first`` in the year of ``second`` where it has none ("từ tháng 10 đến tháng 2/2026": October 2025)."""
    if first.year is not None or second.year is None:
        return first
    later = first.first[0] > second.last[0] or (first.first[0] == second.last[0] and first.first[1] > (second.last[1] or 31))
    return replace(first, year=second.year - 1 if later else second.year)
