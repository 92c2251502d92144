"""A feed as calendar programs read it: one all-day event a debt, on its last good day (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from icalendar import Alarm, Calendar, Event

from dondoc.common import wording
from dondoc.desk.calendar.dates import Due

CONTENT_TYPE = "text/calendar; charset=utf-8"
ALARM = timedelta(hours=-16)
"""Eight in the morning of the day before, seen from the midnight with which the last day begins."""
REFRESH = timedelta(hours=2)
LONGEST = 120


def calendar_of(name: str, dues: Iterable[Due], site: str) -> bytes:
    """The calendar ``name``; ``site`` is the address of the platform, without a slash at its end."""
    calendar = Calendar()
    calendar.add("prodid", "-//Don Doc//Lich viec den han//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Đôn Đốc: {name}")
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    host = urlsplit(site).hostname or "dondoc"
    for due in dues:
        calendar.add_component(_event(due, site, host))
    written: bytes = calendar.to_ical()
    return written


def _event(due: Due, site: str, host: str) -> Event:
    event = Event()
    changed = due.changed_at.astimezone(UTC).replace(microsecond=0)
    event.add("uid", f"{due.key}@{host}")
    event.add("sequence", due.revision)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", summary_of(due))
    event.add("description", _description(due, site))
    event.add("categories", [due.programme])
    event.add("url", f"{site}{due.address}")
    event.add_component(_alarm(due))
    return event


def summary_of(due: Due) -> str:
    """*Hạn cuối: …*, *Nộp lại: …*, *Báo cáo: …*, cut after a word."""
    what = "Nộp lại" if due.returned else "Báo cáo" if due.report else "Hạn cuối"
    text = " ".join(due.text.split())
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"
    return f"{what}: {shown}{f' ({due.period})' if due.period else ''}"


def _description(due: Due, site: str) -> str:
    lines = (
        due.text,
        f"Đơn vị: {due.unit_name}",
        f"Chương trình: {due.programme}",
        f"Thời hạn: {due.words}" if due.words else "",
        f"Ngày cuối còn đúng hạn: {wording.weekday(due.day)}",
        f"{site}{due.address}",
    )
    return "\n".join(filter(None, lines))


def _alarm(due: Due) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary_of(due))
    alarm.add("trigger", ALARM)
    return alarm
