"""The text of ruled tables on a page image, all cells in one run of Tesseract.

A run for each cell costs more in starting than in reading. So the cells' inked parts are set one under the other as lines of
one column, with white between them, read together, and each word goes back to the cell and the place that it came from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from vanban.sources.images.grid import Grid, GridCell, Ruled, paper_of
from vanban.sources.images.words import PixelBox

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

POINTS = 72.0  # an inch
INSIDE = 1.2  # points: how far inside its rules a cell is looked at
SHORT, LOW = 26.0, 16.0  # points: the widest and highest cell that is set before another
SMALL = 5.0  # points: no figure is lower
SPACE = 5.0  # points between the two
GAP = 9.0  # points of white between two cells
MARGIN = 14.0  # points of white around the column
DARKER = 60  # of 255: what is darker than paper by this is ink
LEAST_INK = 1.0  # points: both sides of ink that is more than a speck


@dataclass(frozen=True, slots=True)
class Piece:
    """The inked part of a cell: where it lies on the page, and its left upper corner in the column."""

    table: int
    cell: GridCell
    box: PixelBox
    left: int = 0
    top: int = 0

    @property
    def width(self) -> int:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> int:
        return self.box[3] - self.box[1]

    def far(self, x: float, y: float) -> float:
        """How far a point of the column lies from this piece; lines are told apart first."""
        aside = max(self.left - x, x - self.left - self.width, 0)
        return 4 * max(self.top - y, y - self.top - self.height, 0) + aside

    def on_page(self, box: PixelBox) -> PixelBox:
        """A box of the column as it lies on the page."""
        left, top = self.box[0] - self.left, self.box[1] - self.top
        return box[0] + left, box[1] + top, box[2] + left, box[3] + top


@dataclass(frozen=True, slots=True)
class CellColumn:
    """The cells of a page's tables as one column to be read; ``image`` is grey."""

    image: "Grey"
    pieces: tuple[Piece, ...]


def piece_of(pieces: Sequence[Piece], box: PixelBox) -> Piece:
    """The piece on which a word of the column stands."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return min(pieces, key=lambda piece: piece.far(x, y))


def cell_column(ruled: Ruled, dpi: float) -> CellColumn:
    """The inked parts of all cells of a page's tables, one under the other; an image of one pixel where there is none.

    A number alone on a line is often misread. That of a row is set before the first line of the cell beside it, on one base line.
    """
    import numpy as np  # noqa: PLC0415 -- slow import

    scale = dpi / POINTS
    clean, paper = ruled.clean, paper_of(ruled.clean)
    pieces = [
        Piece(number, cell, box)
        for number, grid in enumerate(ruled.grids)
        for cell in grid.cells
        if (box := _inked(clean, cell.box, paper, scale)) is not None
    ]
    if not pieces:
        return CellColumn(np.full((1, 1), paper, np.uint8), ())
    placed, bottom = _placed(pieces, clean, scale)
    margin = round(MARGIN * scale)
    column = np.full((bottom + margin, max(piece.left + piece.width for piece in placed) + margin), paper, np.uint8)
    for piece in placed:
        left, upper, right, lower = piece.box
        column[piece.top : piece.top + piece.height, piece.left : piece.left + piece.width] = clean[upper:lower, left:right]
    return CellColumn(column, tuple(placed))


def _placed(pieces: Sequence[Piece], clean: "Grey", scale: float) -> tuple[list[Piece], int]:
    """The pieces with their places in the column, and where the last one ends."""
    margin, gap = round(MARGIN * scale), round(GAP * scale)
    before = _numbers(pieces, scale)
    indent = margin + max((piece.width + round(SPACE * scale) for piece in before.values()), default=0)
    numbers = set(map(id, before.values()))
    placed: list[Piece] = []
    top = margin
    for piece in pieces:
        if id(piece) in numbers:
            continue
        number = before.get(id(piece))
        if number is not None:
            base = top + _first_base(clean, piece.box, scale)
            left = indent - round(SPACE * scale) - number.width
            placed.append(replace(number, left=left, top=max(0, base - _first_base(clean, number.box, scale))))
        placed.append(replace(piece, left=indent if number is not None else margin, top=top))
        top += piece.height + gap
    return placed, top


def _numbers(pieces: Sequence[Piece], scale: float) -> dict[int, Piece]:
    """Piece (by identity) → the row's number, which stands in the cell before it."""
    found: dict[int, Piece] = {}
    for number, piece in pairwise(pieces):
        beside = number.table == piece.table and number.cell.row == piece.cell.row
        if beside and _is_short(number, scale) and not _is_short(piece, scale) and id(number) not in found:
            found[id(piece)] = number
    return found


def _is_short(piece: Piece, scale: float) -> bool:
    return piece.width <= SHORT * scale and piece.height <= LOW * scale


def _first_base(clean: "Grey", box: PixelBox, scale: float) -> int:
    """How far below the top of a piece its first line stands: the sharpest fall of ink where a line's letters may end."""
    import numpy as np  # noqa: PLC0415 -- slow import

    ink = (clean[box[1] : box[3], box[0] : box[2]] < paper_of(clean) - DARKER).sum(axis=1)
    reach = ink[: round(LOW * scale)]
    falls = -np.diff(np.append(reach, 0)).astype(np.int64)
    falls[: round(SMALL * scale)] = 0
    return int(falls.argmax()) + 1


def _inked(clean: "Grey", box: PixelBox, paper: int, scale: float) -> PixelBox | None:
    """The smallest box that holds the ink of a cell; None for an empty one."""
    import numpy as np  # noqa: PLC0415 -- slow import

    inset = round(INSIDE * scale)
    left, top, right, bottom = box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset
    if right - left < 2 or bottom - top < 2:
        return None
    ink = clean[top:bottom, left:right] < paper - DARKER
    across, down = np.flatnonzero(ink.sum(axis=0) > 1), np.flatnonzero(ink.sum(axis=1) > 1)
    if not len(across) or not len(down) or min(across[-1] - across[0], down[-1] - down[0]) < LEAST_INK * scale:
        return None
    if down[-1] - down[0] < 2.5 * scale and across[-1] - across[0] < 2.5 * scale:
        return None
    return int(left + across[0]), int(top + down[0]), int(left + across[-1] + 1), int(top + down[-1] + 1)


def without_tables(image: "Grey", grids: Sequence[Grid]) -> "Grey":
    """The page without its tables, for reading what stands around them."""
    if not grids:
        return image
    rest = image.copy()
    paper = paper_of(image)
    for left, top, right, bottom in (grid.box for grid in grids):
        rest[max(0, top - 4) : bottom + 5, max(0, left - 4) : right + 5] = paper
    return rest
