"""A programme's tasks over time: an axis, and for each task a bar that stands in its own row of a table.

Places along the axis are percentages and marks are small pictures of their own, so that a row may be as wide as a desktop or
a telephone and nothing is bent. Colour never speaks alone: what is late is hatched, what is done has a tick in a disc, a term
that was moved leaves a hollow diamond, a missed turn is a triangle. The row says the same in words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dondoc.common import wording
from dondoc.programmes.charts.svg import joined

HEIGHT, THICK = 28, 10
AXIS_HEIGHT = 34
MOST_MONTHS, MOST_QUARTERS = 26, 80
DONE, LATE, MISSED, OPEN = "done", "late", "over", "open"

_DISC = '<svg x="{}" y="{}" overflow="visible" class="m {}"><circle r="6"></circle><path d="M-2.8 .2l2 2 3.6-4"></path></svg>'
_TRIANGLE = '<svg x="{}" y="{}" overflow="visible" class="m {}"><path d="M0-6L6.4 5H-6.4z"></path></svg>'
_DIAMOND = '<svg x="{}" y="{}" overflow="visible" class="m {}"><path d="M0-5.5L5.5 0 0 5.5-5.5 0z"></path></svg>'
_RING = '<svg x="{}" y="{}" overflow="visible" class="m {}"><circle r="4"></circle></svg>'
_TURNS = {DONE: _DISC, LATE: _DISC, MISSED: _TRIANGLE, OPEN: _RING}


@dataclass(frozen=True, slots=True)
class Window:
    """The days that the axis shows, both included."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where the day begins, in hundredths of the axis; what lies outside stands at its ends."""
        share = (day - self.first).days / ((self.last - self.first).days + 1)
        return round(100 * min(max(share, 0.0), 1.0), 2)

    def after(self, day: date) -> float:
        """Where the day ends."""
        return self.at(day + timedelta(days=1))

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Turn:
    """One period of a recurring task: its last good day, and whether it was kept (``kind``: done, late, over, open)."""

    name: str
    last_ok_on: date
    kind: str


@dataclass(frozen=True, slots=True)
class Bar:
    """What a row draws, as of ``day``. ``first_ok_on``: the term before it was moved; ``share``: how much is done, 0 to 1.

    ``key`` is the state's, as in badges; ``runs``: nothing has ended it yet.
    """

    starts_on: date
    day: date
    key: str
    words: str
    last_ok_on: date | None = None
    first_ok_on: date | None = None
    done_on: date | None = None
    share: float | None = None
    turns: Sequence[Turn] = ()

    @property
    def ends_on(self) -> date:
        """Its last good day; without one what is done ends then, what is not goes on to this day."""
        return max(self.last_ok_on or self.done_on or self.day, self.starts_on)

    @property
    def spills_to(self) -> date | None:
        """Until when it was late."""
        if self.last_ok_on is None or self.key not in {LATE, MISSED}:
            return None
        until = self.done_on or self.day
        return until if until > self.last_ok_on else None


