"""A chart of the report as a picture for print: bars with their figures above them, the target as a dashed line.

It is read in grey: a bar differs from what has no figure by hatching and words, never by colour alone. The same facts give the same
bytes; the font comes with the drawing library, so that a server needs none.
"""

import io
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from dondoc.common import wording
from dondoc.reporting.rules.charts import Bar, Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

DPI = 300
WIDTH, HEIGHT = 6.3, 2.5  # inches: the width of the text
LEFT, RIGHT, TOP, BOTTOM = 0.11, 0.995, 0.87, 0.11  # where the axes stand, in shares of the picture
FONT = "DejaVuSerif.ttf"  # has every Vietnamese letter
SIZE = 9  # points
BAR, EDGE, EMPTY = "0.65", "0.15", "0.95"  # greys
BAR_WIDTH = 0.5
AIR = 1.2  # of the highest, for the words above it
EMPTY_SHARE = 0.08  # of the highest, where there is no figure
TICKS = 5


@lru_cache(maxsize=128)
def picture_of(chart: Chart) -> bytes:
    """PNG in grey, 300 dots an inch."""
    os.environ.setdefault("MPLCONFIGDIR", str(settings.VAR_DIR / "matplotlib"))  # where it keeps its list of fonts
    from matplotlib import get_data_path  # noqa: PLC0415 -- slow import
    from matplotlib.figure import Figure  # noqa: PLC0415 -- slow import
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415 -- slow import

    font = FontProperties(fname=Path(get_data_path()) / "fonts" / "ttf" / FONT, size=SIZE)
    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI)
    figure.subplots_adjust(LEFT, BOTTOM, RIGHT, TOP)
    axes = figure.add_subplot()
    highest = float(chart.most) or 1.0
    _frame(axes, chart, font, highest)
    for place, bar in enumerate(chart.bars):
        _bar(axes, place, bar, font, highest)
    if chart.target is not None:
        line = axes.axhline(float(chart.target), color="black", linestyle=(0, (6, 3)), linewidth=1.1)
        words = [f"Mục tiêu: {chart.target_words}"]
        axes.legend([line], words, prop=font, loc="lower right", bbox_to_anchor=(1, 1), borderaxespad=0, frameon=False)
    return _png(figure)


def _frame(axes: "Axes", chart: Chart, font: "FontProperties", highest: float) -> None:
    """The axis begins at 0; its numbers are written as offices write them."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: PLC0415 -- slow import

    axes.set_xticks(range(len(chart.bars)), [bar.label for bar in chart.bars], font=font)
    axes.set_xlim(-0.6, len(chart.bars) - 0.4)
    axes.set_ylim(0, highest * AIR)
    axes.yaxis.set_major_locator(MaxNLocator(TICKS))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: wording.number(round(float(value), 4))))
    for label in axes.get_yticklabels():
        label.set_fontproperties(font)
    axes.set_title(chart.measure, loc="left", font=font, pad=5)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(axis="x", length=0)


def _bar(axes: "Axes", place: int, bar: Bar, font: "FontProperties", highest: float) -> None:
    if bar.number is None:
        height = highest * EMPTY_SHARE
        axes.bar(place, height, BAR_WIDTH, color=EMPTY, edgecolor=EDGE, hatch="////", linewidth=0.6)
    else:
        height = float(bar.number)
        axes.bar(place, height, BAR_WIDTH, color=BAR, edgecolor=EDGE, linewidth=0.8)
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}  # words stay legible where the target's line crosses them
    axes.annotate(
        bar.words, (place, height), (0, 3), textcoords="offset points", ha="center", va="bottom", font=font, bbox=ground, zorder=4
    )  # fmt: skip


def _png(figure: "Figure") -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 -- slow import
    from PIL import Image  # noqa: PLC0415 -- slow import

    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    dots = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
    content = io.BytesIO()
    Image.frombuffer("RGBA", canvas.get_width_height(), dots).convert("L").save(content, "PNG", dpi=(DPI, DPI))
    return content.getvalue()
