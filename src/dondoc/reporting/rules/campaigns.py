"""Periods, cut-off windows and the order of hops (Decree 09/2019/NĐ-CP; domain rule 3.1)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from dondoc.common import wording


@dataclass(frozen=True, slots=True)
class Turn:
    """One period: its name and the window of its figures (both days included)."""

    name: str
    window_from: date
    window_to: date


EARLY_DAYS = 30
"""A report may be asked for before its window closes, by about so many days (177-KH/TU: six months before 30/5)."""

_ROMAN = ("I", "II", "III", "IV")


def turn_of(window: str, last_ok_on: date) -> Turn | None:
    """The period that a report due on a day is about, by the code of its window: M, Q, H1, H2, 9M, Y; None for an unknown one.

    The last window that has closed by the day; or, of the longer ones, the one that closes soon after it.
    """
    if window not in _WINDOWS:
        return None
    turns = [turn for year in (last_ok_on.year - 1, last_ok_on.year) for turn in _WINDOWS[window](year)]
    early = timedelta(days=0 if window == "M" else EARLY_DAYS)
    return max((turn for turn in turns if turn.window_to <= last_ok_on + early), key=lambda turn: turn.window_to, default=None)


def _months(year: int) -> list[Turn]:
    return [_turn(f"Tháng {month}/{year}", date(year, month, 14), 1) for month in range(1, 13)]


def _quarters(year: int) -> list[Turn]:
    return [_turn(f"Quý {_ROMAN[place]}/{year}", date(year, 3 * place + 3, 14), 3) for place in range(4)]


def _turn(name: str, closes: date, months: int) -> Turn:
    return Turn(name, (closes - relativedelta(months=months)).replace(day=15), closes)


_WINDOWS: dict[str, Callable[[int], list[Turn]]] = {
    "M": _months,
    "Q": _quarters,
    "H1": lambda year: [_turn(f"6 tháng đầu năm {year}", date(year, 6, 14), 6)],
    "H2": lambda year: [_turn(f"6 tháng cuối năm {year}", date(year, 12, 14), 6)],
    "9M": lambda year: [_turn(f"9 tháng năm {year}", date(year, 9, 14), 9)],
    "Y": lambda year: [_turn(f"Năm {year}", date(year, 12, 14), 12)],
}


def hop_fault(last_ok_on: date, *, feeds_on: date | None, fed_until: date | None) -> str:
    """What is wrong with a day in the chain commune → department → province; empty where each follows the one before."""
    if feeds_on and last_ok_on >= feeds_on:
        return (
            f"Hạn {wording.day(last_ok_on)} không trước hạn của bước sau ({wording.day(feeds_on)}). "
            "Cơ quan tổng hợp cần ít nhất một ngày; sửa một trong hai hạn."
        )
    if fed_until and last_ok_on <= fed_until:
        return f"Hạn {wording.day(last_ok_on)} không sau hạn của bước trước ({wording.day(fed_until)}). Sửa một trong hai hạn."
    return ""