def window_of(first: date, last: date) -> Window:
    """Whole months around the days."""
    return Window(first.replace(day=1), last.replace(day=1) + relativedelta(months=1, days=-1))


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis with its words; ``major``: a year begins. ``narrow``: there is room for the words on a phone."""

    at: float
    words: str
    major: bool
    narrow: bool


def ticks_of(window: Window) -> list[Tick]:
    """Months, quarters or years, whichever has room."""
    months = (window.last.year - window.first.year) * 12 + window.last.month - window.first.month + 1
    step = 1 if months <= MOST_MONTHS else 3 if months <= MOST_QUARTERS else 12
    found, day = [], window.first
    while day <= window.last:
        if step == 1 or (day.month - 1) % step == 0:
            found.append(day)
        day += relativedelta(months=1)
    every = -(-len(found) // 5) or 1
    wide = -(-len(found) // (9 if step == 3 else 14)) or 1
    return [
        Tick(
            window.at(day),
            _tick_words(day, step, first=not place) if place % wide == 0 else "",
            major=day.month == 1,
            narrow=place % every == 0,
        )
        for place, day in enumerate(found)
    ]


def _tick_words(day: date, step: int, *, first: bool) -> str:
    """Months name their year where one begins."""
    if step == 12:
        return str(day.year)
    if step == 3:
        return f"quý {('I', 'II', 'III', 'IV')[(day.month - 1) // 3]}/{day.year}"
    return f"{day.month}/{day.year}" if first or day.month == 1 else f"T{day.month}"


def axis(window: Window, day: date) -> SafeString:
    """The head of the table: the words of the ticks and the day."""
    now = window.after(day)
    labels = [
        format_html('<text x="{}%" y="13" dx="3" class="{}">{}</text>', tick.at, "" if tick.narrow else "wide", tick.words)
        for tick in ticks_of(window)
        if tick.words and tick.at < 93
    ]
    anchor, shift = ("end", -4) if now > 80 else ("start", 4)
    label = format_html(
        '<text x="{}%" y="29" dx="{}" text-anchor="{}" class="now">{}</text>', now, shift, anchor, wording.short_day(day)
    )
    return format_html(
        '<svg class="tl-axis" width="100%" height="{}" aria-hidden="true">{}{}</svg>', AXIS_HEIGHT, joined(labels),
        joined([format_html('<line x1="{0}%" x2="{0}%" y1="20" y2="{1}" class="now"></line>', now, AXIS_HEIGHT), label]),
    )  # fmt: skip


def grid(window: Window, day: date) -> SafeString:
    """What each row shows behind its bar, defined once: ``#tl-grid``."""
    lines = [
        format_html('<line x1="{0}%" x2="{0}%" y1="0" y2="100%" class="{1}"></line>', tick.at, "year" if tick.major else "")
        for tick in ticks_of(window)
    ]
    now = format_html('<line x1="{0}%" x2="{0}%" y1="0" y2="100%" class="now"></line>', window.after(day))
    return format_html(
        '<svg class="vh" aria-hidden="true"><defs><symbol id="tl-grid" class="tl-grid" overflow="visible">{}{}</symbol></defs></svg>',
        joined(lines), now,
    )  # fmt: skip


def draw(bar: Bar, window: Window, name: str) -> SafeString:
    """One row's picture, its bar half-way down; ``name`` is its id on the page."""
    parts = [*_body(bar, window), *_marks(bar, window)]
    return format_html(
        '<svg class="tl-row" width="100%" height="{}" role="img" aria-labelledby="{}"><title id="{}">{}</title>'
        '<use href="#tl-grid" width="100%" height="100%"></use><svg y="50%" overflow="visible">{}</svg></svg>',
        HEIGHT, name, name, bar.words, joined(parts),
    )  # fmt: skip


def _body(bar: Bar, window: Window) -> Iterable[SafeString]:
    start, end = window.at(bar.starts_on), window.after(bar.ends_on)
    if end > start:
        open_end = "open" if bar.last_ok_on is None and bar.done_on is None else ""
        yield _rect(start, end, f"track {bar.key} {open_end}")
        if bar.share and window.holds(bar.starts_on) and window.holds(bar.ends_on):
            yield _rect(start, start + (end - start) * min(bar.share, 1.0), f"fill {bar.key}")
    if bar.spills_to and bar.last_ok_on:
        spill, until = window.after(bar.last_ok_on), window.after(bar.spills_to)
        if until > spill:
            yield _rect(spill, until, f"spill {bar.key}")


def _rect(start: float, end: float, classes: str) -> SafeString:
    return format_html(
        '<rect x="{}%" y="{}" width="{}%" height="{}" rx="2" class="{}"></rect>',
        f"{start:.2f}", -THICK // 2, f"{max(end - start, 0.3):.2f}", THICK, classes,
    )  # fmt: skip


def _marks(bar: Bar, window: Window) -> Iterable[SafeString]:
    if bar.first_ok_on and window.holds(bar.first_ok_on):
        yield format_html(_DIAMOND, f"{window.after(bar.first_ok_on)}%", 0, "moved")
    for turn in bar.turns:
        if window.holds(turn.last_ok_on):
            yield format_html(_TURNS[turn.kind], f"{window.after(turn.last_ok_on)}%", 0, turn.kind)
    if bar.done_on and window.holds(bar.done_on):
        yield format_html(_DISC, f"{window.after(bar.done_on)}%", 0, bar.key)
    elif bar.key == MISSED and not bar.turns:
        yield format_html(_TRIANGLE, f"{window.after(bar.day)}%", 0, MISSED)


def sample(kind: str) -> SafeString:
    """A mark for the legend."""
    shapes = {"done": _DISC, "late": _DISC, "over": _TRIANGLE, "moved": _DIAMOND, "open": _RING}
    return format_html(
        '<svg class="tl-key" width="14" height="14" aria-hidden="true">{}</svg>', format_html(shapes[kind], 7, 7, kind)
    )
