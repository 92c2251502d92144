"""Days, times and numbers as Vietnamese offices print them, and days as people type them."""

import re
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

NO_BREAK = "\u00a0"
JOINER = "\u2060"

_DAY = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2})(?:[/.\-\s](\d{4}|\d{2}))?")
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")
_YEARS = re.compile(r"(\d{4})\s*([-–])\s*(?=\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _month(month: int) -> str:
    """A zero stands before months 1 and 2 only."""
    return f"{month:02d}" if month < 3 else str(month)


def day(value: date | datetime) -> str:
    """``09/9/2025``, ``05/01/2026``, ``28/11/2025``."""
    local = _local(value)
    return f"{local.day:02d}/{_month(local.month)}/{local.year}"


def long_day(value: date | datetime) -> str:
    """``ngày 09 tháng 9 năm 2025``, as at the head of a paper."""
    local = _local(value)
    return f"ngày {local.day:02d} tháng {_month(local.month)} năm {local.year}"


def short_day(value: date | datetime) -> str:
    """``09/9``, where the year is plain."""
    local = _local(value)
    return f"{local.day:02d}/{_month(local.month)}"


def weekday(value: date | datetime) -> str:
    """``Thứ Sáu, 12/9/2025``."""
    return f"{WEEKDAYS[_local(value).weekday()]}, {day(value)}"


def moment(value: datetime) -> str:
    """``09/9/2025 16:20``."""
    return f"{day(value)}{NO_BREAK}{clock_time(value)}"


def clock_time(value: datetime) -> str:
    return f"{_local(value):%H:%M}"


def distance(due: date, on: date) -> str:
    """``còn 7 ngày``, ``hôm nay``, ``quá hạn 3 ngày``."""
    days = (due - on).days
    if days == 0:
        return "hôm nay"
    return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"


def number(value: Decimal | float, decimals: int | None = None) -> str:
    """``1.234,5``: a dot for thousands, a comma for decimals. Without ``decimals``, as many as the value has."""
    if decimals is None:
        exact = value if isinstance(value, int | Decimal) else Decimal(str(value))
        text = f"{exact:,f}"
        whole, dot, part = text.partition(".")
        text = whole + (dot + part.rstrip("0") if part.rstrip("0") else "")
    else:
        text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,"))


def percent(value: Decimal | float, decimals: int | None = None) -> str:
    """``91,2%``."""
    return f"{number(value, decimals)}%"


def lowered(title: str) -> str:
    """For use within a sentence: "Tổng kết Chương trình …" → "tổng kết Chương trình …"; what is all in capitals stays."""
    first = title.split(" ", 1)[0]
    return title if first.isupper() else title[:1].lower() + title[1:]


def joined(text: str) -> str:
    """Periods (2021 - 2025) in one piece when a line wraps."""
    return _YEARS.sub(f"\\1{NO_BREAK}\\2{JOINER}{NO_BREAK}", text)


def size(count: int) -> str:
    """Bytes as ``340 KB``, ``1,2 MB``."""
    if count < 1024:
        return f"{count} byte"
    if count < 1024 * 1024:
        return f"{number(round(count / 1024))} KB"
    return f"{number(round(count / 1024 / 1024, 1))} MB"


def initials(full_name: str) -> str:
    """The last two words' first letters: Nguyễn Thị Thu Hà → TH."""
    return "".join(word[0] for word in full_name.split()[-2:]).upper()


def read_day(text: str, around: date | None = None) -> date | None:
    """9/9/2025, 09092025, 2025-09-09; with ``around`` also 9/9, of the year that lies nearest. None where it is no day."""
    text = text.strip()
    if iso := _ISO.fullmatch(text):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    found = _DIGITS.fullmatch(text) or _DAY.fullmatch(text)
    if not found:
        return None
    in_month, month = int(found[1]), int(found[2])
    if found[3]:
        year = int(found[3])
        return _date(year + 2000 if year < 100 else year, month, in_month)
    if around is None:
        return None
    near = [day for year in (around.year - 1, around.year, around.year + 1) if (day := _date(year, month, in_month))]
    return min(near, key=lambda day: abs((day - around).days), default=None)


def _date(year: int, month: int, in_month: int) -> date | None:
    try:
        return date(year, month, in_month)
    except ValueError:
        return None
