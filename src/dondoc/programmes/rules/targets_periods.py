"""Periods of measuring: which there are, and what they are called."""

import calendar
from dataclasses import dataclass
from datetime import date

from dondoc.common import wording
from dondoc.programmes.enums import Frequency

_ROMAN = ("I", "II", "III", "IV")
_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.HALF: 6, Frequency.YEAR: 12}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days that a figure covers; of a reading of one day both are that day."""

    ends_on: date
    starts_on: date

    @property
    def name(self) -> str:
        return name_of(self.starts_on, self.ends_on)


def name_of(starts_on: date, ends_on: date) -> str:
    """*Năm 2025*, *6 tháng 2025*, *Quý III/2026*, *Tháng 4/2026*, *Ngày 05/10/2026*; else both days."""
    if starts_on == ends_on:
        return f"Ngày {wording.day(ends_on)}"
    whole = starts_on.day == 1 and ends_on.day == calendar.monthrange(ends_on.year, ends_on.month)[1]
    months = ends_on.month - starts_on.month + 1
    named = _name(starts_on.month, months, ends_on.year) if whole and starts_on.year == ends_on.year else ""
    return named or f"{wording.day(starts_on)} - {wording.day(ends_on)}"


def _name(first: int, months: int, year: int) -> str:
    """Of whole months of one year; empty where offices have no name for them."""
    if months == 12:
        return f"Năm {year}"
    if months == 1:
        return f"Tháng {first}/{year}"
    if months == 3 and first % 3 == 1:
        return f"Quý {_ROMAN[first // 3]}/{year}"
    return f"{months} tháng {year}" if first == 1 else ""


def spans(frequency: str, first: date, last: date, *, cumulative: bool) -> list[Span]:
    """The periods that end between two days, the newest first.

    Cumulative figures and those of half years count from 1 January; others cover their own months. An indicator that is
    measured when there are figures has the day itself.
    """
    if frequency == Frequency.ANY:
        return [Span(last, last)]
    step = _MONTHS[Frequency(frequency or Frequency.YEAR)]
    found = [
        _span(year, month, step, cumulative=cumulative)
        for year in range(first.year, last.year + 1)
        for month in range(step, 13, step)
    ]
    return sorted((span for span in found if first <= span.ends_on <= last), reverse=True)


def _span(year: int, month: int, step: int, *, cumulative: bool) -> Span:
    starts = 1 if cumulative or step == _MONTHS[Frequency.HALF] else month - step + 1
    return Span(date(year, month, calendar.monthrange(year, month)[1]), date(year, starts, 1))


def span_ending(ends_on: date, frequency: str, *, cumulative: bool) -> Span | None:
    """The period of this frequency that ends on the day; None where none does."""
    if frequency == Frequency.ANY:
        return Span(ends_on, ends_on)
    return next(iter(spans(frequency, ends_on, ends_on, cumulative=cumulative)), None)
