"""States and deadlines in the words and colours of the house."""

from dataclasses import dataclass
from datetime import date, timedelta

from dondoc.common import wording
from dondoc.programmes.enums import EventKind, TaskState
from dondoc.programmes.rules.states import OPEN_WITH_DEADLINE, Standing

_MANY = 5


@dataclass(frozen=True, slots=True)
class Badge:
    key: str
    icon: str
    text: str


_BADGES = {
    TaskState.NOT_STARTED: Badge("idle", "circle-dashed", "Chưa đến hạn"),
    TaskState.IN_PROGRESS: Badge("run", "progress", "Trong hạn"),
    TaskState.DUE_SOON: Badge("soon", "clock-exclamation", "Sắp đến hạn"),
    TaskState.DONE_ON_TIME: Badge("done", "circle-check", "Hoàn thành đúng hạn"),
    TaskState.DONE_LATE: Badge("late", "clock-check", "Hoàn thành trễ hạn"),
    TaskState.DONE: Badge("done", "circle-check", "Hoàn thành"),
    TaskState.NO_DEADLINE: Badge("none", "infinity", "Không thời hạn"),
    TaskState.SUSPENDED: Badge("idle", "player-pause", "Tạm dừng"),
    TaskState.CANCELLED: Badge("idle", "player-pause", "Dừng theo dõi"),
}
WAITING = Badge("run", "eye", "Chờ xác nhận")
DECLINED = Badge("soon", "hand-stop", "Đề nghị không nhận")
EXTENDED = Badge("run", "calendar-plus", "Đã gia hạn")


def badge_of(standing: Standing) -> Badge:
    if standing.state == TaskState.OVERDUE:
        return Badge("over", "alert-triangle", f"Quá hạn {standing.days} ngày")
    return _BADGES[standing.state]


def extra_badges(
    stage: str, *, extended: bool, hand_in_by: date | None = None, asking_until: date | None = None, asking: int = 0
) -> list[Badge]:
    """What stands beside the state: a delivery that waits, a return, an extension, a request for one.

    ``asking``: how many units of a group ask for more time.
    """
    badges = []
    if stage == EventKind.DELIVERED:
        badges.append(WAITING)
    elif stage == EventKind.RETURNED:
        until = f", hạn {wording.short_day(hand_in_by)}" if hand_in_by else ""
        badges.append(Badge("soon", "arrow-back-up", f"Trả lại{until}"))
    elif stage == EventKind.DECLINED:
        badges.append(DECLINED)
    if extended:
        badges.append(EXTENDED)
    if asking_until:
        badges.append(asking_badge(asking_until))
    if asking:
        badges.append(Badge("ask", "calendar-question", f"{asking} đơn vị xin gia hạn"))
    return badges


def asking_badge(until: date) -> Badge:
    return Badge("ask", "calendar-question", f"Xin gia hạn đến {wording.short_day(until)}")


def hint_of(
    standing: Standing, last_ok_on: date | None, done_on: date | None, *, first: date | None = None, extended: bool = False
) -> tuple[str, str]:
    """The line below a deadline's words, and its colour. ``first``: the last good day before extensions, where it is known."""
    days = standing.days or 0
    if done_on is not None:
        return f"xong {wording.short_day(done_on)}{_lateness(standing, first, done_on)}", "mut"
    if last_ok_on is None or standing.state not in OPEN_WITH_DEADLINE:
        return "", "mut"
    until = f"gia hạn đến {wording.short_day(last_ok_on)}" if extended else ""
    if standing.state == TaskState.OVERDUE:
        today = last_ok_on + timedelta(days=days)
        return f"{until or f'hạn cuối {wording.short_day(last_ok_on)}'}{by_first(first, today)}", "ov"
    left = "hạn cuối hôm nay" if days == 0 else f"còn {days} ngày"
    left += by_first(first, last_ok_on - timedelta(days=days))
    return f"{until}, {left}" if until else left, "sn" if standing.state == TaskState.DUE_SOON else "mut"


def _lateness(standing: Standing, first: date | None, done_on: date) -> str:
    """Against the deadline that holds, and against the first one."""
    if standing.state == TaskState.DONE_LATE:
        return f", trễ {standing.days} ngày{by_first(first, done_on)}"
    beyond = by_first(first, done_on)
    return f", đúng hạn đã gia hạn{beyond}" if beyond else ""


def by_first(first: date | None, day: date) -> str:
    """``; trễ 12 ngày so với hạn đầu``; nothing where there was no other deadline or the day is within it."""
    return f"; trễ {(day - first).days} ngày so với hạn đầu" if first and day > first else ""


def some(names: list[str], total: int | None = None, noun: str = "đơn vị") -> str:
    """The first five names, and how many more."""
    count = len(names) if total is None else total
    more = count - min(len(names), _MANY)
    shown = ", ".join(names[:_MANY])
    return f"{shown} và {more} {noun} khác" if more > 0 else shown
