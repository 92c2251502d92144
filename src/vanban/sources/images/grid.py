"""Ruled tables on a page image: long straight ink → rules → the cells that they enclose.

The image is grey, uint8, upright and level. Rules are turned into points of a page, y upward, so that the grid is made of
them as it is of the rules of a PDF (:mod:`vanban.sources.pdf_tables`), within the same tolerances: what is broken for a
moment, doubled, or leans by a little is one rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanban.sources.pdf_tables import Rule, grids_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vanban.sources.images.words import PixelBox

    Grey = NDArray[np.uint8]

POINTS = 72.0  # an inch
RULE_DPI = 150.0  # as fine as rules are looked for
PALE = 14  # of 255: by how much ink is darker than the paper around it
DARK = 40  # of 255: the same for one pixel
SMOOTH = 3.0  # points
AROUND = 10.0  # points: the paper around a pixel
LEVEL, UPRIGHT = 22.0, 15.0  # points: the shortest rule; no letter is as tall, no dash as long
THICK = 4.5  # points: a rule is thinner, with what it leans
DOT, DOT_GAP = 2.4, 5.0  # points: the height of a dot of a dotted rule, and the white between two
BAND = 2.2  # points to both sides of a cell's edge in which its rule is painted over
LEAST_CELLS = 4
WIDE = 0.4  # share of the page's width from which one row of several cells is a table (the rest of one that a page break cuts)
ROW_CELLS = 3


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its row and column from 0, how many it covers, and the white inside its rules, in pixels."""

    row: int
    column: int
    rows: int
    columns: int
    box: "PixelBox"


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its box, its cells from left to right and top to bottom, and the left edges of its columns, in pixels."""

    box: "PixelBox"
    cells: tuple[GridCell, ...]
    lefts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A page's ruled tables from top to bottom, and the page with their rules painted over, for reading the cells."""

    grids: tuple[Grid, ...]
    clean: "Grey"


def find_grids(image: "Grey", dpi: float) -> Ruled:
    """The ruled tables of a page; frames, underlines and borders of one cell are none."""
    import cv2  # noqa: PLC0415 -- slow import
    import numpy as np  # noqa: PLC0415 -- slow import

    fine = min(1.0, RULE_DPI / dpi)
    small = cv2.resize(image, None, fx=fine, fy=fine, interpolation=cv2.INTER_AREA) if fine < 1 else image
    scale = dpi * fine / POINTS
    level, upright = _rules(np.asarray(small, np.uint8), scale)
    rules = [*_segments(level, scale, upright=False), *_segments(upright, scale, upright=True)]
    if len(rules) < LEAST_CELLS:
        return Ruled((), image)
    across = image.shape[1] * POINTS / dpi
    grids = [_grid(boxes, dpi / POINTS) for boxes in grids_of(rules) if _is_table(boxes, across)]
    if not grids:
        return Ruled((), image)
    clean = _painted_over(image, np.maximum(level, upright), grids, dpi / POINTS)
    return Ruled(tuple(sorted(grids, key=lambda grid: grid.box[1])), clean)


def _rules(image: "Grey", scale: float) -> tuple["Grey", "Grey"]:
    """Where rules may lie, 255 on black: the level ones, the upright ones. ``scale``: pixels a point."""
    import cv2  # noqa: PLC0415 -- slow import
    import numpy as np  # noqa: PLC0415 -- slow import

    around = int(AROUND * scale) // 2 * 2 + 1
    paper = np.asarray(cv2.blur(image, (around, around)), np.uint8)
    dark = cv2.threshold(cv2.subtract(paper, image), DARK, 255, cv2.THRESH_BINARY)[1]
    dots = _dots(np.asarray(dark, np.uint8), scale)
    return _long(image, paper, dots, scale, upright=False), _long(image, paper, dots, scale, upright=True)


def _dots(ink: "Grey", scale: float) -> "Grey":
    """The small spots of the ink: dots of rules, and dots and marks of letters."""
    import cv2  # noqa: PLC0415 -- slow import
    import numpy as np  # noqa: PLC0415 -- slow import

    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    small = (np.minimum(width, height) <= DOT * scale) & (np.maximum(width, height) <= 6 * DOT * scale)
    small[0] = False
    return np.where(small[labels], 255, 0).astype(np.uint8)


