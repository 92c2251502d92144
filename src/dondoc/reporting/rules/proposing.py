"""What is proposed to who opens a campaign from a reporting duty: its title, its period, the template of each group."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dondoc.common import wording
from dondoc.common.folding import searchable
from dondoc.reporting.rules.campaigns import Turn, turn_of

_YEARS = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})")
_WINDOWS = {"P1M": "M", "P3M": "Q", "P9M": "9M", "P1Y": "Y"}
_SECOND_HALF = 8  # a report on six months that is asked for from September on is on the last six
WINDOW_WORDS = (
    ("M", "Tháng"),
    ("Q", "Quý"),
    ("H1", "6 tháng đầu năm"),
    ("H2", "6 tháng cuối năm"),
    ("9M", "9 tháng"),
    ("Y", "Năm"),
)


@dataclass(frozen=True, slots=True)
class Offered:
    """A template that may be proposed."""

    key: int
    title: str
    for_whom: str


def window_of(period: str, last_ok_on: date) -> str:
    """ISO period of a duty (P1M, P3M, P6M, P9M, P1Y) → the code of its cut-off window; empty where there is none."""
    if period == "P6M":
        return "H1" if last_ok_on.month <= _SECOND_HALF else "H2"
    return _WINDOWS.get(period, "")


def windows_of(period: str, days: Iterable[date]) -> str:
    """The windows of a rule that names these days of a year, in their order: "Y", or "H1,Y" where the second closes the year."""
    held = list(days)
    if len(held) == 2 and period in {"P6M", ""}:
        return "H1,Y"
    return window_of(period, held[0]) if held else ""


def period_of(window: str, last_ok_on: date, *titles: str) -> Turn | str:
    """The turn of a window, or the years that a title names, or the year of the deadline."""
    if turn := turn_of(window, last_ok_on):
        return turn
    years = next((found for title in titles if (found := _YEARS.search(title))), None)
    return f"Giai đoạn {years[1]} - {years[2]}" if years else f"Năm {last_ok_on.year}"


def title_of(programme: str, period: str) -> str:
    """Báo cáo tổng kết Chương trình …; the period is added where the programme's title does not say it."""
    said = as_report(programme)
    known = searchable(period) in searchable(programme)
    return said if known else f"{said}, {period[:1].lower()}{period[1:]}"


def as_report(title: str) -> str:
    """*Tổng kết …* → *Báo cáo tổng kết …*; what says so already stays."""
    return title if title.lower().startswith("báo cáo") else f"Báo cáo {wording.lowered(title)}"


def likely_template(offered: Iterable[Offered], whom: str, *about: str) -> int | None:
    """The one that is meant for these people and speaks of this matter; None where nothing is offered."""
    wanted, matter = _words(whom), _words(*about)
    return (
        max(
            offered, key=lambda one: 2 * _shared(_words(one.for_whom), wanted) + _shared(_words(one.title), matter), default=_NONE
        ).key
        or None
    )


_NONE = Offered(0, "", "")


def _words(*texts: str) -> set[str]:
    return set(searchable(*texts).split())


def _shared(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one) if one else 0.0
