"""A deadline's normal form in words."""

import re
from datetime import date, timedelta
from typing import Any

from dondoc.common import wording
from dondoc.documents.rules.fields import day_of

_FREQUENCIES = {"YEARLY": "năm", "MONTHLY": "tháng", "WEEKLY": "tuần", "DAILY": "ngày"}
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?( working)?")


def last_good_day(deadline: dict[str, Any] | None) -> date | None:
    """The last day that is on time: a day earlier where the words leave the named one out."""
    day = day_of(deadline.get("end")) if deadline else None
    if day is None:
        return None
    return day - timedelta(days=1) if deadline and deadline.get("exclusive") else day


def deadline_words(deadline: dict[str, Any] | None) -> str:
    """Such as "hạn cuối 09/9/2025", "hằng năm, ngày 30/11", "trong 20 ngày làm việc, tính từ …"; "" for none."""
    if not deadline:
        return ""
    describe = _BY_KIND.get(str(deadline.get("kind") or ""))
    return describe(deadline) if describe else ""


def _dated(deadline: dict[str, Any]) -> str:
    start, end = day_of(deadline.get("start")), last_good_day(deadline)
    if start and end:
        return f"từ {wording.day(start)} đến {wording.day(end)}"
    if end:
        return f"hạn cuối {wording.day(end)}"
    return f"từ {wording.day(start)}" if start else ""


def _recurring(deadline: dict[str, Any]) -> str:
    rule = dict(part.split("=", 1) for part in str(deadline.get("rrule") or "").split(";") if "=" in part)
    unit = _FREQUENCIES.get(rule.get("FREQ", ""), "kỳ")
    every = int(rule.get("INTERVAL", "1") or 1)
    words = {("tháng", 3): "hằng quý", ("tháng", 6): "6 tháng một lần"}.get((unit, every))
    words = words or (f"hằng {unit}" if every == 1 else f"{every} {unit} một lần")
    day, month = rule.get("BYMONTHDAY", ""), rule.get("BYMONTH", "")
    if day == "-1":
        return f"{words}, ngày cuối tháng{' ' + month if month else ''}"
    if day:
        before = "trước " if deadline.get("exclusive") else ""
        return f"{words}, {before}ngày {day}{'/' + month if month else ''}"
    return f"{words}, tháng {month}" if month else words


def _ongoing(deadline: dict[str, Any]) -> str:
    start = day_of(deadline.get("start"))
    return f"thường xuyên từ {wording.day(start)}" if start else "thường xuyên"


def _relative(deadline: dict[str, Any]) -> str:
    held = _DURATION.fullmatch(str(deadline.get("offset") or ""))
    anchor = deadline.get("anchor") or "mốc nêu trong văn bản"
    if not held:
        return f"tính từ {anchor}"
    units = ("năm", "tháng", "tuần", "ngày")
    length = " ".join(f"{number} {unit}" for number, unit in zip(held.groups()[:4], units, strict=True) if number)
    return f"trong {length}{' làm việc' if held.group(5) else ''}, tính từ {anchor}"


def _event(deadline: dict[str, Any]) -> str:
    return f"theo sự kiện: {deadline.get('anchor') or deadline.get('text') or ''}".rstrip(": ")


_BY_KIND = {
    "by": _dated,
    "within": _dated,
    "recurring": _recurring,
    "ongoing": _ongoing,
    "relative": _relative,
    "event": _event,
}