def _long(image: "Grey", paper: "Grey", dots: "Grey", scale: float, *, upright: bool) -> "Grey":
    """The straight runs of ink, or of dots in a row, that are long and thin enough for a rule.

    The image is smoothed along the rule first: what is pale, grainy or broken for a moment comes out whole.
    """
    import cv2  # noqa: PLC0415 -- slow import
    import numpy as np  # noqa: PLC0415 -- slow import

    def stroke(points: float) -> "Grey":
        length = max(1, round(points * scale))
        return np.ones((length, 1) if upright else (1, length), np.uint8)

    least = UPRIGHT if upright else LEVEL
    smooth = cv2.blur(image, stroke(SMOOTH).shape[::-1])
    _, ink = cv2.threshold(cv2.subtract(paper, smooth), PALE, 255, cv2.THRESH_BINARY)
    drawn = cv2.morphologyEx(ink, cv2.MORPH_OPEN, stroke(least))
    dotted = cv2.morphologyEx(cv2.morphologyEx(dots, cv2.MORPH_CLOSE, stroke(DOT_GAP)), cv2.MORPH_OPEN, stroke(2 * least))
    both = cv2.bitwise_or(drawn, dotted)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    thick = stats[:, cv2.CC_STAT_WIDTH if upright else cv2.CC_STAT_HEIGHT]
    length = stats[:, cv2.CC_STAT_HEIGHT if upright else cv2.CC_STAT_WIDTH]
    thin = (thick <= THICK * scale) | (stats[:, cv2.CC_STAT_AREA] <= THICK * scale * length * 0.6)
    thin[0] = False
    return np.where(thin[labels], 255, 0).astype(np.uint8)


def _segments(mask: "Grey", scale: float, *, upright: bool) -> list[Rule]:
    """The rules of one direction in points, y upward."""
    import cv2  # noqa: PLC0415 -- slow import

    _, _, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
    rules: list[Rule] = []
    for (left, top, width, height, _), (x, y) in zip(stats[1:].tolist(), centres[1:].tolist(), strict=True):
        if upright:
            rules.append((x / scale, -(top + height) / scale, x / scale, -top / scale))
        else:
            rules.append((left / scale, -y / scale, (left + width) / scale, -y / scale))
    return rules


def _is_table(boxes: Sequence[tuple[float, float, float, float]], across: float) -> bool:
    """Whether cells stand in two rows and two columns at least, or several in a row as wide as the page's text."""
    columns, rows = {round(box[0]) for box in boxes}, {round(box[1]) for box in boxes}
    if len(columns) < 2:
        return False
    if len(rows) >= 2:
        return len(boxes) >= LEAST_CELLS
    return len(boxes) >= ROW_CELLS and max(box[2] for box in boxes) - min(box[0] for box in boxes) >= WIDE * across


def _grid(boxes: Sequence[tuple[float, float, float, float]], scale: float) -> Grid:
    from vanban.sources.pdf_tables import index_of, starts_of  # noqa: PLC0415 -- beside its use

    lefts, tops = starts_of(box[0] for box in boxes), starts_of(box[1] for box in boxes)
    cells = []
    for left, top, right, bottom in boxes:
        row, column = index_of(tops, top), index_of(lefts, left)
        rows, columns = index_of(tops, bottom - 6) - row + 1, index_of(lefts, right - 6) - column + 1
        box = (round(left * scale), round(top * scale), round(right * scale), round(bottom * scale))
        cells.append(GridCell(row, column, max(1, rows), max(1, columns), box))
    whole = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    left, top, right, bottom = (round(edge * scale) for edge in whole)
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    return Grid((left, top, right, bottom), ordered, tuple(round(edge * scale) for edge in lefts))


def _painted_over(image: "Grey", rules: "Grey", grids: Sequence[Grid], scale: float) -> "Grey":
    """The image with the rules along the cells' edges in the colour of the paper; strokes inside a cell stay."""
    import cv2  # noqa: PLC0415 -- slow import
    import numpy as np  # noqa: PLC0415 -- slow import

    edges = np.zeros(image.shape, np.uint8)
    for cell in (cell for grid in grids for cell in grid.cells):
        cv2.rectangle(edges, cell.box[:2], cell.box[2:], 255, 2 * round(BAND * scale))
    spread = max(3, round(scale)) // 2 * 2 + 1
    thick = cv2.dilate(cv2.resize(rules, edges.shape[::-1], interpolation=cv2.INTER_NEAREST), np.ones((spread, spread), np.uint8))
    return np.where((thick > 0) & (edges > 0), paper_of(image), image).astype(np.uint8)


def paper_of(image: "Grey") -> int:
    """The brightness of the paper."""
    import numpy as np  # noqa: PLC0415 -- slow import

    return int(np.percentile(image[::8, ::8], 80))
