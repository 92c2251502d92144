"""A chart of the draft as inline SVG: bars from 0, the target as a line with its words, a hatched place where a figure is missing.

Two drawings, for a desktop and for a telephone, of which the stylesheet shows one; sizes in points of the drawing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from dondoc.common import wording
from dondoc.programmes.charts.svg import Scale, joined, line, picture, text, ticks
from dondoc.reporting.enums import Nothing
from dondoc.reporting.rules.charts import TOGETHER, Bar, Chart

WIDE, NARROW, HEIGHT = 620.0, 330.0, 244.0
TOP, LEFT, BESIDE, EDGE = 34.0, 44.0, 88.0, 8.0
LETTER, ROW = 6.8, 15.0
THICKEST, FILLED, MISSING = 64.0, 0.62, 40.0
FIRST_LABEL, APART = 17.0, 6.0


@dataclass(frozen=True, slots=True)
class Plot:
    """Where things stand: values upwards, bars side by side; ``target`` is the height of its line."""

    values: Scale
    left: float
    right: float
    step: float
    target: float | None = None

    @property
    def bottom(self) -> float:
        return self.values.bottom

    def middle(self, place: int) -> float:
        return self.left + (place + 0.5) * self.step


def draw(chart: Chart, addresses: Mapping[str, str], name: str) -> SafeString:
    """Both drawings; ``addresses``: key of a bar's figure → its page, ``name``: the id on the page."""
    words = (chart.title, chart.words)
    longest = max((len(bar.words) for bar in chart.bars if bar.number is not None), default=0)
    narrow = max(NARROW, LEFT + EDGE + len(chart.bars) * (longest * LETTER + APART))
    return joined(
        picture(width, HEIGHT, f"chart {form}", f"{name}-{form}", words, parts, role="group")
        for form, width, parts in (
            ("wide", WIDE, _parts(chart, WIDE, addresses, beside=BESIDE)),
            ("narrow", narrow, _parts(chart, narrow, addresses)),
        )
    )


def _parts(chart: Chart, width: float, addresses: Mapping[str, str], beside: float = 0.0) -> Iterator[SafeString]:
    """``beside``: so much room is left for the words of the target at the end of its line; without it they stand above."""
    marks = ticks(0.0, float(chart.most) or 1.0, about=4)
    right = width - (beside if beside and chart.target is not None else EDGE)
    step = (right - LEFT) / max(len(chart.bars), 1)
    labels = [wrapped(bar.label, step - APART) for bar in chart.bars]
    bottom = HEIGHT - FIRST_LABEL - ROW * (max(map(len, labels), default=1) - 1) - 5
    values = Scale(marks[0], marks[-1], bottom, TOP)
    plot = Plot(values, LEFT, right, step, None if chart.target is None else values.at(chart.target))
    yield text(EDGE / 2, 12, chart.measure, "unit")
    for mark in marks:
        y = plot.values.at(mark)
        yield line(LEFT, y, right, y, "grid" if mark else "axis")
        yield text(LEFT - 6, y + 4, wording.number(Decimal(str(mark))), anchor="end")
    for place, (bar, rows) in enumerate(zip(chart.bars, labels, strict=True)):
        yield _column(bar, plot, place, addresses.get(bar.key, ""))
        yield _rows(plot.middle(place), plot.bottom + FIRST_LABEL, rows)
    if plot.target is not None:
        yield from _target(plot.target, chart.target_words, plot, beside)


def _column(bar: Bar, plot: Plot, place: int, address: str) -> SafeString:
    parts = list(_bar(bar, plot, plot.middle(place)))
    words = f"{bar.label}: {bar.words}"
    shown = format_html("<title>{}</title>{}", words, joined(parts))
    return (
        format_html('<a href="{}" aria-label="{}">{}</a>', address, words, shown) if address else format_html("<g>{}</g>", shown)
    )


def _bar(bar: Bar, plot: Plot, middle: float) -> Iterator[SafeString]:
    """A number is a bar, and zero a stroke on the axis; a missing one a hatched place, the other kinds of nothing words alone.

    Where the target's line would cross the number, the number stands above the line.
    """
    thick = min(plot.step * FILLED, THICKEST)
    if bar.number is None:
        rows = wrapped(bar.words, plot.step - APART)
        above = MISSING if bar.nothing == Nothing.NO_DATA else 0.0
        if above:
            yield _rect(middle - thick / 2, plot.bottom - above, thick, above, "missing")
        yield _rows(middle, plot.bottom - above - 6 - ROW * (len(rows) - 1), rows, "owed" if above else "nil")
        return
    top = min(plot.values.at(bar.number), plot.bottom - 1.5)
    yield _rect(middle - thick / 2, top, thick, plot.bottom - top, "together" if bar.label == TOGETHER else "actual")
    above = plot.target if plot.target is not None and top - ROW - 4 < plot.target <= top else top
    yield text(middle, above - 5, bar.words, "mark-words", "middle")


def _target(y: float, words: str, plot: Plot, beside: float) -> Iterator[SafeString]:
    """Its words stand at the end of the line, or above all with a piece of such a line before them."""
    yield line(plot.left, y, plot.right, y, "halo")
    yield line(plot.left, y, plot.right, y, "target")
    if beside:
        rows = ["Mục tiêu", *wrapped(words, beside - 28)]
        first = min(max(y - ROW * (len(rows) - 1) / 2 + 4, 12.0), plot.bottom - ROW * (len(rows) - 1))
        yield _rows(plot.right + 8, first, rows, "target-words", "start")
    else:
        said = f"Mục tiêu {words}"
        start = max(plot.right - len(said) * LETTER, plot.left + 30)
        yield line(start - 30, 8, start - 6, 8, "target")
        yield text(start, 12, said, "target-words")


def _rect(x: float, y: float, width: float, height: float, classes: str) -> SafeString:
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" class="{}"></rect>', *(f"{one:.1f}" for one in (x, y, width, height)), classes
    )


def _rows(x: float, y: float, rows: Sequence[str], classes: str = "", anchor: str = "middle") -> SafeString:
    return joined(text(x, y + ROW * place, words, classes, anchor) for place, words in enumerate(rows))


def wrapped(words: str, width: float) -> list[str]:
    """In rows that fit, broken at spaces; a single long word keeps its row."""
    rows: list[str] = []
    for word in words.split():
        if rows and len(f"{rows[-1]} {word}") * LETTER <= width:
            rows[-1] = f"{rows[-1]} {word}"
        else:
            rows.append(word)
    return rows
